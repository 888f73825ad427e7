"""Rules for asking, offering and agreeing; and for words that leave the fiction."""

from __future__ import annotations

from server.core.rule import ASKING, OFFERING, OUTSIDE, Rule

WORKING: tuple[Rule, ...] = (
    Rule(
        "asks_permission",
        ASKING,
        "Asks before doing or asking.",
        (
            r"\b(?:would|is) it (?:be )?(?:all right|alright|ok|okay) if\b",
            r"\b(?:do|would) you mind if\b",
            r"\bmay i\b",
            r"\b(?:can|could) i (?:ask|have|take|sit|look)\b",
        ),
    ),
    Rule(
        "checks_agreement",
        ASKING,
        "Asks whether a proposal suits, or what the person wants.",
        (
            r"\b(?:does|would|how does) that (?:sound|be|suit|work|help|feel)\b",
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
            r"\b(?:say|tell me) that again\b",
            r"\b(?:can|could) you repeat\b",
            r"^(?:pardon|sorry|what was that)\b\W*$",
            r"\bi didn't (?:catch|hear) that\b",
        ),
    ),
    Rule(
        "offers_help",
        OFFERING,
        "Offers something concrete that they can do.",
        (
            (
                r"\b(?:i(?:'ll| will| can| could|'m going to)|let me|shall (?:i|we)|we (?:can|could)|"
                r"would you like me to|i'd like to) (?:\w+ ){0,2}?(?:bring|get|fetch|ask|arrange|find|call|ring|"
                r"phone|speak (?:to|with)|talk to|order|change|replace|fix|turn|come back|sit|stay|write|put|"
                r"look|check|go through|sort|help|make|book|refer|show|explain|let|tell|pass|move|set)\b"
            ),
        ),
        unless=(r"\bi(?:'ll| will) (?:let|leave) you\b",),
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
                r"\bi (?:do |will |would )?(?:have|need|ought|'ve got) to (?:write|record|tell|share|pass|put|"
                r"let|document|note|report)\b"
            ),
            r"\bi(?:'ll| will) (?:have|need) to (?:write|record|tell|share|pass|put|let|document|note)\b",
            (
                r"\bi (?:can't|cannot|can not|couldn't) (?:keep (?:that|it|this|a secret)|not (?:write|tell|"
                r"record)|leave (?:that|it) out|promise (?:not|to keep))\b"
            ),
            r"\b(?:has|have|need|needs) to (?:go|be) (?:in(?:to)? your notes|written|recorded|passed)\b",
            r"\bin your notes\b",
            r"\b(?:team|doctor|nurse|they) (?:does |do )?needs? to know\b",
            r"\bhonest with you\b",
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
            r"\bi (?:can't|cannot) (?:do this|go on|cope|breathe)\b",
            r"\bthis is too (?:much|close) (?:for|to) (?:me|home)\b",
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
