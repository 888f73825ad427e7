"""The measured half of a comparison: a program that measures once for each line it is sent, and keeps what it loaded.

Standard library only: it is imported in the peers' environment too.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

Measure = Callable[[dict[str, Any]], dict[str, Any]]
QUIET_S, NOISE_MS, LIMIT_S = 0.04, 0.2, 20.0
AsyncMeasure = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def answer(measure: Measure) -> None:
    """Answer each request, a JSON line on stdin, with a JSON line on stdout, until stdin ends."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # what a library prints must not be taken for an answer
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        out.write(json.dumps(measure(json.loads(line))) + "\n")
        out.flush()


def answer_async(measure: AsyncMeasure) -> None:
    """As `answer`, with one event loop for all rounds."""
    with asyncio.Runner() as runner:
        answer(lambda request: runner.run(_awaited(measure, request)))


async def _awaited(measure: AsyncMeasure, request: dict[str, Any]) -> dict[str, Any]:
    return await measure(request)


def rss_mib() -> float:
    """Resident memory of this process in MiB (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def cpu_ms(pid: int, *, but_main: bool = False) -> float:
    """CPU time that the threads of `pid` have had so far, in milliseconds (Linux; nanoseconds underneath)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        if but_main and task.name == str(pid):
            continue
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except OSError:
            continue  # that thread has just ended
    return total / 1e6


async def until_idle_ms(pid: int, *, but_main: bool = False) -> float:
    """Milliseconds from now until the CPU time of `pid` stops growing, which is believed after `QUIET_S`.

    `but_main`: this process looks at itself, and looking is not what is meant.
    """
    began = last_growth = time.perf_counter()
    seen = cpu_ms(pid, but_main=but_main)
    while time.perf_counter() - last_growth < QUIET_S and time.perf_counter() - began < LIMIT_S:
        await asyncio.sleep(0.002)
        try:
            now = cpu_ms(pid, but_main=but_main)
        except FileNotFoundError:  # it was killed, which frees it too
            return (time.perf_counter() - began) * 1000
        if now - seen > NOISE_MS:
            seen, last_growth = now, time.perf_counter()
    return (last_growth - began) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
