"""The real server in a process of its own, with an empty data folder that is thrown away."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LINK = re.compile(r"(http://\S+?)/#ticket=(\S+)")
START_S = 120
STOP_S = 20


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    base: str
    """Its address, without a slash at the end."""
    link: str
    """Signs in once."""
    data: Path


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """Start `python -m server up`, wait for its link, and end it afterwards."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BEDSIDE_")}
    command = [sys.executable, "-m", "server", "up", "--port", "0", "--no-browser", "--data", str(data)]
    errors = (data / "server.err").open("wb")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**ours, "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
    )
    overdue = threading.Timer(START_S, process.kill)
    overdue.start()
    try:
        base, ticket = _link(process, data)
        overdue.cancel()
        yield Served(base, f"{base}/#ticket={ticket}", data)
    finally:
        overdue.cancel()
        _stop(process)
        errors.close()


def _link(process: subprocess.Popen[str], data: Path) -> tuple[str, str]:
    assert process.stdout is not None
    for line in process.stdout:
        if found := LINK.search(line):
            return found.group(1), found.group(2)
    raise AssertionError(f"the server did not start: {(data / 'server.err').read_text()[-2000:]}")


def _stop(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
