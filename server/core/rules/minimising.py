"""Rules for making it smaller than it is to the person: comparing, brushing off, explaining away."""

from __future__ import annotations

from server.core.rules.rule import BLOCKING, Rule

_WORSE = r"(?:sicker|iller|poorlier|worse off|(?:a lot |much |far )?worse than)"

MINIMISES = Rule(
    "minimises",
    BLOCKING,
    "Makes it smaller than it is to the person, or argues their feeling away.",
    (
        (
            r"\bat least (?:you(?:'re|'ve|'ll)?|it(?:'s)?|that(?:'s)?|he(?:'s)?|she(?:'s)?|they(?:'re)?"
            r"|there(?:'s)?|"
            r"the|your|nobody|nothing)\b"
        ),
        r"\b(?:it )?could(?:'ve| have)? be(?:en)? (?:a lot )?worse\b",
        (
            r"\b(?:it's|that's|it is|that is|it was) (?:only|just) (?:a |an |your |the )?(?:bit of \w+|silly"
            r"|house|fall|"
            r"tumble|phase|nerves|hormones|old age|age|one of those|tears|memories|(?:the )?baby blues)\b"
        ),
        r"\b(?:it's|that's|it is|that is) not (?:that|so|really|all that) (?:bad|hard|difficult|serious)\b",
        (
            r"\b(?:everyone|everybody|we all) (?:feels? (?:like that|the same|down)|goes? through|gets?"
            r" (?:\w+ ){0,2}"
            r"(?:lonely|old|scared|nervous|worried|sad|tired|down|like that)|has (?:bad|off|their bad))\b"
        ),
        (
            r"\b(?:a lot|plenty|lots|loads) of (?:other )?(?:people|women|mums|patients) (?:just )?(?:manage"
            r"|cope|have it (?:worse"
            r"|harder)|are worse|get on with|would (?:love|kill|be glad|swap|give))\b"
        ),
        r"\bdon't be (?:silly|daft|soft|like that)\b(?!,? (?:of course|you're (?:not|no)))",
        r"\bcheer up\b",
        r"\blook on the bright side\b",
        (
            r"\b(?:these things|oh|oh well|well|anyway) happens?\b|(?:^|[,.!] |\b(?:oh|well) )it happens\b(?!"
            r" when| if| at| to)"
        ),
        r"\bcalm down\b",
        r"\byou(?:'re| are) (?:being )?(?:over(?:reacting|sensitive)|dramatic)\b",
        r"\bnot a big deal\b",
        # forbids the words
        (
            r"(?:^|[,.!?;] ?|\b(?:oh|now|no|please|hey|come on)\W+)don't (?:you )?(?:(?:talk|think) (?:like that"
            r"|that way)|(?:say|be saying) (?:that|things like that|such things))\b(?! (?:to|in|if|because|when)\b)"
            r"(?!,? (?:of course|you're (?:not|no)))"
        ),
        # makes sense of it in the person's place
        (
            r"\b(?:everything|it all) happens for a reason\b|\bit was (?:just )?meant to be\b"
            r"|\b(?:it's|it is|it was) (?:all )?(?:god's|the lord's) (?:will|plan)\b"
            r"|\bgod (?:has|has got) a (?:reason|plan)\b"
            r"|\b(?:god|he|the lord) (?:never|only|doesn't|won't) (?:ever )?gives? (?:us|you|people)\b"
        ),
        r"\b(?:he's|she's|he is|she is|they're|they are) in a better place\b|\bhad a good (?:innings|run)\b",
        r"\btime (?:is a (?:great )?healer|heals)\b",
        r"\byou(?:'re| are) (?:still )?young\b[^.?!]{0,20}\b(?:again|another)\b",
        r"\b(?:well|but)\W+(?:that|it) was (?:a long time|years|ages) ago\b",
        r"\byou(?:'ve| have) (?:got )?years (?:left )?in you\b",
        r"\b(?:you'll|you will) (?:soon |all )?get (?:used to|over) (?:it|that|this)\b",
        r"\byou must be (?:very )?(?:strong|brave|positive)\W*(?:$|[.!])|\b(?:chin up|think positive|stay positive)\b",
        (
            rf"\bthere(?:'s| are| is) (?:(?:far|much|a lot of|lots of|plenty of) )?{_WORSE} (?:people|patients"
            rf"|children)\b"
            rf"|\bthere(?:'s| are| is) (?:people|patients|children|others) (?:\w+ ){{0,3}}?{_WORSE}\b"
        ),
    ),
    unless=(
        r"\b(?:to|help you|let yourself) calm down\b",
        r"\bwhat happens\b",
        # advice already
        r"\b(?:try to|try and|need to|should|have to|must) (?:stay|think|be) positive\b",
        r"\b(?:if|whether|how|say|says|said|told|think|hope)\b[^.?!]{0,30}\bget (?:used to|over)\b",
        # what others say, or what the person believes
        r"\b(?:say|says|saying|said|tells?|told|believes?|thinks?|feels?|if|whether|hear|hate)\b[^.?!]{0,30}"
        r"\b(?:happens for a reason|meant to be|will|plan|gives? (?:us|you|people)|better place|good (?:innings|run)"
        r"|healer|heals|positive|strong)\b",
        # why somebody waits; and what the person says of themselves
        rf"\bthere(?:'s| are| is)\b[^.?!]{{0,30}}?\b{_WORSE}\b[^.?!]*\b(?:first|before|seen|wait\w*|longer"
        rf"|priority)\b",
        (
            r"\b(?:feel|feeling|think|thinking|thought|say|saying|said|tell|telling|told)(?: \w+)?(?: that)?"
            r" there(?:'s"
            rf"| are| is)\b[^.?!]{{0,30}}?\b{_WORSE}\b"
        ),
    ),
)
