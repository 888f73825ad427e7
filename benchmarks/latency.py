"""Where the time goes between a student's last word and the patient's first sound, stage by stage.

    python -m benchmarks.latency                                    an own service, by the settings of the environment
    python -m benchmarks.latency --case novak-discharge --turns 20 --out FILE.json
    python -m benchmarks.latency --url wss://bedside.example.edu/v1/realtime --token TOKEN

Real time, one student. With weights and a chat model named by the settings it measures those: nothing here knows which
engines they are. Of a service elsewhere only what crosses the wire can be seen, and it keeps the encounter.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.ours.conversing import ANSWER_S, LINES, link_to, spoken
from benchmarks.ours.house import TOKEN, running_house
from benchmarks.rounds import median, percentile
from benchmarks.stopwatch import Notes, timed_engines
from benchmarks.student import AUDIO, SPOKEN, Student, TooLong, student
from benchmarks.voice import machine
from server.content.loader import load_case
from server.core.case import Case
from server.core.errors import BedsideError
from server.settings import load_settings

STAGES = {
    "decision": "end of speech to the decision that it has ended, the case's patience included",
    "recognition": "recognition of what counted, waiting for a decoder included",
    "hidden": "of that, hidden in the pause before the decision",
    "after_decision": "from the decision to the words",
    "direction": "from the words to the actor: director, transcript, log",
    "first_words": "the actor's first words",
    "first_piece": "from there to a clause or sentence",
    "first_sound": "speaking it",
    "to_the_wire": "from there to the student's socket: log, pacer, network",
    "total": "end of speech to first sound",
    "beyond_patience": "of that, more than the case's patience",
}
STOPPED = "input_audio_buffer.speech_stopped"


@dataclass
class Place:
    """Where the student is to go, and what can be seen from within."""

    link: str
    token: str
    notes: Notes | None
    engines: dict[str, str] = field(default_factory=dict)


def stages(end: float, here: Student, notes: Notes | None, patience_ms: int) -> dict[str, float]:
    """Milliseconds of each stage of the turn whose speech ended at `end`; without those that could not be seen."""
    stopped, words, sound = here.first(STOPPED, end), here.first(SPOKEN, end), here.first(AUDIO, end)
    if stopped is None or words is None or sound is None:
        return {}
    found = {
        "decision": stopped.at - end,
        "after_decision": words.at - stopped.at,
        "total": sound.at - end,
        "beyond_patience": sound.at - end - patience_ms / 1000,
    }
    if notes:
        found |= _within(stopped.at, words.at, sound.at, notes)
    return {name: found[name] * 1000 for name in STAGES if name in found}


def _within(stopped: float, words: float, sound: float, notes: Notes) -> dict[str, float]:
    """What the engines noted."""
    counted = [(began, ended) for began, ended in notes.recognised if ended <= words]
    asked = notes.first(notes.asked, counted[-1][1]) if counted else None
    if not counted or asked is None:
        return {}
    began, ended = counted[-1]
    found = {
        "recognition": ended - began,
        "hidden": max(0.0, min(ended, stopped) - began),
        "direction": asked - max(stopped, ended),
    }
    times = [asked, *(notes.first(each, asked) for each in (notes.first_words, notes.speaking, notes.spoken)), sound]
    names = ("first_words", "first_piece", "first_sound", "to_the_wire")
    for name, before, after in zip(names, times, times[1:], strict=False):
        if before is not None and after is not None and after >= before:
            found[name] = after - before
    return found


async def converse(place: Place, case: Case, turns: int) -> list[dict[str, float]]:
    """The stages of each turn; an empty one where nothing was answered."""
    sounds = await spoken(LINES, case)
    found: list[dict[str, float]] = []
    patience_ms = case.patient.portrayal.speech.patience_ms
    async with student(place.link, place.token) as here:
        await here.until_quiet(2.0)
        for number in range(turns):
            said = await here.say(sounds[number % len(sounds)])
            try:
                await here.until(lambda message: message.kind == AUDIO, since=said.end, limit_s=ANSWER_S)
            except TooLong:
                found.append({})
                continue
            found.append(stages(said.end, here, place.notes, patience_ms))
            print(f"  turn {number + 1}: {found[-1].get('total', float('nan')):.0f} ms", flush=True)
            await here.until_quiet(1.2)
    return found


def summary(turns: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Median, p95, worst and number of each stage."""
    found = {}
    for name in STAGES:
        if values := [turn[name] for turn in turns if name in turn]:
            figures = {"median": median(values), "p95": percentile(values, 0.95), "max": max(values)}
            found[name] = {key: round(value, 1) for key, value in figures.items()} | {"n": len(values)}
    return found


def printed(figures: dict[str, dict[str, float]]) -> str:
    """A table for the terminal, in milliseconds."""
    lines = [f"{'ms':>16} {'median':>8} {'p95':>8} {'max':>8} {'n':>4}"]
    for name, each in figures.items():
        cells = " ".join(f"{each[key]:8.0f}" for key in ("median", "p95", "max"))
        lines.append(f"{name:>16} {cells} {each['n']:4.0f}  {STAGES[name]}")
    return "\n".join(lines)


@asynccontextmanager
async def _place(given: argparse.Namespace, case: Case) -> AsyncIterator[Place]:
    if given.url:
        joiner = "&" if "?" in given.url else "?"
        yield Place(f"{given.url}{joiner}{urlencode({'model': case.case_id})}", given.token, None)
        return
    notes = Notes()
    with timed_engines(notes):
        async with running_house() as (house, wire):
            engines = {str(info.part): f"{info.name} {info.version}" for info in house.services.engines}
            yield Place(await link_to(house, wire, case), TOKEN, notes, engines)


async def measure(given: argparse.Namespace) -> dict[str, Any]:
    """The whole result. Raises `BedsideError` for a case or an engine that is not there."""
    case = load_case(load_settings().personas_dir / f"{given.case}.yaml")
    taken = machine()
    async with _place(given, case) as place:
        print(f"engines: {place.engines or 'of another service'}", flush=True)
        turns = await converse(place, case, given.turns)
    patience_ms = case.patient.portrayal.speech.patience_ms
    return {
        "machine": taken, "case": case.case_id, "patience_ms": patience_ms, "engines": place.engines,
        "turns": len(turns), "answered": sum(bool(turn) for turn in turns), "stages": summary(turns),
    }  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--case", default="novak-discharge")
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--url", default="", help="ws(s):// address of another service's wire")
    parser.add_argument("--token", default="", help="its bearer token")
    parser.add_argument("--out", type=Path, help="where the result is written as JSON")
    given = parser.parse_args(arguments)
    try:
        found = asyncio.run(measure(given))
    except (BedsideError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(printed(found["stages"]))
    if given.out:
        given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if found["answered"] else 1


if __name__ == "__main__":
    sys.exit(main())
