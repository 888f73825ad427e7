"""Which feelings does a turn lend to the person it speaks to? Not those it denies, and not the learner's own.

A word such as `alone` names a feeling only inside a phrase that speaks of one: `do you live alone` asks about a
household. That something is hard names none: it would fit anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.core.lexicon import FEELINGS, feelings_in, words
from server.core.rules.rule import expression

_MEMBERS = frozenset().union(*FEELINGS.values())
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_PLAIN = words(
    "alone isolated empty lost missing loss hard difficult trouble tired worn cross stuck fuss "
    "bother fine glad happy "
    "shy drained shattered vulnerable miss trapped unsafe companionship excited pleased worry"
)
"""Words that also mean plain things."""
_SPEAKS_OF_FEELING = expression(
    r"(?:\b(?:hard|difficult|awful|horrible|sad) to (?:be|feel)\W+|"
    r"\b(?:feel|feels|feeling|felt|sounds?|seems?|must|might|may|looks?|being|so|too|very|quite|really|"
    r"such|how|that|it's|it is|leav(?:es|ing) you|left you|ma(?:ke|kes|de) you|"
    r"you're|you are|the|a|awfully|terribly|you)\W+(?:(?:be|been|have been|a bit|rather|very|so|really|"
    r"like|quite|still|must|"
    r"a|the|all|get|gets|getting|just|awfully|too)\W+){0,3})$"
)
_MISSES = expression(r"\b(?:(?<!are )(?<!thank )you|must|might|may|really|to|still|would|will)\W+$")
_MISSED = re.compile(r"\W+(?:him|her|them|it|your|the|having|being|those|that|how|someone|people|company|\w+ing)\b")
_IS_MISSING = expression(r"\b(?:you're|you are|are you|must be|you)\W+$")
_A_THING = re.compile(r"\W+(?:a|an|any|some|one|out|from)\b|\W*$")
_PLACED = re.compile(r"\W+(?:between|in|with|here|there|on|at|behind|to|under)\b")
"""`Stuck between two things` says where somebody is."""
_ALL_THIS = r"(?:it|that|this)(?:'s| is| was| must be| must have been| sounds)"
_CAME = expression(
    r"\b(?:came|come|coming|got|drove|walk\w*|travel\w*|arriv\w+|wash\w*|dress\w*)(?: \w+){0,2} $"
    r"|\b(?:not|won't|never) leave \w+ $"
)
"""Who came by themselves has said nothing of loneliness, nor has who is promised company."""
_IDIOMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (expression(rf"\b(?:{said})\b"), frozenset(families.split()))
    for said, families in (
        (
            r"(?:on edge|(?:an? |such a )(?:\w+ )?(?:fright|scare)|in (?:a (?:real |right )?)?panic"
            r"|worked up|a nervous wreck|in limbo|sick with worry)",
            "fear",
        ),
        (
            r"(?:your|you) (?:mind|head|thoughts?)(?:'s| is| has| must| must be|'ve)?(?: been| be)? (?:racing|spinning"
            r"|going|running|all"
            r" over)",
            "fear overwhelm",
        ),
        (r"(?:all )?(?:on your own|by yourself|all alone)(?= (?:now|with|in|there|at|when|since)|\W*$)", "loneliness"),
        (r"(?:let down|fed up|pissed off|ignored|fobbed off|wound up|at the end of your (?:patience|tether))", "anger"),
        (
            (
                r"(?:end of your (?:tether|rope)|breaking point|run (?:down|ragged)|worn out|burnt out|on your knees"
                r"|wiped out|had enough)"
            ),
            "overwhelm",
        ),
        (
            (
                r"(?:in the dark|out of (?:your )?control|no control|no say|taken (?:away|off) (?:from )?you|losing"
                r" (?:your )?(?:control|independence))"
            ),
            "helplessness",
        ),
        (r"(?:heart ?broken|broken ?hearted|in pieces|in bits|low in yourself|down about)", "sadness grief"),
        (
            (
                r"(?:in (?:complete |total |real )?shock|you(?:'re| are| must be| must feel| feel| sound| look| seem"
                r"| might be) (?:(?:just|so|completely|totally|a bit|quite|really|still) )?numb(?! (?:in|from|down"
                r"|there|on"
                r"|below)\b)"
                rf"|{_ALL_THIS} (?:such )?an? (?:(?:real|big|huge|awful|terrible|horrible|complete|total) )?shock)\b"
                r"(?! to (?:him|her|them)\b)"
            ),
            "overwhelm grief fear",
        ),
        (r"(?:exhausting|tiring)", "overwhelm"),
        (
            rf"(?:{_ALL_THIS} (?:so |really |just )?heart ?breaking\b(?! for (?:him|her|them|us|me))"
            r"|(?:it|that) must (?:really )?have (?:really )?hurt(?: you)?(?=\W*$|[,;]| to | when | that ))",
            "sadness grief",
        ),
        (
            r"(?:(?:blam|punish)ing yourself|beating yourself up"
            r"|(?:feel|feels|feeling|felt|fear|as if|as though)(?: like| that| as if)? you(?:'ve| have|'d|'re|"
            r" are)? (?:really |somehow )?(?:let(?:ting)? (?:\w+ ){1,2}down|fail(?:ed|ing)?|abandon(?:ed|ing)"
            r"|desert(?:ed|ing)|betray(?:ed|ing)|deserve (?:it|this)))",
            "shame burden",
        ),
        (r"(?:torn (?:between|in two)|pulled (?:in two|both ways)|at (?:your|a) limit)", "overwhelm helplessness fear"),
        (r"(?:in (?:the|your) way|a weight on (?:him|her|them|your \w+)|weighing (?:him|her|them) down)", "burden"),
    )
)
"""Feelings that take more than one word. They count where somebody is said to have them."""
_HAS = expression(
    r"\b(?:you(?:'re|'ve)?|you (?:are|must|might|feel|sound|seem|look|have)|feel(?:s|ing)?|sounds?|seems?|must|being"
    r"|so)\b[^.?!]{0,25}$"
)
_BLAMES = re.compile(r"\b(?:mak\w+|made|caus\w+|kick\w+ up) (?:(?:such|so much|a|any) ?)*$")
_IF = re.compile(r"(?<!as )(?<!wonder )(?<!wondering )\b(?:if|unless|in case) [^,.?!]*$")
_NOT = (
    r"(?:not|never|no|without|isn't|aren't|needn't|mustn't|shouldn't|nothing to|no need to|no reason to|try not to"
    r"|stop|rather than|(?:can't|cannot|don't|doesn't|didn't|do not)(?: you(?= (?:be|get|go)\b))?)"
)
_DENIED = expression(
    rf"\b{_NOT}(?: (?:be|being|feel|feeling|feels|sound|seem|look|appear|get|to|go|so|too|very|really|that|all that"
    r"|need to|have to|at all))*\s*$"
)
_ALLOWS = expression(r"\bshouldn't have to (?:be|feel)\s*$")
"""Names the wrong that is done: `you shouldn't have to feel frightened at home`."""
_TALKED_OUT = expression(
    r"\b(?:you|there's|there is|there) ?(?:shouldn't|should not|can't|cannot|can not|no need to|no reason to)"
    r" (?:really |possibly )?(?:be|feel)(?: (?:so|that|really|all that))?\s*$"
)
_CONTRADICTED = expression(
    r"\byou(?:'re| are| (?:don't|do not|didn't|did not) (?:sound|seem|look|feel))(?: not)?(?: (?:really|at all|very"
    r"|that|all that))*\s*$"
)
_KINDLY_DENIED = words("alone burden bother nuisance trouble fuss")
"""`You are not alone`, `you're no bother`: kind. So is all that is said against shame."""
_OTHERS = r"nobody|no one|everyone|everybody|people|they|they're|they'll|he|he's|she|she's|who"
_OPENS = re.compile(
    r"^\W*(?:(?:oh|so|and|yes|really|just|still|that|even|not angry|more) )*(?:scared|frightened|terrified|petrified"
    r"|worried|ashamed|embarrassed|humiliated|guilty|lonely|lonelier|angry|furious|frustrated|overwhelmed|exhausted"
    r"|helpless|heartbroken|devastated|gutted|worn out|let down|fed up|torn)\b(?!\W*(?:i|we|people|patients"
    r"|relatives|everyone|everybody)\b)"
)
"""A sentence with nobody in it, that opens with the feeling: `frightened of what they will find`."""
_MINE = expression(
    rf"\b(?:i'm|i am|i feel|i felt|i was|i'd be|i would be|i get|i've been|me|my|myself|we're|we are|{_OTHERS})\b"
)
_YOURS = expression(
    r"\b(?:you|you're|you've|your|you'd|you'll|that|that's|it|it's|there|sounds?|seems?|being|feeling|it must)\b"
    r"|^\W*must\b"
)
_SO_ARE_YOU = expression(
    r"\b(?:makes (?:\w+ )?sense|no wonder|not surprised|of course|(?:see|understand|get)"
    r" why)\b[^.?!]{0,12}?\byou(?:'re| are)"
    r"(?: too)?\W*$"
)
"""Lends the learner's own feeling: `I'd be frightened too, so it makes sense that you are`."""


@dataclass(frozen=True)
class Feeling:
    """One word that names a feeling."""

    families: frozenset[str]
    start: int
    end: int
    denied: bool = False
    """It is argued away, and not given."""
    presumed: bool = False
    """What argues it away takes for granted that it is felt: `you shouldn't be frightened`."""


def feelings(sentence: str) -> Iterator[Feeling]:
    """The feelings that this sentence says, or guesses, the other person has; and those it talks out of them."""
    for match in _WORD.finditer(sentence):
        if match.group() not in _MEMBERS:
            continue
        before, after = sentence[: match.start()], sentence[match.end() :]
        families = feelings_in([match.group()])
        if _argued_away(match.group(), families, before):
            yield Feeling(families, match.start(), match.end(), True, bool(_TALKED_OUT.search(before)))
        elif _names_one(match.group(), before, after) and (_is_yours(before, after) or _opens(sentence, match.end())):
            yield Feeling(families, match.start(), match.end())
    yield from _idioms(sentence)


def _idioms(sentence: str) -> Iterator[Feeling]:
    for idiom, families in _IDIOMS:
        match = idiom.search(sentence)
        before = sentence[: match.start()] if match else ""
        said = match and (_is_said_of_you(before, match.group()) or _opens(sentence, match.end()))
        if match and said and not ("loneliness" in families and _CAME.search(before)):
            yield Feeling(families, match.start(), match.end())


def _is_said_of_you(before: str, said: str) -> bool:
    return bool(said.startswith(("you", "it", "that", "this")) or _HAS.search(before)) and not (
        _DENIED.search(before) or _IF.search(before) or not _is_yours(before + said, "")
    )


def _argued_away(word: str, families: frozenset[str], before: str) -> bool:
    if word in _KINDLY_DENIED or families & {"shame", "happiness", "relief"}:
        return False
    contradicted = _DENIED.search(before) and _CONTRADICTED.search(before)
    return bool(_TALKED_OUT.search(before) or contradicted)


def _names_one(word: str, before: str, after: str) -> bool:
    denied = _DENIED.search(before) and not _ALLOWS.search(before)
    supposed = _IF.search(before) and not _SO_ARE_YOU.search(after)
    if word in ("hard", "difficult") or denied or _BLAMES.search(before) or supposed:
        return False
    if word in ("stuck", "trapped") and _PLACED.match(after):
        return False
    if word == "miss":
        return bool(_MISSED.match(after) or _MISSES.search(before))
    if word == "missing":
        return bool(_MISSED.match(after) or (_IS_MISSING.search(before) and not _A_THING.match(after)))
    return word not in _PLAIN or bool(_SPEAKS_OF_FEELING.search(before))


def _opens(sentence: str, end: int) -> bool:
    """The sentence opens with the feeling that ends here, and names nobody else after it."""
    first = _OPENS.match(sentence)
    return bool(first and first.end() >= end and not _MINE.search(sentence, first.end()))


def _is_yours(before: str, after: str) -> bool:
    """Whoever was named last before the word has the feeling; when nobody was, `you` may follow."""
    mine = max((match.end() for match in _MINE.finditer(before)), default=-1)
    yours = max((match.end() for match in _YOURS.finditer(before)), default=-1)
    return yours > mine or bool((_YOURS if mine < 0 else _SO_ARE_YOU).search(after))
