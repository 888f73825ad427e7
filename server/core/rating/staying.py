"""A readable rule for offering oneself: to be there, to listen, to help; and thanks for having been told."""

from __future__ import annotations

from server.core.rating.rules import EvidenceRule

_ALONE = r"(?:alone|by yourself|on your own|by urself|single-?handed(?:ly)?)"

STAYS_WITH = EvidenceRule(
    "stays_with",
    "offered to be there",
    (
        r"\bi(?:'m| am|'ll be| will be|'ll| will| can be)(?: just| always| right| still| definitely)* (?:be )?here\b",
        r"\bhere (?:for (?:you|ya|u)|to (?:listen|talk|help|support)|if (?:you|ya)|when(?:ever)? (?:you|ya))\b"
        r"|\bthere for (?:you|ya|u)\b",
        r"\b(?:in this|through this|through it|forward|this out|figure \w+ out) (?:with you|together)\b"
        r"|\b(?:we|us|let's|we'll)\b[^.?!]{0,40}\btogether\b(?! with)|\bi(?:'m| am) with you\b"
        r"|\b(?:sit|stay|go|come|walk) with you\b",
        rf"\b(?:you(?:'re| are)|ur)(?: definitely)?(?: not|n't) (?:{_ALONE}|the only (?:one|person))"
        rf"|\baren't (?:alone|the"
        rf" only)\b|\bnot {_ALONE} (?:in|with)|\bnot (?:in this )?alone\b|\b(?:don't|do not|needn't|shouldn't"
        rf"|won't) have to [^.?!]{{0,30}}"
        rf"\b{_ALONE}\b",
        r"\b(?:call|ring|phone|text|message|reach out to|lean on|talk to|vent to|count on|rely on|depend on|come to"
        r"|write|unload on) me\b|\breach out (?:any|when)|\b(?:listening|open) ear\b|\bshoulder\b(?!s)"
        r"|\b(?:call|text|message) away\b|\bthinking (?:of|about) you\b|\bwant to help\b"
        r"|\byou(?:'ve got| have| got|'ve) (?:got )?(?:me|us|a friend)\b|\bi(?:'ve)? got (?:you|ya)\b"
        r"|\bby your side\b"
        r"|\bsounding board\b|\b(?:door|phone)(?:'s| is) (?:always )?(?:open|on)\b|\bcame? over\b|\bfrom me\b"
        r"|\bneed anything\b|\bi(?:'ll| will) listen\b|\bi(?:'m| am) (?:listening|all (?:yours|ears))\b"
        r"|\bsay the word\b|\bcheck(?:ing)? (?:in|up) on you\b|\b(?:won't|not going to) leave you\b|\b(?:want"
        r"|like|need) (?:some )?company\b|\bplace at (?:my|our)\b|\bnot going"
        r" anywhere\b|\bgot all (?:night|day|the time)\b",
        r"\bi (?:\w+ )?support you\b|\b(?:my|full) support\b|\b(?:got|have) your back\b|\bback you\b"
        r"|\bin your corner\b"
        r"|\bon your side\b|\brooting for you\b|\bi care\b|\blove you\b|\bi(?:'ll| will) (?:\w+ )?(?:pray"
        r"|be praying)\b"
        r"|\bhugs?\b",
        r"\b(?:whatever|anything|any way|everything|something)\b[^.?!]{0,25}\b(?:help|i can|i could|you need"
        r"|for you)\b",
        r"\b(?:can|could|may|how can|what can) i (?:do|help|support|bring|get|come)\b|\bi can help\b|\b(?:happy|glad"
        r"|willing) to (?:\w+ )?(?:help|listen|talk|do)\b|\bi(?:'d| would) (?:\w+ )?(?:help|love to help|be happy)\b"
        r"|\bhow i can (?:help|support)\b|\bi(?:'ll| will) (?:\w+ )*help\b|\blet me (?:help|know)\b"
        r"|\b(?:want|need) me to\b",
        r"\bi(?:'ll| will| can| could) (?:\w+ )?(?:bring|drop|come|cook|drive|pick|watch|look after|take (?:you"
        r"|the)|cover"
        r"|sit)\b|\b(?:want|wanna|shall we|let's|let us|we (?:can|could|should)) (?:to )?(?:grab|get|meet"
        r"|go (?:for|out)"
        r"|hang out|do something)\b|\boff your (?:plate|hands)\b|\bwe (?:can|could|will|'ll) (?:\w+ )?(?:look"
        r"|go|work|figure|talk|sit|practi[cs]e|plan|make)\b",
        r"\b(?:thank(?:s| you)|glad|appreciate)(?: \w+){0,3} (?:told|tell|telling|trust\w*|shar\w+|open\w*|confid\w+"
        r"|said something|letting me|came to me|reached out|honest\w*|vulnerab\w+)\b",
    ),
    unless=(r"\bgod\b|\bjesus\b", r"\bwork(?:ing)? together\b|\bpull yourself together\b"),
)
