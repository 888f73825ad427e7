"""Readable rules for what takes a feeling away: cheering on and silver linings; the blunter ones stand in
`rating_denying`.
"""

from __future__ import annotations

from server.core.rating.denying import DENYING
from server.core.rating.rules import EvidenceRule
from server.core.rating.words import ADVERBS

_BETTER = (
    r"(?:better|ok|okay|alright|all right|fine|work (?:itself |themselves )?out|works out|pass|passes|easier|happen"
    r"|look(?:ing)? up|turn(?:ing)? around|fall into place|be good|improve|change for)"
)
_YOU_WILL = r"\b(?:you|u|ya)(?:'ll| will|ll|'re going to| are going to|'re gonna| are gonna| gonna| can and)\b"
_SURE = r"(?:sure|certain|positive|confident|convinced|hopeful)"

CHEERS = EvidenceRule(
    "cheers_on",
    "promised that it would get better",
    (
        rf"\b(?:it|its|things?|everything|this|that|life|all)(?:'ll| will| is going to|'s going to|'s gonna|ll| gets?"
        rf"| is only going to| can only get| always| will only get| going to| is bound to| have to| has to)\b"
        rf"[^.?!]{{0,20}}\b{_BETTER}\b",
        r"\bbetter (?:days|times|things|spot|opportunit\w+|place|job|one|is coming|luck)\b|\bbest is yet\b"
        r"|\bsomething (?:even )?(?:better|great|good|amazing|bigger|wonderful)\b(?! about| to (?:eat|do))"
        r"|\b(?:brighter|(?:great|good|big|amazing) things)\b|\b(?:coming|heading|headed) your way\b"
        r"|\b(?:up|uphill) from here\b",
        _YOU_WILL + r"[^.?!]{0,30}\b(?:better|fine|ok|okay|alright|great|find|figure|get (?:the|it|there|through|a"
        r"|your|another|over|back|past)|opportunit\w+|succeed|make it|bounce|reward\w*|chances?|certainly|land"
        r"|be (?:good"
        r"|happy|glad|stronger|the)|overcome|do it|do (?:great|well)|come (?:out|through|back)|survive|rise"
        r"|shine|look"
        r" back|laugh|thank)\b|" + _YOU_WILL + r"\W*$",
        rf"\bi(?:'m| am) {ADVERBS}{_SURE} (?:that )?(?:you|it|things|everything|something|there|they|he|she|someone)"
        r"(?:'ll| will| is going|'re going| can| are going)|\bi (?:\w+ )?know (?:that )?(?:you|it|things)(?:'ll"
        r"| will|"
        r" are going to|'re going to| can)\b|\brest assured\b|\bi (?:promise|guarantee|assure)\b|\btrust me\b",
        r"\b(?:will|'ll) (?:eventually |soon |all )?(?:pay off|work out|be rewarded|fall into place"
        r"|be worth it)\b|\b(?:always|usually) pays? off\b"
        r"|\bwork(?:s|ing)? (?:itself|themselves|out for the best)\b|\bwork\w* (?:itself "
        r"|themselves )?out (?:in the end"
        r"|eventually|somehow|fine)\b",
        r"\b(?:hang (?:in there|tough)|you(?:'ve|'ve all)? (?:got|can do) (?:this|it)|(?:stay|be|remain) (?:strong"
        r"|positive|hopeful|confident|brave)|(?:keep|hold) (?:your|ur) (?:head|chin|spirits)|keep the faith|chin up"
        r"|head ?up|cheer up|keep (?:going|pushing|at it|fighting|smiling|pressing|trying|moving|believing"
        r"|your spirits)"
        r"|(?:never|don't|do not|dont) (?:ever )?give up|go get (?:'?em|them|it)|stay the course|soldier on"
        r"|push through)\b"
        r"|\byou(?:'re| are) (?:a fighter|a survivor|a warrior|strong enough|tough enough|bigger than"
        r"|better than|too good"
        r"|stronger than)\b|\b(?:good luck|fingers crossed)\b|\blucky to have you\b|\bcan handle (?:anything|it"
        r"|this|whatever)\b|\byou(?:'re| are) (?:so |very |really )?strong\b"
        r"|\b(?:next one|future|world) is yours\b|\bcome (?:good|right)\b|\b(?:crush|kill|rock|ace|nail"
        r"|smash) it\b|\bbe al ?right\b",
        r"(?<!if )\b(?:there(?:'ll|'s| will| are| is)|plenty of|many|more) (?:be )?(?:always )?(?:plenty of "
        r"|other |more"
        r" |lots of )?(?:other )?(?:opportunit\w+|chances?|jobs|fish|time)\b|\b(?:your|the right) (?:time|turn"
        r"|one|job"
        r"|opportunity|day|moment|chance)\b[^.?!]{0,15}\bcome\b|\blook back\b|\bovercome\b|\b(?:one|some) ?day\b"
        r"[^.?!]{0,20}\b(?:will|you'll)\b|\bwill be yours\b|\bcan get through\b|\b(?:is|are|something|someone"
        r"|one|jobs"
        r"|opportunit\w+|place) (?:\w+ )?out there\b|\bnext time\b|\bdon't lose (?:hope|faith|heart)\b",
        r"\bwon't (?:always )?(?:be|last|feel|stay)\b(?![^.?!]{0,12}\b(?:easy|hard|there)\b)|\blight at the end\b"
        r"|\btoo shall pass\b|\bnew day\b|\b(?:another|a new) day\b|\bsun will\b|\bback on (?:your feet|track)\b"
        r"|\b(?:have|keep|had) faith\b(?! in you)|\bno doubt (?:you|it|things|that)\b|\bin no time\b"
        r"|\bbefore you know it\b|\btime (?:heals|will tell|will heal)\b|\bheals all\b|\bonly temporary\b"
        r"|\btemporary\b"
        r"|\bbelieve in yourself\b|\bon the (?:mend|up)\b",
        r"\b(?:will|'ll|going to|gonna)\b[^.?!]{0,30}\b(?:better|great|well|worth it|succe\w+|happ(?:y|ier)|stronger"
        r"|through this|shine|rise|rewarded|work out)\b",
    ),
    unless=(
        r"\b(?:hope|when|until|if|think|listen to)\b[^.?!]{0,25}\bbetter\b(?! (?:days|things))",
        r"\blisten\b|\bhelp you\b|\b(?:will|would|'ll) you\b",
    ),
)
SILVER = EvidenceRule(
    "silver_lining",
    "looked for the good side of it",
    (
        r"\bat least\b|\bsilver lining\b|\b(?:bright|positive|good|plus|up|sunny) side\b|\bupside\b|\bblessings?\b"
        r"|\bcount your\b|\bfor the best\b",
        r"\b(?:universe|god|jesus|lord|heaven|fate|destiny|karma)\b|\bfor a reason\b|\b(?:not|wasn't|isn't"
        r"|never) meant"
        r" (?:to be|for you)\b|\bwhat(?:'s| is) meant\b",
        r"\bsomething (?:even )?better\b|\bbetter in (?:store|your future)\b|\bin disguise\b|\bcomeback\b"
        r"|\bdoors?\b[^.?!]*\bopen|\bbest thing that (?:ever |could )",
        r"\b(?:one|a|the) good (?:thing|news|part)\b(?! to (?:think|do|hear))|\b(?:could|can|might) (?:always "
        r"|have )?(?:be"
        r"|been) (?:so much |a lot |far |way )?(?:worse|a (?:good|great|new|positive))\b|\bworse off\b|\bfar worse\b"
        r"|\bbe (?:grateful|thankful|glad|happy|lucky) (?:for|that|you|to)\b|\byou(?:'re| are) lucky\b"
        r"|\blook at it (?:as|this way|like)\b|\bthink of (?:it|this) as\b|\bsee (?:it|this) as\b"
        r"|\bleads? to (?:better"
        r"|something|good)\b|\bglad (?:it|this) happened\b|\byou still (?:have|got) (?:your|a|the|each|us|time)\b",
        r"\b(?:some|other|many|plenty of|lots of) people (?:don't|do not|have it|would (?:love|kill|be)"
        r"|who have|are worse"
        r"|can't|aren't)\b|\bothers (?:have|don't|are|would)\b|\bpeople (?:out there )?(?:who have"
        r"|with) (?:it )?(?:worse"
        r"|less|nothing)\b",
        r"\b(?:builds?|building) (?:character|\w*sever\w*|resilience|strength)\b|\blearn(?:ing|t"
        r"|ed)?(?: \w+){0,2} (?:from"
        r" (?:it|this|that|the|your|mistakes)|experience|opportunity|curve)\b|\b(?:makes?|make) (?:you|us|me"
        r"|ya) stronger\b"
        r"|\bopportunity (?:to|for)\b|\b(?:fresh|new) start\b|\bnew (?:chapter|beginnings?|adventure|door)\b"
        r"|\bgrow(?:th)? (?:from|opportunity)\b|\blesson\b",
        r"\bnow(?: is|'s) (?:the|your) (?:time|chance)\b|\b(?:maybe|might be|perhaps|could be) (?:it's "
        r"|this is |it is )?"
        r"(?:a sign|time|the push|what you need\w*|a chance|the universe)\b|\bpositives?\b|\bnow you (?:can"
        r"|have|get)\b"
        r"|\banyway\b|\bchance to\b|\bgood (?:will|can|may|might|could|always) comes?\b|\bredirection\b|\bgives? you"
        r" (?:time|a chance|the)\b|\bfrees? you\b|\b(?:their|his|her) loss\b|\bdodged\b|\bbetter off without\b"
        r"|\bthink positive\b|\bsign that\b|\b(?:your|a) sign\b|\bhow much worse\b",
    ),
    unless=(r"\boh (?:my )?god\b|\bmy god\b|\bthank god\b|\bnot a good thing\b|\bstay positive\b|\bat least\W*$",),
)
TAKING = (CHEERS, SILVER, *DENYING)
"""What takes the feeling away."""
