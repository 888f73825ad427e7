"""A transcript of people, read and scored on the same rubric.

Nobody planted its opportunities: they are proposed, where the patient put a feeling into words, hinted at one or put
the learner to the test, and their names say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from server.assess.human.cues import cue_in
from server.assess.human.files import FORMS, LARGEST_BYTES, Form, Spoken, read_lines, refuse
from server.assess.human.labels import label_flags, marked
from server.core.asking import SENTENCE
from server.core.case_parts.play import Beat, BeatKind, Delivery
from server.core.case_parts.play import Opportunity as Opens
from server.core.ledger import Opportunity, best_quote, code, to_the_point
from server.core.lexicon import content_stems, fold
from server.core.moves import BLOCKERS, Context, Observation, goes_elsewhere, observe
from server.core.rating.levels import score_weighed
from server.core.rubric import Rubric
from server.core.scoring.scoring import SCORER, Scorecard, score_turns
from server.core.scoring.sifting import sifted
from server.core.scoring.to_the_rater import rater_flags
from server.core.transcript import LEARNER, Turn

__all__ = ["Spoken", "parse_transcript", "read_transcript", "score_transcript"]


ENOUGH = 500
"""Characters of a turn that tell who is likely to have said it."""


def read_transcript(path: Path, learner: str = "") -> list[Spoken]:
    """The lines of a transcript, the learner's marked as such. Raises `ContentError` with the line."""
    return parse_transcript(_text(path), FORMS.get(path.suffix.lower(), "text"), path.name, learner)


def parse_transcript(text: str, form: Form, name: str, learner: str = "") -> list[Spoken]:
    """The same from text. `name` stands in messages for the file. Raises `ContentError`."""
    return marked(read_lines(text, form, name), learner, name)


def _text(path: Path) -> str:
    """Never more than the limit is read."""
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST_BYTES + 1)
        if len(data) > LARGEST_BYTES:
            mend = "Score it in parts."
            refuse(path.name, f"the file is {path.stat().st_size:,} bytes; the limit is {LARGEST_BYTES:,}.", mend=mend)
        return data.decode("utf-8-sig")
    except OSError as error:
        refuse(path.name, f"the file cannot be read: {error.strerror}.")
    except UnicodeDecodeError as error:
        refuse(path.name, f"not UTF-8 (byte {error.start}).", mend="Save it as UTF-8.")


def score_transcript(lines: list[Spoken], rubric: Rubric) -> Scorecard:
    """The draft scorecard of a human transcript, with what is doubtful about it under `flags`."""
    turns = turns_of(lines)
    provenance = {"rater": SCORER, "source": "human transcript", "opportunities": "proposed"}
    flags = label_flags(turns, [frozenset(o.move for o in observe(turn.text[:ENOUGH], Context())) for turn in turns])
    if rubric.weighed:
        card = score_weighed(turns, rubric, provenance)
        return replace(card, flags=(*rater_flags(turns), *flags))
    read = sifted(turns, [turn.id for turn in turns if turn.context and turn.context.open_cue])
    card = score_turns(read, tuple(proposed(read)), rubric, provenance, of_people=True)
    return replace(card, flags=(*card.flags, *flags))


def turns_of(lines: Sequence[Spoken]) -> list[Turn]:
    """The lines as turns, the learner's observed in the light of what the other had just said."""
    turns: list[Turn] = []
    said, story = "", frozenset[str]()
    for number, line in enumerate(lines, 1):
        turn = Turn(f"line_{line.line or number}", line.speaker, "said", line.text, 0)
        if line.speaker == LEARNER:
            context = _context(said, story)
            turn = replace(turn, observations=observe(line.text, context), context=context)
        else:
            said, story = line.text, story | content_stems(line.text)
        turns.append(turn)
    return turns


def _context(said: str, story: frozenset[str]) -> Context:
    """What the patient said just before, with the feelings it named or hinted at."""
    cue = cue_in(said)
    return Context(said, cue.feelings, content_stems(said), bool(cue.kind), story=story, guessed=True)


def proposed(turns: Sequence[Turn]) -> Iterable[Opportunity]:
    """Where the patient named a feeling, hinted at one or put the learner to the test; and what was said next."""
    for before, after in pairwise(turns):
        cue = cue_in(before.text)
        if before.speaker != LEARNER and after.speaker == LEARNER and cue.kind:
            yield _opportunity(before, _about(after, before.text), cue.kind, tuple(sorted(cue.feelings)))


def _about(response: Turn, cue: str) -> Turn:
    """The response without what is about other business: nothing of that may stand for the cue as its quote."""
    here = content_stems(cue)
    response = to_the_point(response, here)
    kept = [o for o in response.observations if not goes_elsewhere(fold(_sentence(response, o)), here)]
    blocked = [o for o in response.observations if o.move in BLOCKERS and o not in kept]
    return replace(response, observations=(*kept, *blocked))


def _sentence(turn: Turn, observation: Observation) -> str:
    found = (match for match in SENTENCE.finditer(turn.text) if match.end() > observation.start)
    return next((match.group() for match in found), observation.quote)


def _opportunity(cue: Turn, response: Turn, kind: BeatKind, feelings: tuple[str, ...]) -> Opportunity:
    beat = Beat(f"proposed_{cue.id}", kind, False, Delivery(verbatim=cue.text), Opens("", 1, feelings), ())
    level = code(response, beat)
    quote = best_quote(response, level, beat) if level else cue.text
    return Opportunity(
        beat=beat.id,
        kind=kind,
        core=False,
        state="addressed" if level >= 3 else "missed",
        cue_turn=cue.id,
        cue_speaker=cue.speaker,
        cue_quote=cue.text,
        response_turns=(response.id,),
        code=level,
        turn=response.id if level else "",
        quote=quote,
    )
