"""What a learner's turn does: moves, observed from its words in the context of what was said before.

Pure and quick, so that the same words always move the same patient. Every observation keeps the span it rests on, which
makes it evidence. The rules that need only the turn stand in `server.core.move_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from server.core.asking import SENTENCE, questions
from server.core.feelings import feelings
from server.core.lexicon import STOPWORDS, content_stems, stem, tokens, word_count, words
from server.core.move_rules import ACKNOWLEDGES, BLOCKERS, MOVES, RULES

__all__ = ["ACKNOWLEDGES", "BLOCKERS", "MOVES", "Context", "Observation", "observe"]

_ABOUT_FEELING = re.compile(
    r"\b(?:feel|feeling|felt|worr\w+|afraid|scared|frighten\w*|on your mind|means? (?:to|for) you|like "
    r"for you|been like|"
    r"bother\w*|matter\w*|hardest|miss|cop(?:e|ing)|it like)\b"
)
_REFLECTS = re.compile(
    r"\b(?:so you|so it|(?:it )?sounds (?:like|as)|it seems (?:like|as)|what i'm hearing|i(?:'m| am) "
    r"hearing|you(?:'re| are) "
    r"(?:saying|telling)|you (?:just )?(?:said|mentioned|told me)|if i(?:'ve| have) understood|what "
    r"you(?:'re| are) saying)\b"
)


@dataclass(frozen=True)
class Observation:
    """One move and the words it rests on: `text[start:end]` of the turn."""

    move: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Context:
    """What was going on when the learner spoke."""

    said_before: str = ""
    """What the patient last said or showed."""
    feelings: frozenset[str] = frozenset()
    """Families of feeling that the open opportunities hold; empty when none is open."""
    topics: frozenset[str] = frozenset()
    """Stems that belong to the open opportunities."""
    open_cue: bool = False
    interrupted: bool = False
    """The learner began while the patient was still speaking."""
    acknowledged: bool = False
    """A feeling was met earlier while this opportunity was open."""
    story: frozenset[str] = field(default_factory=frozenset)
    """Stems of everything the patient has said so far."""


def observe(text: str, context: Context) -> tuple[Observation, ...]:
    """Every move in `text`, in a fixed order; the same text in the same context always gives the same moves."""
    lower = text.lower().replace("\u2019", "'")
    found = [*_by_rule(lower), *_feelings(lower, context), *_questions(lower, context), *_paraphrases(lower, context)]
    if context.interrupted:
        found.append(("interrupts", 0, len(text)))
    found = _settle(found, lower, context)
    return tuple(
        Observation(move, text[start:end], start, end)
        for move, start, end in sorted(set(found), key=lambda f: (f[1], f[2], f[0]))
    )


Found = tuple[str, int, int]


def _by_rule(lower: str) -> Iterator[Found]:
    for rule in RULES:
        if rule.compiled is None:
            continue
        refused = [m.span() for m in rule.refused.finditer(lower)] if rule.refused else []
        for match in rule.compiled.finditer(lower):
            if not any(start < match.end() and match.start() < end for start, end in refused):
                yield (rule.move, *match.span())
                break


COMMON = frozenset({"sadness", "overwhelm"})
"""Families that go with any trouble: not what this moment holds, and not wrong either."""


def _feelings(lower: str, context: Context) -> Iterator[Found]:
    """A feeling that is said of the other person is right or wrong for this moment; one that is only asked after may be
    right, and is never wrong, because a question leaves room to say no."""
    asked = [(start, end) for _, start, end in questions(lower)]
    for match in SENTENCE.finditer(lower):
        found = list(feelings(match.group()))
        said = [f for f in found if not any(s <= match.start() + f.start < e for s, e in asked)]
        families = frozenset().union(*(f.families for f in found))
        if families & context.feelings or (said and not context.feelings):
            yield ("names_feeling", match.start(), match.end())
        elif any(f.families - COMMON for f in said):
            yield ("names_wrong_feeling", match.start(), match.end())


def _questions(lower: str, context: Context) -> Iterator[Found]:
    for kind, start, end in questions(lower):
        yield (kind, start, end)
        if kind == "open_question" and _is_focused(lower[start:end], context):
            yield ("focused_question", start, end)


def _is_focused(sentence: str, context: Context) -> bool:
    stems = {stem(word) for word in tokens(sentence)}
    said = content_stems(context.said_before)
    return bool(
        _ABOUT_FEELING.search(sentence)
        or stems & context.topics
        or (len(stems & said - {"home"}) >= 1 and context.open_cue)
    )


def _paraphrases(lower: str, context: Context) -> Iterator[Found]:
    """Words of the patient's given back, marked as a reflection and not merely echoed whole."""
    for match in SENTENCE.finditer(lower):
        sentence = match.group()
        shared = content_stems(sentence) & (context.story | context.topics)
        own = [word for word in tokens(sentence) if word not in STOPWORDS and stem(word) not in shared]
        if _REFLECTS.search(sentence) and (len(shared) >= 2 or (shared and own)) and word_count(sentence) >= 5:
            yield ("paraphrases", match.start(), match.end())


def _settle(found: list[Found], lower: str, context: Context) -> list[Found]:
    """Moves that cancel one another: a stock phrase beside a true naming, a switch of topic where nothing was met."""
    moves = {move for move, _, _ in found}
    if "names_feeling" in moves:
        found = [f for f in found if f[0] != "stock_phrase" or not _inside(f, found, "names_feeling")]
    if moves & {"honest_about_recording"}:
        found = [f for f in found if f[0] not in ("premature_reassurance",) or "fine" in lower[f[1] : f[2]]]
    if context.open_cue and _switches(moves, lower, context):
        found.append(("topic_switch", 0, len(lower)))
    return found


def _inside(part: Found, found: list[Found], move: str) -> bool:
    return any(m == move and start <= part[1] and part[2] <= end for m, start, end in found)


_MEETS = ACKNOWLEDGES | words(
    "open_question focused_question invites_more stays checks_hearing stock_phrase names_wrong_feeling backchannel "
    "honest_about_recording invites_silence asks_repeat apologises own_distress breaks_role "
    "premature_reassurance minimises"
)
"""Moves that speak to the cue, well or badly; a turn with none of them and none of its words has gone elsewhere."""


def _switches(moves: set[str], lower: str, context: Context) -> bool:
    stems = content_stems(lower)
    to_the_cue = stems & (context.topics | content_stems(context.said_before))
    return not (moves & _MEETS) and not to_the_cue and word_count(lower) >= 3
