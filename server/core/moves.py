"""What a learner's turn does: moves, observed from its words in the context of what was said before.

Pure and quick, so that the same words always move the same patient. Every observation keeps the span it rests on, which
makes it evidence. The rules that need only the turn stand in `server.core.rules.every_rule`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.core.asking import SENTENCE, clauses, questions
from server.core.context import Context
from server.core.feelings import Feeling, feelings
from server.core.giving_back import BUSINESS, given_back, is_reflection
from server.core.lexicon import content_stems, fold, stem, tokens, word_count, words
from server.core.rules.every_rule import ACKNOWLEDGES, BLOCKERS, MOVES, RULES
from server.core.rules.rule import AS_PATIENT, expression

__all__ = ["ACKNOWLEDGES", "BLOCKERS", "BUSINESS", "MOVES", "Context", "Observation", "observe"]

_ABOUT_FEELING = expression(
    r"\b(?:feels?|feeling|felt|worr\w+|afraid|scar\w+|frighten\w*|on your mind|means? (?:to|for) you|like "
    r"for you|been like|through your (?:mind|head)|going on for you|what do you think (?:he|she|they|it|would|will)"
    r"|easier|put you off"
    r"|upset\w*|bother\w*|matter\w*|hardest|miss|cop(?:e|ing)|it like)\b"
)
_ABOUT_THIS = expression(
    r"\bwhat(?:'s| is| are| was| were)\b.{1,40}\blike\b|\bhow (?:do|did|are) you (?:find|manag\w+)\b"
)
"""Asks what it is like; about this, where a cue lies open."""
_PRESUMED = expression(r"\b(?:what|who) (?:are|were) you (?:most |mainly |really |so )?\w+$")
"""Asks what it is that worries them: it takes the worry for granted and does not give it back."""
_PRESSED = expression(r"\b(?:under|of|kind of) (?:[a-z]+ ){0,3}?pressure\b|\bpressure (?:on|from) (?:you|work|them)\b")
"""Pressure that no cuff measures."""
_NO = expression(
    r"^\W*(?:(?:oh|god|no|well|aw+)\W+)*(?:(?:of )?course not|not at all|certainly not|absolutely not|no i won't)\b"
)
_ANSWERS = expression(
    r"^\W*(?:(?:oh|well|god|um+|erm?)\W+)*(?:yes|yeah|no|nope|not|i think|i don't|maybe|course|of course)\b"
)
_ASKS_SECRECY = expression(
    r"\b(?:write|tell|told|say|report|notes|mention|between us|keep)\b[^.!]*\?|\bpromise\b[^.!]*\?"
)
_WHAT_THEY_KNOW = expression(
    r"\bwhat (?:did|have|has|do|does) (?:they|he|she|anybody|anyone|the \w+|dr \w+) (?:say|said|tell|told|explain\w*)\b"
    r"|\bwhat (?:have you been told|were you told|do you (?:know|understand|make of)|did you (?:hear|understand|take"
    r" in))\b"
)
"""Asks what they have been told: it stays with them, whatever it was about."""
_PLAINLY_OWN = expression(r"\b(?:simulation|exercise|scenario|panic attack|myself|suicidal)\b|\btoo close\b")
"""Trouble that no role explains."""
SHORT = 8
"""Words up to which an answer that only takes up one of theirs is listening aloud."""
_DENIES = expression(r"\b(?:not|never|don't|won't|isn't|aren't|can't|only|just|but|silly|anyway|should|need|have to)\b")
LENGTH = 60
"""Words from which a turn that leaves no room is a talk."""
_JUST_A = expression(r"\b(?:it|that)(?:'s| is| was) (?:only|just) (?:an?|the|your|being) [^.,!?]{2,30}")


@dataclass(frozen=True)
class Observation:
    """One move and the words it rests on: `text[start:end]` of the turn."""

    move: str
    quote: str
    start: int
    end: int


def observe(text: str, context: Context) -> tuple[Observation, ...]:
    """Every move in `text`, in a fixed order; the same text in the same context always gives the same moves."""
    lower = fold(text)
    found = [
        *_by_rule(lower, context),
        *_feelings(lower, context),
        *_questions(lower, context),
        *(("paraphrases", start, end) for start, end in given_back(lower, context)),
    ]
    found.extend(_at_a_cue(lower, context))
    if not found and _listens_aloud(lower, context):
        found.append(("backchannel", 0, len(text)))
    if not _was_asked(context):
        found.extend(_at_length(lower, found))
    if context.interrupted:
        found.append(("interrupts", 0, len(text)))
    found = _settle(found, lower, context)
    return tuple(
        Observation(move, text[start:end], start, end)
        for move, start, end in sorted(set(found), key=lambda f: (f[1], f[2], f[0]))
    )


Found = tuple[str, int, int]


def _by_rule(lower: str, context: Context) -> Iterator[Found]:
    for rule in RULES:
        if rule.compiled is None or (rule.group == AS_PATIENT and not context.as_patient):
            continue
        refused = [m.span() for m in rule.refused.finditer(lower)] if rule.refused else []
        for match in rule.compiled.finditer(lower):
            if not any(start < match.end() and match.start() < end for start, end in refused):
                yield (rule.move, *match.span())
                break


COMMON = frozenset({"sadness", "overwhelm"})
"""Families that go with any trouble: not what this moment holds, and not wrong either."""


GLAD = frozenset({"happiness", "relief"})
"""People say these of manners as well: `glad to meet you`."""


def _feelings(lower: str, context: Context) -> Iterator[Found]:
    """A feeling that is said of the other person is right or wrong for this moment; one that is only asked after may be
    right, and is never wrong, because a question leaves room to say no."""
    asked = [(start, end) for _, start, end in questions(lower)]
    for match in SENTENCE.finditer(lower):
        every = list(feelings(match.group()))
        if any(_talks_out_of(feeling, context) for feeling in every):
            yield ("minimises", match.start(), match.end())
        found = [f for f in every if not f.denied and not _PRESUMED.search(match.group()[: f.end])]
        said = [f for f in found if not any(s <= match.start() + f.start < e for s, e in asked)]
        families = frozenset().union(*(f.families for f in found))
        if families & context.feelings or (said and not context.feelings):
            yield ("names_feeling", match.start(), match.end())
        elif any(_is_wrong(f, context) for f in said):
            yield ("names_wrong_feeling", match.start(), match.end())


def _is_wrong(feeling: Feeling, context: Context) -> bool:
    """Where feelings are only guessed at, gladness alone is surely wrong."""
    if feeling.families & (COMMON | context.told):
        return False
    return not context.guessed or bool(feeling.families & GLAD)


def _talks_out_of(feeling: Feeling, context: Context) -> bool:
    return feeling.denied and (feeling.presumed or bool(feeling.families & context.feelings))


def _questions(lower: str, context: Context) -> Iterator[Found]:
    for kind, start, end in questions(lower):
        yield (kind, start, end)
        if kind == "open_question" and _is_focused(lower[start:end], context):
            yield ("focused_question", start, end)
        if context.as_patient:
            yield ("asks_clinician", start, end)


def _is_focused(sentence: str, context: Context) -> bool:
    stems = {stem(word) for word in tokens(sentence)}
    said = content_stems(context.said_before) - BUSINESS
    asks_what_it_is_like = _ABOUT_THIS.search(sentence) and not stems & BUSINESS
    return bool(
        _ABOUT_FEELING.search(sentence)
        or stems & context.topics
        or (context.open_cue and (stems & said or asks_what_it_is_like))
    )


def asks_of_feeling(sentence: str) -> bool:
    """Whether its words are about what something is to the person."""
    return bool(_ABOUT_FEELING.search(fold(sentence)))


def _at_a_cue(lower: str, context: Context) -> Iterator[Found]:
    """What a short answer means depends on what was asked; what is `just a` something, on what it is to the person."""
    if not context.open_cue:
        return
    no = _NO.search(lower)
    if no and "?" in context.said_before:
        yield ("promises_secrecy" if _ASKS_SECRECY.search(fold(context.said_before)) else "validates", *no.span())
    here = context.topics | content_stems(context.said_before)
    for match in _JUST_A.finditer(lower):
        if content_stems(match.group()) & here:
            yield ("minimises", *match.span())


def _listens_aloud(lower: str, context: Context) -> bool:
    """A few words that hold one of theirs, ask nothing and deny nothing: `oh, the dog`."""
    theirs = content_stems(context.said_before) - BUSINESS
    return (
        context.open_cue
        and word_count(lower) <= SHORT
        and "?" not in lower
        and bool(content_stems(lower) & theirs)
        and not _DENIES.search(lower)
    )


def _was_asked(context: Context) -> bool:
    """The patient has just asked: a long answer is what they wanted."""
    last = [match.group() for match in SENTENCE.finditer(fold(context.said_before))][-1:]
    return any("?" in sentence or clauses(sentence) for sentence in last)


def _at_length(lower: str, found: list[Found]) -> Iterator[Found]:
    """A long turn that asks nothing and meets nothing; a colleague warned at length is no such turn."""
    if word_count(lower) > LENGTH and not {move for move, *_ in found} & _LEAVES_ROOM:
        yield ("talks_at_length", 0, len(lower))


def _settle(found: list[Found], lower: str, context: Context) -> list[Found]:
    """Moves that cancel one another: a stock phrase beside a true naming, a switch of topic where nothing was met."""
    moves = {move for move, _, _ in found}
    if "asks_about_harm" in moves:
        found = [f for f in found if f[0] not in BLOCKERS or not _overlaps(f, found, "asks_about_harm")]
    if context.as_patient:
        found = [f for f in found if _counts_in_role(f[0], lower)]
    found = [f for f in found if f[0] != "jargon" or not _is_their_word(lower[f[1] : f[2]], context)]
    found = [f for f in found if f[0] != "names_feeling" or not _inside_of(f, found, "judges")]
    if "names_feeling" in moves:
        found = [f for f in found if f[0] != "stock_phrase" or not _inside(f, found, "names_feeling")]
    if moves & {"honest_about_recording"}:
        found = [f for f in found if f[0] not in ("premature_reassurance",) or "fine" in lower[f[1] : f[2]]]
    if "sees_to_urgent" in moves:
        return [f for f in found if f[0] not in _WAITS]
    if context.open_cue and not context.as_patient and _switches(moves, lower, context):
        found.append(("topic_switch", 0, len(lower)))
    return found


def _is_their_word(word: str, context: Context) -> bool:
    """The patient said it first."""
    stems = content_stems(word)
    return bool(stems) and stems <= context.story


def _inside(part: Found, found: list[Found], move: str) -> bool:
    return any(m == move and start <= part[1] and part[2] <= end for m, start, end in found)


def _inside_of(whole: Found, found: list[Found], move: str) -> bool:
    """A sentence that blames names no feeling: `you should have told us that you were frightened`."""
    return any(m == move and whole[1] <= start and end <= whole[2] for m, start, end in found)


def _counts_in_role(move: str, lower: str) -> bool:
    """A patient takes nobody's room away, unless by abuse; and what is hard for a patient is no learner's distress."""
    if move == "own_distress":
        return bool(_PLAINLY_OWN.search(lower))
    return move not in BLOCKERS or move in ("dismisses", "interrupts")


def _overlaps(part: Found, found: list[Found], move: str) -> bool:
    return any(m == move and start < part[2] and part[1] < end for m, start, end in found)


_WAITS = words("advises premature_reassurance jargon interrupts judges minimises elderspeak talks_at_length")
"""What is no blocker in a turn that sees to something urgent."""
_LEAVES_ROOM = ACKNOWLEDGES | words(
    "open_question closed_question leading_question invites_more teach_back asks_if_understood checks_agreement "
    "asks_permission stock_phrase asks_repeat vague_support stays apologises affirms normalises gives_permission "
    "states_concern states_discomfort states_safety_issue asks_for_help_of_team own_distress breaks_role"
)
"""Moves that leave or make room in a long turn, or have another purpose."""
_MEETS = ACKNOWLEDGES | words(
    "focused_question invites_more stays checks_hearing stock_phrase names_wrong_feeling backchannel "
    "honest_about_recording invites_silence asks_repeat apologises own_distress breaks_role vague_support "
    "premature_reassurance minimises dismisses judges promises_secrecy advises self_focus honest_not_knowing "
    "sets_limit gives_permission affirms praises_emptily normalises asks_about_harm explains_confidentiality "
    "speaks_for_others discloses_plainly blames speculates states_concern states_discomfort "
    "states_safety_issue asks_for_help_of_team voices_feeling voices_concern"
)
"""Moves that speak to the cue, well or badly; a turn with one of them has not gone elsewhere."""


def _switches(moves: set[str], lower: str, context: Context) -> bool:
    """Precision first: a turn goes elsewhere when it takes up other business and asks or says nothing of the cue."""
    if (
        moves & _MEETS
        or moves >= {"offers_help", "checks_agreement"}
        or word_count(lower) < 3
        or ("?" in context.said_before and _ANSWERS.search(lower))
    ):
        return False
    here = context.topics | content_stems(context.said_before)
    return not _WHAT_THEY_KNOW.search(lower) and goes_elsewhere(lower, here)


def goes_elsewhere(lower: str, here: frozenset[str]) -> bool:
    """Whether these words take up the ward's business, and it is not what lies `here`."""
    stems = content_stems(_PRESSED.sub(" ", lower))
    return bool(stems & BUSINESS) and not stems & here and not is_reflection(lower.removeprefix("so "))
