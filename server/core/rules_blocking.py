"""Rules for what takes a person's room to speak away. Precision first: a blocker found wrongly costs a learner a
mark.
"""

from __future__ import annotations

from server.core.rule import BLOCKING, Rule

TAKING_SPACE: tuple[Rule, ...] = (
    Rule(
        "promises_secrecy",
        BLOCKING,
        "Promises to keep from the team what the team must know.",
        (
            r"\b(?:i )?(?:won't|will not|don't have to|needn't|shan't) (?:tell|write|record|mention|say|put)\b",
            r"\bour (?:little )?secret\b",
            r"\bbetween you and me\b",
            r"\b(?:stays?|just|is|that's|it|that|this|be) between (?:us|ourselves)\b",
            r"\bkeep (?:it|that|this) (?:quiet|to myself|a secret|between)\b",
            r"\bleave (?:it|that) out\b",
        ),
        unless=(r"\b(?:can't|cannot|couldn't|can not|not able to) (?:promise|keep|leave)\b[^.?!]{0,30}",),
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
                r" is| will)|that'll) (?:all )?(?:going to )?(?:be )?(?:just |absolutely |perfectly )?(?:fine|"
                r"all right|alright|ok|okay|great|grand|better|as right as rain|work out)\b"
            ),
            r"\bnothing to (?:worry|be (?:afraid|scared|frightened)|fear)\b",
            r"\bi(?:'m| am) sure (?:you|it|everything|they|that)\b",
            r"\bbe as right as rain\b",
            r"\bi promise (?:you )?(?:it|you|everything)\b",
        ),
    ),
    Rule(
        "minimises",
        BLOCKING,
        "Makes it smaller than it is to the person.",
        (
            r"\bat least\b",
            r"\b(?:it )?could(?:'ve| have)? be(?:en)? (?:a lot )?worse\b",
            r"\b(?:it's|that's|it is|that is) (?:only|just|not (?:that|so)) (?:a |an )?\w+",
            r"\beveryone (?:feels|gets|goes|has)\b",
            r"\b(?:plenty|lots) of people\b",
            r"\bdon't be (?:silly|daft|like that)\b",
            r"\bcheer up\b",
            r"\blook on the bright side\b",
            r"\bit happens\b",
            r"\bcalm down\b",
            r"\byou(?:'re| are) (?:being )?(?:over(?:reacting|sensitive)|dramatic)\b",
            r"\bnot a big deal\b",
        ),
        unless=(
            r"\bat least (?:once|twice|two|three|one|an?|until|for)\b",
            r"\bit's just (?:me|us|that)\b",
            r"\bnot (?:that|so) (?:daft|silly)\b",
        ),
    ),
    Rule(
        "advises",
        BLOCKING,
        "Tells the person what to do.",
        (
            r"\byou (?:should|need to|must|ought to|have to|'ve got to|'d better)\b",
            r"\bhave you (?:tried|thought (?:of|about))\b",
            r"\bwhy don't you\b",
            r"\byou(?:'d| had) (?:better|best)\b",
            r"\b(?:just )?try (?:to|and)\b",
            r"\bmake sure (?:you|to)\b",
            r"\bif i were you\b",
            r"\bmy advice\b",
            r"\bit(?:'d| would) be best (?:if|to)\b",
        ),
        unless=(
            r"\byou (?:must|have to) (?:be|have|feel|miss)\b",
            r"\byou (?:don't|do not) (?:have|need) to\b",
            r"\b(?:do|did|will|would|when|if|what) you (?:should|need to|must|ought to|have to)\b",
            r"\btry and (?:help|find)\b",
        ),
    ),
    Rule(
        "elderspeak",
        BLOCKING,
        "Speaks to an adult as to a child.",
        (
            (
                r"\b(?:sweetie|sweetheart|dearie|darling|poppet|young lady|good girl|good boy|bless (?:you|her|"
                r"him)|poor (?:thing|dear|old)|honey|my lovely|my dear)\b"
            ),
            r"\bhow are we\b",
            r"\bare we (?:all |feeling |ready|being)",
            (
                r"\b(?:shall|have|did|do|can|will) we (?:had|have|had|be|been|eat|eaten|take|taken|need|"
                r"pop) (?:our|a little|all|your|the loo)?"
            ),
            r"\bpop (?:your|our|on)\b",
            r"\bour (?:tablets|medicine|dinner|tea|bath|pills)\b",
            r"\bthere,? there\b",
            r"\bnaughty\b",
        ),
    ),
    Rule(
        "self_focus",
        BLOCKING,
        "Turns the talk to themselves.",
        (
            (
                r"\bmy (?:own )?(?:nan|gran|granny|grandma|grandmother|grandad|mum|mother|dad|father|aunt|uncle|"
                r"auntie|friend|husband|wife)\b"
            ),
            r"\bi remember when (?:i|my)\b",
            r"\bwhen (?:i was|it happened to me)\b",
            r"\bme too\b",
            r"\bsame here\b",
            r"\bi(?:'ve| have) (?:been|had) (?:through|that|the same)\b",
            r"\bi(?:'m| am) (?:so |really )?(?:busy|rushed|run off my feet)\b",
        ),
    ),
    Rule(
        "judges",
        BLOCKING,
        "Blames or passes judgement.",
        (
            r"\bwhy (?:did you|didn't you|haven't you|would you|on earth|don't you ever)\b",
            r"\byou should(?:n't| not)? have\b",
            r"\bthat was (?:very |really |a bit )?(?:silly|stupid|foolish|dangerous|irresponsible|daft)\b",
            r"\byou(?:'re| are) being\b",
            r"\bhow could you\b",
            r"\byou (?:never|always)\b",
            r"\byou(?:'re| are) (?:just )?(?:difficult|stubborn|silly|daft)\b",
        ),
        unless=(r"\b(?:don't|do not) think (?:that )?you(?:'re| are)\b",),
    ),
    Rule(
        "jargon",
        BLOCKING,
        "Uses words of the trade without saying what they mean.",
        (
            (
                r"\b(?:ambulat\w+|mobili[sz](?:e|ing|ation)|analgesi\w+|dyspn\w+|haemorrhag\w+|hypotensi\w+|"
                r"hypertensi\w+|tachycardi\w+|oedema|npo|nil by mouth|prn|mdt|tto'?s?|obs|gcs|dvt|vte|ivs?|"
                r"adls?|post[- ]?op\w*|pre[- ]?op\w*|comorbid\w*|contraindicat\w*|prophyla\w+|cannula|"
                r"catheteri[sz]\w*|bilateral|hemiarthroplasty|fractured neck of femur|package of care|poc|dols|"
                r"falls? risk assessment|waterlow)\b"
            ),
        ),
    ),
    Rule(
        "dismisses",
        BLOCKING,
        "Rude, impatient, or sends the matter away.",
        (
            r"\bshut up\b",
            r"\b(?:stupid|idiot|pathetic|ridiculous|nonsense)\b",
            r"\bhurry up\b",
            r"\bi (?:don't|haven't) (?:have|got) (?:the )?time\b",
            r"\bhaven't got all (?:day|night)\b",
            r"\bnot my (?:job|problem)\b",
            r"\bstop (?:crying|moaning|complaining|fussing|it)\b",
            r"\bwhatever\b",
            r"\bget over it\b",
            r"\b(?:let's|we) (?:just )?(?:get|move) on\b",
            r"\banyway,? (?:let's|i need|moving)\b",
            r"\bi(?:'ve| have) (?:got )?other patients\b",
            r"\bfuck\w*\b",
            r"\bshit\b",
        ),
        unless=(
            r"\bnot (?:stupid|an idiot|pathetic|ridiculous|nonsense)\b",
            r"\bdon't think (?:you're|you are|it's|that's) (?:stupid|ridiculous)\b",
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
