"""The figures of the voice path, the bar that each must hold, and what a result file must look like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

PIPECAT = "pipecat-ai"


@dataclass(frozen=True)
class Bar:
    """One figure and what it must not exceed."""

    name: str
    says: str
    """For people."""
    unit: str
    limit: float
    on: Literal["ratio", "ours"]
    """What is held against the limit: ours divided by the peer's, or our own figure."""


BARS = (
    Bar("orchestration", "orchestration, CPU per second of audio, null engines", "ms", 0.25, "ratio"),
    Bar("detecting", "voice detection, CPU per second of audio", "ms", 0.25, "ratio"),
    Bar("idle_memory", "memory of one more idle encounter", "MiB", 0.1, "ratio"),
    Bar("loop_lag", "lag of the event loop while two clips are recognised, p99", "ms", 20, "ours"),
    Bar("first_audio_15", "first audio of a reply written at 15 words a second", "ms", 0.5, "ratio"),
    Bar("first_audio_45", "first audio of a reply written at 45 words a second", "ms", 0.5, "ratio"),
    Bar("freed_cpu", "from barge-in until the CPU of a running synthesis is free, p95", "ms", 50, "ours"),
    Bar("duck", "from the onset of the learner's speech to `bedside.duck`, p95", "ms", 280, "ours"),
    Bar("heard_flite", "error of the heard text at uniform cuts, flite, mean", "words", 1, "ours"),
    Bar("heard_espeak", "error of the heard text at uniform cuts, espeak-ng, mean", "words", 1, "ours"),
    Bar("heard_piper", "error of the heard text at uniform cuts, Piper, mean", "words", 1, "ours"),
    Bar("resampling_in", "delay of resampling the microphone, worst of four rates", "ms", 15, "ours"),
    Bar("resampling_out", "delay of resampling a voice to the wire", "ms", 15, "ours"),
    Bar("ghost_turns", "turns begun by seventy minutes without a learner's speech", "turns", 0, "ours"),
    Bar("hour_memory", "growth of memory over an hour of audio in one encounter", "MiB", 5, "ours"),
    Bar("embedded_answer", "end of speech to first patient audio, less the case's patience, p95", "ms", 400, "ours"),
)
BY_NAME = {bar.name: bar for bar in BARS}


@dataclass(frozen=True)
class Row:
    """One measured figure."""

    name: str
    ours: float
    peer: float | None
    """None where there is nothing to compare with."""
    peer_version: str
    unit: str
    ratio: float | None
    bar: float
    bar_on: str
    """`ratio` or `ours`: what the bar is held against."""
    holds: bool
    n: int
    """Measurements behind our figure."""
    note: str
    """What was run, and what about it is not the same work."""


def row(name: str, ours: float, *, n: int, note: str, peer: float | None = None, peer_version: str = "") -> Row:
    """The row of a known figure; ratio and verdict are computed here and nowhere else."""
    bar, ours = BY_NAME[name], _figure(ours)
    peer = None if peer is None else _figure(peer)
    ratio = round(ours / peer, 3) if peer else None
    holds = _holds(bar, ours, ratio)
    return Row(name, ours, peer, peer_version, bar.unit, ratio, bar.limit, bar.on, holds, n, " ".join(note.split()))


def _holds(bar: Bar, ours: float, ratio: float | None) -> bool:
    held = ratio if bar.on == "ratio" else ours
    return held is not None and held <= bar.limit


def _figure(value: float) -> float:
    return round(value, 3)


FIELDS = {"machine": dict, "versions": dict, "command": str, "rows": list, "failed": list}
ROW_TYPES: dict[str, tuple[type, ...]] = {
    "name": (str,), "ours": (int, float), "peer": (int, float, type(None)), "peer_version": (str,), "unit": (str,),
    "ratio": (int, float, type(None)), "bar": (int, float), "bar_on": (str,), "holds": (bool,), "n": (int,),
    "note": (str,),
}  # fmt: skip


def faults(result: Any) -> list[str]:
    """What is wrong with a result, in sentences; nothing where figures may be printed from it."""
    if not isinstance(result, dict):
        return ["the result is not an object"]
    wrong = [
        f"`{name}` is missing or no {kind.__name__}" for name, kind in FIELDS.items() if not _is(result, name, kind)
    ]
    if wrong:
        return wrong
    if result["failed"]:
        wrong.append(f"not measured: {', '.join(str(each.get('name')) for each in result['failed'])}")
    names = [given.get("name") if isinstance(given, dict) else None for given in result["rows"]]
    wrong += [f"there is no row {bar.name}" for bar in BARS if bar.name not in names]
    wrong += [f"row {name} is there twice" for name in {*names} if names.count(name) > 1]
    return wrong + [fault for given in result["rows"] for fault in _row_faults(given)]


def _is(result: dict[str, Any], name: str, kind: type) -> bool:
    return isinstance(result.get(name), kind)


def _row_faults(given: Any) -> Iterator[str]:
    if not isinstance(given, dict) or given.get("name") not in BY_NAME:
        yield "a row is no known figure"
        return
    name = given["name"]
    missing = [key for key, kinds in ROW_TYPES.items() if key not in given or not _typed(given[key], kinds)]
    if missing:
        yield f"row {name} lacks {', '.join(missing)}"
        return
    again = row(name, given["ours"], n=given["n"], note="", peer=given["peer"])
    for key in ("unit", "bar", "bar_on", "ratio", "holds"):
        if asdict(again)[key] != given[key]:
            yield f"row {name}: `{key}` is {given[key]!r}, but its numbers make it {asdict(again)[key]!r}"
    if given["n"] < 1 or not given["note"]:
        yield f"row {name} says neither how often nor how it was measured"


def _typed(value: Any, kinds: tuple[type, ...]) -> bool:
    """A truth value is no number."""
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
