"""How an encounter ends, and what is said of it: on the wire, in plain words, whoever the learner is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

import pytest

from server.core.case import Case
from server.core.case_parts.cast import Walkout
from server.core.case_parts.frame import Assessment
from server.core.case_parts.links import RoleCard
from server.core.case_parts.state import Response
from server.core.events import EndReason
from server.live import wording
from server.live.wording import ENDINGS, FICTION_CONTRACT, NOT_SCORED, NOTICES, ai_disclosure, listed, people
from tests.core.cases import case, member
from tests.live.learner import Learner, meet
from tests.live.theatre import a_theatre, theatre

GET_OUT = "That's enough. I want somebody else."


def easily_offended() -> Case:
    patient = member(walkouts=(Walkout("distress >= 1", GET_OUT),))
    return case(cast=(patient,), upset_by=(Response("premature_reassurance", {"distress": 1}),))


def reversed_roles() -> Case:
    card = RoleCard("Ana Reyes, 54", ("Your hip hurts.",), afterwards=("How was it to ask?",))
    clinician = replace(member("hale", name="Dr Hale"), role_type="clinician")
    return case(cast=(clinician,), activity="role_reversal", role_card=card, assessment=Assessment(()))


async def to_the_end(learner: Learner, *, by: str = "bedside.end", **fields: Any) -> Any:
    await learner.send(by, **fields)
    return await learner.until("bedside.scorecard")


async def test_a_learner_who_is_sent_away_is_told_so_in_plain_words_and_scored() -> None:
    async with a_theatre(easily_offended()) as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.type("Don't worry, everything will be fine.")
        ended = await learner.until("bedside.ended")
        assert (ended.reason, ended.message) == ("sent_away", ENDINGS["sent_away"])
        assert learner.all("response.done")[-1].response.output[0].content[0].transcript == GET_OUT
        assert (await learner.until("bedside.scorecard")).status == "draft"
        assert [encounter.ended for encounter in running.ended] == ["sent_away"]


async def test_who_plays_the_patient_is_not_scored_and_is_told_why() -> None:
    async with a_theatre(reversed_roles()) as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        card = await to_the_end(learner)
        assert (card.status, card.reason, card.message) == ("not_scored", "role_reversal", NOT_SCORED["role_reversal"])


@pytest.mark.parametrize(
    ("reason", "status", "why"),
    [("stop", "not_scored", "stopped"), ("learner", "draft", "")],
)
async def test_a_scorecard_that_is_none_says_why(reason: str, status: str, why: str) -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        card = await to_the_end(learner, reason=reason)
        assert (card.status, card.reason, bool(card.message)) == (status, why, bool(why))


def test_every_end_has_its_words() -> None:
    assert set(ENDINGS) == {*get_args(EndReason), "sent_away"}


def test_no_wording_knows_who_the_learner_or_the_cast_is() -> None:
    """Role reversal says `patient`, since there the learner is one."""
    texts = [
        *NOTICES.values(),
        *ENDINGS.values(),
        FICTION_CONTRACT,
        wording.SUPPORT,
        ai_disclosure("A"),
        ai_disclosure("A", "B"),
    ]
    assert not [text for text in texts if re.search(r"\b(nurse|patient|doctor|her|his)\b", text, re.IGNORECASE)]


def test_one_person_is_named_as_software_and_several_are_all_of_them() -> None:
    assert ai_disclosure("Dr Hale").startswith("Dr Hale is simulated by software.")
    everybody = ai_disclosure(*people(theatre()))
    assert everybody.startswith("Everyone you meet here is software: Ana Reyes, Dr Hale and Bo Lund.")
    assert "sheet" not in everybody
    assert [listed(names) for names in ((), ("A",), ("A", "B"))] == ["", "A", "A and B"]
