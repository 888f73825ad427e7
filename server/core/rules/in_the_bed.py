"""Rules for what a learner who plays the patient tells, keeps back and will not put up with.

A patient who says `I am fine` has shut a door, and one who says `that is not what I asked` has knocked at it: both are
what the learner is here to feel from the other side, so both are moves.
"""

from __future__ import annotations

from server.core.rules.rule import AS_PATIENT, Rule

_FIRST = (
    r"^\W*(?:(?:no|nah|nope|oh|well|yeah|yes|ok|okay|um|uh|er|erm|ah|thanks|thank you|honestly|really|but|so|doctor"
    r"|nurse"
    r"|sorry)\W+)*"
)
_WELL = r"(?:fine|all right|alright|ok|okay|good|grand)"
_SICK = (
    r"(?:bulge|bump|growth|mole|blood(?! (?:test|pressure|result|sugar|group|form|cells?|taken|done))|bleeding|bled"
    r"|lumps?|pains?|aches?"
    r"|aching"
    r"|\w*aches|headaches?|cough|coughing|rash|itch\w*|swelling|swollen|swells|fever|diarrhoea|the runs|sick|sickness"
    r"|vomit\w*"
    r"|throwing up|dizz\w+|faint\w*|blackouts?|breathless\w*|short of breath|numb\w*|tingling|discharge|constipat\w*"
    r"|palpitations|cramps?|sweats?|sweating|heartburn|weak\w*|shak(?:y|ing|es)|tired|exhausted|wheez\w*|sores?|sore"
    r"|ulcers?|bruis\w+|weight|appetite|accidents?|nightmares?|thoughts|voices|tightness|burning|fits?|falls?|nause\w+)"
)
_PLACE = (
    r"(?:back|chest|stomach|tummy|belly|head|leg|legs|knee|knees|hip|arm|hand|hands|feet|foot|throat|heart|breast"
    r"|bowels?"
    r"|waterworks|eye|eyes|ear|skin|neck|shoulder|wound|scar|joints?|bottom|back passage|periods?|stools?|poo|wee"
    r"|urine|water|memory|hearing|sight)"
)
_NEAR = (
    r"(?:mum|mam|mom|dad|mother|father|brother|sister|husband|wife|partner|son|daughter|gran|nan|grandad|aunt|uncle"
    r"|cousin"
    r"|family|boss|kids|children|gp|doctor|girlfriend|boyfriend)"
)

IN_THE_BED: tuple[Rule, ...] = (
    Rule(
        "closes_down",
        AS_PATIENT,
        "As the patient: says that it is nothing, and tells no more.",
        (
            (
                rf"{_FIRST}(?:i(?:'m| am)|it(?:'s| is)|everything(?:'s| is)) (?:(?:all|really|just|absolutely|quite"
                rf"|perfectly|doing) )*{_WELL}\b(?! (?:with|to|for|if|when|about|at|in|on|but|until|apart|except"
                r"|one)\b)"
            ),
            rf"{_FIRST}(?:fine|whatever|nothing|nothing (?:else|really|much))(?=\W*$|[.,!])",
            (
                r"\bwhatever you (?:say|think)\b|\bif you say so\b|\b(?:no,? )?that(?:'s| is) (?:all|it"
                r"|everything)(?=\W*$)"
            ),
            (
                r"\b(?:it(?:'s| is| was)|that(?:'s| is)) (?:really |just |probably |honestly )?(?:nothing|not important"
                r"|no big deal|not worth (?:it|talking|bothering|mentioning))\b(?! (?:like|but|to do|new)\b)"
            ),
            r"\bnever mind\b(?! (?:the|that|about|if|what)\b)|\bforget (?:it|(?:that )?i (?:said|asked|mentioned))\b",
            r"\b(?:it )?(?:doesn't|does not|didn't|don't) matter\b(?! (?:how|what|which|when|who|if|to)\b)",
            (
                r"\bi (?:don't|do not|didn't) (?:really )?(?:want to|wanna|feel like) (?:talk\w*|say\w*|discuss\w*"
                r"|go\w* into"
                r"|think\w*|answer\w*)\b|\bi(?:'d| would) (?:rather|prefer) not (?:say|talk|discuss|go|to)\b"
            ),
            (
                r"\b(?:it|that|this) can wait\b|\b(?:let's|i'll|just|please) (?:just )?(?:leave|drop) it\b|\bno"
                r" (?:more )?questions\b"
                r"|\b(?:nothing|not) (?:for you )?to worry (?:you )?about\b|\b(?:don't|do not) worry about (?:it|me)\b"
                r"|\bi(?:'ll| will) (?:manage|cope|be (?:fine|all right|ok|okay))\b"
                r"|\bi (?:don't|didn't) want to (?:bother|trouble|waste|be a (?:bother|nuisance))\b"
                r"|\bthere(?:'s| is) nothing (?:to (?:tell|say)|else|wrong|the matter)\b|\bi(?:'d| would) rather"
                r" (?:leave|keep)\b|\bi shouldn't have (?:said|come|bothered|mentioned|asked)\b"
            ),
        ),
        unless=(r"\b(?:not|never|hope|if|whether|say|saying|said|told (?:me|them)|think) (?:that )?i(?:'m| am)\b",),
    ),
    Rule(
        "protests",
        AS_PATIENT,
        "As the patient: objects to not being heard, believed or answered.",
        (
            (
                r"\byou(?:'re| are)(?: just| really| still)? not (?:even |really )?(?:listening|hearing|answering"
                r"|looking|taking"
                r"|letting|understanding)\b|\b(?:nobody|no one|none of you)(?: here)?(?: is|'s|'ll| ever| will)?"
                r" (?:listens?|listening|believes?|tells? me|hears?)\b"
            ),
            (
                r"\byou (?:don't|do not|didn't|did not|haven't|have not|won't|never|aren't|hardly|barely) (?:even "
                r"|really |once"
                r" )?(?:listen\w*|understand|hear\w*|heard|let|answer\w*|ask(?:ed)?(?! me to)|look\w*|believe\w*|care"
                r"|get it)\b"
            ),
            (
                r"\b(?:that|this|it)(?:'s not| is not| isn't|'s never|'s not at all) (?:what i (?:said|asked|meant"
                r"|told|came)"
                r"|my question|the question|why i)\b|\bi (?:didn't|did not|never) (?:say|ask|said|asked) (?:that|for"
                r" that)\b"
            ),
            (
                r"\bi(?:'ve| have)? (?:just|already) (?:told|said|asked|explained|answered)\b|\bi(?:'ve| have)?"
                r" (?:told|said"
                r"|asked|explained|been asked)(?: you| them| him| her| it| that| this| so| all)* (?:already|twice"
                r"|(?:two|three|four"
                r"|\w+teen|a hundred|so many|a million) times|before|again|now)\b"
            ),
            (
                r"\b(?:you|they) (?:all )?(?:just )?keep (?:interrupting|talking|saying|asking|cutting|typing|looking"
                r"|telling"
                r"|changing|ignoring)\b|\bstop (?:interrupting|talking over|telling me|saying)\b"
            ),
            (
                r"\b(?:let|allow) me (?:just )?(?:to )?(?:finish|speak|talk|explain|get a word)\b(?! (?:to|with)"
                r" (?:the|my|your))"
            ),
            (
                r"\byou(?:'re| are) (?:just |only |always )?(?:talking over|interrupting|rushing|ignoring|patronising"
                r"|typing"
                r"|looking at (?:that|the|your)|talking down|fobbing|not being)\b"
            ),
            (
                r"\b(?:don't|do not|stop|please don't) (?:talk\w*|speak\w*|treat\w*|look\w*)(?: \w+){0,2}? (?:like|as"
                r" if|as though)"
                r"\b|\b(?:don't|stop) patroni\w+|\bare you (?:even |actually )?listening\b|\bdid you (?:even )?hear"
                r" (?:what|me)\b"
            ),
            (
                r"\bi (?:wasn't|hadn't|haven't|have not|was not|'m not) finished\b|\bhow (?:would|can|could) you know\b"
                r"|\bwhat did i just say\b|\byou (?:\w+ )?(?:talk|talked|talking) over me\b|\bno\W+i said\b|\bi(?:'m|"
                r" am) (?:not (?:stupid|a child|deaf|making it up|just a|a number|an"
                r" idiot)"
                r"|sitting right here|still talking)\b"
            ),
        ),
    ),
    Rule(
        "discloses",
        AS_PATIENT,
        "As the patient: states a symptom, or something that was kept back.",
        (
            (
                r"\bi(?:'ve| have)? (?:been|had|got|have|get|getting|having|keep|noticed|seen|found|felt|feel|passed"
                r"|passing"
                r"|coughing|losing|lost|started|woke up|wake up)(?: (?!no\b|not\b|any\b|never\b|a cup\b)\w+){0,4}?"
                rf" {_SICK}\b"
            ),
            (
                r"\bi(?:'m| am|'ve been| have been) (?:\w+ ){0,2}?(?:passing|coughing|losing|bleeding|vomiting"
                r"|throwing|wetting"
                r"|getting)\b[^.?!]{0,30}"
            ),
            rf"\bi(?:'ve| have)? (?:\w+ )?(?:have|had|got)? ?pains? in (?:my|the) {_PLACE}\b",
            rf"\bthere(?:'s| is| was|'s been| has been)(?: been)?(?: (?!no\b|not\b)\w+){{0,4}}? {_SICK}\b",
            (
                r"\bit (?:\w+ )?(?:hurts|aches|bleeds|stings|burns|throbs|itches)\b|\bmy (?:\w+ )?"
                rf"{_PLACE}(?:'s| is| are|'ve been| has been| have been| keeps?| feels?)? (?:\w+ ){{0,2}}?(?:hurts?"
                r"|aches?|swells?"
                r"|killing|sore|aching|hurting|swollen|bleeding|numb|bad|tight|worse|going|gone|turned|black|dark|red"
                r"|yellow)\b"
            ),
            (
                r"\bi(?:'ve| have)? lost (?:about |nearly |over |almost |like )?(?:weight|my appetite|(?:an? |\w+"
                r" )?(?:stone|pounds"
                r"|kilos?|kg)|\w+ and a half stone)\b|\bi (?:really )?(?:can't|cannot|can not|couldn't) (?:\w+"
                r" )?(?:sleep|eat|swallow|keep"
                r"|feel my|move|pee|wee|hold|taste|bend|lift|climb|remember|walk)\b"
                r"|\bi (?:haven't|have not|'ve not) (?:\w+ )?(?:slept|eaten|been able|been sleeping|been eating|been"
                r" right)\b"
            ),
            (
                r"\bi(?:'ve| have)?(?:n't| not| never| haven't| have not| didn't| did not) (?:\w+ )?(?:told|tell|said"
                r"|spoken"
                r"|mention(?:ed)?|shown) (?:\w+|a soul|my \w+)\b|\b(?:nobody|no one)(?: \w+){0,3}? knows\b"
                rf"|\b(?:he|she|they|my {_NEAR}) (?:doesn't|don't|does not|do not) know(?=\W*$|[.,!]| i\b| i'm| that|"
                r" about| any| this)"
                rf"|\b(?:please )?(?:don't|do not) tell (?:my {_NEAR}|him|her|them)\b"
            ),
            (
                r"\bi(?:'ve| have)? (?:been )?(?:hid(?:e|ing|den)|lied|lying)\b|\bi(?:'ve| have)? (?:just )?(?:stopped"
                r"|given up"
                r"|been (?:skipping|missing|halving|cutting|drinking|smoking|using|taking (?:extra|more|too|less|half"
                r"|some)))\b"
                r"|\bi(?:'ve| have)? (?:not|haven't|have not|don't|do not|didn't|did not|only|never) (?:been )?(?:\w+"
                r" )?(?:tak(?:e|ing|en)"
                r"|took|had|have) (?:\w+ )?(?:half|any of|them|the tablets|my (?:tablets|medicine|medication|insulin"
                r"|inhaler|pills))\b"
            ),
            (
                r"\bi (?:do )?(?:drink|smoke|use|have) (?:\w+ ){0,3}?(?:a (?:day|night|week)|every (?:day|night)"
                r"|cannabis|weed|drugs"
                r"|wine|vodka|whisky|beer|cans|bottle\w*)\b|\bi take (?:\w+ ){0,3}?(?:extra|too many|my (?:husband"
                r"|wife|mum|dad)'s)\b|\btaking (?:my \w+'s|somebody|someone|his|her|other people)\b"
            ),
            (
                r"\bthe truth is\b|\bto tell (?:you )?the truth\b|\bthe real reason\b|\bi (?:should|need to|have to"
                r"|ought to)"
                r" (?:probably )?(?:say|mention|tell you|admit|confess)\b|\bthere(?:'s| is) something (?:else|i)\b"
                rf"|\bmy {_NEAR} (?:died of|died from|had|has) (?:\w+ )?(?:it|cancer|a stroke|a heart attack|the"
                r" same)\b"
            ),
        ),
        unless=(
            (
                rf"\b(?:no|not|any|never|without|haven't|don't|isn't|if|when did|fear of|scared of)(?: \w+){{0,4}}?"
                rf" {_SICK}\b(?! since)"
            ),
            r"\b(?:before|until|unless|in case) (?:i|it|my|there)\b[^.?!]*",
        ),
    ),
)
