"""Rules for explaining, and for finding out whether the explanation was any good."""

from __future__ import annotations

from server.core.rules.rule import ASKING, BLOCKING, EXPLAINING, Rule

_THING = (
    r"(?:noise|beep\w*|alarm|sound|light|machine|tube|line|drip|mask|pump|monitor|smell|wire|drain|medicine"
    r"|tablets?|pills?|inhaler|injection|test|operation|scan|camera|stent|x-?ray|steroid|antibiotics?|anaesthetic)"
)
_BODY = (
    r"(?:chest|heart|lungs?|body|brain|kidneys?|liver|bowel|skin|blood|temperature|tummy|airways?|fever|belly"
    r"|stomach)"
)
_TAKES = (
    r"(?:take|do|use|give|mix|check|tell|say|remember|look|watch|know|ring|call|change|measure|inject|go|start|stop"
    r"|count|draw|spot)"
)
_WILL = r"(?:'ll| will|'d| would|'re going to| are going to)"
_SHOWN = (
    r"(?:explained|said (?:it|that|this|a lot|everything|all that)|told (?:you )?(?:it|that|everything|this)|taught"
    r"|teached|been clear|made (?:it|that|this|myself) clear|put (?:that|it) (?:right|well|clearly|across)"
    r"|covered everything|missed anything|gone through|done (?:that|it) (?:right|well|properly)|did (?:it"
    r"|that) (?:right|well|properly))"
)

EXPLAINS: tuple[Rule, ...] = (
    Rule(
        "teach_back",
        ASKING,
        "Has the person say or show it in their own words, to check the explanation and not the person.",
        (
            r"\bif your \w+ (?:ask\w*|wants? to know)\b[^.?!]{0,40}?\bwhat (?:would|will) you (?:tell|say)\b",
            r"\byou (?:tell|show) me (?:first|now|back|this time)\b",
            (
                r"\b(?:how (?:many|often|much)|which (?:one|ones|tablets?)|how) (?:will you (?:be )?|are you going to"
                r" (?:be )?)(?:take|taking|use|using|inject|give|giving|do the|do your|do that)\b"
            ),
            (
                r"\b(?:tell|show|talk|explain|say|run)\b[^.?!]{0,25}?\b(?:how|what"
                rf"|when) you(?:{_WILL})? (?:\w+ )?{_TAKES}\b"
            ),
            r"\b(?:tell|say|explain|show|put|describe)\b[^.?!]{0,30}?\bin your own words\b",
            r"\bin your own words\b[^.?!]{0,30}?\b(?:plan|tablets?|take|do|going to|happen next|so far)\b",
            (
                rf"\b{_SHOWN}\b[^?]{{0,80}}?\b(?:(?:can|could|would|will) you (?:\w+ )?(?:tell|show|say|explain"
                r"|repeat|go through|run|talk)|what (?:will|would|are) you|how (?:will|would"
                r"|are) you (?:going to )?(?:take|do|use|give)|tell me|show me)\b"
            ),
            (
                r"\b(?:tell|show|talk|explain|say|repeat)\b[^?]{0,100}\b(?:if|whether|that|know|sure"
                rf"|check) i(?:'ve| have)? {_SHOWN}\b"
            ),
            r"\b(?:say|tell|give|repeat|run|explain|play) (?:it|that|this|the plan) back\b",
            (
                r"\bwhen you(?:'re| are| get) home,? (?:how|what|when) (?:will|would"
                r"|are) you\b[^.?!]{0,20}\b(?:take|do|give|use)\b"
            ),
        ),
        unless=(
            r"\bi(?:'ll| can| could| will)? (?:\w+ )?(?:put|say|write)\b[^.?!]{0,20}\bin your own words\b",
            r"\bwhat (?:the \w+|they|he|she|dr\.? \w+) (?:said|told|explained)\b[^.?!]*",
            (
                r"\bin your own words,? (?:what (?:happened|brought|the doctor|is going on|worries)|how (?:you're"
                r"|are|it)|why)\b"
            ),
            r"\btell (?:me )?(?:how|what|when) you (?:would|'d|will|'ll)? ?(?:like|want|prefer|feel)\b",
            r"\b(?:what|how much|how|when) (?:do )?you (?:already )?know\b|\bwhat you do (?:for|all|at|with)\b",
        ),
    ),
    Rule(
        "asks_if_understood",
        ASKING,
        "Asks whether it was understood, which is answered yes out of politeness.",
        (
            (
                r"\b(?:did|do|have|are) you (?:get|got|getting) (?:all )?(?:of )?(?:that|it|this)\b(?! from)|(?:^"
                r"|[.!?,] ?)got (?:that|it)(?:\W*\?|\W*$)|\byou happy with (?:all )?(?:that|this)\b"
                r"|\bwith me so far\b"
            ),
            (
                r"\b(?<!what )(?:do|did|have) you (?:all )?(?:understand|understood|follow(?: me| that| so far"
                r"|(?=\W*$|[?.,]))|get (?:that|it|me)\b)"
            ),
            (
                r"\b(?:does|did|do|is) (?:\w+ ){1,3}(?:make|making) (?:any )?sense\b|\bam i making sense\b"
                r"|\bmakes? sense\W*\?"
            ),
            (
                r"\b(?<!what )(?<!that )(?<!sure )(?<!know )you (?:understand|follow|get it|get me|with me"
                r"|know what i mean)(?:\W*\?|\W*$)"
            ),
            r"(?:^|[.!?,;] ?)understood(?:\W*\?|\W*$)",
            r"\b(?:any|got any|have any) (?:other )?questions\b",
            r"\bare you (?:all )?(?:following|with me|getting (?:this|that|all))\b",
            r"\bis (?:that|it|this|everything|all that|all of that) (?:all )?clear\b|\bclear so far\b",
            r"[.!;,] ?(?:ok|okay|all right|alright)\?",
        ),
        unless=(r"\bwhat do you (?:understand|get)\b", r"\bwhen (?:you|it)\b[^.?!]{0,20}makes? sense"),
    ),
    Rule(
        "explains",
        EXPLAINING,
        "Says what is happening, or what will happen, in plain words.",
        (
            (
                rf"\b(?:the|that|this|his|her|your) (?:\w+ )?{_THING}(?:'s| is| are)(?: only"
                r"| just)? \w+ing (?:because|so)\b"
            ),
            (
                r"\b(?:that|this)(?:'s| is) (?:just |only )?the (?:\w+ ){1,3}(?:that )?you(?:'re| are| can| might"
                r"| may)? (?:\w+ )?(?:hear\w*|feel\w*)\b"
            ),
            r"\bwhat (?:he|she|they|the \w+)(?:'s|'re| is| are) doing(?: now)? is\b",
            (
                r"\b(?:is|are) (?:something|what|things) (?:that )?we (?:often |usually |always )?(?:see|expect"
                r"|look for)\b"
            ),
            (
                r"\bi(?:'m| am) (?:just )?(?:going to|gonna|about to) (?:put|press|listen|check|feel|clean|take"
                r"|give|start|turn|roll|lift|look|wrap|attach|stick)\b[^.?!]{0,60}?\b(?:it(?:'s| is| will|'ll"
                r"|'ll be)?|so|which|and you|you(?:'ll| will| might| may))\b"
            ),
            r"\ball (?:it|that|this) means\b|\b(?:is|it's) (?:when|where) (?:the|your|a|there)\b",
            (
                r"\b(?:first|then|next|after that|and then),? (?:the \w+(?: \w+)?|somebody|someone|they)(?:'ll"
                r"| will| comes?| takes?| goes?| puts?)\b"
            ),
            (
                r"\bwhat (?:happens|will happen|is going to happen|'s going to happen|we do|we'll do"
                r"|we're going to do|i'll do|i'm going to do|they'll do|they do|is happening"
                r"|'s happening)(?: \w+){0,4}? is\b"
            ),
            (
                r"\b(?:the|that|this|your|his|her|a|an|these|those) (?:\w+"
                rf" )?{_THING}\b[^.?!,]{{0,30}}?(?:(?:\b(?:is|are)|\x27s) (?:only |just )?(?:the|a|an|because|to"
                r"|telling|for|so|what|there|from|how)|\b(?:means?|shows?|tells?|measures?|helps?|gives?|takes?"
                r"|goes|works?|keeps?|stops?|opens?|lets?|just means))\b"
            ),
            (
                r"\b(?:which|this|that|it|word) (?:just |only |simply |really )?means (?:that )?(?:the|your|you|we"
                r"|it|his|her|there|a|an)\b"
            ),
            r"\bin (?:plain|simple|ordinary|normal) (?:words|english|terms)\b|\b(?:to put it|put) (?:simply|plainly)\b",
            (
                r"\b(?:next|after that|afterwards),? (?:we|they|you|the (?:doctor|nurse|porter|surgeon|team"
                r"|anaesthetist|physio))(?:'ll| will|'re going to| are going to|'s going to| is going to)\b"
            ),
            (
                r"\b(?:first|then|now),? (?:they'll|they will|the (?:doctor|nurse|porter|surgeon|team"
                r"|anaesthetist) will|you(?:'ll| will) (?:go|feel|hear|wake|see|be (?:taken|given|asleep|awake)))\b"
            ),
            (
                r"\byou(?:'ll| will| might| may) (?:just )?(?:feel|hear|notice) (?:a|an|some|me|the)\b"
                r"|\bwhen you wake up\b"
            ),
            r"\bthe reason\b[^.?!]{0,50}?\bis (?:that|because)\b|\b(?:how|the way) it works is\b",
            (
                rf"\b(?:his|her|your|the) {_BODY} (?:is|are|goes|works?|makes?|needs?|fights?|has|isn't|gets?"
                r"|can't)\b[^.?!]{0,60}?\b(?:because|so|which|means|to get|to fight)\b"
            ),
            rf"\bbecause (?:your|his|her|the) (?:\w+ )?{_BODY}\b",
        ),
        unless=(
            (
                r"(?:(?:^|[.!?,;] ?)(?:(?:and|so|but|ok|okay|right) )?(?:does|did|do|is|are|was|will|can|could)"
                r"|\b(?:if|what|how|whether)) (?:the|that|this|your|these|it|those) [^.?!]{0,50}"
            ),
            r"\bmeans (?:the world|a lot|so much|everything)\b",
            (
                r"\b(?:know|understand|remember|told|ask\w*|tell me) what (?:happens|will happen|'s happening"
                r"|is happening)\b"
            ),
        ),
    ),
    Rule(
        "talks_at_length",
        BLOCKING,
        "Says over sixty words in one breath, and neither asks nor meets anything.",
    ),
)
