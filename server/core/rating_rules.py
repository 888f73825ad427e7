"""Readable rules for what meets a feeling: what counts as evidence in one sentence, with the words that show it.

A rule says what was done, never what somebody is. It is one of a few that `server.core.rating_levels` weighs; rules
that need the other's story stand in `server.core.rating_reading`, those for what takes space in `rating_taking`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.core.rule import expression


@dataclass(frozen=True)
class EvidenceRule:
    """One kind of evidence, and the expressions that show it in a sentence in lower case."""

    name: str
    says: str
    """What was done, in words for educators; printed in the rationale."""
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    """Expressions that take the sentence back."""
    compiled: re.Pattern[str] = field(init=False, compare=False, repr=False)
    refused: re.Pattern[str] | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", _any_of(self.patterns))
        object.__setattr__(self, "refused", _any_of(self.unless) if self.unless else None)

    def holds(self, sentence: str) -> bool:
        """Whether `sentence`, in lower case with straight apostrophes, shows it."""
        return bool(self.compiled.search(sentence)) and not (self.refused and self.refused.search(sentence))


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return expression("|".join(f"(?:{pattern})" for pattern in patterns))


_ADVERBS = (
    r"(?:(?:so|very|really|truly|just|pretty|quite|extremely|incredibly|absolutely|totally|completely|perfectly"
    r"|all|such"
    r"|a|an|kind of|kinda|too|definitely|certainly|always|deeply|super|only|also) )*"
)
_BAD = (
    r"(?:horrible|awful|terrible|rough|tough|sad|unfair|harsh|brutal|dreadful|heartbreaking|unfortunate|shame|crap\w*"
    r"|shitty|rubbish|sucks?|stinks|hard(?! work)|painful|hurtful|bummer|pity|blows|(?:too )?bad|wrong of them"
    r"|not fair|messed up|lousy|so wrong|no fun|let ?down)"
)
_FELT = (
    r"(?:devastat\w+|crush\w+|upset\w*|hurt\w*|pain\w*|frustrat\w+|disappoint\w+|dishearten\w+|discourag\w+"
    r"|demorali\w+"
    r"|overwhelm\w*|exhaust\w+|drain\w+|stress\w*|lonely|loneliness|isolat\w+|scar(?:y|ed)|fright\w+|afraid|fear\w*"
    r"|anxi\w+|nervous|worr\w+|anger|angry|mad|sad\w*|guilt\w*|asham\w+|shame|shock\w*|confus\w+|lost|stuck|trapped"
    r"|empty|numb|hopeless|helpless|betray\w+|unappreciated|undervalued|unseen|invisible|ignored|overlooked|reject\w+"
    r"|let[ -]?down|daunting|unsettl\w+|uncertain\w*|tired|weary|heartbr\w+|humiliat\w+|embarrass\w+|unfair|bitter"
    r"|burn(?:ed|t) out|torn|detached|disconnect\w+|depress\w+|distress\w+|low|defeated|deflat\w+|resent\w*|panic\w*"
    r"|terrif\w+|alone|pressure|miserable|blow|slap in the face|at your limit|carrying so much|on your plate"
    r"|fed up|on edge"
    r"|(?:feeling|so|really|pretty) down)"
)
_HARD = (
    r"(?:hard(?! work| on your)|difficult|tough|rough|heavy|a lot\b(?! of (?!pressure|stress|weight|worry|pain))"
    r"|challenging|draining|weigh\w+|hardest|(?:not|never) easy|stings?)"
)
_SEEMS = (
    r"(?:must|has to|have to|had to|has got to|have got to|i bet|imagine|sounds?|seems?|you seem|i(?:'m"
    r"| am) sure|i know"
    r"|i can (?:see|hear|tell)|you(?:'re| are)(?: \w+)? feeling|you feel|you felt|feels?|feeling|felt)"
)

CARING: tuple[EvidenceRule, ...] = (
    EvidenceRule(
        "expresses_sorrow",
        "said that they were sorry about it",
        (
            r"\bi(?:'m| am) " + _ADVERBS + r"(?:sorry|sad (?:to|for|that))\b",
            r"^\W*(?:(?:oh|wow|so|very|really|man|aw+) )*sorry (?:to|for|about|that|you)\b|\bcondolences\b"
            r"|\b(?:so|very|really|truly) sorry\b|\bsad to hear\b|\bsorry (?:to hear|for your|about (?:that|this"
            r"|your|it|the))\b",
            r"\b(?:that|it|this)(?:'s| is| was| must| sounds?| really| just)? ?(?:be )?" + _ADVERBS + _BAD + r"\b",
            r"^\W*(?:oh,? no|a+w+|ugh+|damn|dang|oh dear|yikes|oh my|ouch)\b",
            r"\bwhat an? " + _ADVERBS + r"(?:shame|blow|pity|letdown|let down|bummer|shock|terrible|awful"
            r"|horrible)\b",
            r"\b(?:it|that) (?:\w+ )?(?:hurts|stings|sucks)\b",
            r"\bhow (?:awful|horrible|terrible|sad|unfair|frustrating|disappointing)\b",
            r"\bi (?:feel|hurt|ache) (?:\w+ )?for you\b|\bmy heart (?:goes|breaks|aches|hurts)\b",
            r"\bi hate (?:that|to hear|this)\b|\bi wish (?:this|that|it) (?:hadn't|had not|didn't|wasn't)\b",
        ),
        unless=(r"\bsorry,? but\b", r"\bnot sorry\b", r"\bi(?:'m| am) late\b", r"\bnot (?:so |too |that )?bad\b"),
    ),
    EvidenceRule(
        "names_what_it_is",
        "said what it must feel like",
        (
            rf"\b{_SEEMS}\b[^.?!]{{0,40}}\b(?:{_FELT}|{_HARD})\b",
            rf"\b(?:it|that|this)(?:'s| is| can be| can feel| was| feels?"
            rf"| would make)\b[^.?!]{{0,20}}\b(?:{_FELT}|{_HARD})\b",
            rf"^\W*(?:\w+ing)\b[^.?!]{{0,50}}\b(?:is|can be|can feel|feels|hurts)\b[^.?!]{{0,20}}\b(?:{_FELT}"
            rf"|{_HARD})\b",
            r"\bhow (?:devastating|crushing|frustrat\w+|upset\w*|hard|difficult|scary|overwhelm\w+|hurt\w*"
            r"|painful|tough"
            r"|stressful|sc?ared|disappoint\w+|exhaust\w+)\b",
            rf"^\W*must (?:have |of )?(?:been |be |feel )?[^.?!]{{0,15}}\b(?:{_FELT}|{_HARD})\b",
            r"\b(?:it |that )?(?:sounds|seems) like (?:you|it|work|this|that|everything|things|life|they)\b"
            r"|\b(?:being|getting) \w+ hurts\b",
            r"\b(?:it|that|this|you) must (?:really |just |all |have )*(?:feel|felt|hurt)\b|\bhow much (?:it"
            r"|this|that|they|he|she) (?:means?|meant|matters?)\b",
            r"\byou(?:'re| are| have) (?:\w+ ){0,2}(?:carrying|dealing with|going through|under) (?:so much"
            r"|a lot|such)\b",
            r"^\W*so (?:you (?:feel|felt|are feeling)|it (?:feels?|felt))\b|\bmak(?:es?|ing) you feel (?!like"
            r"|this|that|\W)\w+",
            r"\byou(?:'re| are| must be| seem| sound| look) " + _ADVERBS + rf"(?:{_FELT})\b",
        ),
        unless=(
            r"\b(?:don't|do not|never|shouldn't|stop|try not to|no reason to)\b[^.?!]{0,20}\b(?:feel|be|get|worry)\b",
            r"\b(?:won't|not) be (?:so )?(?:hard|difficult)|\bworried about you\b|\byou(?:'re| are) not (?!alone"
            r"|the only)",
            r"\bi (?:feel|felt|was) (?:so |really |very )?(?:sad|lost|stuck|tired|upset)\b",
        ),
    ),
    EvidenceRule(
        "legitimises",
        "treated the feeling as making sense",
        (
            r"\b(?:makes|made|make) (?:a lot of |total |perfect |complete |all the )?sense\b(?! of)",
            r"\b(?:every|a|the|all the|good|a good) (?:right|reasons?) to (?:be|feel|not)\b|\bfeeling (?:that"
            r"|this) way is\b|\b(?:not|isn't) wrong (?:for|to)\b|\bfair (?:way|reaction)\b|\byou(?:'re"
            r"| are) allowed\b",
            r"\byou (?:\w+ )?deserved?\b|\bshould(?:'ve| have)? (?:\w+ )?(?:been|be) (?:recogni[sz]ed|noticed"
            r"|appreciated|"
            r"valued|you)\b|\bshould(?:'ve| have) (?:\w+ )?(?:shown|treated|given|told|been|gotten|got|paid)\b",
            r"\b(?:it's|it is|that's|that is) " + _ADVERBS + r"(?:ok|okay|alright|all right|normal|natural|human"
            r"|fine|valid"
            r"|reasonable|fair) (?:to (?:feel|be|not|cry|take|grieve|need|have|want|vent|struggle)|that you"
            r"|for you|if you)\b",
            r"\b(?:normal|natural|understandable|valid|reasonable|human) (?:reaction|response|feeling|way)\b",
            r"\bunderstandabl[ey]\b|\bvalid\b|\bnot (?:out of the ordinary|unusual|weird|crazy)\b",
            r"\bi " + _ADVERBS + r"(?:can |could )?" + _ADVERBS + r"(?:see|understand|get) (?:exactly )?why\b",
            r"\bno wonder\b|\bwho wouldn't\b|\b(?:anyone|anybody|most people|any of us"
            r"|a lot of people)\b[^.?!]{0,25}\bwould\b",
            r"\bof ?course (?:you|it)(?:'re|'s)? (?:\w+ )?(?:feel|felt|are|is|hurts?|do|would|sad|upset)\b",
            r"\bi(?:'d| would) (?:\w+ )?(?:feel|be|have felt)\b[^.?!]*\b(?:same|too|that way|as well|upset|angry"
            r"|devastated|mad"
            r"|hurt|frustrated|disappointed)\b",
            r"\bnothing wrong with\b|\bnot your fault\b|\byou(?:'re| are) right to (?:be|feel)\b"
            r"|\bnot (?:being )?(?:unreasonable|crazy|weak|silly)\b"
            r"|\byour feelings (?:matter|are)\b|\bdon't feel (?:guilty|bad) (?:for|about) feeling\b"
            r"|\bdon't blame you\b|\bdid nothing wrong\b",
        ),
    ),
    EvidenceRule(
        "claims_understanding",
        "said that they understood",
        (
            r"\bi " + _ADVERBS + r"(?:can |could |do )?" + _ADVERBS + r"(?:fully |certainly )*(?:understand|get"
            r"|hear|feel|relate|see|empathi[sz]e"
            r"|sympathi[sz]e)\b(?= (?:you|it|that|this|how|what|where|why|the feeling|completely|totally|with|to"
            r"|feeling|your"
            r")\b|\W*$|[,.!])",
            r"\bi (?:\w+ )?know (?:exactly )?(?:how|what (?:it|you|that)|it's|it is|it can|it feels|that feeling"
            r"|the feeling"
            r"|that this)\b|\bi (?:hear|get) (?:ya|u)\b|^\W*(?:(?:yes|yeah|totally|completely"
            r"|definitely)\W+)+(?:get|understand"
            r"|feel) (?:that|it|you)\b",
        ),
        unless=(
            r"\bi (?:feel|get|see) (?:like )?(?:that )?you (?:should|need|could)\b",
            r"\bif i (?:get"
            r"|understand|see)\b",
        ),
    ),
    EvidenceRule(
        "stays_with",
        "offered to be there",
        (
            r"\bi(?:'m| am|'ll be| will be|'ll| will| can be)(?: just| always| right| still"
            r"| definitely)* (?:be )?here\b",
            r"\bhere (?:for you|to (?:listen|talk|help|support)|if you|when(?:ever)? you)\b|\bthere for you\b",
            r"\b(?:in this|through this|through it|forward|this out|figure \w+ out) (?:with you|together)\b"
            r"|\b(?:we|us|let's|we'll)\b[^.?!]{0,40}\btogether\b(?! with)|\bi(?:'m| am) with you\b",
            r"\byou(?:'re| are)(?: definitely)?(?: not|n't) (?:alone|the only one|on your own)\b"
            r"|\baren't (?:alone|the only)\b"
            r"|\bnot alone\b|\bdon't have to (?:go through|face|do|deal with) (?:this|it) (?:alone|by)\b",
            r"\b(?:call|text|message|reach out to|lean on|talk to|vent to|count on|rely on|depend on|come to) me\b"
            r"|\breach out (?:any|when)|\b(?:listening|open) ear\b|\bshoulder\b|\bcall away\b|\bthinking (?:of"
            r"|about) you\b|\bwant to help\b|\bnot in this alone\b|\byou(?:'ve got"
            r"| have| got) me\b|\bby your side\b"
            r"|\bsounding board\b|\bdoor is (?:always )?open\b|\bcome over\b|\bfrom me\b|\bneed anything\b"
            r"|\bi(?:'ll| will) listen\b|\bi(?:'m| am) listening\b",
            r"\bi (?:\w+ )?support you\b|\b(?:my|full) support\b|\b(?:got|have) your back\b|\bin your corner\b"
            r"|\bon your side\b|\brooting for you\b|\bi care\b|\blove you\b|\bi(?:'ll| will) (?:\w+ )?(?:pray"
            r"|be praying)\b",
            r"\b(?:whatever|anything|any way|everything)\b[^.?!]{0,25}\b(?:help|i can|i could|you need|for you)\b",
            r"\b(?:can|could|may|how can|what can) i (?:do|help|support)\b|\bi can help\b|\b(?:happy|glad"
            r"|willing) to (?:\w+ )?"
            r"(?:help|listen|talk|do)\b|\bi(?:'d| would) (?:\w+ )?(?:help|love to help|be happy)\b"
            r"|\bhow i can (?:help|support)\b"
            r"|\bi(?:'ll| will) (?:\w+ )*help\b|\blet me (?:help|know)\b",
        ),
        unless=(r"\bgod\b|\bjesus\b", r"\bwork(?:ing)? together\b"),
    ),
)
"""What meets the feeling or the person."""
