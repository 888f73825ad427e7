"""The lexical rules: which words make which move. Each rule is readable by a nurse educator and tested by example.

A move is what a turn does, not what its speaker is. Rules that need the conversation (a topic switched, a feeling named
rightly or wrongly, a paraphrase) are in `server.core.moves`; here stand those that a single turn decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OPENING, RELATING, ASKING, OFFERING, BLOCKING, OUTSIDE = (
    "opening",
    "relating",
    "asking",
    "offering",
    "blocking",
    "outside",
)


@dataclass(frozen=True)
class Rule:
    """One move and the expressions that make it."""

    move: str
    group: str
    says: str
    """What the move is, in a sentence for educators."""
    patterns: tuple[str, ...] = ()
    """Regular expressions over the lower-case turn; none: the move is found from context."""
    unless: tuple[str, ...] = ()
    """Expressions that take the move back."""
    compiled: re.Pattern[str] | None = field(init=False, default=None, compare=False, repr=False)
    refused: re.Pattern[str] | None = field(init=False, default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", _join(self.patterns))
        object.__setattr__(self, "refused", _join(self.unless))


def _join(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


_YOU_FEEL = r"(?:you (?:must )?(?:feel|felt|are|were|seem|sound|look)|you're|feeling|it (?:feels|felt)|sounds|seems)"
_DOING = (
    r"(?:bring|get|fetch|ask|arrange|find|call|ring|phone|speak (?:to|with)|talk to|order|change|replace|fix|turn|come back|"
    r"sit|stay|write|put|look|check|go through|sort|help|make|book|refer|show|explain|let|tell|pass|move|set)"
)

RULES: tuple[Rule, ...] = (
    Rule("greets", OPENING, "Says hello.", (r"\b(?:hello|hi|good (?:morning|afternoon|evening)|hiya)\b",)),
    Rule(
        "introduces_self", OPENING, "Says who they are.",
        (r"\bmy name(?:'s| is)\b", r"\bi(?:'m| am) (?:\w+,? )?(?:(?:your|the|a|one of the) )?(?:\w+ )?(?:student|nurse|doctor)\b"),
    ),
    Rule(
        "asks_name_preference", OPENING, "Asks what the person likes to be called.",
        (r"\b(?:like|prefer|want)(?: me)? to (?:be called|call you)\b", r"\bwhat (?:should|shall|can|may) i call you\b",
         r"\b(?:can|may|shall) i call you\b"),
    ),
    Rule(
        "checks_hearing", OPENING, "Makes sure of being heard: asks, faces, turns the noise down, sees to the hearing aid.",
        (r"\b(?:can|could|do|did) you hear (?:me|what|that|all right|ok)\b", r"\bhearing[- ]?aids?\b", r"\bbatter(?:y|ies)\b",
         r"\b(?:turn|switch)(?:ed|ing)? (?:the |that |your )?(?:tv|telly|television|noise|sound) (?:down|off)\b",
         r"\b(?:turn|switch)(?:ed|ing)? (?:down|off) (?:the |that |your )?(?:tv|telly|television)\b",
         r"\b(?:is|was) that (?:too (?:quiet|fast)|clear|loud enough|better)\b", r"\bhard (?:for you )?to hear\b",
         r"\b(?:am i|i'm) (?:speaking|talking) (?:too|clearly)\b", r"\bhow (?:is|are) your (?:hearing|ears)\b",
         r"\b(?:face|facing) you\b", r"\bsee my (?:face|lips|mouth)\b"),
    ),
    Rule(
        "stays", RELATING, "Offers time and presence.",
        (r"\bi(?:'ll| will|'m going to|'d like to| can) (?:just )?(?:sit|stay)\b", r"\bi(?:'ve| have) (?:got )?(?:some |a (?:few|couple of) )?time\b",
         r"\b(?:there's )?no (?:rush|hurry)\b", r"\btake (?:your|all the) time\b", r"\b(?:can|may|shall) i (?:sit|stay)\b"),
    ),
    Rule(
        "invites_more", RELATING, "Leaves the floor to the other.",
        (r"\btell me (?:more|about|what)\b", r"\bgo on\b", r"\bi(?:'m| am) listening\b", r"\bsay (?:a bit |a little )?more\b",
         r"\bi'd like to hear\b", r"\btalk to me\b", r"\bif you(?:'d| would)? (?:like|want) to (?:talk|tell)\b"),
    ),
    Rule(
        "validates", RELATING, "Says that what they feel or did makes sense, given what they live with.",
        (r"\b(?:that|it) makes (?:a lot of |perfect |complete )?sense\b", r"\bany(?:one|body) would\b", r"\bno wonder\b",
         r"\bof course (?:you|it|that)\b", r"\b(?:perfectly |completely |very |quite )?understandable\b",
         r"\b(?:you're|that's|it's|it is|that is|you are) (?:really )?not (?:at all )?(?:daft|silly|stupid|foolish|weak|a (?:bother|nuisance|burden))\b",
         r"\byou(?:'ve| have) (?:every|a) right\b", r"\bi (?:don't|do not) think (?:you're|you are|it's|that's) (?:at all )?(?:daft|silly|stupid)\b",
         r"\bnot daft\b", r"\bnatural to (?:feel|be|worry)\b", r"\bafter (?:what|all|everything) (?:you|that)\b", r"\bthat(?:'s| is) a (?:real|big|frightening|hard) thing\b"),
    ),
    Rule(
        "appreciates_telling", RELATING, "Thanks the person for saying it, or names the effort it took.",
        (r"\bthank you for (?:telling|sharing|trusting|saying)\b", r"\bi(?:'m| am) (?:really )?glad you (?:told|said|asked)\b",
         r"\b(?:that|it) (?:took|must have taken|can't have been easy|must have been hard to)\b", r"\bthanks for (?:telling|sharing|trusting)\b"),
    ),
    Rule(
        "apologises", RELATING, "Says sorry for something that was done or happened.",
        (r"\bi(?:'m| am) (?:so |very |really |truly )?sorry\b", r"\bi apologi[sz]e\b"), (r"\bsorry to hear\b",),
    ),
    Rule(
        "stock_phrase", RELATING, "A ready-made phrase that would fit any patient.",
        (r"\bi (?:completely |totally |fully |do )?understand(?: how you(?:'re| are)? feel(?:ing)?)?\b(?! (?:that|why|you|it|the))", r"\bi know (?:exactly )?how you feel\b",
         r"\b(?:that|it|this) must be (?:so |really |very |quite )?(?:hard|difficult|tough)\b", r"\bi(?:'m| am) (?:so |very )?sorry to hear that\b",
         r"\bi hear you\b", r"\bthat(?:'s| is) (?:so |really |very )?(?:hard|difficult|tough|sad)\b", r"\bi can imagine\b"),
    ),
    Rule("asks_permission", ASKING, "Asks before doing or asking.", (r"\b(?:would|is) it (?:be )?(?:all right|alright|ok|okay) if\b", r"\b(?:do|would) you mind if\b", r"\bmay i\b", r"\b(?:can|could) i (?:ask|have|take|sit|look)\b")),
    Rule(
        "checks_agreement", ASKING, "Asks whether a proposal suits, or what the person wants.",
        (r"\b(?:does|would|how does) that (?:sound|be|suit|work|help|feel)\b", r"\bwhat (?:would|do) you (?:like|want|prefer)\b",
         r"\bare you (?:happy|all right|ok|comfortable) with\b", r"\bwould (?:you like|that be)\b", r"\bis that (?:all right|alright|ok|okay)\b",
         r"\bwhat do you think (?:about|of) that\b", r"\bwhat matters (?:most )?to you\b"),
    ),
    Rule("asks_repeat", ASKING, "Asks to hear it again.", (r"\b(?:say|tell me) that again\b", r"\b(?:can|could) you repeat\b", r"^(?:pardon|sorry|what was that)\b\W*$", r"\bi didn't (?:catch|hear) that\b")),
    Rule(
        "offers_help", OFFERING, "Offers something concrete that they can do.",
        (rf"\b(?:i(?:'ll| will| can| could|'m going to)|let me|shall (?:i|we)|we (?:can|could)|would you like me to|i'd like to) (?:\w+ ){{0,2}}?{_DOING}\b",),
        (r"\bi(?:'ll| will) (?:let|leave) you\b",),
    ),
    Rule("vague_support", OFFERING, "Promises help in general.", (r"\bwe(?:'ll| will| can)? (?:all )?(?:help|support|look after) you\b", r"\bwe(?:'re| are) (?:all )?here (?:for you|to help)\b", r"\bin good hands\b", r"\blet (?:me|us) know if you need\b")),
    Rule(
        "honest_about_recording", OFFERING, "Says plainly what must be written down or passed on, and why.",
        (r"\bi (?:do |will |would )?(?:have|need|ought|'ve got) to (?:write|record|tell|share|pass|put|let|document|note|report)\b",
         r"\bi(?:'ll| will) (?:have|need) to (?:write|record|tell|share|pass|put|let|document|note)\b",
         r"\bi (?:can't|cannot|can not|couldn't) (?:keep (?:that|it|this|a secret)|not (?:write|tell|record)|leave (?:that|it) out|promise (?:not|to keep))\b",
         r"\b(?:has|have|need|needs) to (?:go|be) (?:in(?:to)? your notes|written|recorded|passed)\b", r"\bin your notes\b",
         r"\b(?:team|doctor|nurse|they) (?:does |do )?needs? to know\b", r"\bhonest with you\b"),
    ),
    Rule(
        "promises_secrecy", BLOCKING, "Promises to keep from the team what the team must know.",
        (r"\b(?:i )?(?:won't|will not|don't have to|needn't|shan't) (?:tell|write|record|mention|say|put)\b", r"\bour (?:little )?secret\b",
         r"\bbetween (?:you and me|us|ourselves)\b", r"\bkeep (?:it|that|this) (?:quiet|to myself|a secret|between)\b", r"\bleave (?:it|that) out\b"),
        (r"\b(?:can't|cannot|couldn't|can not|not able to) (?:promise|keep|leave)\b",),
    ),
    Rule(
        "premature_reassurance", BLOCKING, "Says it will be fine before finding out what it is.",
        (r"\b(?:don't|no need to|try not to|you (?:don't|mustn't) (?:need|have) to) (?:you )?(?:worry|be (?:afraid|scared|frightened|upset|sad))\b",
         r"\b(?:you'll|you will|you're going to|it'll|it will|it's going to|things will|everything(?:'s| is| will)|that'll) (?:all )?(?:going to )?(?:be )?(?:just |absolutely |perfectly )?(?:fine|all right|alright|ok|okay|great|grand|better|as right as rain|work out)\b",
         r"\bnothing to (?:worry|be (?:afraid|scared|frightened)|fear)\b", r"\bi(?:'m| am) sure (?:you|it|everything|they|that)\b", r"\bbe as right as rain\b", r"\bi promise (?:you )?(?:it|you|everything)\b"),
    ),
    Rule(
        "minimises", BLOCKING, "Makes it smaller than it is to the person.",
        (r"\bat least\b", r"\b(?:it )?could(?:'ve| have)? be(?:en)? (?:a lot )?worse\b", r"\b(?:it's|that's|it is|that is) (?:only|just|not (?:that|so)) (?:a |an )?\w+",
         r"\beveryone (?:feels|gets|goes|has)\b", r"\b(?:plenty|lots) of people\b", r"\bdon't be (?:silly|daft|like that)\b", r"\bcheer up\b", r"\blook on the bright side\b",
         r"\bit happens\b", r"\bcalm down\b", r"\byou(?:'re| are) (?:being )?(?:over(?:reacting|sensitive)|dramatic)\b", r"\bnot a big deal\b"),
        (r"\bat least (?:once|twice|two|three|one|an?|until|for)\b", r"\bit's just (?:me|us|that)\b", r"\bnot (?:that|so) (?:daft|silly)\b"),
    ),
    Rule(
        "advises", BLOCKING, "Tells the person what to do.",
        (r"\byou (?:should|need to|must|ought to|have to|'ve got to|'d better)\b", r"\bhave you (?:tried|thought (?:of|about))\b", r"\bwhy don't you\b", r"\byou(?:'d| had) (?:better|best)\b",
         r"\b(?:just )?try (?:to|and)\b", r"\bmake sure (?:you|to)\b", r"\bif i were you\b", r"\bmy advice\b", r"\bit(?:'d| would) be best (?:if|to)\b"),
        (r"\byou (?:must|have to) (?:be|have|feel|miss)\b", r"\byou (?:don't|do not) (?:have|need) to\b", r"\btry and (?:help|find)\b"),
    ),
    Rule(
        "elderspeak", BLOCKING, "Speaks to an adult as to a child.",
        (r"\b(?:sweetie|sweetheart|dearie|darling|poppet|young lady|good girl|good boy|bless (?:you|her|him)|poor (?:thing|dear|old)|honey|my lovely|my dear)\b",
         r"\bhow are we\b", r"\bare we (?:all |feeling |ready|being)", r"\b(?:shall|have|did|do|can|will) we (?:had|have|had|be|been|eat|eaten|take|taken|need|pop) (?:our|a little|all|your|the loo)?",
         r"\bpop (?:your|our|on)\b", r"\bour (?:tablets|medicine|dinner|tea|bath|pills)\b", r"\bthere,? there\b", r"\bnaughty\b"),
    ),
    Rule(
        "self_focus", BLOCKING, "Turns the talk to themselves.",
        (r"\bmy (?:own )?(?:nan|gran|granny|grandma|grandmother|grandad|mum|mother|dad|father|aunt|uncle|auntie|friend|husband|wife)\b", r"\bi remember when (?:i|my)\b",
         r"\bwhen (?:i was|it happened to me)\b", r"\bme too\b", r"\bsame here\b", r"\bi(?:'ve| have) (?:been|had) (?:through|that|the same)\b", r"\bi(?:'m| am) (?:so |really )?(?:busy|rushed|run off my feet)\b"),
    ),
    Rule(
        "judges", BLOCKING, "Blames or passes judgement.",
        (r"\bwhy (?:did you|didn't you|haven't you|would you|on earth|don't you ever)\b", r"\byou should(?:n't| not)? have\b", r"\bthat was (?:very |really |a bit )?(?:silly|stupid|foolish|dangerous|irresponsible|daft)\b",
         r"\byou(?:'re| are) being\b", r"\bhow could you\b", r"\byou (?:never|always)\b", r"\byou(?:'re| are) (?:just )?(?:difficult|stubborn|silly|daft)\b"),
        (r"\b(?:don't|do not) think (?:that )?you(?:'re| are)\b",),
    ),
    Rule(
        "jargon", BLOCKING, "Uses words of the trade without saying what they mean.",
        (r"\b(?:ambulat\w+|mobili[sz](?:e|ing|ation)|analgesi\w+|dyspn\w+|haemorrhag\w+|hypotensi\w+|hypertensi\w+|tachycardi\w+|oedema|npo|nil by mouth|prn|mdt|tto'?s?|obs|gcs|dvt|vte|ivs?|adls?|post[- ]?op\w*|pre[- ]?op\w*|"
         r"comorbid\w*|contraindicat\w*|prophyla\w+|cannula|catheteri[sz]\w*|bilateral|hemiarthroplasty|fractured neck of femur|package of care|poc|dols|falls? risk assessment|waterlow)\b",),
    ),
    Rule(
        "dismisses", BLOCKING, "Rude, impatient, or sends the matter away.",
        (r"\bshut up\b", r"\b(?:stupid|idiot|pathetic|ridiculous|nonsense)\b", r"\bhurry up\b", r"\bi (?:don't|haven't) (?:have|got) (?:the )?time\b", r"\bhaven't got all (?:day|night)\b", r"\bnot my (?:job|problem)\b",
         r"\bstop (?:crying|moaning|complaining|fussing|it)\b", r"\bwhatever\b", r"\bget over it\b", r"\b(?:let's|we) (?:just )?(?:get|move) on\b", r"\banyway,? (?:let's|i need|moving)\b", r"\bi(?:'ve| have) (?:got )?other patients\b", r"\bfuck\w*\b", r"\bshit\b"),
        (r"\bnot (?:stupid|an idiot|pathetic|ridiculous|nonsense)\b", r"\bdon't think (?:you're|you are|it's|that's) (?:stupid|ridiculous)\b"),
    ),
    Rule("says_goodbye", OPENING, "Closes the talk.", (r"\b(?:goodbye|good night|bye|see you (?:later|soon|tomorrow|in the morning))\b", r"\bi(?:'ll| will) (?:let you rest|leave you to)\b")),
    Rule("thanks", OPENING, "Says thank you.", (r"\b(?:thank you|thanks)\b",), (r"\bthank(?:s| you) for (?:telling|sharing|trusting)\b",)),
    Rule("backchannel", RELATING, "Listens aloud and says no more.", (r"^\W*(?:(?:m+|mm+[- ]?h+m*|uh[- ]?huh|yeah|yes|right|ok(?:ay)?|i see|oh|ah)\W*){1,3}$",)),
    Rule(
        "breaks_role", OUTSIDE, "Speaks to the software, not to the person.",
        (r"\b(?:ignore|forget|disregard) (?:all |any |your |the |my |previous |prior |these )*(?:instructions|rules|prompt|role)\b", r"\bsystem prompt\b", r"\b(?:are you|you(?:'re| are)) (?:just |really )?(?:an? )?(?:ai|a\.i\.|bot|robot|chatbot|computer|machine|program|simulation|language model|chatgpt)\b",
         r"\bhidden (?:beats?|facts?|prompts?)\b", r"\b(?:debug|developer|admin|faculty|author) mode\b", r"\b(?:repeat|print|show|list|reveal|output) (?:me )?(?:the|your|all|every(?:thing)?) (?:text|words?|instructions|prompt|secrets?|facts?|notes|beats?|rules)\b",
         r"\bremind yourself\b", r"\bi(?:'m| am) (?:the|your) (?:author|developer|case author|administrator|programmer)\b", r"\bpretend (?:to be|you are|you're)\b", r"\byour (?:instructions|programming|script)\b", r"\bin json\b", r"\bbase64\b"),
    ),
    Rule(
        "own_distress", OUTSIDE, "The learner, not the role, is in trouble.",
        (r"\bi (?:want|feel like|keep thinking (?:about|of)) (?:to )?(?:hurt(?:ing)?|kill(?:ing)?|harm(?:ing)?) myself\b", r"\bi(?:'m| am) having a panic attack\b", r"\bi (?:can't|cannot) (?:do this|go on|cope|breathe)\b", r"\bthis is too (?:much|close) (?:for|to) (?:me|home)\b",
         r"\bi(?:'m| am) (?:really )?(?:suicidal|not (?:ok|okay|safe))\b"),
    ),
    Rule("names_feeling", RELATING, "Names, as a guess or a reflection, a feeling that this person has shown or may have."),
    Rule("names_wrong_feeling", RELATING, "Names a feeling that is not the one this moment holds."),
    Rule("paraphrases", RELATING, "Gives back in their own words what this person said."),
    Rule("open_question", ASKING, "Asks so that the person can answer in their own words."),
    Rule("focused_question", ASKING, "Asks openly about a feeling, its weight, or exactly what the person just hinted at."),
    Rule("closed_question", ASKING, "Asks for a yes, a no or a number."),
    Rule("leading_question", ASKING, "Asks and answers in one breath."),
    Rule("invites_silence", RELATING, "Waits, and lets the silence stand."),
    Rule("sits_down", RELATING, "Sits, at eye level."),
    Rule("topic_switch", BLOCKING, "Leaves a cue lying and goes to something else."),
    Rule("interrupts", BLOCKING, "Starts to speak while the person is still speaking."),
)  # fmt: skip

YOU_FEEL = re.compile(_YOU_FEEL)
MOVES: dict[str, str] = {rule.move: rule.says for rule in RULES}
"""Every move by name, with what it means."""
BLOCKERS = frozenset(rule.move for rule in RULES if rule.group == BLOCKING)
ACKNOWLEDGES = frozenset({"names_feeling", "validates", "paraphrases", "appreciates_telling"})
"""Moves that meet what the person feels; help and advice before one of these come too early."""
