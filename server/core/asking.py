"""Which questions does a turn ask? Found with or without marks, because recognised speech has none.

A question is a clause that turns verb and person about (`are you`, `what did he`), opens with a question word, invites
(`tell me about`), or ends in a tag (`isn't it`). A statement with the same words in their plain order asks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.core.lexicon import words
from server.core.rule import expression

SENTENCE = re.compile(r"[^.!?]+[.!?]*")

_WH = r"(?:what|how|why|where|when|who|which|whose)"
_BE = r"(?:is|are|was|were|isn't|aren't|wasn't|weren't)"
_HAVE = r"(?:have|has|had|haven't|hasn't|hadn't)"
_DO = r"(?:do|does|did|don't|doesn't|didn't)"
_MAY = r"(?:can|could|will|would|should|shall|must|might|may|can't|couldn't|won't|wouldn't|shouldn't)"
_VERB = rf"(?:{_BE}|{_HAVE}|{_DO}|{_MAY})"
_PERSON = r"(?:you|he|she|they|we|i)"
_THING = r"(?:it|that|this|there|your|his|her|the|any\w*|some\w*|every\w*|all|both)"
_NAMED = (
    r"(?:(?:does|did|has|doesn't|didn't) (?!well\b|not\b)[a-z]+ [a-z]+"
    r"|(?:is|was) [a-z]+ (?:your|still|coming|visiting|alive))"
)
_SUBJECT_VERB = (
    r"(?:happen\w*|made|makes|worries|matters|hurts|helps?|brings|brought|found|lives?|looks? after|goes|went)"
)
_INVITE = r"(?:tell me|talk me through|describe)"

_QUESTION = expression(
    rf"(?P<wh>\b{_WH}(?:'s|'re|'d|'ve)\b|\b{_WH}(?: (?!you\b|it\b|that\b|this\b|i\b)[a-z'-]+){{0,2}}? {_VERB}\b"
    rf"|\b(?:what|how) about\b|\bhow come\b|\b(?:what|who) {_SUBJECT_VERB}\b|\bwhat [a-z]+s you\b)"
    rf"|(?P<invite>\b{_INVITE}(?: (?:a (?:bit|little)|more|some more))?(?: (?:about|what|how|why|where|"
    rf"more))\b|\b{_INVITE} more\b)"
    rf"|(?P<person>\b{_VERB} {_PERSON}\b)"
    rf"|(?P<thing>\b{_VERB} {_THING}\b|\b{_NAMED}\b|\bany [a-z]+|\bhow (?:it|this|that) (?:feels?|is) (?:for|to"
    rf"|when)\b)"
)
_CLOSED = expression(
    r"how (?:many|much|long|often|old|far|tall|bad)\b|what (?:time|day|year|number|age)\b|when(?:'s| is| "
    r"was| did| are| will)\b"
    r"|which (?:day|one)\b|who(?:'s| is) (?:that|this)\b"
)
_OPENS_UP = re.compile(
    r"\b(?:can|could|would|will) you (?:tell me|say|describe|talk me|help me understand)\b"
    r"|\b(?:do you want|would you like|are you able) to (?:talk|tell|say|share)\b"
)
_NEGATIVE_TAG = r"(?:isn't it|aren't you|don't you|won't you|wouldn't you|haven't you|didn't you|weren't you|can't you)"
_TAG = expression(
    rf"(?:\b{_NEGATIVE_TAG}|\b(?:you're not|you are not|you don't|you haven't|you didn't|you can't|it's "
    rf"not|it isn't|there's no)\b.*"
    r" (?:are|do|have|did|is|can|will) (?:you|it|there))$"
)
_MARKED_TAG = re.compile(r", ?(?:right|yes|eh|is it|are you|do you|ok|okay)$")
_PRESUMES = expression(r"^(?:surely|you're not|you don't|you haven't|you must be)\b")
_PLAIN_ORDER = words(
    "i you we they he she it that this there here who which what to not if as than when how why where whether because "
    "can could will would should do does did is are was were have has had be been nor neither"
)
"""After one of these a verb and its person stand in plain order: `what you can do you ...`, `so it is that`."""
_TOLD = words(
    "know knows see sure matter tell understand understands imagine remember forgotten explain that's that it's is was "
    "like into with on of about heard hear say said shows"
)
"""After one of these a question word opens a clause that reports and does not ask: `I know what is wrong`."""
_STARTS = words("and so but or well ok okay right oh now then please sorry yes no first also all evening")
_CALLED = re.compile(
    r"(?:\b(?:mrs|mr|ms|miss|dr)\.? [a-z'-]+|^\W*(?:hello|hi|hiya|hey|thanks|sorry)(?: there)? [a-z'-]+)\W*$"
)
"""Words that only call to somebody: a question may follow them."""


def questions(lower: str) -> Iterator[tuple[str, int, int]]:
    """(`open_question` | `closed_question` | `leading_question`, start, end), in order."""
    for match in SENTENCE.finditer(lower):
        yield from _in_sentence(match.group(), match.start())


def _in_sentence(sentence: str, at: int) -> Iterator[tuple[str, int, int]]:
    marked = sentence.rstrip("\"' ").endswith("?")
    bare = sentence.rstrip("?!. \"'")
    start, end = at + len(sentence) - len(sentence.lstrip(" \"'")), at + len(sentence)
    plain = bare.lstrip(" \"'")
    if _TAG.search(bare) or (marked and (_PRESUMES.match(plain) or _MARKED_TAG.search(bare))):
        yield "leading_question", start, end
        return
    found = clauses(bare)
    for number, (kind, begins) in enumerate(found):
        yield kind, at + begins, at + found[number + 1][1] if number + 1 < len(found) else end
    if marked and not found:
        yield _kind(plain), start, end


def clauses(sentence: str) -> list[tuple[str, int]]:
    """Kind and start of every question inside one sentence."""
    found: list[tuple[str, int]] = []
    for match in _QUESTION.finditer(sentence):
        said = sentence[: match.start()]
        before = "" if _CALLED.search(said) else (said.split() or [""])[-1].strip(",\"'")
        if _asks(match, before):
            found.append((_kind(sentence[match.start() :]), match.start()))
    return found


def _asks(match: re.Match[str], before: str) -> bool:
    """Whether this clause asks, given the word before it."""
    match match.lastgroup:
        case "wh":
            return before not in _TOLD
        case "invite":
            return before not in {"you", "to", "didn't", "i", "they"} or not before
        case "person":
            return before not in _PLAIN_ORDER and not before.endswith(("'ll", "'d", "'ve"))
        case _:
            return not before or before in _STARTS


def _kind(clause: str) -> str:
    if re.match(_INVITE, clause) or _OPENS_UP.match(clause):
        return "open_question"
    return "open_question" if re.match(_WH, clause) and not _CLOSED.match(clause) else "closed_question"
