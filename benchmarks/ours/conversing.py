"""Students who talk with patients on the whole service, in real time: how soon they are answered, how soon a patient
falls silent for them. Embedded engines; the students have a voice of their own.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import time
from typing import Any

from benchmarks.ours.house import TOKEN, running_house
from benchmarks.rounds import answer_async
from benchmarks.student import AUDIO, SPOKEN, Message, Student, TooLong, student
from server.app import House
from server.core.case import Case
from server.core.events import Opened
from server.core.sound.audio import WIRE_HZ, Pcm
from server.engines.embedded.flite import FliteVoice
from server.live.resampling import to_rate

LINES = (
    "Hello, my name is Alex and I am one of the student nurses.",
    "How are you feeling about going home today?",
    "That sounds very hard for you.",
    "Can you tell me more about that?",
    "What worries you the most at the moment?",
    "Who is at home with you?",
    "Do you know what your tablets are for?",
    "I can see that this is not easy.",
    "What would help you right now?",
    "Thank you for telling me that.",
)
ANSWER_S, TURNS_A_MEETING = 25.0, 10
SOON_S = 0.12
"""A reply that ends this soon after the onset was over before anything could be noticed."""


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    """`turns` over `cases`, no more than `at_once` meetings at a time; with `interrupt`, onsets are measured."""
    async with running_house(hearing="pocketsphinx", speaking="flite", acting="scripted") as (house, wire):
        talk = interrupting if request.get("interrupt") else answering
        places = asyncio.Semaphore(request["at_once"])

        async def meet(case_id: str, turns: int) -> list[dict[str, Any]]:
            async with places:
                return await talk(house, wire, house.shelf.cases[case_id], turns)

        met = await asyncio.gather(*(meet(*each) for each in _meetings(request["cases"], request["turns"])))
        return {"turns": [turn for each in met for turn in each]}


def _meetings(cases: list[str], turns: int) -> list[tuple[str, int]]:
    """Each case in turn, until all the turns are given out."""
    found: list[tuple[str, int]] = []
    left = turns
    while left > 0:
        found.append((cases[len(found) % len(cases)], min(left, TURNS_A_MEETING)))
        left -= TURNS_A_MEETING
    return found


async def link_to(house: House, wire: str, case: Case) -> str:
    opened = Opened(f"enc_{secrets.token_hex(11)}", case.case_id, case.case_version, case.digest)
    await house.services.store.create(case, opened, "local")
    return f"{wire}?encounter={opened.encounter_id}"


async def spoken(lines: tuple[str, ...], case: Case) -> list[Pcm]:
    """`lines` in a voice of somebody else than the patient."""
    voice, sex = FliteVoice(), case.patient.voice.sex
    name = "rms" if sex == "female" else "slt"
    try:
        return [
            to_rate([part.pcm async for part in voice.speak(line, voice=f"{name} adult normal")], WIRE_HZ)
            for line in lines
        ]
    finally:
        voice.close()


async def answering(house: House, wire: str, case: Case, turns: int) -> list[dict[str, Any]]:
    """For each line: milliseconds from its end to the first sound of the answer, less the patience; None: no answer.

    An answer that has begun is cancelled, so that the next line can be said.
    """
    sounds = await spoken(LINES, case)
    found: list[dict[str, Any]] = []
    async with student(await link_to(house, wire, case), TOKEN) as here:
        await here.until_quiet(2.0)
        for number in range(turns):
            said = await here.say(sounds[number % len(sounds)])
            patience_ms = case.patient.portrayal.speech.patience_ms
            found.append({"case": case.case_id, "ms": await _answer(here, said.end, patience_ms)})
            await here.send(type="response.cancel")
            await here.until_quiet(0.8)
    return found


async def _answer(here: Student, end: float, patience_ms: int) -> float | None:
    try:
        first = await here.until(_is_sound, since=end, limit_s=ANSWER_S)
    except TooLong:
        return None
    if (heard := here.first(SPOKEN, end)) is None or heard.at > first.at:
        return None  # what came was no answer to this
    return (first.at - end) * 1000 - patience_ms


async def interrupting(house: House, wire: str, case: Case, turns: int) -> list[dict[str, Any]]:
    """For each interruption: milliseconds from its onset to `bedside.duck`; None: the patient was not ducked.

    What interrupts is answered, and the answer is interrupted in turn.
    """
    sounds, dice = await spoken(LINES, case), random.Random(case.case_id)
    found: list[dict[str, Any]] = []
    async with student(await link_to(house, wire, case), TOKEN) as here:
        await here.until_quiet(2.0)
        said = await here.say(sounds[-1])
        for number in range(2 * turns):
            try:
                await here.until(_is_sound, since=said.end, limit_s=ANSWER_S)
            except TooLong:
                said = await here.say(sounds[-1])
                continue
            await asyncio.sleep(dice.uniform(0.2, 0.6))
            before, said = time.monotonic(), await here.say(sounds[number % len(sounds)])
            if not _had_finished(here, said.onset):
                found.append({"case": case.case_id, "ms": _ducked_after(here, before, said.onset)})
            if len(found) == turns:
                break
    return found


def _is_sound(message: Message) -> bool:
    return message.kind == AUDIO


def _had_finished(here: Student, onset: float) -> bool:
    """The patient had nothing more to say when the student began."""
    done = [m.at for m in here.messages if m.kind == "response.done"]
    sound = [m.at for m in here.messages if m.kind == AUDIO and m.at < onset]
    return bool(done) and max(sound, default=0.0) < max((at for at in done if at < onset + SOON_S), default=0.0)


def _ducked_after(here: Student, since: float, onset: float) -> float | None:
    ducked = here.first("bedside.duck", since, ducked=True)
    return None if ducked is None else (ducked.at - onset) * 1000


if __name__ == "__main__":
    answer_async(measure)
