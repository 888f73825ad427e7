"""/api/encounters/{id}/corrections: what the learner says they said, where something else was heard.

What was heard stays. Words in dispute are not scored until somebody has decided; the draft is made again each time, and
the earlier ones are kept.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import Field

from server.api.access import Someone, access_encounter
from server.api.encounters.replaying import as_it_stands
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.correcting import LONGEST_CHARACTERS, LONGEST_WORDS, MOST, proposed_before, why_not
from server.core.encounter import Correction, Encounter
from server.core.errors import Conflict, NotFound, RequestError
from server.core.events import CorrectionProposed, CorrectionSettled
from server.core.scoring.scoring import why_not_scored

router = APIRouter(prefix="/api/encounters", tags=["corrections"], responses=responses(401, 403))
Number = Annotated[int, Path(ge=1, le=MOST)]
WordNumber = Annotated[int, Field(ge=0, le=100_000)]


class Proposal(Ask):
    """Some words of one spoken turn, and what was said instead."""

    turn: Annotated[str, Field(max_length=200)]
    start_word: WordNumber
    """The first of the words, from 0; words are what blanks separate."""
    end_word: WordNumber
    """The one after the last."""
    words: Annotated[str, Field(max_length=8_000)]
    """What was said there; empty: nothing was."""


class Verdict(Ask):
    """The decision about one correction."""

    accepted: bool


class CorrectionView(Answer):
    """One correction."""

    number: int
    """From 1, in the order in which they were proposed."""
    turn: str
    start_word: int
    end_word: int
    heard: str
    """What was heard there."""
    words: str
    state: Literal["proposed", "accepted", "refused"]
    by: str
    """Who settled it; empty while nobody has."""


@router.get("/{encounter_id}/corrections", responses=responses(404, 410))
async def list_corrections(encounter_id: str, given: Given, person: Someone) -> list[CorrectionView]:
    """All of them, in the order in which they were proposed."""
    await access_encounter(given, person, encounter_id)
    return views(await as_it_stands(given, encounter_id))


@router.post("/{encounter_id}/corrections", status_code=201, responses=responses(404, 409, 410, 422))
async def propose_correction(encounter_id: str, ask: Proposal, given: Given, person: Someone) -> CorrectionView:
    """After the encounter, before or after the reflection. The same once more changes nothing and gives the same."""
    await access_encounter(given, person, encounter_id)
    event = CorrectionProposed(ask.turn, ask.start_word, ask.end_word, " ".join(storable(ask.words).split()))
    encounter = await as_it_stands(given, encounter_id)
    _refuse(encounter, event)
    if proposed_before(encounter, event) is None:
        encounter = await given.rooms.offer(encounter_id, event)
    return views(encounter)[proposed_before(encounter, event) or 0]


@router.post("/{encounter_id}/corrections/{number}/settle", responses=responses(404, 409, 410, 422))
async def settle_correction(
    encounter_id: str, number: Number, ask: Verdict, given: Given, person: Someone
) -> CorrectionView:
    """Accept or refuse it. The same once more changes nothing; the other is refused, for the first stands.

    With one person in the house whoever holds the sign-in decides, and it is recorded who that was; roles come with a
    faculty.
    """
    await access_encounter(given, person, encounter_id)
    encounter = await as_it_stands(given, encounter_id)
    if number > len(encounter.corrections):
        raise NotFound("There is no such correction.", code="no_correction", mend="GET …/corrections lists them.")
    found = encounter.corrections[number - 1]
    wanted = "accepted" if ask.accepted else "refused"
    if found.state not in ("proposed", wanted):
        raise Conflict(f"Correction {number} was {found.state} already.", code="already_settled")
    if found.state == "proposed":
        event = CorrectionSettled(found.turn, found.start_word, ask.accepted, person.id)
        encounter = await given.rooms.offer(encounter_id, event)
    return views(encounter)[number - 1]


def views(encounter: Encounter) -> list[CorrectionView]:
    return [_view(encounter, each, number) for number, each in enumerate(encounter.corrections, 1)]


def _view(encounter: Encounter, correction: Correction, number: int) -> CorrectionView:
    heard = encounter.turn(correction.turn).text.split()[correction.start_word : correction.end_word]
    return CorrectionView(
        number=number,
        turn=correction.turn,
        start_word=correction.start_word,
        end_word=correction.end_word,
        heard=" ".join(heard),
        words=correction.words,
        state=correction.state,
        by=correction.by,
    )


_TIME = {
    "not_ended": ("The encounter has not ended.", "End it first."),
    "overlaps": ("Some of these words have a correction already.", "Choose words outside it."),
    "too_many": (f"An encounter takes {MOST} corrections at most.", "Correct what matters most."),
}
"""Right in itself, wrong now."""
_WORDS = {
    "no_such_turn": ("turn", "There is no such turn.", "GET the encounter lists its turns."),
    "not_your_words": ("turn", "Only what you said yourself can be corrected.", "Choose a turn of the learner's."),
    "typed_turn": ("turn", "This turn was typed: it holds what you wrote.", "Choose a spoken turn."),
    "no_such_words": (
        "end_word",
        "The turn has no such words.",
        "Words count from 0; end_word is the one after the last.",
    ),
    "too_long": (
        "words",
        f"At most {LONGEST_WORDS} words, {LONGEST_CHARACTERS} characters.",
        "Correct a shorter part.",
    ),
    "unchanged": ("words", "These are the words that were heard.", "Write what you said instead."),
}


def _refuse(encounter: Encounter, event: CorrectionProposed) -> None:
    """Raises `Conflict` and `RequestError` with the reason why this cannot be proposed."""
    code = why_not(encounter, event)
    if code in _TIME:
        message, mend = _TIME[code]
        raise Conflict(message, code=code, mend=mend)
    if code:
        field, message, mend = _WORDS[code]
        raise RequestError(message, code=code, field=field, mend=mend)
    if why_not_scored(encounter):
        raise Conflict("Nothing is scored in this encounter, so there is nothing to correct.", code="not_scored")
