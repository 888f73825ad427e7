"""A readable rule for a feeling that is not theirs: gladness, boredom or envy lent to somebody who told of trouble.

What only praises a plan or a person (`that sounds great`, `you are amazing`), and one's own gladness, lend nothing.
"""

from __future__ import annotations

from server.core.rating.rules import EvidenceRule
from server.core.rating.words import ADVERBS

_GLAD = (
    r"(?:happy|excited|exciting|thrilled|thrilling|delighted|delightful|glad|pleased|joyful|joyous|overjoyed|ecstatic"
    r"|elated|cheerful|amused|bored|jealous|envious|carefree|blissful|tickled|over the moon|relieved|relieving|relief"
    r"|on top of the world|having (?:fun|a great time))"
)
_PRAISE = r"(?:proud|lucky|blessed|content|fun|wonderful|lovely|fantastic|amazing|great|good|boring|amusing)"
"""Feelings only where somebody must have them, or feels them."""
_LENDS = r"(?:must|might|probably|surely|do|really|just|clearly|obviously|i bet)"
_IS = r"(?:be|feel|sound|seem|look|have been|be feeling|feeling|get|got|felt)"

MISNAMES = EvidenceRule(
    "misnames",
    "lent them a feeling that they had not told and that does not fit",
    (
        rf"\byou(?:'re| are|r)?(?: {_LENDS})*(?: {_IS})+(?: like you(?:'re| are))? {ADVERBS}{_GLAD}\b",
        rf"\byou(?:'re| are|r)(?: {_LENDS})? {ADVERBS}{_GLAD}\b",
        rf"\b(?:you|that|it|this) (?:must|has to|have to) (?:be|feel|have been|be feeling) {ADVERBS}"
        rf"(?:{_GLAD}|{_PRAISE})\b"
        r"(?! (?:at|to|about (?:it|what) if)\b)",
        rf"\byou (?:\w+ )?feel {ADVERBS}{_PRAISE}\b",
        rf"(?:\b(?:that|it|this)(?:'s|s)?|^\W*)(?: |\b)(?:sounds?|feels?|seems?) (?:like )?{ADVERBS}"
        rf"(?:{_GLAD}\b|fun\W*$)",
        rf"\bhow {ADVERBS}(?:{_GLAD}|{_PRAISE}) (?:for )?you\b"
        rf"|\bthat(?:'s|s| is) {ADVERBS}(?:exciting|thrilling|delightful)\b",
    ),
    unless=(
        r"\b(?:if|when|until|once|hope|want|wish|deserve|to|not|n't|never|weren't|wasn't"
        r"|aren't|make|makes|made|better|should)\b[^.?!]{0,30}\b(?:happy|happier|glad|pleased|content|great|excited|proud"
        r"|relieved|good|fun|amazing|wonderful|better|lucky)\b",
        r"\bi(?:'m| am)\b|\bthat would be\b",
    ),
)
