"""An operating theatre for the wire: a patient who is awake, a surgeon, a sheet of paper, and a nurse outside."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from server.core.case import Case
from server.core.case_parts.cast import CastMember, Sound
from server.core.case_parts.play import Action, Aside, Delivery, Outcome
from server.engines.protocols import Speech
from tests.core.cases import beat, case, fact, member, when
from tests.live.room import MemoryLog, ScriptedHearing, Service, TestEngines, ToneVoice, service

SECRET = "I dropped a swab behind the drain."
PATIENT_SAYS, SURGEON_SAYS, SHEET_SAYS = "What are you counting?", "Count again.", "Swabs: nine of ten."
CURTAIN = Action("draw_curtain", "Draw the curtain", "draws the curtain")
WHISPER = Action("whisper", "Whisper to her", "whispers", when="did:draw_curtain")
FETCH = Action("fetch", "Fetch the nurse", "calls out", outcome=Outcome(enters=("nurse",)))


def cast() -> tuple[CastMember, ...]:
    awake = replace(member("patient", name="Ana Reyes"), voice=Sound("female", "old"))
    surgeon = replace(member("surgeon", name="Dr Hale"), role_type="supervisor", voice=Sound("male"))
    outside = replace(member("nurse", name="Bo Lund"), voice=Sound("male"), present=False)
    sheet = CastMember("sheet", "system", "The count sheet", "Hangs on the wall.", voice=Sound("male"))
    return awake, surgeon, outside, sheet


def theatre(**changes: Any) -> Case:
    """Ask about the count, and three voices answer one after the other."""
    then = (Aside("surgeon", SURGEON_SAYS), Aside("sheet", SHEET_SAYS))
    count = replace(beat("B1_count", trigger=when("learner_mentions:count")), deliver=Delivery(PATIENT_SAYS, then=then))
    secret = fact("F_swab", SECRET, "Did you drop a swab?", min_trust=9, owner="surgeon", disclosure="if_trust")
    fields: dict[str, Any] = {
        "cast": cast(),
        "beats": (count,),
        "facts": (secret,),
        "actions": (CURTAIN, WHISPER, FETCH),
    }
    return case(**{**fields, **changes})


@dataclass
class Voices(ToneVoice):
    """Remembers in which voice each piece was said."""

    ms_per_character: int = 10
    spoken: list[tuple[str, str]] = field(default_factory=list)

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        self.spoken.append((voice, text))
        async for speech in super().speak(text, voice=voice):
            yield speech


@asynccontextmanager
async def a_theatre(
    played: Case | None = None, *, ms_per_character: int = 10
) -> AsyncIterator[tuple[Service, str, Voices]]:
    log, voices = MemoryLog(), Voices(ms_per_character)
    async with service(log, TestEngines(voice=voices, transcriber=ScriptedHearing(["Sorry, what?"]))) as running:
        yield running, log.create(played or theatre(), "enc_1"), voices
