"""Rules for what takes a person's room to speak away. Precision first: a blocker found wrongly costs a learner a
mark, so every pattern asks for the words that blame, and what looks alike is refused by name.
"""

from __future__ import annotations

from server.core.rules.jargon import SAYS_JARGON
from server.core.rules.judging import JUDGES, SOFTENED
from server.core.rules.minimising import MINIMISES
from server.core.rules.rule import BLOCKING, Rule

_KIN = (
    r"(?:nan|nana|gran|granny|grandma|grandmother|grand?dad|grandpa"
    r"|brother|sister|mum|mother|dad|father|aunt|uncle|auntie|husband|wife)"
)
_ABUSE = (
    r"(?:cow|bitch|hag|old bag|old bat|git|moron|idiot|bastard|wanker|twat|cunt|biddy|moaner|whinger|cry ?baby"
    r"|drama queen|time[- ]?waster)"
)
_SLUR = r"(?:silly|stupid|daft|old|bloody|fat|ugly|mad|crazy|selfish|lazy|miserable|horrible|nasty|grumpy|fucking)"

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
    MINIMISES,
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
    JUDGES,
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
            r"\b(?:it's|it is|that's|this is) (?:just |only |probably )?all in your (?:head|mind|imagination)\b",
            r"\b(?:this|it) (?:isn't|is not) a (?:\w+ ){0,2}hotel\b",
            (
                r"\blet's (?:just )?(?:get|move) on\b(?! (?:top|your|the))|\bwe (?:really )?(?:need to|have to|must)"
                r" (?:get|move) on\b"
            ),
            r"\banyway,? (?:let's|i need to get|moving)\b",
            r"\bi(?:'ve| have) (?:got )?other patients\b",
            r"\bfuck\w*\b|\byou're (?:doing my head in|getting on my nerves|a pain in)\b",
        ),
        unless=(
            SOFTENED,
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
            r"\b(?:say|says|said|saying|told|tell|think|thinks|feel|feels|mean|if|not)\b[^.?!]{0,30}\ball in your \w+",
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
