"""Rules for asking, offering and agreeing; and for words that leave the fiction."""

from __future__ import annotations

from server.core.rules.rule import ASKING, OFFERING, OUTSIDE, Rule

WORKING: tuple[Rule, ...] = (
    Rule(
        "asks_permission",
        ASKING,
        "Asks before doing or asking.",
        (
            r"\b(?:would|is) it (?:be )?(?:all right|alright|ok|okay) if\b",
            r"\b(?:do|would) you mind if\b",
            r"\bmay i\b",
            r"\b(?:shall|should|can|could) i (?:just )?(?:shut|close|open|draw|pull) (?:it|this|that|the|your)\b",
            r"\b(?:can|could) i (?:just )?(?:ask|have|take|sit|look|examine|listen to|feel|check|press)\b",
            r"\bif (?:that's|it's|that is|it is|that would be|you're|you are) (?:all right|alright|ok|okay|happy)\b",
        ),
    ),
    Rule(
        "checks_agreement",
        ASKING,
        "Asks whether a proposal suits, or what the person wants.",
        (
            r"\b(?:does|would|how does|how would|is|will) that (?:sound|be (?:ok|okay|all|any|good|better|useful"
            r"|helpful)|suit|work|help"
            r"|feel|something you)\b|\bwould that be\b",
            r"\b(?:do|would) you (?:want|like|prefer|be (?:happy|ok|okay)(?: with| for)?) (?:me|us) (?:to\b|if\b)",
            (
                r"\bwould it (?:\w+ )?(?:help|be (?:\w+ )?(?:any )?(?:use|useful|better|easier"
                r"|helpful))\b[^.?!]{0,20}?\bif (?:i|we)\b"
            ),
            (
                r"\b(?:i|we|i'll|we'll|me)\b[^.?!]{0,80}?\b(?:if (?:you'd|you would|you) (?:like|want)(?: that| me"
                r" to)?|if that(?:'d| would) (?:help|be useful))(?=\W*$|[.,?!])|\b(?:only if you (?:want|like|agree)|if"
                r" that(?:'d| would) (?:help"
                r"|be (?:ok|okay|all right|useful))|if that suits(?: you)?|is it (?:ok|okay|all right|good) for"
                r" you)(?=\W*$|[.,?!]| so\b| i can\b)"
            ),
            (
                r"\bwhat (?:would|do) you think\b(?=\W*$)|\bshall (?:i|we) do that\b|\bwhat would (?:suit|work|be best"
                r" for|help)\b"
            ),
            (
                r"\bwould it help (?:to|if)\b|\bhow (?:do|would) you feel about (?:that|it|this)\b|\b(?:i|we|i'll|we'll"
                r"|shall)\b.{0,80}?\b(?:it(?:'s| is)|that(?:'s| is)) (?:entirely |completely |totally )?(?:up to you"
                r"|your (?:choice|call|decision))\b"
            ),
            r"\b(?:do you|would you) agree\b|\bis this (?:ok|okay|all right|good) (?:for|with) you\b",
            r"\bwhat (?:would|do) you (?:like|want|prefer)\b",
            r"\bare you (?:happy|all right|ok|comfortable) with\b",
            r"\bwould (?:you like|that be)\b",
            r"\bis that (?:all right|alright|ok|okay)\b",
            r"\bwhat do you think (?:about|of) that\b",
            r"\bwhat matters (?:most )?to you\b",
        ),
    ),
    Rule(
        "asks_repeat",
        ASKING,
        "Asks to hear it again.",
        (
            r"\b(?:say|tell me) (?:that|it) (?:again|once more|one more time)\b",
            r"\b(?:can|could) you repeat\b",
            r"^(?:pardon|sorry|what was that)\b\W*$",
            r"\bi didn't (?:catch|hear) that\b",
        ),
        unless=(r"\b(?:let me|i'll|i will|shall i|i can) say (?:that|it) again\b",),
    ),
    Rule(
        "offers_help",
        OFFERING,
        "Offers something concrete that they can do.",
        (
            (
                r"\b(?:i(?:'ll| will| can| could|'m going to)|let me|shall (?:i|we)|we (?:can|could)|"
                r"would you like me to|i'd like to) (?:(?!not\b|never\b|no\b|hardly\b)\w+ ){0,2}?(?:bring|get|fetch|ask"
                r"|arrange|find|call|ring|"
                r"phone|speak (?:to|with)|talk to|order|change|replace|fix|turn|come back|sit|stay|write|put|"
                r"look|check|go through|sort|help|make|book|refer|show|explain|let|tell|pass|move|set|see if|see what"
                r"|hold|give|(?:shut|close|open|draw|pull) (?:it|this|that|the|your)|be (?:right |straight )?back"
                r"(?= (?:at|in|by|before|after|as|when|soon|to|with|around|about|later|within|every)\b|\W*$|[.,])"
                r"|chase|have a word|bring in|lie you|sit you|take you|run you|warm|mention|request|organi[sz]e)\b"
            ),
            (
                r"\b(?:do you want|would you like|would you be (?:happy|ok|okay|all right)(?: with| for)?|are you"
                r" (?:happy|ok|okay)"
                r" (?:with|for)|is it (?:ok|okay|all right) for|would you (?:want|prefer)) (?:me|us) (?:to |if i"
                r" )?(?!ask you|tell)\w+"
            ),
            (
                r"\b(?:would it|does it|will it|could it) (?:\w+ )?(?:help|be (?:\w+ )?(?:any )?(?:use|better|useful"
                r"|easier|helpful|a help))"
                r"(?: you| for you| at all)? if (?:i|we) \w+"
            ),
            (
                r"\bwould it be (?:ok|okay|all right|alright) if (?:i|we) (?:got|fetched|brought|called|rang|phoned"
                r"|arranged|found|booked"
                r"|spoke to|asked (?:the|one|some|our|my|for|if))\b"
            ),
            (
                r"\b(?:if you (?:want|like)|i|so i|then i) (?:can |could |will )?(?:now )?go (?:and )?(?:to )?(?:ask"
                r"|find|get|fetch|bring|check"
                r"|look|call|see)\b(?! (?:home|to|on))"
            ),
            (
                r"\bi(?:'m| am) (?:just )?going to (?:go and |try and |try to )(?:find|get|ask|fetch|speak|see|ring"
                r"|chase|sort|bring)\b"
            ),
        ),
        unless=(
            r"\bi(?:'ll| will) (?:let|leave) you\b",
            (
                r"\b(?:i(?:'ll| will| can| could|'m going to)|let me) (?:\w+ ){0,2}?(?:write|put|note|get|jot|take"
                r"|mark|pop|set)\b"
                r" (?:(?:all |it|that|this|those|them|these|you|your \w+|a (?:note|few notes)) ){0,2}(?:down\b|(?:of"
                r"|about) (?:that|it))"
                r"(?! (?:for you|to give))"
            ),
            (
                r"\b(?:i(?:'ll| will)|let me) (?:just )?put (?:that (?:you|in)\b|you as\b|it as\b|a tick\b|(?!that\b"
                r"|this\b|it\b|an?\b|the\b|some\b|your\b|in\b|on\b|him\b|her\b|another\b|up\b|together\b|these\b"
                r"|those\b|you\b|down\b|something\b|more\b|his\b)\w+)"
            ),
            (
                r"\b(?:i(?:'ll| will| can|'d like to|'m going to| could)|let me|can i) (?:\w+ ){0,2}?(?:ask|let)"
                r" you\b(?! (?:know when|know as))"
            ),
            (
                r"\b(?:let me|i'll|i will) (?:just )?(?:\w+ )?(?:check|look at|look in|get|find|see|move on|turn to"
                r"|pass on to)"
                r" (?:my|the|our|to) (?:notes?|chart|screen|computer|form|list|sheet|next|system|pen|paper\w*)\b"
            ),
            (
                r"\b(?:i'd like to|i'm going to) (?:\w+ )?(?:check|look at|ask|take)\b(?! (?:if|whether|with|the"
                r" (?:doctor|nurse|team|physio|pharmacist|surgeon|consultant|sister|ward)|to (?:see|come)))"
            ),
            r"\blet me (?:see|think)\b",
            r"\bwhat (?:would|do|should|shall|can|may) [^.?!]{0,25}?\bcall you\b",
        ),
    ),
    Rule(
        "vague_support",
        OFFERING,
        "Promises help in general.",
        (
            r"\bwe(?:'ll| will| can)? (?:all )?(?:help|support|look after) you\b",
            r"\bwe(?:'re| are) (?:all )?here (?:for you|to help)\b",
            r"\bin good hands\b",
            r"\blet (?:me|us) know if you need\b",
        ),
    ),
    Rule(
        "honest_about_recording",
        OFFERING,
        "Says plainly what must be written down or passed on, and why.",
        (
            (
                r"\bi(?:'d| do| will| would|'ll)? (?:have|need|ought|must)(?: to)? (?:write|record|tell(?! you)|share|"
                r"pass|put (?:it|that|this)|let (?!you)|document|note|report)\b"
            ),
            r"\bi(?:'ll| will) (?:have|need) to (?:write|record|tell|share|pass|put|let|document|note)\b",
            (
                r"\bi (?:can't|cannot|can not|couldn't) (?:keep (?:that|it|this|a secret)|not (?:write|tell|"
                r"record)|leave (?:that|it) out|promise (?:not|to keep))\b"
            ),
            r"\b(?:has|have|need|needs) to (?:go|be) (?:in(?:to)? your notes|written|recorded|passed)\b",
            r"\bin your notes\b",
            r"\b(?:team|doctor|nurse|they) (?:does |do )?needs? to know\b",
            r"\bi've got to (?:write|record|tell (?!you)|share|pass|document|note|report)\b",
            r"\bhonest with you\b",
            (
                r"\byou (?:need|ought|should)(?: to)? know (?:that )?i(?:'m| am|'ll| will|'ve|"
                r" have)\b[^.?!]{0,20}\b(?:writ\w+|not\w+|record\w*|pass\w*|tell\w*)\b"
            ),
            r"\b(?:can't|cannot|can not) promise (?:not to|to not|that i won't)\b",
        ),
    ),
    Rule(
        "sees_to_urgent",
        OFFERING,
        "Sees to what cannot wait: airway, breathing, chest pain now, bleeding, collapse, oxygen. Never a blocker.",
        (
            r"\bchest pain\b|\bpain in (?:your|the) chest\b|\bchest (?:feel|feeling )?tight\w*",
            (
                r"\b(?:can|are) you (?:still )?breath(?:e|ing)\b|\b(?:trouble|struggling|hard|difficulty)(?: with"
                r"| to)? "
                r"(?:your )?breath(?:e|ing)\b|\b(?:short of breath|breathless|airway|choking)\b"
            ),
            r"\byou(?:'re| are) (?:\w+ ){0,2}bleeding\b|\bbleeding (?:again|now|a lot|heavily|badly)\b",
            r"\b(?:leaking|losing|vomiting|coughing) (?:up )?blood\b|\bstop the bleeding\b",
            (
                r"\b(?:turn(?:ing|ed)|gone|going|look) (?:\w+ )?(?:grey|gray|blue|clammy)\b"
                r"|\blips (?:are|look|have gone) (?:\w+ )?blue\b|\bgone (?:a )?(?:\w+ )?colou?r\b"
            ),
            r"\b(?:some|the|your|more) oxygen\b|\boxygen (?:on|mask|now)\b",
            r"\b(?:before|going to|about to|feel(?:ing)?) (?:you )?(?:collapse|faint|pass out)\b",
            r"\b(?:emergency|crash) (?:bell|call|team|trolley)\b|\bface (?:has|is) droop\w+|\bspeech is slurred\b",
        ),
        unless=(
            r"\b(?:ever|used to|history)\b[^.?!]{0,30}",
            r"\bhave you (?:got )?an emergency\b[^.?!]{0,20}",
            # what oxygen does, or is
            (
                r"\boxygen(?: mask)? (?:(?:will |can )?helps?|is (?:there|to|so|just|because|for|what)|means|goes"
                r"|gets|does|comes"
                r"|makes"
                r"|lets|keeps|takes)\b"
            ),
            (
                r"\b(?:mask|prongs|machine|tube|tank|pump|lungs?|blood|body|heart|it|that|this|which)(?: \w+){0,2}?"
                r" (?:gives?|helps?|means|carr(?:y|ies)|needs?|lets?|makes|pushes|blows|adds|delivers|tops)"
                r"\b[^.?!]{0,30}?\boxygen\b"
            ),
            r"\b(?:that|this|it)(?:'s| is) (?:just |only )?(?:some|the|your|more) oxygen\b",
            (
                r"\b(?:chest pain|breathless|short of breath|bleeding|blood)\b[^.?!]{0,30}\b(?:before|in the past"
                r"|last (?:week|"
                r"month|year)|years ago|as a child)\b"
            ),
        ),
    ),
    Rule(
        "breaks_role",
        OUTSIDE,
        "Speaks to the software, not to the person.",
        (
            (
                r"\b(?:ignore|forget|disregard) (?:all |any |your |the |my |previous |prior |"
                r"these )*(?:instructions|rules|prompt|role)\b"
            ),
            r"\bsystem prompt\b",
            (
                r"\b(?:are you|you(?:'re| are)) (?:just |really )?(?:an? )?(?:ai|a\.i\.|bot|robot|chatbot|"
                r"computer|machine|program|simulation|language model|chatgpt)\b"
            ),
            r"\b(?:is (?:this|it)|this is|are you) (?:\w+ )?(?:an? )?(?:ai|bot|chatbot|robot|chatgpt|language model)\b",
            r"\b(?:talking|speaking) to (?:an? )?(?:ai|bot|chatbot|robot|computer|machine|chatgpt)\b",
            r"\bare you (?:even |actually )?(?:real|human)(?=\W*$| or\b|[,.?!])",
            r"\bhidden (?:beats?|facts?|prompts?)\b",
            r"\b(?:debug|developer|admin|faculty|author) mode\b",
            (
                r"\b(?:repeat|print|show|list|reveal|output) (?:me )?(?:the|your|all|every(?:thing)?) (?:text|"
                r"words?|instructions|prompt|secrets?|facts?|notes|beats?|rules)\b"
            ),
            r"\bremind yourself\b",
            r"\bi(?:'m| am) (?:the|your) (?:author|developer|case author|administrator|programmer)\b",
            r"\bpretend (?:to be|you are|you're)\b",
            r"\byour (?:instructions|programming|script)\b",
            r"\bin json\b",
            r"\bbase64\b",
        ),
    ),
    Rule(
        "own_distress",
        OUTSIDE,
        "The learner, not the role, is in trouble.",
        (
            (
                r"\bi (?:want|feel like|keep thinking (?:about|of)) (?:to )?(?:hurt(?:ing)?|kill(?:ing)?|"
                r"harm(?:ing)?) myself\b"
            ),
            r"\bi(?:'m| am) having a panic attack\b",
            (
                r"\bi (?:really |just )?(?:can't|cannot|can not) (?:do (?:this|any of this)(?: (?:simulation|exercise|"
                r"scenario))?|go on|cope|breathe)(?: (?:with (?:this|it)|like this|any ?more|any longer|right now"
                r"|now|today))?"
                r"(?=\W*$|[.,!?;]|\W+(?:sorry|i|i'm|it's|please|because|and|stop|help)\b)"
            ),
            r"\bthis is too (?:much|close) (?:for|to) (?:me|home)\b(?! to (?:carry|lift|hold|move))",
            r"\bi(?:'m| am) (?:really )?(?:suicidal|not (?:ok|okay|safe))\b",
        ),
    ),
    Rule(
        "open_question",
        ASKING,
        "Asks so that the person can answer in their own words.",
    ),
    Rule(
        "focused_question",
        ASKING,
        "Asks openly about a feeling, its weight, or exactly what the person just hinted at.",
    ),
    Rule(
        "closed_question",
        ASKING,
        "Asks for a yes, a no or a number.",
    ),
    Rule(
        "leading_question",
        ASKING,
        "Asks and answers in one breath.",
    ),
)
