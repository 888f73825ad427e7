"""Readable rules for what takes a feeling away: cheering on, silver linings, talking somebody out of it."""

from __future__ import annotations

from server.core.rating_rules import EvidenceRule

_BETTER = (
    r"(?:better|ok|okay|alright|all right|fine|work (?:itself |themselves )?out|works out|pass|passes|easier"
    r"|happen|look up"
    r"|turn around|fall into place|be good|improve|change for)"
)
_YOU_WILL = r"\byou(?:'ll| will|'re going to| are going to|'re gonna| are gonna| can and)\b"
_FEEL_BAD = (
    r"(?:discourag\w*|(?:feel |get |let (?:it |this |that )?)?down|sad|upset|worr\w+|anxious|stress\w*|wallow\w*"
    r"|afraid|scared"
    r"|tear you|beat yourself|blam(?:e|ing) yourself|dwell\w*|feel (?:bad|like that|that way|sorry for)|give up"
    r"|so hard on yourself|take it (?:so )?personal\w*|over ?think\w*|think (?:about it|too much|like that)"
    r"|lose (?:sight|hope|heart)|get to you|mad|complain\w*|cry\w*|depress\w*|negative|let it|be like that)"
)

TAKING: tuple[EvidenceRule, ...] = (
    EvidenceRule(
        "cheers_on",
        "promised that it would get better",
        (
            rf"\b(?:it|things?|everything|this|that|life|all)(?:'ll| will| is going to|'s going to|'s gonna"
            rf"| gets?| can only get"
            rf"| always| will only get)\b[^.?!]{{0,20}}\b{_BETTER}\b",
            r"\bbetter (?:days|times|things|spot|opportunit\w+|place|job|one|is coming)\b"
            r"|\bsomething (?:even )?better\b"
            r"|\b(?:brighter|great things|good things)\b",
            _YOU_WILL + r"[^.?!]{0,30}\b(?:better|fine|ok|okay|great|find|figure|get (?:the|it|there|through|a"
            r"|your|another|over)|"
            r"opportunit\w+|succeed|make it|bounce|reward\w*|chances?|certainly|land|be (?:good|happy|glad"
            r"|stronger)|overcome|do it"
            r"|thank)\b|" + _YOU_WILL + r"\W*$",
            r"\bi(?:'m| am) sure (?:that )?(?:you|it|things|everything|something|there)(?:'ll| will| is going"
            r"|'re going)"
            r"|\bi know (?:that )?(?:you|it|things)(?:'ll| will)\b|\brest assured\b|\bi promise\b|\btrust me\b",
            r"\b(?:will|'ll) (?:eventually |soon |all )?(?:pay off|work out|be rewarded|fall into place"
            r"|be worth it)\b",
            r"\b(?:hang in there|you(?:'ve|'ve all)? (?:got|can do) (?:this|it)|(?:stay|be) (?:strong|positive)"
            r"|(?:keep|hold) (?:your"
            r"|ur) head|chin up|head ?up|cheer up|keep (?:going|pushing|at it|fighting|smiling|pressing)"
            r"|never give up)\b",
            r"(?<!if )\b(?:there(?:'ll| will| are| is)|plenty of|many|more) (?:be )?(?:always )?(?:plenty of "
            r"|other |more |lots of )?(?:other "
            r")?(?:opportunit\w+|chances?|jobs|fish)\b|\b(?:your|the right) (?:time|turn|one|job|opportunity"
            r"|day)\b[^.?!]{0,15}\bcome\b|\bworks? out in the end\b|\blook back\b|\bovercome\b|\b(?:one"
            r"|some) ?day\b[^.?!]{0,20}\bwill\b|\bwill be yours\b|\bcan get through\b|\b(?:don't"
            r"|never) give up\b|\bdon't lose (?:hope|faith)\b"
            r"|\b(?:is|are|something|someone|one|jobs|opportunit\w+|place) (?:\w+ )?out there\b|\bnext time\b",
            r"\bwon't (?:always )?(?:be|last|feel|stay)\b[^.?!]{0,25}\b(?:forever|always|long|this way"
            r"|like this)\b|\blight at the end\b|\btoo shall"
            r" pass\b|\bnew day\b|\bsun will\b|\bback on (?:your feet|track)\b|\bfaith\b(?! in you)|\bno doubt\b"
            r"|\bin no time\b|\bdon't lose hope\b",
            r"\b(?:will|'ll|going to|gonna)\b[^.?!]{0,30}\b(?:better|great|well|worth it|succe\w+|happ(?:y|ier)"
            r"|stronger|through this|shine"
            r"|rise|rewarded|work out)\b",
        ),
        unless=(
            r"\b(?:hope|when|until|if|think|listen to)\b[^.?!]{0,25}\bbetter\b(?! (?:days"
            r"|things))",
            r"\blisten\b|\bhelp you\b",
        ),
    ),
    EvidenceRule(
        "silver_lining",
        "looked for the good side of it",
        (
            r"\bat least\b|\bsilver lining\b|\bbright side\b|\bblessings?\b|\bcount your\b|\bfor the best\b"
            r"|\bplus side\b",
            r"\b(?:universe|god|jesus|lord|fate|destiny|karma)\b|\bfor a reason\b|\b(?:not|wasn't"
            r"|isn't) meant to be\b",
            r"\bsomething (?:even )?better\b|\bbetter in (?:store|your future)\b|\bin disguise\b|\bcomeback\b"
            r"|\bdoor\b[^.?!]*\bopen",
            r"\b(?:one|a|the) good (?:thing|news|side|part)\b(?! to (?:think|do|hear))|\b(?:could|can"
            r"|might) (?:always )?be (?:worse"
            r"|a (?:good|great|new|"
            r"positive))\b|\bworse off\b|\bbe (?:grateful|thankful|glad) (?:for|that|you)\b|\blook at it (?:as"
            r"|this way|like)\b|\bleads? to (?:better|something|good)\b|\bglad (?:it|this) happened\b",
            r"\b(?:builds?|building) (?:character|\w*sever\w*|resilience|strength)\b"
            r"|\blearn(?:ing)? (?:from (?:it|this)|experience)"
            r"|\bmakes? (?:you|us) stronger\b|\bopportunity (?:to|for)\b|\b(?:fresh|new) start\b"
            r"|\bnew (?:chapter|beginning|adventure"
            r"|door)\b",
            r"\bnow(?: is|'s) (?:the|your) (?:time|chance)\b|\b(?:maybe|might be|perhaps|could be) (?:it's "
            r"|this is |it is )?(?:a sign"
            r"|time|the push|what you need\w*|a chance|the universe)\b|\bpositives?\b|\bnow you (?:can|have"
            r"|get)\b|\banyway\b|\bchance to\b|\bgood (?:will|can|may|might|could|always) comes?\b"
            r"|\bredirection\b|\bgives? you (?:time|a chance|the)\b|\bfrees? you\b|\btheir loss\b|\bdodged\b",
        ),
        unless=(
            r"\boh (?:my )?god\b|\bmy god\b|\bthank god\b|\bnot a good thing\b|\bstay positive\b"
            r"|\bat least\W*$",
        ),
    ),
    EvidenceRule(
        "talks_out_of_it",
        "told them not to feel it",
        (
            r"\b(?:don't|do not|dont|no need to|no (?:reason|point|use) (?:to|in)|try not to|stop|quit|shouldn't"
            r"|should not|can't just"
            r"|not to)(?: \w+){0,3}? " + _FEEL_BAD + r"\b|\bnot (?:\w+ )?" + r"(?:blame yourself|worry|wallow"
            r"|dwell|tear you)\b",
            r"\bdon't (?:worry|stress|cry|sweat|panic|overthink|dwell|wallow|despair)\b|\bno worries\b"
            r"|\bnever ?mind\b",
            r"\bcalm down\b|\b(?:get|getting) (?:over|past) (?:it|this|that)\b|\bmove (?:on|past)\b"
            r"|\bmoving on\b|\blet (?:it|that|this"
            r"|them)? ?go\b|\bletting go\b|\bsnap out\b|\bbrush it off\b|\bshake it off\b"
            r"|\bforget (?:about )?(?:it|them|that|this)\b",
            r"^\W*(?:oh )?that's (?:alright|all right|ok|okay|fine)\b(?! to| that| if)(?!,? (?:take|you))",
            r"\b(?:not|isn't) (?:that |such |really )*(?:a )?(?:big|bad|the end|(?:that )?big)\b(?: of a)?"
            r"|\bnot worth (?:it|worrying|your)\b",
            r"\b(?:you(?:'re| are) )?(?:over ?react\w*|over ?think\w*|being (?:too |so )?(?:sensitive|dramatic"
            r"|negative))\b",
            r"\bno (?:need|reason|point|use)\b|\bcan't let\b|\b(?:in|inside) your head\b|\baccept (?:it|that"
            r"|this)\b|\bnothing to (?:complain|worry|cry"
            r"|be)\b|\bno big deal\b|\bworry too much\b|\bsorry for yourself\b|\bnot something to be\b"
            r"|\bto heart\b|\b(?:have to|need to|just) (?:just )?deal with it\b|\bbe (?:happy|content"
            r"|satisfied) with\b|\bdefine you\b|\b(?:keep|stay) calm\b|\bworse things\b"
            r"|\byou(?:'re| are) just (?:tired|stressed|being|emotional|upset)\b|\bwhy are you (?:so|even"
            r"|still)\b|\bjust (?:relax|be happy|smile|chill"
            r"|enjoy)\b|\byou(?:'re| are) fine\b",
            r"\b(?:toughen|man|suck it|cheer|lighten) up\b|\bpull yourself\b|\b(?:just|only) an? (?:job"
            r"|promotion|title|phase|bad day"
            r"|setback)\b|\bget (?:right )?back (?:at|up|to) it\b|\bisn't (?:your|the) (?:highest|only|most)\b",
        ),
        unless=(
            r"\byou don't (?:have|need) to\b|\b(?:afraid|scared|shy) to (?:ask|speak|talk|reach|say|try)\b"
            r"|\b(?:hard|difficult|tough|not easy) to let\b|\bdon't feel (?:guilty"
            r"|bad) (?:for|about) feeling\b",
            r"\bi (?:don't|do not|didn't)\b",
            r"\bdon't (?:you )?(?:know"
            r"|think|feel)\W*$",
        ),
    ),
    EvidenceRule(
        "generalises_away",
        "made it everybody's or life's",
        (
            r"\b(?:everyone|everybody|we all|all of us|most people|lots of people|many people|millions"
            r"|people)(?:'s)? (?:\w+ )?(?:feels?"
            r"|goes?|go|has|have|wish\w*|gets?|is|are|life|struggles?|deals?|loses?|experience\w*|want\w*|hates?)\b",
            r"\b(?:most|all|other|many|so many) \w+(?:s|en) (?:\w+ )?(?:are|feel|have|go|do|get|struggle)\b"
            r"|\b(?:these )?things (?:just )?happen\b"
            r"|\bwe've all\b|\bcomes with\b|\bnobody(?:'s| is) perfect\b|\bno one is\b",
            r"\bto (?:everyone|everybody|all of us|the best of us)\b|\bhappens? (?:all the time|a lot|every day"
            r"|sometimes)\b",
            r"(?<!your )(?<!my )\blife (?:is|isn't|just|goes|happens|can be)\b|\b(?:part|way) of (?:life|the"
            r"|being|growing|work|business)\b"
            r"|\bthat's (?:just )?(?:life|business|how|the way|work)\b|\bit is what it is\b|\bwin some\b"
            r"|\bsuch is\b|\bnormal part\b|\bhappens to (?:a lot|many|most|all|us)\b|\bno \w+ is perfect\b"
            r"|\b(?:nobody|no one) (?:likes|has|gets|is|enjoys)\b|\badulting\b"
            r"|\bthe way it (?:is|goes)\b",
            r"\b(?:we|you) (?:can't|can only|only)(?: ever)? (?:control|invest|change)\b|\bonly thing (?:we"
            r"|you) can\b|\bno (?:other )?"
            r"choice\b|\btiming is\b|\b(?:might|may|probably) (?:just|only) be\b|\bjust (?:a )?(?:matter|part"
            r"|setback|temporary)\b",
        ),
        unless=(r"\bnot (?:everyone|everybody|all)\b", r"\blife is (?:\w+ )?(?:upside|falling|a mess)\b"),
    ),
    EvidenceRule(
        "jokes",
        "made a joke of it",
        (
            r"\b(?:ha){2,}h?\b|\bl(?:o+)l\b|\blmao\b|\b(?:just|i(?:'m| am)|only) (?:kidding|joking)\b"
            r"|\bgotta laugh\b|\byay+\b",
        ),
    ),
    EvidenceRule(
        "contradicts",
        "argued with what they had said",
        (
            r"^\W*(?:yes|yeah|yea|yep|right|ok|okay|sure|true|well|i (?:see|understand|agree|know|get (?:it|that)"
            r"|hear you))\b[^.?!]{0,30}"
            r"\bbut\b",
            r"^\W*(?:but|well,? (?:unless|you|it sounds))\b",
            r"\bmaybe (?:you|they|he|she) (?:weren't|were|was|wasn't|had|did|didn't|just|aren't|need)\b",
            r"\bare you sure you\b|\bdid you (?:really|even|actually)\b",
        ),
    ),
)
"""What takes the feeling away."""
