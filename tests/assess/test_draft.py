"""Drafts: a function of log and rubric, made once, made again where missing, and never for what is not to be scored."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from server.assess.draft import Drafts, draft, heard_by, hearing_notice, rubric_for
from server.core.advance import advance, replay
from server.core.case import Case
from server.core.encounter import Encounter, Reflection
from server.core.errors import NotFound
from server.core.events import Acted, Ended, EndReason, Entered, Event, Reflected
from server.core.log import Entry
from server.core.rubric import Rubric
from server.core.scoring.scoring import why_not_scored
from server.engines.protocols import EngineInfo
from server.store.store import Store
from tests.core.rubrics import BLOCKERS, RESPONSIVENESS
from tests.store.samples import as_case, crowded, opened, reversed_roles, sample_case

RUBRIC = Rubric("small", "1.0.0", "Small", "Verbal empathy.", (RESPONSIVENESS, BLOCKERS), ("Quote the words.",))
ID = "enc_0000000000000000000001"


def ended(case: Case, reason: EndReason = "learner", *more: Event) -> tuple[Encounter, list[Entry]]:
    """An encounter of one deed, and its log."""
    log: list[Event] = [Entered(), Acted("turn_sit", "sit"), Ended(reason), *more]
    encounter = replay(case, [(opened(case), 0)])
    for at_ms, event in enumerate(log, 1):
        encounter = advance(encounter, event, at_ms).encounter
    return encounter, [Entry(seq, event, seq - 1) for seq, event in enumerate(log, 2)]


@pytest_asyncio.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    made = await Store.open(f"sqlite:///{tmp_path / 'bedside.db'}")
    await made.create(case := sample_case(), opened(case), "local")
    yield made
    await made.close()


def test_a_draft_is_ready_for_json() -> None:
    card = draft(ended(sample_case())[0], RUBRIC)
    assert json.loads(json.dumps(card)) == json.loads(json.dumps(card, sort_keys=True))
    assert set(card) == {"status", "rubric", "dimensions", "opportunities", "provenance", "flags", "timing"}
    assert card["status"] == "draft"
    assert card["rubric"]["digest"] == RUBRIC.digest


def test_what_was_spoken_names_what_heard_it() -> None:
    hearing = EngineInfo("hearing", "pocketsphinx", "embedded", "5", "BSD-2-Clause", True)
    about = {"heard": "spoken"} | heard_by({"heard": "spoken"}, hearing)
    assert about["hearing"] == "pocketsphinx, embedded"
    assert "practice only" in hearing_notice(about)
    assert heard_by({"heard": "typed"}, hearing) == {} == heard_by({"heard": "spoken"}, None)
    assert hearing_notice({"heard": "spoken", "hearing": "faster-whisper, local"}) == ""
    assert "hearing" not in draft(ended(sample_case())[0], RUBRIC, hearing)["provenance"]


@pytest.mark.parametrize("reason", ["stop"])
def test_a_stopped_encounter_is_not_scored(reason: EndReason) -> None:
    card = draft(ended(sample_case(), reason)[0], RUBRIC)
    assert (card["status"], card["dimensions"], card["opportunities"]) == ("not_scored", (), ())


def test_one_that_never_began_is_not_scored() -> None:
    case = sample_case()
    at_the_door = replay(case, [(opened(case), 0), (Ended("learner"), 0)])
    assert draft(at_the_door, RUBRIC)["status"] == "not_scored"


async def test_kept_when_it_is_over_and_not_before(store: Store) -> None:
    drafts, case = Drafts(store, {"small": RUBRIC}), sample_case()
    await drafts(replay(case, [(opened(case), 0)]))
    assert await store.get_scorecard(ID) is None
    encounter, _ = ended(case)
    await drafts(encounter)
    await drafts(encounter)
    assert len(await store.scorecards(ID)) == 1
    assert await store.unfinished() == []
    assert (await store.info(ID)).ended == "learner"


async def test_the_one_that_counts_is_the_one_that_was_kept(store: Store) -> None:
    drafts = Drafts(store, {"small": RUBRIC})
    encounter, _ = ended(sample_case(), "learner", Reflected())
    made = await drafts.card(encounter)
    assert json.loads(json.dumps(made)) == await drafts.card(encounter)
    await store.put_scorecard(ID, RUBRIC.digest, {**made, "status": "signed"})
    assert (await drafts.card(encounter))["status"] == "signed"


async def test_what_a_crash_left_out_is_made_at_start(store: Store) -> None:
    drafts, case = Drafts(store, {"small": RUBRIC}), sample_case()
    _, log = ended(case)
    await store.append(ID, log)
    assert await drafts.make_missing() == 1
    assert (await store.info(ID)).ended == "learner"
    kept = await store.get_scorecard(ID)
    assert kept is not None
    assert kept["status"] == "draft"
    assert await drafts.make_missing() == 0


async def test_one_that_cannot_be_made_stops_no_other(store: Store) -> None:
    case = sample_case()
    _, log = ended(case)
    await store.append(ID, log)
    await store.create(odd := sample_case(assessment={"instruments": []}), opened(odd, "enc_odd"), "local")
    await store.append("enc_odd", log)
    assert await Drafts(store, {"small": RUBRIC}).make_missing() == 1


def test_the_rubric_is_the_one_that_the_case_names() -> None:
    case = sample_case()
    assert rubric_for(case, {"other": RUBRIC, "small": RUBRIC}) is RUBRIC
    with pytest.raises(NotFound):
        rubric_for(case, {"other": RUBRIC})


async def test_what_the_next_act_is_handed_is_kept_when_it_is_over_and_once(store: Store) -> None:
    case = as_case(crowded())
    await store.create(case, opened(case, "enc_act"), "ann")
    encounter = replace(ended(case)[0], id="enc_act")
    drafts = Drafts(store, {"small": RUBRIC})
    await drafts(replace(encounter, phase="encounter", ended=""))
    assert await store.get_carried("ann", "act-2") is None
    await drafts(encounter)
    kept = await store.get_carried("ann", "act-2")
    assert kept is not None
    assert [(item.id, item.name) for item in kept.items] == [("C_trust", "trust"), ("C_tablets", "tablets")]
    await store.put_back("ann", "act-2")
    await drafts(replace(encounter, phase="done", reflection=Reflection()))
    again = await store.get_carried("ann", "act-2")
    assert again is not None
    assert again.items == ()


@pytest.mark.parametrize("reason", ["stop", "door"])
async def test_a_stopped_encounter_and_one_that_never_began_hand_on_nothing(store: Store, reason: str) -> None:
    case = as_case(crowded())
    await store.create(case, opened(case, "enc_act"), "ann")
    at_the_door = replay(case, [(opened(case), 0), (Ended("learner"), 0)])
    encounter = at_the_door if reason == "door" else ended(case, "stop")[0]
    await Drafts(store, {"small": RUBRIC})(replace(encounter, id="enc_act"))
    assert await store.get_carried("ann", "act-2") is None
    assert (await store.info("enc_act")).ended != ""


def test_one_that_the_patient_ended_is_scored_as_any_other() -> None:
    encounter = ended(sample_case())[0]
    sent_away = replace(encounter, ended="sent_away")
    assert draft(sent_away, RUBRIC) == draft(encounter, RUBRIC)
    assert (why_not_scored(sent_away), why_not_scored(encounter)) == ("", "")


async def test_who_played_the_patient_gets_no_draft(store: Store) -> None:
    case = as_case(reversed_roles())
    await store.create(case, opened(case, "enc_other"), "ann")
    encounter = replace(ended(case)[0], id="enc_other")
    card = await Drafts(store, {}).card(encounter)
    assert (card["status"], card["dimensions"], card["opportunities"], card["rubric"]) == ("not_scored", (), (), {})
    assert why_not_scored(encounter) == "role_reversal"
    await Drafts(store, {})(encounter)
    assert await store.unscored() == []
