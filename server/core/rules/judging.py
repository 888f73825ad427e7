"""Rules for blaming a person or passing judgement on them. Fear of being to blame, said back, is no blame."""

from __future__ import annotations

from server.core.rules.rule import BLOCKING, Rule

SOFTENED = (
    r"\b(?:don't think|do not think|won't say|not saying|wouldn't say|never said|nobody thinks|who says|feel(?: like)?"
    r"|(?:say|saying|think|thinks|told|mean|worried|afraid)(?: that)?) you(?:'re| are)\b(?: \w+){0,2}"
)
"""Words that hold a judgement off, or lay it in somebody else's mouth."""

JUDGES = Rule(
    "judges",
    BLOCKING,
    "Blames or passes judgement.",
    (
        (
            r"\b(?:why|who) (?:on earth|the hell)\b|\bwhy (?:didn't you(?! (?:like|enjoy|want|feel))"
            r"|haven't you|on earth|don't you ever)\b"
        ),
        r"\bwhy (?:would you (?:do|say|want|even)|did you (?:not|do that|leave|let|wait|ignore|hide|lie))\b",
        r"\byou (?:really |just |perhaps )?should(?:n't| not)?(?: have|'ve) "
        r"(?!an?\b|your\b|the\b|been\b|some|more\b|to\b|got\b|had\b)\w",
        (
            r"\bthat was (?:very |really |a bit )?(?:silly|stupid|foolish|dangerous|irresponsible|daft)\b"
            r"(?! of (?:me|them|us))"
        ),
        (
            r"\byou(?:'re| are) being (?:so |very |really |a bit |just )?(?:difficult|silly|daft|stubborn"
            r"|rude|awkward|"
            r"unreasonable|selfish|childish|ridiculous|lazy|a pain|a baby|hard work)\b"
        ),
        r"\bhow could you (?:just |even )?(?:do|let|leave|sit|be so|not|say|forget)\b",
        r"\byou people (?:never (?:listen|learn|think|help|wait|stop)|always (?:want|complain|moan|expect|think|say|lie"
        r"|blame|come back))\b",
        (
            r"\byou(?:'ve| have)? (?:brought|done|did) (?:all )?(?:this|it|that) (?:all )?(?:on|to) yourself\b"
            r"|\byou(?:'ve| have)? only (?:got |have )?yourself to blame\b"
        ),
        r"\b(?:stop|always) making excuses\b|\bnot (?:really |much of )?an excuse,? (?:though|is it)\b",
        r"\bwhy did you (?:\w+ ){1,4}again\b",
        r"\bi (?:can't|cannot) believe (?:that )?you(?:'ve)? (?:left|let|did|didn't)\b",
        r"\bwhat (?:did|do) you expect\W*$|\bif that's what you(?:'re| are) after\b",
        r"\byou never (?:listen|learn|think|try|do as|do what|help|press|use)\b",
        (
            r"\byou(?:'re| are)? always (?:make|making|moan|complain|forget|want|ringing|mess|late|arguing"
            r"|fuss|refus|"
            r"so (?:difficult|stubborn))"
        ),
        r"\byou(?:'re| are) (?:just |so |really )?(?:difficult|stubborn|silly|daft)\b",
        r"\b(?:it's|that's|it is|that is|it was) (?:all )?your (?:own )?fault\b",
    ),
    unless=(
        SOFTENED,
        (
            # denied, or the person's own fear of it, said back
            r"\b(?:not|nobody|no one|don't think|think|thinking|thought|feels? (?:like|as)|say|saying|if|whether"
            r"|afraid|scared|frightened|worr\w+|fear\w*|believ\w+|wonder\w*|convinced|blam\w+|guilty)\b"
            r"[^.?!]{0,30}?(?:your (?:own )?fault|(?:on|to) yourself)\b"
        ),
    ),
)
