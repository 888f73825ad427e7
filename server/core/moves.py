"""What a learner's turn does: moves, observed from its words in the context of what was said before.

Pure and quick, so that the same words always move the same patient. Every observation keeps the span it rests on, which
makes it evidence. The rules that need only the turn stand in `server.core.move_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from server.core.lexicon import FEELINGS, STOPWORDS, content_stems, feelings_in, stem, tokens, word_count
from server.core.move_rules import ACKNOWLEDGES, BLOCKERS, MOVES, RULES, YOU_FEEL

__all__ = ["ACKNOWLEDGES", "BLOCKERS", "MOVES", "Context", "Observation", "observe"]

_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_OPEN = re.compile(
    r"^(?:(?:and|so|but|well|ok(?:ay)?|oh|then|now|mrs \w+|\w+),? )*(?:what|how|why|where|when|who|tell me|in what way|which|can you tell me|"
    r"could you tell me|would you tell me|can you say|do you want to (?:talk|tell)|would you like to (?:talk|tell)|what's|how's|how're)\b"
)
_CLOSED_WH = re.compile(
    r"\b(?:how (?:many|much|long|often|old|far)|what time|when (?:is|was|did|are)|which (?:day|one)|who(?:'s| is))\b"
)
_AUXILIARY = re.compile(
    r"^(?:(?:and|so|but|well|ok(?:ay)?|oh|then|now),? )*(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|any)\b"
)
_LEADING = re.compile(
    r"(?:, ?(?:isn't it|aren't you|don't you|won't you|wouldn't you|haven't you|right|yes|eh|is it|are you|do you)\W*$)|(?:\b(?:isn't it|aren't you|don't you|won't you|haven't you)\W*$)|^(?:surely|you're not|you don't|you haven't|you must be)\b"
)
_FEELING_ASK = re.compile(
    r"\b(?:feel|feeling|felt|worr\w+|afraid|scared|frighten\w*|on your mind|mean(?:s)? (?:to|for) you|like for you|been like|bother\w*|matter\w*|hardest|miss)\b"
)
_REFLECTS = re.compile(
    r"\b(?:so you|it sounds (?:like|as)|sounds like|it seems (?:like|as)|what i'm hearing|you(?:'re| are) (?:saying|telling)|you said|you mentioned|if i(?:'ve| have) understood)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|don't|isn't|aren't|no|never|without|nothing|needn't|mustn't|shouldn't)\b[^.?!,]{0,18}$"
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


def _feelings(lower: str, context: Context) -> Iterator[Found]:
    """Feelings that the turn lends to the patient: a feeling word in a sentence about `you`, not denied and not one's own."""
    for match in _SENTENCE.finditer(lower):
        sentence = match.group()
        families = feelings_in(_positive_words(sentence))
        if not families or not _about_you(sentence):
            continue
        right = not context.feelings or bool(families & context.feelings)
        yield ("names_feeling" if right else "names_wrong_feeling", match.start(), match.end())


def _positive_words(sentence: str) -> set[str]:
    """Feeling words of a sentence that are not negated (`don't be frightened` names none)."""
    members = frozenset().union(*FEELINGS.values())
    return {
        m.group()
        for m in re.finditer(r"[a-z'-]+", sentence)
        if m.group() in members and not _NEGATED.search(sentence[: m.start()])
    }


def _about_you(sentence: str) -> bool:
    return bool(YOU_FEEL.search(sentence) or re.search(r"\b(?:you|your|that|it|there)\b", sentence)) and not re.match(
        r"\W*i(?:'m| am| feel)\b", sentence
    )


def _questions(lower: str, context: Context) -> Iterator[Found]:
    for match in _SENTENCE.finditer(lower):
        sentence = match.group().strip(" \"'")
        kind = _question_kind(sentence)
        if not kind:
            continue
        yield (kind, match.start(), match.end())
        if kind == "open_question" and _is_focused(sentence, context):
            yield ("focused_question", match.start(), match.end())


def _question_kind(sentence: str) -> str:
    """`open_question`, `closed_question`, `leading_question`, or empty when the sentence does not ask."""
    asks = sentence.endswith("?")
    if asks and _LEADING.search(sentence.rstrip("?! ")):
        return "leading_question"
    if _OPEN.match(sentence) and (asks or sentence.startswith("tell me") or _starts_asking(sentence)):
        return "closed_question" if _CLOSED_WH.search(sentence) else "open_question"
    if asks or _AUXILIARY.match(sentence) and re.search(r"\b(?:you|your|it|that|there)\b", sentence):
        return "closed_question"
    return ""


def _starts_asking(sentence: str) -> bool:
    """Recognised speech has no question marks: a clause that opens with a question word and turns to `you` asks."""
    return bool(
        re.match(
            r"^(?:\w+,? ){0,2}(?:what|how|where|when|who|why)(?:'s|'re)? ?(?:is|are|was|were|do|does|did|has|have|would|will|can|could|about|you|it|your)?\b.*\b(?:you|your|it|that|home|there)\b",
            sentence,
        )
    )


def _is_focused(sentence: str, context: Context) -> bool:
    stems = {stem(word) for word in tokens(sentence)}
    said = content_stems(context.said_before)
    return bool(
        _FEELING_ASK.search(sentence)
        or stems & context.topics
        or len(stems & said - {"home"}) >= 1
        and context.open_cue
    )


def _paraphrases(lower: str, context: Context) -> Iterator[Found]:
    """Words of the patient's given back, marked as a reflection and not merely echoed whole."""
    for match in _SENTENCE.finditer(lower):
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


_MEETS = ACKNOWLEDGES | {
    "open_question", "focused_question", "invites_more", "stays", "checks_hearing", "stock_phrase", "names_wrong_feeling",
    "honest_about_recording", "invites_silence", "asks_repeat", "backchannel", "apologises", "own_distress", "breaks_role",
    "premature_reassurance", "minimises",
}  # fmt: skip
"""Moves that speak to the cue, well or badly; a turn with none of them and none of its words has gone elsewhere."""


def _switches(moves: set[str], lower: str, context: Context) -> bool:
    stems = content_stems(lower)
    to_the_cue = stems & (context.topics | content_stems(context.said_before))
    return not (moves & _MEETS) and not to_the_cue and word_count(lower) >= 3
