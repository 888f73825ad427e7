"""Rows about turns: who is answered how soon, who is let speak how soon, and who is answered without having spoken."""

from __future__ import annotations

from typing import Any

from benchmarks.peer_house import NotMeasured, ours_alone
from benchmarks.rounds import median, percentile
from benchmarks.voice_bars import Row, row
from benchmarks.voice_sides import Bench

CASES = ("novak-discharge", "chronic-pain")
CONVERSING = "benchmarks.ours.conversing"


def duck(bench: Bench) -> list[Row]:
    turns = 4 if bench.quick else 30
    found = _times(ours_alone(CONVERSING, cases=CASES, turns=turns, at_once=3, interrupt=True), "ducked")
    note = f"""Real time, the whole service over a loopback socket, three meetings at a time, a microphone that sends
        32 ms frames at 24 kHz; onset is the first audible sample of a sentence begun while the patient
        speaks (flite heard by
        Silero). Median {median(found):.0f} ms, worst {max(found):.0f} ms."""
    return [row("duck", percentile(found, 0.95), n=len(found), note=note)]


def embedded_answer(bench: Bench) -> list[Row]:
    turns = 4 if bench.quick else 44
    answer = ours_alone(CONVERSING, cases=CASES, turns=turns, at_once=1)
    found = _times(answer, "answered")
    lost = len(answer["turns"]) - len(found)
    note = f"""Real time, the whole service over a loopback socket, one meeting at a time, {" and ".join(CASES)};
        students speak in another voice of flite, pocketsphinx hears them. From the last audible sample to the first
        frame of the patient's sound, less `patience_ms`. Median {median(found):.0f} ms, worst {max(found):.0f} ms;
        {lost} of {len(answer["turns"])} turns were not answered in words and are not in the figure."""
    return [row("embedded_answer", percentile(found, 0.95), n=len(found), note=note)]


def _times(answer: dict[str, Any], what: str) -> list[float]:
    found = [float(turn["ms"]) for turn in answer["turns"] if turn["ms"] is not None]
    if not found or len(found) < len(answer["turns"]) * 0.8:
        raise NotMeasured(f"only {len(found)} of {len(answer['turns'])} turns were {what}")
    return found


def ghost_turns(bench: Bench) -> list[Row]:
    """Raises `NotMeasured` where no kind of sound was heard."""
    from benchmarks.voice_ghosts import HELD_TO_NOTHING, measure

    minutes = 0.1 if bench.quick else 10.0
    found = measure(minutes)
    kinds = ", ".join(f"{name} {found['noises'][name]['ghost_turns']}" for name in HELD_TO_NOTHING)
    note = f"""Turns begun where nobody at the microphone spoke, {minutes:g} minutes of each made sound through
        detector, ear and pocketsphinx, faster than they would sound: {kinds}. `python -m benchmarks.voice_ghosts`
        shows the rest,
        the students among it who are heard."""
    return [row("ghost_turns", found["ghost_turns"], n=len(HELD_TO_NOTHING), note=note)]
