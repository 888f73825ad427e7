"""Encounters that two or more people have marked blind, as marks; and our own draft of each, made anew."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from server.assess.calibrating.marks import Mark, Scale
from server.assess.draft import rubric_for
from server.core.advance import replay
from server.core.case import Case
from server.core.errors import BedsideError, NotFound
from server.core.log import Entry
from server.core.marking.marking import Marking, Sheet, fold
from server.core.marking.steps import MarkGiven, Signed
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard
from server.core.scoring.scoring import score
from server.store.encounters.markers import MARKER
from server.store.marking.grading import LOCAL
from server.store.marking.marks import KeptStep

UNREADABLE = "unreadable"


class Marked(Protocol):
    """What this needs of the store."""

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]: ...

    async def marking_steps(self, encounter_id: str) -> list[KeptStep]: ...


async def marked_twice(
    store: Marked, encounters: Mapping[str, str], rubric: Rubric, scales: Sequence[Scale]
) -> tuple[list[Mark], dict[str, Scorecard], int]:
    """The blind marks and the drafts of those encounters that have them, and how many could not be read. `encounters`:
    whose each is, by id.
    """
    marks: list[Mark] = []
    cards: dict[str, Scorecard] = {}
    unread = 0
    for encounter_id, owner in encounters.items():
        found = blind_marks(encounter_id, await store.marking_steps(encounter_id), scales, owner)
        card = await _card(store, encounter_id, rubric) if found else None
        if isinstance(card, Scorecard):
            marks += found
            cards[encounter_id] = card
        unread += card is UNREADABLE
    return marks, cards, unread


async def _card(store: Marked, encounter_id: str, rubric: Rubric) -> Scorecard | str | None:
    """The draft without any calibration; None where the case is marked on another rubric, or `UNREADABLE`."""
    try:
        case, entries = await store.read(encounter_id)
    except (BedsideError, LookupError):
        return UNREADABLE
    return await to_thread(_drafted, case, entries, rubric) if _on(case, rubric) else None


def _on(case: Case, rubric: Rubric) -> bool:
    """Whether drafts of this case are made with this rubric."""
    try:
        rubric_for(case, {rubric.rubric_id: rubric})
    except NotFound:
        return False
    return True


def _drafted(case: Case, entries: Sequence[Entry], rubric: Rubric) -> Scorecard | str:
    try:
        return score(replay(case, ((entry.event, entry.at_ms) for entry in entries)), rubric)
    except (BedsideError, LookupError, StopIteration):
        return UNREADABLE


def blind_marks(encounter_id: str, steps: Sequence[KeptStep], scales: Sequence[Scale], owner: str) -> list[Mark]:
    """What each person gave before anything was shown to them; none where fewer than two sheets are closed, or
    where people saw the draft first. Whoever began after a signature may have read it, and does not count; nor does
    whose encounter it is, nor a guest.
    """
    marking: Marking = fold(step.made for step in steps)
    late = _late(steps)
    sheets = {
        author: sheet
        for author, sheet in marking.sheets.items()
        if sheet.closed and sheet.own and author not in late and _counts(author, owner)
    }
    if marking.draft_shown or len(sheets) < 2:
        return []
    times, by_id = _times(steps), {scale.id: scale for scale in scales}
    found = [_marks(encounter_id, author, sheet, times, by_id) for author, sheet in sheets.items()]
    return [mark for each in found for mark in each]


def _counts(author: str, owner: str) -> bool:
    """Only staff do; of the owner of the installation, who is everybody, they and whom they invite."""
    return owner == LOCAL or not (author == owner or author.startswith(MARKER))


def _late(steps: Sequence[KeptStep]) -> set[str]:
    """Authors of own marks who gave none before the first signature."""
    signed = next((at for at, kept in enumerate(steps) if isinstance(kept.made.step, Signed)), len(steps))
    given = [[kept.made.author for kept in some if isinstance(kept.made.step, MarkGiven)]
             for some in (steps[:signed], steps[signed:])]  # fmt: skip
    return set(given[1]) - set(given[0])


def _times(steps: Iterable[KeptStep]) -> dict[tuple[str, str], datetime]:
    """When each author last gave a mark of their own to a dimension."""
    given = ((step, step.made.step) for step in steps)
    return {(kept.made.author, step.dimension): kept.at for kept, step in given if isinstance(step, MarkGiven)}


def _marks(
    encounter_id: str,
    author: str,
    sheet: Sheet,
    times: Mapping[tuple[str, str], datetime],
    scales: Mapping[str, Scale],
) -> list[Mark]:
    """Those that the rubric of today has a place for."""
    found = []
    for dimension, value in sheet.own.items():
        scale, line, at = scales.get(dimension), value.line, times.get((author, dimension))
        if scale is None or (line.level is not None and not scale.lowest <= line.level <= scale.highest):
            continue
        moment = at.timestamp() if at else None
        found.append(Mark(encounter_id, sheet.name, dimension, line.level, moment, status=line.status))
    return found
