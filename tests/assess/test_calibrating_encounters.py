"""Encounters that were marked here: only blind marks of two people count, and the draft is made anew beside them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.assess.calibrating import encounters
from server.assess.calibrating.drafts import as_marks, drafted_from, rater_in
from server.assess.calibrating.encounters import UNREADABLE, blind_marks, marked_twice
from server.assess.calibrating.marks import DRAFT, Mark, scales
from server.content.loader import load_rubric
from server.core.case import Case
from server.core.errors import ContentError
from server.core.log import Entry
from server.core.marking.steps import DraftChanged, DraftPolicy, Line, Made, MarkGiven, SheetClosed, Step
from server.core.scoring.scoring import SCORER
from server.store.marking.marks import KeptStep
from tests.assess.test_draft import RUBRIC, ended
from tests.store.samples import opened, sample_case

SCALES = scales(RUBRIC)
ROOT = Path(__file__).resolve().parent.parent.parent
START = datetime(2026, 3, 1, tzinfo=UTC)


def kept(*steps: tuple[str, Step]) -> list[KeptStep]:
    """Steps by the name of their author, a minute apart."""
    return [
        KeptStep(n, Made(f"marker:{name.lower()}", name, step), START + timedelta(minutes=n))
        for n, (name, step) in enumerate(steps, 1)
    ]


def mark(level: int | None, dimension: str = "responsiveness") -> MarkGiven:
    return MarkGiven(dimension, Line("rated" if level is not None else "not_applicable", level, comment="why"))


BOTH: list[tuple[str, Step]] = [("Ann", mark(3)), ("Ben", mark(1)), ("Ann", SheetClosed()), ("Ben", SheetClosed())]


def test_two_closed_sheets_are_two_raters_with_their_times() -> None:
    found = blind_marks("enc", kept(*BOTH), SCALES, "local")
    assert found == [
        Mark("enc", "Ann", "responsiveness", 3, (START + timedelta(minutes=1)).timestamp()),
        Mark("enc", "Ben", "responsiveness", 1, (START + timedelta(minutes=2)).timestamp()),
    ]


def test_what_was_changed_in_sight_of_the_draft_is_not_what_counts() -> None:
    changed = ("Ann", DraftChanged("responsiveness", Line("rated", 0, comment="why"), "I saw it"))
    assert [each.level for each in blind_marks("enc", kept(*BOTH, changed), SCALES, "local")] == [3, 1]


def test_not_applicable_is_no_number() -> None:
    steps = kept(("Ann", mark(None)), ("Ben", mark(1)), ("Ann", SheetClosed()), ("Ben", SheetClosed()))
    ann, _ = blind_marks("enc", steps, SCALES, "local")
    assert (ann.level, ann.status) == (None, "not_applicable")


@pytest.mark.parametrize(
    "steps",
    [BOTH[:3], BOTH[:2], [("Ann", DraftPolicy(True)), *BOTH], []],
    ids=["one is open", "both are open", "the draft was shown", "nobody"],
)
def test_marks_that_were_not_blind_or_are_alone_do_not_count(steps: list[tuple[str, Step]]) -> None:
    assert blind_marks("enc", kept(*steps), SCALES, "local") == []


def test_in_a_house_only_the_sheets_of_staff_count() -> None:
    def given(*authors: str) -> list[KeptStep]:
        steps = [(author, step) for step in (mark(2), SheetClosed()) for author in authors]
        return [KeptStep(n, Made(author, author, step), START) for n, (author, step) in enumerate(steps, 1)]

    assert blind_marks("enc", given("acc_stu", "marker:friend"), SCALES, "acc_stu") == []
    assert blind_marks("enc", given("acc_stu", "marker:friend", "acc_berg"), SCALES, "acc_stu") == []
    both = blind_marks("enc", given("acc_stu", "acc_berg", "acc_cruz", "marker:friend"), SCALES, "acc_stu")
    assert [each.rater for each in both] == ["acc_berg", "acc_cruz"]
    alone = blind_marks("enc", given("local", "marker:friend"), SCALES, "local")
    assert [each.rater for each in alone] == ["local", "marker:friend"], "one person is everybody"


async def test_drafts_are_made_off_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def drafted(*_: object) -> str:
        seen.append(threading.current_thread() is threading.main_thread())
        return UNREADABLE

    monkeypatch.setattr(encounters, "_drafted", drafted)
    await marked_twice(Kept(), {"one": "local"}, RUBRIC, SCALES)
    assert seen == [False]


def test_a_mark_that_the_rubric_has_no_place_for_is_left_out() -> None:
    odd = [("Ann", mark(9, "blockers")), ("Ann", mark(2, "charm")), *BOTH]
    assert {each.dimension for each in blind_marks("enc", kept(*odd), SCALES, "local")} == {"responsiveness"}


class Kept:
    """A store of encounters, by id: of two people's marks, of one's, and one whose log is broken."""

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]:
        case = sample_case()
        if encounter_id == "broken":
            return case, []
        return case, [Entry(1, opened(case), 0), *ended(case)[1]]

    async def marking_steps(self, encounter_id: str) -> list[KeptStep]:
        return kept(*(BOTH[:1] if encounter_id == "alone" else BOTH))


async def test_the_draft_stands_beside_and_what_cannot_be_read_is_counted() -> None:
    marks, cards, unread = await marked_twice(
        Kept(), dict.fromkeys(["one", "alone", "broken"], "local"), RUBRIC, SCALES
    )
    assert ({each.transcript for each in marks}, list(cards), unread) == ({"one"}, ["one"], 1)
    assert rater_in(cards) == SCORER
    drafted = as_marks(cards)
    assert {each.rater for each in drafted} == {DRAFT}
    assert [each.dimension for each in drafted] == [each.id for each in RUBRIC.dimensions]


async def test_encounters_of_another_rubric_are_left_out() -> None:
    other = load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")
    marks, cards, unread = await marked_twice(Kept(), {"one": "local"}, other, SCALES)
    assert (marks, cards, unread) == ([], {}, 0)


TALK = (
    "Patient: I'm frightened of going home.\nNurse: You're frightened. What frightens you most?\n"
    "Patient: The stairs.\nNurse: I see.\n"
)


def test_transcripts_are_drafted_by_the_name_of_their_file(tmp_path: Path) -> None:
    rubric = load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")
    for name in ("t1.txt", "t2.txt", "unmarked.txt"):
        (tmp_path / name).write_text(TALK)
    cards = drafted_from(tmp_path, ["t1", "t2.txt"], rubric)
    assert list(cards) == ["t1", "t2.txt"]
    levels = {(each.transcript, each.dimension): each.level for each in as_marks(cards)}
    assert levels["t1", "understanding"] == levels["t2.txt", "understanding"] is not None


def test_every_transcript_that_is_not_there_or_not_one_is_named(tmp_path: Path) -> None:
    rubric = load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")
    for name in ("t1.txt", "t1.json", "t3.txt"):
        (tmp_path / name).write_text("" if name == "t3.txt" else TALK)
    with pytest.raises(ContentError) as caught:
        drafted_from(tmp_path, ["t1", "t2", "t3"], rubric)
    both, none, empty = map(str, caught.value.problems)
    assert "t1.json" in both and "t1.txt" in both and "whole file name" in both
    assert "t2 was marked, and there is no transcript" in none
    assert "t3.txt" in empty and "empty" in empty
    with pytest.raises(ContentError, match="no such folder"):
        drafted_from(tmp_path / "none", ["t1"], rubric)
