"""Rules for what takes a person's room to speak away. Precision first: a blocker found wrongly costs a learner a
mark, so every pattern asks for the words that blame, and what looks alike is refused by name.
"""

from __future__ import annotations

from server.core.rule import BLOCKING, Rule
from server.core.rules_jargon import SAYS_JARGON

_KIN = (
    r"(?:nan|nana|gran|granny|grandma|grandmother|grand?dad|grandpa"
    r"|brother|sister|mum|mother|dad|father|aunt|uncle|auntie|husband|wife)"
)
_ABUSE = (
    r"(?:cow|bitch|hag|old bag|old bat|git|moron|idiot|bastard|wanker|twat|cunt|biddy|moaner|whinger|cry ?baby"
    r"|drama queen|time[- ]?waster)"
)
_SLUR = r"(?:silly|stupid|daft|old|bloody|fat|ugly|mad|crazy|selfish|lazy|miserable|horrible|nasty|grumpy|fucking)"
_SOFTENED = (
    r"\b(?:don't think|do not think|won't say|not saying|wouldn't say|never said|nobody thinks|who says|feel(?: like)?"
    r"|(?:say|saying|think|thinks|told|mean|worried|afraid)(?: that)?) you(?:'re| are)\b(?: \w+){0,2}"
)
"""Words that hold a judgement off, or lay it in somebody else's mouth."""
_WORSE = r"(?:sicker|iller|poorlier|worse off|(?:a lot |much |far )?worse than)"

TAKING_SPACE: tuple[Rule, ...] = (
    Rule(
        "promises_secrecy",
        BLOCKING,
        "Promises to keep from the team what the team must know.",
        (
            (
                r"\b(?:i |i'll |we |^)(?:won't|will not|shan't|not|don't have to|needn't|am not going to|promise"
                r" not to) "
                r"(?:tell (?:anyone|anybody|them|the|a soul|nobody|on you|your (?:doctor|nurse|surgeon|consultant|gp"
                r"|team))|write (?:it|that|this|any)|record|"
                r"mention (?:it|that|this|any)|say (?:any|a word|nowt|nothing)|put (?:it|that|this|any)|"
                r"pass (?:it|that|this)|report)"
            ),
            r"\bour (?:little )?secret\b",
            r"\bbetween you and me\b",
            (
                r"\b(?:stays?|keep (?:it|this|that)|(?:that|this|it)(?:'s| is| can be)) (?:just )?between (?:us"
                r"|ourselves)\b"
            ),
            r"\bkeep (?:it|that|this) (?:quiet|to myself|a secret)\b",
            r"\bleave (?:it|that|this) out\b(?! for| on| in| here)",
        ),
        unless=(
            r"\b(?:lying|if i said|pretend)\b[^.?!]{0,50}",
            r"\b(?:can't|cannot|couldn't|can not|won't be able to|not able to) (?:promise|keep|leave)\b[^.?!]{0,30}",
            r"\bwon't keep\b[^.?!]{0,30}",
            (
                r"\bi (?:won't|will not) write (?:it|this|that)\W+i(?:'ll| will)? (?:only |just )?write (?:down"
                r" )?(?:only )?"
                r"(?:what you (?:say|said|tell|told)|your words)\b"
            ),
            r"\b[^.?!]{0,40}\b(?:unless|without (?:asking|telling)|other than|apart from|except)\b",
            r"\bbetween us (?:while|when|for)\b",
        ),
    ),
    Rule(
        "premature_reassurance",
        BLOCKING,
        "Says it will be fine before finding out what it is.",
        (
            (
                r"\b(?:don't|no need to|try not to|you (?:don't|mustn't) (?:need|have) to) (?:you )?(?:worry|"
                r"be (?:afraid|scared|frightened|upset|sad))\b"
            ),
            (
                r"\b(?:you'll|you will|you're going to|it'll|it will|it's going to|things will|everything(?:'s|"
                r" is| will)) (?:all )?(?:going to )?(?:be )?(?:just |absolutely |perfectly )?(?:fine|"
                r"all right|alright|ok|okay|great|grand|as right as rain|work out)\b(?! to\b)"
            ),
            (
                r"\b(?:you'll|you will|it'll|it will|things will) (?:be|feel|get) (?:much |a lot )?better\b(?! if|"
                r" off| when)"
            ),
            r"\b(?:nothing|no reason) to (?:worry|be (?:afraid|scared|frightened)|fear)\b",
            (
                r"\bi(?:'m| am) sure (?:that )?(?:you|it|everything|they|things|he|she)"
                r"(?:'ll| will|'re going to|'s going to| is going to| can| would|'s nothing|'s fine)\b"
            ),
            r"\bbe as right as rain\b",
            r"\bi promise (?:you )?(?:it|everything|you(?:'ll|'re| will| are))\b",
        ),
        unless=(
            (
                r"\b(?:don't|no need to|don't have to|don't need to) worry(?:,? (?:about (?:the (?:time|noise"
                r"|mess|others)|"
                r"me|rushing|saying|how)|take|there's no rush|no rush|i've (?:got )?time|i'll (?:wait|stay|sit)))"
            ),
            r"\b(?:hope|whether|check|make sure|see) (?:that )?(?:you|it|everything|things)(?:'ll)?\b[^.?!]{0,30}",
            r"\b(?:if|until) (?:you'll|you will|it'll|it will|everything)\b[^.?!]{0,20}",
            r"\b(?:can't|cannot|couldn't|won't|not going to|wouldn't) (?:promise|say|pretend|tell)\b[^.?!]{0,40}",
        ),
    ),
    Rule(
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
            (
                rf"\bthere(?:'s| are| is) (?:(?:far|much|a lot of|lots of|plenty of) )?{_WORSE} (?:people|patients"
                rf"|children)\b"
                rf"|\bthere(?:'s| are| is) (?:people|patients|children|others) (?:\w+ ){{0,3}}?{_WORSE}\b"
            ),
        ),
        unless=(
            r"\b(?:to|help you|let yourself) calm down\b",
            r"\bwhat happens\b",
            # why somebody waits; and what the person says of themselves
            rf"\bthere(?:'s| are| is)\b[^.?!]{{0,30}}?\b{_WORSE}\b[^.?!]*\b(?:first|before|seen|wait\w*|longer"
            rf"|priority)\b",
            (
                r"\b(?:feel|feeling|think|thinking|thought|say|saying|said|tell|telling|told)(?: \w+)?(?: that)?"
                r" there(?:'s"
                rf"| are| is)\b[^.?!]{{0,30}}?\b{_WORSE}\b"
            ),
        ),
    ),
    Rule(
        "advises",
        BLOCKING,
        "Tells the person what to do.",
        (
            r"\byou (?:should|need to|must|ought to|have to|'ve got to|'d better)\b",
            (
                r"\bhave you (?:tried (?!to\b|it\b|them\b|your\b)|thought (?:of|about) (?!how|what|who|why|where"
                r"|when|whether|harm|hurt|kill|suicid|end\w* (?:it|your)|tak\w+ your))"
            ),
            (
                r"\bwhy don't you (?:just )?(?:ring|call|try|get|go|ask|move|join|take|have|phone|sit|come|watch"
                r"|read|tell|"
                r"put|see|eat|drink|use|let|make)\b(?![^.?!]*any ?more)"
            ),
            r"\byou(?:'d| had) (?:better|best)\b|\byou(?:'ve| have) got to (?!be\b|have\b|feel\b)\w",
            r"\b(?:just )?try (?:to|and)\b",
            r"\bmake sure (?:you|to)\b",
            r"\bif i (?:were|was) you\b",
            r"\bmy advice\b",
            r"\bit(?:'d| would) be best (?:if|to)\b",
        ),
        unless=(
            # what must be so is a guess, not an order: `you must be lonely`
            (
                r"\byou (?:must|have to) (?:really |just |still |all )?(?:be|have|feel|miss|get|think|find|hate"
                r"|wish|wonder|"
                r"worry|want|dread|know|love)\b"
            ),
            (
                r"\byou (?:should|need to|ought to|must|have to) (?:know|understand|be (?:proud|told|able|treated"
                r"|heard)|"
                r"feel|see)\b"
            ),
            r"\byou (?:should|shouldn't|should not) (?:not )?(?:have|'ve)\b",
            r"\byou (?:don't|do not) (?:have|need) to\b",
            r"\b(?:no law says|nobody says|no one says|law that says) (?:that )?you (?:have to|must|need to|should)\b",
            (
                r"\byou (?:need|have|ought) to (?:stop(?=\W*$|[.,!?]|,? please| now| closing| and (?:count|look))"
                r"|wait (?:for"
                r" the count|until)|recount|count again|hold (?:on|off))"
            ),
            (
                r"\b(?:do|did|will|would|when|if|what|anything|something|everything|whatever|how|why|which|where"
                r"|who|sorry|"
                r"all|do you (?:think|feel|reckon)) (?:that )?you (?:should|need to|must|ought to|have to)\b"
            ),
            (
                r"\b(?:i|i'll|i will|i'd|we|we'll|they|let me|let's|you|to|can|could|did|was|will) (?:\w+ )?"
                r"(?:try (?:to|and)|make sure)\b"
            ),
            r"\btry and (?:help|find)\b",
            r"\bwould it be best\b",
        ),
    ),
    Rule(
        "elderspeak",
        BLOCKING,
        "Speaks to an adult as to a child.",
        (
            (
                r"\b(?:sweetie|sweetheart|dearie|darling|poppet|young lady|good girl|good boy|bless (?:her|him)|"
                r"aw+,? bless|poor (?:thing|dear|old)|honey|my lovely|my dear)\b"
            ),
            r"\bhow are we\b(?! (?:going|for|off))",
            r"\bare we (?:feeling|being|ready for (?:our|bed)|all (?:done|tucked|comfy))\b",
            r"\b(?:shall|can|will|do|did) we (?:have|take|eat|need|pop|go) (?:our|to the loo|a little)\b",
            r"\bhave we (?:had|been|eaten|taken) (?:our|your|a|all|to)\b",
            r"\b(?:let's|shall we) pop\b",
            r"\bpop our\b",
            r"\bour (?:tablets|medicine|bath|pills)\b",
            r"\bthere,? there\b(?!')(?! (?:is|are|was|were|you))",
            r"\bnaughty\b",
        ),
        unless=(
            r"\bgood (?:girl|boy) guide\b",
            r"\b(?:with|and|some|the|of) honey\b",
            r"\b(?:the|a|that|this) young lady\b",
        ),
    ),
    Rule(
        "self_focus",
        BLOCKING,
        "Turns the talk to themselves.",
        (
            (
                rf"\bmy (?:own )?(?:{_KIN}|friend) (?:was|is|had|has|did|died|went|felt|lives?|always|fell|broke|gets?|"
                r"says?|said|used|lost|just|hates?|loved?|\w{2,}ed)\b"
            ),
            rf"\b(?:like|as|of) my (?:own )?{_KIN}\b",
            r"\bi remember when (?:i|my)\b",
            (
                r"\bwhen (?:i was (?:a |your age|little|young|ill|in hospital|pregnant|lonely|depressed)|it happened"
                r" to me)"
            ),
            r"\bme too\b",
            r"\bsame here\b",
            r"\bi(?:'ve| have) (?:been through (?:that|it|the same)|had (?:the same|that too))\b",
            r"\bi(?:'m| am) (?:so |really |too )?(?:busy|rushed|run off my feet)\b",
        ),
        unless=(r"\b(?:tell|call|for|to|with|ask|give|show|from|let) me too\b",),
    ),
    Rule(
        "judges",
        BLOCKING,
        "Blames or passes judgement.",
        (
            (
                r"\b(?:why|who) (?:on earth|the hell)\b|\bwhy (?:didn't you(?! (?:like|enjoy|want|feel))"
                r"|haven't you|on earth|don't you ever)\b"
            ),
            r"\bwhy (?:would you (?:do|say|want|even)|did you (?:not|do that|leave|let|wait|ignore|hide|lie))\b",
            r"\byou should(?:n't| not)?(?: have|'ve) (?!an?\b|your\b|the\b|been\b|some|more\b|to\b|got\b|had\b)\w",
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
            r"\byou people (?:never (?:listen|learn|think|help|wait|stop)|always (?:want|complain|moan|expect"
            r"|think))\b",
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
            _SOFTENED,
            (
                r"\b(?:not|nobody|no one|don't think|think|thinking|feels? like|say|saying|if)\b[^.?!]{0,20}?your"
                r" (?:own )?fault\b"
            ),
        ),
    ),
    SAYS_JARGON,
    Rule(
        "dismisses",
        BLOCKING,
        "Rude, impatient, or sends the matter away.",
        (
            r"\bshut (?:up|it|your (?:mouth|face|gob|trap))\b",
            r"\b(?:piss|sod|bugger|naff|clear) off\b|\bget lost\b|^\W*go away\b|\bgo away you\b"
            r"|(?<!sorry )(?<!when )(?<!if )(?<!that )(?<!what )\bi said go away\b",
            rf"\byou(?:'re| are)?,? (?:(?:an?|such|right|real|proper|total|complete|{_SLUR}) )*{_ABUSE}\b",
            rf"\b{_SLUR} (?:old )?(?:woman|man|cow|bag|bat|fool|sod)\b",
            (
                r"\byou(?:'re| are) (?:being |so |just |really |a |an |such )*(?:stupid|idiot|pathetic|ridiculous)\b"
                r"|\bdon't be (?:so )?(?:stupid|ridiculous|pathetic)\b"
            ),
            (
                r"\bthat's (?:just |a load of |all |really |so |very )?(?:stupid|pathetic|nonsense|rubbish)\b|\bwhat"
                r" (?:a load of"
                r" )?nonsense\b"
            ),
            r"\bhurry up\b",
            (
                r"\bi (?:really |just )?(?:don't|do not|couldn't|could not) (?:really |actually )?"
                r"(?:care|give a (?:damn|toss|monkey|shit|fuck|crap))\b(?! (?:how long|if (?:i|it|we)|who|what"
                r" (?:time|any|they|other)))"
            ),
            r"\bwho cares\W*$|\bwho cares (?:about|if|what)\b",
            r"\bi (?:just |really )?(?:can't|cannot|can not|couldn't) be (?:arsed|bothered)\b",
            r"\bbloody hell,? (?:woman|man|you|not again|what now)\b",
            r"\bfor (?:god|christ|pete|heaven|fuck)'s sake\b",
            r"\b(?:you're|you are|stop) (?:just |only )?wasting\b|\bwaste of my time\b",
            r"\bget a grip\b(?! (?:on|of))|\bpull yourself together\b|\bman up\b|^\W*grow up\b|\bgive it a rest\b",
            r"\bstop being (?:such |so |silly|difficult|a baby|a child|dramatic)",
            r"\bi (?:don't|haven't|do not|have not) (?:have|got) (?:the )?time\b|\bi don't want to hear (?:it|about)\b",
            r"\bhaven't got all (?:day|night)\b",
            r"\bnot my (?:job|problem)\b|\bthat's your problem\b|^\W*so what\W*$",
            (
                r"(?<!can.t )(?<!cant )(?<!cannot )(?<!couldn.t )(?<!you )\bstop (?:your )?"
                r"(?:crying|moaning|complaining|fussing|whinging|whining)\b|(?:^|[,.!] )stop it\b"
            ),
            (
                r"(?:^|[.!?] )\W*(?:(?:yeah|yes|oh|well|ok|okay|fine|right)\W+)*whatever\W*(?:love|mate|then)?\W*(?:$"
                r"|[.!?])"
            ),
            r"\bget over it\b",
            (
                r"\blet's (?:just )?(?:get|move) on\b(?! (?:top|your|the))|\bwe (?:really )?(?:need to|have to|must)"
                r" (?:get|move) on\b"
            ),
            r"\banyway,? (?:let's|i need to get|moving)\b",
            r"\bi(?:'ve| have) (?:got )?other patients\b",
            r"\bfuck\w*\b|\byou're (?:doing my head in|getting on my nerves|a pain in)\b",
        ),
        unless=(
            _SOFTENED,
            r"\b(?:no need to|don't|to|them) hurry up\b",
            (
                r"\b(?:i|we|he|she|they|me|i'll|we'll|i've|let's)(?: (?!said|say|told|mean|wish|want|think"
                r"|you)\w+){0,2}?"
                r" shut it\b"
            ),
            (
                r"\b(?:don't|do not|never|nobody|no one|who|if you|do you)(?: \w+){0,2}? (?:thinks?|says?|said"
                r"|thought|feel)"
                r"(?: that)? that's \w+(?: \w+)?"
            ),
            r"\b(?:to|you|can't|never) get over it\b",
            r"\bi (?:haven't|don't) (?:got|have) (?:the )?time[^.?!]{0,40}\bbut i(?:'ll| will| can)\b",
        ),
    ),
    Rule(
        "topic_switch",
        BLOCKING,
        "Leaves a cue lying and goes to something else.",
    ),
    Rule(
        "interrupts",
        BLOCKING,
        "Starts to speak while the person is still speaking.",
    ),
)
