"""Which questions does a turn ask? Found with or without marks, because recognised speech has none.

A question is a clause that turns verb and person about (`are you`, `what did he`), opens with a question word, invites
(`tell me about`), asks by the way (`I was wondering whether`), or ends in a tag (`isn't it`). A statement with the same
words in their plain order asks nothing, except in the order of people who learnt English later: `why you did not eat`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.core.lexicon import words
from server.core.rules.rule import expression

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
    r"(?:usually|normally|happen\w*|made|makes|worries|matters|hurts|helps?|brings|brought|found|lives?|looks? after"
    r"|goes|went)"
)
_INVITE = r"(?:tell me|talk me through|describe)"
_ELIDED = (
    r"(?:be|do|have|get|help|go|say|see|like|love|need|take|make|tell|come|give|feel|work|try|think|know|look|only|just"
    r"|not|also|never|still|probably|definitely|really|always|well|even|then|you|i|we|he|she|they|mean|want|happen|hurt"
    r"|imagine|understand|appreciate|wait|stay|sit|ask|check|leave|find|use|put|let)"
)
"""What follows a verb whose person was left out: `could be`, `can't say`. Anything else there is somebody's name."""
_DONE = (
    r"(?:\w+ed|been|got|gone|come|had|made|told|said|given|seen|taken|done|kept|felt|left|let|put|rung|spoken|found"
    r"|shown|hurt)"
)
_SO_IT_IS = (
    r"(?:not|just|a|an|the|very|so|really|quite|fine|good|all|no|only|also|still|it|that|lovely|nice|ok|okay|to"
    r"|[a-z]+ing)"
)
_NAMED_ANY = (
    rf"(?:(?:can|could|will|would|should) (?!{_ELIDED}\b)[a-z']+(?: [a-z']+){{1,3}}?"
    r"|(?:would|could|will|can|does|did) an? [a-z]+"
    rf"|(?:is|are|was|were) (?!{_SO_IT_IS}\b)[a-z]+ (?:ever|still|always|usually|often|normally|your|an?|the"
    r"|[a-z]{2,}ing)"
    r"|(?:have|has) (?!(?:a|an|the|some|to|been|not|just|already|never|had)\b)[a-z]+ (?:(?:ever|been"
    rf"|always) )*{_DONE}"
    r"|do (?:people|patients|staff|men|women|children|(?!this\b|always\b)[a-z]{2,}[a-rt-z]s) [a-z]+"
    r"|anything (?:else|you|that|bothering|worrying|in particular|on your mind)"
    r"|any(?:one|body) (?:else|at home|around))"
)
"""A verb before a name or a thing that the rules do not know: `could jean look in`, `have people judged you`."""
_ANYWHERE = (
    rf"(?:(?:{_BE}|{_HAVE}|{_DO}|can|could|will|would) (?:there )?any(?:thing|one|body)?"
    r"|(?:is|was) there (?:an?|some\w*|blood|pain)|(?:does|did|can|could|will|would) (?:it|that|he|she)"
    r" (?:hurt|feel|help|make|get|go|come|bother|wake|change|start|stop|last|spread|take|happen)|(?:is|was) it (?:worse"
    r"|better|sore|painful|hard|always|ever|the same|any))"
)
"""So plainly asked that anything may stand before it: `when you cough is there any blood`."""
_ASKED = r"(?:what(?! (?:i|we)\b)|how|why|where|when|who|which|about|if|whether)"
_INDIRECT = (
    r"(?:i(?:'m| am| was|'ve been| have been) (?:\w+ )?(?:wondering|curious|interested)(?: (?:to (?:know|hear)|in))?"
    r"|i(?:'d| would) (?:\w+ )?(?:like|love|want|be (?:interested|curious)) to (?:know|hear|ask|understand)(?: you"
    r"| more| a (?:bit|little)(?: more)?)?"
    r"|i (?:just |really )?(?:want|wanted|need) to (?:ask|know)(?: you)?"
    r"|(?:it )?(?:would|'d) (?:really )?help (?:me )?(?:to know|if (?:i knew|you (?:told|could tell) me))"
    r"|(?:can|could|may|might) i (?:just |please |also )?ask(?: you)?(?: a (?:bit|little)(?: more)?| more)?"
    r"|(?:do|would) you mind (?:if i ask(?:ed)?|me asking|telling me|saying)(?: you)?"
    r"|(?:is|would) it (?:be )?(?:all right|alright|ok|okay) if i ask(?:ed)?(?: you)?"
    rf") (?P<embedded>{_ASKED})\b"
    r"|i wonder (?:just )?(?P<wondered>what|how|why|where|when|who|(?:if|whether)(?= (?:you|your|there|any)))\b"
)
_LEARNT = (
    r"(?:since when|why|how|where|what) you (?:are|were|was|have|had|do|did|does|not|don't|didn't|feel|feeling|sleep"
    r"|eat|manage|come|take|think|want)\b(?!.*\b(?:is|was|will|makes?|shows?|means?|matters?|helps?|we|i)\b)"
)
"""A question in plain order, when nothing follows that would make it part of a statement."""

_QUESTION = expression(
    rf"(?P<wh>\b{_WH}(?:'s|'re|'d|'ve)\b|\b{_WH}(?: (?!you\b|it\b|that\b|this\b|i\b)[a-z'-]+){{0,2}}? {_VERB}\b"
    rf"|\b(?:what|how) about\b|\bhow come\b|\bwhat if\b|\b(?:what|who) {_SUBJECT_VERB}\b|\bwhat [a-z]+s you\b)"
    rf"|(?P<invite>\b{_INVITE}(?: (?:a (?:bit|little)|more|some more))?(?: (?:about|what|how|why|where|"
    rf"more))\b|\b{_INVITE} more\b)"
    rf"|(?P<indirect>\b(?:{_INDIRECT}))"
    rf"|(?P<person>\b{_VERB} {_PERSON}\b)"
    rf"|(?P<anywhere>\b{_ANYWHERE}\b)|(?P<learnt>\b{_LEARNT})"
    rf"|(?P<thing>(?<!\bgo and )\b{_VERB} {_THING}\b|\b{_NAMED}\b|\b{_NAMED_ANY}\b|\bany [a-z]+|\bhow (?:it|this|that)"
    r" (?:feels?|is) (?:for|to|when)\b)"
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
    r"not|it isn't|there's no)\b.*"
    r" (?:are|do|have|did|is|can|will) (?:you|it|there))$"
    r"|^\W*(?:(?:so|and|well|ok|okay|oh|right|but)\W+)*(?:you|it|that|he|she|they)(?:'\w+)?\b(?! know\b).{3,}[ ,]"
    r"(?<!what )(?<!how )(?<!who )(?<!where )(?<!when )(?<!why )(?<!what, )(?<!how, )(?:are|have|do|did|is|was|can"
    r"|will) (?:you|it|he|she|they)$"
)
_MARKED_TAG = re.compile(r", ?(?:right|yes|eh|is it|are you|do you|ok|okay)$")
_PRESUMES = expression(r"^(?:surely|you're not|you don't|you haven't|you must be)\b")
_PLAIN_ORDER = words(
    "i you we they he she it that this there here who which what to not if as than when how why where whether because "
    "can could will would should do does did is are was were have has had be been nor neither"
)
"""After one of these a verb and its person stand in plain order: `what you can do you ...`, `so it is that`."""
_TOLD = words(
    "know knows knowing see sure matter tell understand understands imagine remember forgotten explain that's that "
    "it's is was like into with on of about heard hear say said shows us him her them show out decide decides "
    "explained wonder wondering ask asked depends than exactly"
)
"""After one of these a question word opens a clause that reports and does not ask: `I know what is wrong`."""
_PEOPLE = words(
    "people person someone somebody anyone anybody everyone everybody those nobody one man woman nurse doctor lady "
    "team staff family only not"
)
_RELATES = re.compile(r"\b(?:who|which)\b")
_IN_PLAIN_ORDER = re.compile(r"(?:what|when|where|why|who|how) (?:the|your|his|her|my|our|he|she|they|we|an?) ")
"""Nothing is turned about: `when the doctor was`."""
_STARTS = words(
    "and so but or well ok okay right oh now then please sorry yes no first also all evening um uh er erm hmm mm like "
    "lately today"
)
_BEFORE_WH = re.compile(r"^(?:(?:since|for|at|in|to|from|with|by|on|so|and|but|um|er|ok|okay) )+(?=wh|how)")
_FAR_WH = re.compile(r"(?:^|\b(?:and|so|but|now) )\W*(?:what|how|where|why|which|who)\b[^,]{0,40}$")
"""A question word that stands some words before its verb: `where on your tummy does it`."""
_SORT_OF = re.compile(r"\b(?:what|which) (?:[a-z]+ )?(?:sort|kind|type|part|bit|one)s?\b[^,]{0,30}$")
_ENDS_IN_WH = re.compile(r" (?:who|what|where|why|how)$")
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
        yield "open_question" if _ENDS_IN_WH.search(plain) else _kind(plain), start, end


def clauses(sentence: str) -> list[tuple[str, int]]:
    """Kind and start of every question inside one sentence."""
    found: list[tuple[str, int]] = []
    for match in _QUESTION.finditer(sentence):
        said = sentence[: match.start()]
        before = "" if _CALLED.search(said) else (said.split() or [""])[-1].strip(",\"'")
        if _asks(match, before):
            found.append((_kind_of(match, sentence), match.start()))
    return found


def _kind_of(match: re.Match[str], sentence: str) -> str:
    """An indirect question is of the kind of the one inside it: `I was wondering how` asks as openly as `how`."""
    far = {"anywhere": _FAR_WH, "person": _SORT_OF}.get(match.lastgroup or "")
    if far and (asked := far.search(sentence[: match.start()])):
        return _kind(asked.group().lstrip())
    if match.lastgroup != "indirect":
        return _kind(sentence[match.start() :])
    inside = match["embedded"] or match["wondered"]
    return "open_question" if inside == "about" else _kind(sentence[match.end() - len(inside) :])


def _asks(match: re.Match[str], before: str) -> bool:
    """Whether this clause asks, given the word before it."""
    match match.lastgroup:
        case "wh":
            return before not in _TOLD and not _is_subordinate(match.group(), before)
        case "invite":
            return before not in {"you", "to", "didn't", "i", "they"} or not before
        case "indirect":
            return True
        case "learnt":
            return not before or before in _STARTS
        case "person" | "anywhere":
            return before not in _PLAIN_ORDER and not before.endswith(("'ll", "'d", "'ve"))
        case _:
            return not before or before in _STARTS


def _is_subordinate(clause: str, before: str) -> bool:
    """`The nurses who help`, `here when the doctor was`: part of what a statement says."""
    if not before or before in _STARTS:
        return False
    if _RELATES.match(clause):
        return before in _PEOPLE or (before.endswith("s") and len(before) > 4 and not before.endswith(("'s", "ss")))
    return bool(_IN_PLAIN_ORDER.match(clause))


def _kind(clause: str) -> str:
    clause = _BEFORE_WH.sub("", clause)
    if re.match(_INVITE, clause) or _OPENS_UP.match(clause):
        return "open_question"
    return "open_question" if re.match(_WH, clause) and not _CLOSED.match(clause) else "closed_question"
