"""A transcript of people, read and scored on the same rubric.

Nobody planted its opportunities: they are proposed, where the patient put a feeling into words, hinted at one or put
the learner to the test, and their names say so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from server.core.asking import SENTENCE
from server.core.case_play import Beat, BeatKind, Delivery
from server.core.case_play import Opportunity as Opens
from server.core.errors import ContentError, Problem
from server.core.ledger import Opportunity, best_quote, code
from server.core.lexicon import content_stems, feelings_in, fold, tokens
from server.core.moves import BLOCKERS, Context, Observation, goes_elsewhere, observe
from server.core.rating_levels import score_weighed
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
    if rubric.weighed:
        return score_weighed(turns, rubric, provenance)
    return score_turns(turns, tuple(_proposed(turns)), rubric, provenance)


def _context(turns: list[Turn]) -> Context:
    """What the patient said just before, with the feelings it named or hinted at."""
    before = next((turn for turn in reversed(turns) if turn.speaker != LEARNER), None)
    said = before.text if before else ""
    story = " ".join(turn.text for turn in turns if turn.speaker != LEARNER)
    cue = _cue(said)
    return Context(said, cue.feelings, content_stems(said), bool(cue.kind), story=content_stems(story))


@dataclass(frozen=True)
class _Cue:
    """What a patient's turn opens; no kind: nothing."""

    kind: BeatKind | None
    feelings: frozenset[str]


_HINTS: tuple[tuple[BeatKind, str, frozenset[str]], ...] = (
    # somebody died or left, or something is over
    (
        "cue",
        r"\b(?:died|passed away|buried|funeral|widow(?:er|ed)?|since (?:he|she|they|we) (?:died|went|left|lost)"
        r"|used to be (?:two|both) of us|years? (?:now )?without|never (?:did|will) (?:again|now)|lost (?:my"
        r"|him|her|the baby))\b",
        frozenset({"grief", "sadness", "loneliness"}),
    ),
    # nobody is there
    (
        "cue",
        r"\b(?:just me|on my own|by myself|nobody (?:comes|calls|rings|visits|came|heard|to)|no one (?:comes|calls|to)"
        r"|(?:too|so|very|always|gets) quiet|empty (?:house|chair|bed))\b",
        frozenset({"loneliness", "sadness"}),
    ),
    # an ordeal, told by its length or its place
    (
        "disclosure",
        r"\b(?:hours?|all night|days?|till morning) (?:i (?:was|lay|sat) )?(?:on|lying|alone|stuck)\b"
        r"|\bon (?:the|that|my) (?:\w+ )?floor\b|\bcouldn't (?:get up|move|breathe|reach)\b",
        frozenset({"fear", "helplessness"}),
    ),
    # makes little of oneself
    (
        "concern",
        r"\b(?:(?:be|been|being) (?:a|any|no) (?:bother|trouble|nuisance|burden)"
        r"|don't (?:want to|like to) (?:bother|trouble)|others (?:worse|sicker)|don't mind me|not worth"
        r"|wasting your time)\b",
        frozenset({"burden", "loneliness"}),
    ),
)
"""Hints that hold no word for a feeling: kind, words, and the feelings that are right to name there."""
_JUDGED = re.compile(
    r"\b(?:do you think i|you(?:'ll| will| must)? think i|am i (?:being )?(?:\w+ )?(?:mad|daft|silly|stupid|weak|going)"
    r"|what (?:must|will|would) (?:you|they|people) think)\b"
)
_SECRET = re.compile(
    r"\b(?:you(?:'ll| will|'d)? (?:not|won't|never) (?:\w+ )?(?:write|tell|say|report|mention)|don't (?:tell|write|say"
    r"|mention)|(?:won't|wouldn't) (?:tell|write)|between (?:us|you and me)|promise (?:me|not))\b"
)


def _cue(said: str) -> _Cue:
    """A challenge puts the learner to the test, a concern says what is felt, a cue hints at it."""
    lower = fold(said)
    named = feelings_in(tokens(said)) if _speaks_of_a_feeling(lower) else frozenset()
    if _SECRET.search(lower) or (_JUDGED.search(lower) and "?" in said):
        return _Cue("challenge", named | {"fear", "shame"})
    hints = [(kind, feelings) for kind, words, feelings in _HINTS if re.search(words, lower)]
    feelings = named.union(*(feelings for _, feelings in hints))
    return _Cue("concern" if named else hints[0][0] if hints else None, feelings)


_POLITE = re.compile(
    r"\b(?:no|any|much|it's|the|you any|to any) (?:bother|trouble|fuss)\b|\bno fuss\b|\bglad (?:to|of)\b"
)
"""`If it's no trouble`: manners."""


def _speaks_of_a_feeling(lower: str) -> bool:
    return bool(feelings_in(tokens(_POLITE.sub(" ", lower))))


def _proposed(turns: list[Turn]) -> Iterable[Opportunity]:
    """Where the patient named a feeling, hinted at one or put the learner to the test; and what was said next."""
    for before, after in pairwise(turns):
        cue = _cue(before.text)
        if before.speaker != LEARNER and after.speaker == LEARNER and cue.kind:
            yield _opportunity(before, _about(after, before.text), cue.kind, tuple(sorted(cue.feelings)))


def _about(response: Turn, cue: str) -> Turn:
    """The response without what is about other business: nothing of that may stand for the cue as its quote."""
    here = content_stems(cue)
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
