"""The figures of the voice path, measured beside a framework on the same work in one run.

    python -m benchmarks.voice                  all rows into benchmarks/results/voice.json, about ten minutes
    python -m benchmarks.voice --quick          everything once, about two minutes, into no file
    python -m benchmarks.voice --only NAME      one measurement, printed; with --out FILE, renewed in that result

Run it on a machine that does nothing else. `python -m tools.figures` then renews the tables in the documents.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import voice_compute, voice_speaking, voice_turns
from benchmarks.peer_house import DEFAULT, NotMeasured, peers, pinned
from benchmarks.voice_bars import BARS, Row
from benchmarks.voice_sides import Bench, Rows

RESULT = Path(__file__).with_name("results") / "voice.json"
COMMAND = "python -m benchmarks.voice"
MEASUREMENTS: dict[str, Rows] = {
    "orchestration": voice_compute.orchestration,
    "detecting": voice_compute.detecting,
    "idle_memory": voice_compute.idle_memory,
    "loop_lag": voice_compute.loop_lag,
    "first_audio": voice_speaking.first_audio,
    "freed_cpu": voice_speaking.freed_cpu,
    "duck": voice_turns.duck,
    "heard": voice_speaking.heard,
    "resampling": voice_speaking.resampling,
    "ghost_turns": voice_turns.ghost_turns,
    "hour_memory": voice_compute.hour_memory,
    "embedded_answer": voice_turns.embedded_answer,
}
OUR_PARTS = ("faster-whisper", "ctranslate2", "onnxruntime", "piper-tts", "pocketsphinx", "soxr", "numpy", "websockets")


def machine() -> dict[str, Any]:
    """What the figures were taken on; no name of a machine or of a person."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": _cpu(),
        "memory_gib": round(memory),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").is_file() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def versions() -> dict[str, str]:
    """Ours, of what we run on, and the peers'."""
    return (
        {"bedside": version("bedside")}
        | {name: version(name) for name in OUR_PARTS}
        | {f"peer {name}": pin for name, pin in pinned().items()}
    )


def measure(names: Sequence[str], bench: Bench) -> tuple[list[Row], list[dict[str, str]]]:
    """The rows of these measurements, and which could not be made. One that fails costs no other."""
    rows: list[Row] = []
    failed: list[dict[str, str]] = []
    for name in names:
        began = time.monotonic()
        print(f"{name} ...", flush=True)
        try:
            found = MEASUREMENTS[name](bench)
        except Exception as error:  # noqa: BLE001 - whatever happened, the others are still measured
            failed.append({"name": name, "why": _why(error)})
            print(f"  not measured: {_why(error)}", flush=True)
            continue
        rows += found
        for each in found:
            print(f"  {_line(each)}", flush=True)
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    return rows, failed


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, NotMeasured) else f"{type(error).__name__}: {error}"


def _line(each: Row) -> str:
    peer = "" if each.peer is None else f" against {each.peer:g}, {each.ratio:.2f}x"
    return (
        f"{each.name}: {each.ours:g} {each.unit}{peer}; bar {each.bar:g}: {'holds' if each.holds else 'DOES NOT HOLD'}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """1 when a bar does not hold, 2 when something could not be measured."""
    given = _parser().parse_args(arguments)
    names = given.only or list(MEASUREMENTS)
    taken = machine()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(cache(partial(peers, given.peers)), Path(folder), given.quick)
        rows, failed = measure(names, bench)
    out = given.out or (None if given.only or given.quick else RESULT)
    if out:
        command = " ".join([COMMAND, *(["--quick"] if given.quick else [])])
        result = {"machine": taken, "versions": versions(), "command": command, "failed": failed}
        out.parent.mkdir(parents=True, exist_ok=True)
        result["rows"] = in_order([asdict(each) for each in rows], kept(out) if given.only else [])
        out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(f"written: {out}")
    return 2 if failed else int(not all(each.holds for each in rows))


def kept(out: Path) -> list[dict[str, Any]]:
    """The rows of an earlier result, which stand as far as they are not measured anew."""
    return list(json.loads(out.read_text("utf-8"))["rows"]) if out.is_file() else []


def in_order(new: list[dict[str, Any]], old: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each row once, the new one where there is one, in the order of the bars."""
    rows = {each["name"]: each for each in (*old, *new)}
    return [rows[bar.name] for bar in BARS if bar.name in rows]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", action="append", choices=list(MEASUREMENTS), help="one measurement; may be repeated")
    parser.add_argument("--quick", action="store_true", help="everything once, to see that it works")
    parser.add_argument("--peers", type=Path, default=DEFAULT, help="folder of the peers' environment")
    parser.add_argument("--out", type=Path, help="where the result is written instead")
    return parser


if __name__ == "__main__":
    sys.exit(main())
