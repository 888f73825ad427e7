"""GET /api/encounters/{id}/transcript: what was said, as it lies in the log, whichever version played it.

Nothing is replayed for it, so it can be read where the encounter itself cannot be opened any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.encounters.replaying import PlayedByOlder, as_it_stands
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.core.errors import Conflict
from server.core.events import Untold
from server.store.encounters.event_log import StoredEntry

router = APIRouter(prefix="/api/encounters", tags=["encounters"], responses=responses(401, 403))
ABOUT = (
    "As stored: each sentence of an answer as it was about to be said, also where it was then interrupted. A learner's "
    "words are as they were typed or recognised."
)
Who = Literal["learner", "other"]
_WORDS: dict[str, tuple[Who, str, str]] = {
    "SpeechHeard": ("learner", "said", "text"),
    "CorrectionProposed": ("learner", "correction", "words"),
    "Typed": ("learner", "said", "text"),
    "Murmured": ("learner", "murmur", "text"),
    "Acted": ("learner", "action", "action"),
    "SentenceReady": ("other", "said", "text"),
}
"""By event: who, what kind of line, and the field that holds it."""
_UNTOLD = frozenset(kind.__name__ for kind in Untold.__args__)


class StoredLine(Answer):
    """One line of the log that holds words or a deed."""

    seq: int
    at_ms: int
    speaker: Who
    """`other` is anybody but the learner: who it was is known only where the encounter can be opened."""
    kind: str
    """said; murmur: under the other's words, "mm-hm" or the like; action: then the text is the action's id; correction:
    what the learner says they said, proposed later.
    """
    text: str


class StoredTranscript(Answer):
    """What was said in one encounter."""

    id: str
    case_id: str
    case_version: str
    ended: str
    opens_here: bool
    """False: it was played by another version, and this is all that can be shown of it."""
    about: str
    lines: list[StoredLine]


@router.get("/{encounter_id}/transcript", responses=responses(404, 409))
async def read_transcript(encounter_id: str, given: Given, person: Someone) -> StoredTranscript:
    """409 while it runs: an answer that is about to be said is not to be read before it is heard."""
    found = await access_encounter(given, person, encounter_id)
    opens = await _opens(given, encounter_id)
    return StoredTranscript(
        id=found.id,
        case_id=found.case_id,
        case_version=found.case_version,
        ended=found.ended,
        opens_here=opens,
        about=ABOUT,
        lines=lines_of(await given.store.stored(encounter_id)),
    )


async def _opens(given: Services, encounter_id: str) -> bool:
    try:
        encounter = await as_it_stands(given, encounter_id)
    except PlayedByOlder:
        return False
    if not encounter.over:
        raise Conflict("The encounter has not ended.", code="not_ended", mend="Its turns so far are in the encounter.")
    return True


def lines_of(entries: Iterable[StoredEntry]) -> list[StoredLine]:
    """The lines that hold something said or done. What the wire does not count is not counted: a gap would tell."""
    told = (entry for entry in entries if entry.kind not in _UNTOLD)
    found = [_line(seq, entry) for seq, entry in enumerate(told, 1)]
    return [line for line in found if line is not None and line.text]


def _line(seq: int, entry: StoredEntry) -> StoredLine | None:
    if entry.kind not in _WORDS:
        return None
    speaker, kind, field = _WORDS[entry.kind]
    text = str(entry.fields.get(field, ""))
    return StoredLine(seq=seq, at_ms=entry.at_ms, speaker=speaker, kind=kind, text=text)
