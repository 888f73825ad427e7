"""A transcript of people, read and scored on the same rubric.

Nobody planted its opportunities: they are proposed, where the patient put a feeling into words, and their names say
so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from server.core.case_play import Beat, Delivery
from server.core.case_play import Opportunity as Opens
from server.core.errors import ContentError, Problem
from server.core.ledger import Opportunity, best_quote, code
from server.core.lexicon import content_stems, feelings_in, tokens
from server.core.moves import Context, observe
from server.core.rubric import Rubric
from server.core.scoring import SCORER, Scorecard, score_turns
from server.core.transcript import LEARNER, Turn

LEARNER_LABELS = ("nurse", "student", "learner", "student nurse", "doctor", "clinician", "supporter")
_LINE = re.compile(r"^\s*([^:]{1,40}):\s*(.*)$")
LARGEST_BYTES = 1_000_000


@dataclass(frozen=True)
class Spoken:
    """One line of a human transcript."""

    speaker: str
    text: str
    line: int


def read_transcript(path: Path, learner: str = "") -> list[Spoken]:
    """The lines of a text or JSON transcript, the learner's marked as such. Raises `ContentError` with the line."""
    lines = _lines(path)
    label = learner.lower() or _learner_label(lines, path)
    if label not in {line.speaker.lower() for line in lines}:
        raise ContentError(
            [Problem(f"nobody in the transcript is called {label!r}.", path.name, mend="Give --learner.")]
        )
    return [Spoken(LEARNER if line.speaker.lower() == label else line.speaker, line.text, line.line) for line in lines]


def _lines(path: Path) -> list[Spoken]:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ContentError([Problem(f"the file cannot be read: {error.strerror}.", path.name)]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Problem(f"not UTF-8 (byte {error.start}).", path.name, mend="Save it as UTF-8.")]) from None
    if len(data) > LARGEST_BYTES:
        raise ContentError([Problem(f"the file is {len(data):,} bytes; the limit is {LARGEST_BYTES:,}.", path.name)])
    found = _from_json(text, path) if path.suffix == ".json" else _from_text(text, path)
    if not found:
        raise ContentError(
            [Problem("the transcript is empty.", path.name, mend="Write lines like `Nurse: How are you?`")]
        )
    return found


def _from_text(text: str, path: Path) -> list[Spoken]:
    """Lines `Label: words`; a line without a label goes on from the one before."""
    found: list[Spoken] = []
    for number, raw in enumerate(text.splitlines(), 1):
        match = _LINE.match(raw)
        if match:
            found.append(Spoken(match[1].strip(), match[2].strip(), number))
        elif raw.strip() and found:
            found[-1] = Spoken(found[-1].speaker, f"{found[-1].text} {raw.strip()}", found[-1].line)
        elif raw.strip():
            raise ContentError(
                [Problem("no speaker's label.", path.name, number, mend="Begin the line with `Nurse:` or `Patient:`.")]
            )
    return [line for line in found if line.text]


def _from_json(text: str, path: Path) -> list[Spoken]:
    try:
        rows = json.loads(text)
        return [
            Spoken(str(row["speaker"]), str(row["text"]).strip(), n)
            for n, row in enumerate(rows, 1)
            if str(row["text"]).strip()
        ]
    except (ValueError, KeyError, TypeError):
        raise ContentError([Problem('not a JSON list of {"speaker", "text"}.', path.name)]) from None


def _learner_label(lines: list[Spoken], path: Path) -> str:
    labels = {line.speaker.lower() for line in lines}
    found = next((label for label in LEARNER_LABELS if label in labels), "")
    if not found:
        names = ", ".join(sorted(labels)[:6])
        raise ContentError(
            [Problem(f"none of the speakers ({names}) is known as the learner.", path.name, mend="Give --learner.")]
        )
    return found


def score_transcript(lines: list[Spoken], rubric: Rubric) -> Scorecard:
    """The draft scorecard of a human transcript."""
    turns: list[Turn] = []
    for number, line in enumerate(lines, 1):
        context = _context(turns) if line.speaker == LEARNER else Context()
        seen = observe(line.text, context) if line.speaker == LEARNER else ()
        turns.append(Turn(f"line_{line.line or number}", line.speaker, "said", line.text, 0, observations=seen))
    provenance = {"rater": SCORER, "source": "human transcript", "opportunities": "proposed"}
    return score_turns(turns, tuple(_proposed(turns)), rubric, provenance)


def _context(turns: list[Turn]) -> Context:
    """What the patient said just before, with the feelings it named."""
    before = next((turn for turn in reversed(turns) if turn.speaker != LEARNER), None)
    said = before.text if before else ""
    story = " ".join(turn.text for turn in turns if turn.speaker != LEARNER)
    feelings = feelings_in(tokens(said))
    return Context(said, feelings, content_stems(said), bool(feelings), story=content_stems(story))


def _proposed(turns: list[Turn]) -> Iterable[Opportunity]:
    """Where the patient named a feeling, and what the learner said next."""
    for before, after in pairwise(turns):
        feelings = feelings_in(tokens(before.text))
        if before.speaker != LEARNER and after.speaker == LEARNER and feelings:
            yield _opportunity(before, after, tuple(sorted(feelings)))


def _opportunity(cue: Turn, response: Turn, feelings: tuple[str, ...]) -> Opportunity:
    beat = Beat(f"proposed_{cue.id}", "concern", False, Delivery(verbatim=cue.text), Opens("", 1, feelings), ())
    level = code(response, beat)
    quote = best_quote(response, level, beat) if level else cue.text
    return Opportunity(
        beat=beat.id,
        kind="concern",
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
