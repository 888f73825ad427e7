"""Readable rules for steering: advice, in whatever form, and turning the talk to oneself; and for inviting more."""

from __future__ import annotations

from server.core.rating.rules import EvidenceRule
from server.core.rating.words import DO

_FIRST = (
    r"^\W*(?:(?:and|so|but|or|then|also|well|ok|okay|yes|yeah|yep|of ?course|definitely|maybe|perhaps|please"
    r"|just|now|always"
    r"|honestly|simply|seriously|surely|hey|right|in the meantime|for now|first|remember to|make sure(?: to"
    r"| you)?|if i were you|i say"
    r"|i'd say)\W+)*"
)

ADVISES = EvidenceRule(
    "advises",
    "told them what to do",
    (
        r"\byou(?:'ve| have) got to\b|\bdon't be (?:afraid|scared|shy) to\b|^\W*don't (?:quit|leave|burn|rush"
        r"|settle|give them|make any)\b|^\W*(?:and "
        r"|just |so )?let (?:your|them|him|her)\b"
        r"|\b(?:walks?|exercise|meditation|yoga|talking|reading|music|journaling) (?:\w+ )?helps?\b",
        r"\byou (?:\w+ )?(?:should|shouldn't|ought to|have got to|'ve got to|gotta|got to|better|might want to"
        r"|may want to"
        r"|might (?:try|consider|need)|(?:could|can) (?:also |always |just |maybe |still |even |at least "
        r"|only )*(?:try|ask|talk|take|go"
        r"|look|get|find|start|do|use|apply|make|speak|see|join|seek|work|focus|control|choose))\b",
        r"\byou(?:'ll| will| do| just| really| still| also| only| probably| definitely)* (?:need(?: to)?|have to"
        r"|must) (?!me|anything"
        r"|help|someone|to go through|been|any\b|a lot|so|every|got\b|good|an?\b hug|the right|a right|be\b"
        r"|to be (?:heard|understood|seen|held)|deal with so|feel"
        r"|more|an? hug|good reason|every reason)\w*",
        r"\byou (?:may|might|will) (?:also )?need to\b|\b(?:do you good|good idea) (?:is|to)?\b|\b(?:perhaps"
        r"|maybe) it(?:'s| is)\b",
        _FIRST + DO + r"\b(?! (?:you|it|this|that|they|he|she)\b[^.?!]*\?)(?! (?:is|was|can|will|are|has|must"
        r"|seems|sounds|gets|can't)\b)(?! (?:care|easy on me|me|on\W*$|your time|(?:all )?the time|as much time"
        r"|as long"
        r"|talking|sharing|a lot|a (?:good|great|nice)|yourself (?:some )?credit)\b)",
        rf"\bi(?:'d| would) (?:just |probably |definitely |also |personally )?(?!be\b|give\b|have\b|do anything"
        rf"|say (?:you|it)|stay\b|tell you)(?:{DO})\b(?! to| you\b| more| about)",
        r"\b(?:may|might) wanna\b|\bgotta\b(?! (?:be|feel|hurt|suck|say))|^\W*(?:it's |its )?better to\b"
        r"|\bi(?:'d| would) (?:\w+ )?(?:start|try|go|talk|look|ask|apply|take|quit|leave|find|say|suggest"
        r"|recommend|advise|make|do)\b",
        r"\bi (?:\w+ )?(?:think|feel|believe|guess)\b[^.?!]{0,10}\b(?:you|it|maybe|trying|taking|going|talking"
        r"|seeing|its|the best)\b"
        r"[^.?!]{0,40}\b(?:should|need|try|take|see|go|talk|time to|would (?:be|help))\b",
        r"\b(?:suggest|recommend|advise)\b|\b(?:my|some) (?:advice|suggestion) (?:is|would)\b"
        r"|\bif i were you,? i(?:'d| would) (?!be\b|feel\b)",
        r"\b(?:maybe|perhaps|possibly) (?:you (?:can|could|should|need|just)|it's (?:time|best)|now is|try|just"
        r"|a |take|look"
        r"|talk|see|go|consider|get|start|find|ask|start)",
        r"\b(?:best|first|only|main) (?:thing|way|step)\b|\bthe key is\b|\b(?:it's|it is) (?:important|best"
        r"|better|good|always"
        r" good|healthy|time) (?:to|for you)\b|\bwould (?:be (?:good|helpful|best|better|worth)|help)\b"
        r"|\b(?:might|could|may) (?:be"
        r" (?:good|helpful|best|better|worth)|help)\b|\byou(?:'d| would) be better\b|\bis always (?:good|helpful"
        r"|best)\b",
        r"\b(?:it's|its|it is|it's about|about) (?:\w+ )?time (?:you|to|for you)\b|\b(?:my|the) (?:advice"
        r"|suggestion|trick"
        r"|solution|answer|secret|key|only way)\b(?: \w+){0,2} (?:is|would|here)?\b(?!\W*\?)|\bthe (?:best"
        r"|right) medicine\b"
        r"|\b(?:work|works|do|does) wonders\b|\b\w+ing (?:\w+ ){0,4}(?:helps|(?:can|could|might|would"
        r"|may) (?:\w+ )?(?:help"
        r"|clear|do))\b|\ba change of\b|\bnow(?:'s| is) (?:a|the) (?:good |best |perfect )?time to\b",
        _FIRST + r"(?:don't|do not|dont|never) (?:let (?:them|him|her|your|people|anyone|work)|give (?:them|him|her)"
        r"|rush|settle"
        r"|burn|make|take (?:on|any|this lying|no)|go|do|say|sign|accept|forget to|hesitate to (?!call|text"
        r"|reach|ask me|let)"
        r"|wait|ignore|isolate|stay|skip|put)\b",
        r"\b(?:one|a) (?:day|step) at a time\b|\bcounsell?ing (?:is|can|helps?|might|would|will)|\bcounseling"
        r"|\btherap(?:y|ist) (?:is|can|helps?|might|would|will)\b",
    ),
    unless=(
        r"\b(?:you don't|don't|not|doesn't) (?:need|have) to\b",
        r"\b(?:tell|talk|speak|say|share|open up|come)(?: to)? (?:me|more|us)\b|\blet me\b|\blet's (?:talk|keep)\b",
        r"\b(?:if|when(?:ever)?) you (?:ever )?(?:need|want|feel like)\b[^.?!]{0,20}\b(?:talk|me|vent|anything)?",
        r"\b(?:call|text|message|count on|lean on) me\b|\bit (?:sounds?|seems?) like\b|\bknow (?:that )?i\b"
        r"|^\W*look,? i\b"
        r"|\breach out (?:any|to me)|\b(?:touch )?with me\b|\bi hope you\b|^\W*that would help\b"
        r"|\bneed to be (?:heard|understood|seen"
        r"|held)\b|\bto deal with so\b",
        r"\byou (?:should|must) (?:be|feel|have been)\b(?! (?:grateful|thankful|glad|happy|strong|more))",
    ),
)
ADVISES_BY_ASKING = EvidenceRule(
    "advises_by_asking",
    "put advice as a question",
    (
        r"\bdo you think (?:about|of) \w+ing\b|\b(?:have|had|did) (?:you|u) (?:\w+ )?(?:tried|try"
        r"|thought (?:about|of)|considered|talk(?:ed)?"
        r"|spoken|asked|ask|looked|applied|been to|reached|told|tell|gone|seen|started|update\w*|file\w*"
        r"|consider|speak)\b",
        r"^\W*have you been (?:looking|seeing|talking|trying|applying|taking|getting|searching|thinking"
        r"|exercising|eating|working out|using|practi[cs]ing|going)\b"
        r"|\bever (?:tried|thought|considered)\b|\bdo you (?:exercise|meditate|journal|pray|work out|get enough"
        r"|take any"
        r"|do any|see a|ever (?:take|go|do|try)|have a (?:support|good))\b|\b(?:is there|are there) (?:someone"
        r"|anyone|anybody|somebody|a friend"
        r"|other|something)\b[^.?!]{0,40}\byou (?:can|could)\b|\b(?:could|would|might) it help\b|\bshouldn't you\b",
        r"\b(?:don't|do not) you think\b|\b(?:can't|couldn't|could|can) you (?:just|simply|maybe) \w+"
        r"|\b(?:can't|couldn't) you\b|\b(?:have|had|did) you (?:\w+ )?(?:brought|br[io]ng|raised?|mention\w*"
        r"|express\w*|discuss\w*|contact\w*|call\w*|email\w*|writ\w+|check\w*|search\w*|join\w*|visit\w*"
        r"|sign\w*|set|explain\w*)\b|\bwouldn't (?:it|you)\b|\bwhy (?:haven't|didn't|aren't|wouldn't) you\b"
        r"|\ban option\b|\bwhy (?:don't|not|dont) (?:you|u|we)?\b|\b(?:how|what) about (?:\w+ing|a|some)\b"
        r"|\bwhat if you\b",
        r"\b(?:can|could|can't|couldn't|should|would|will|won't) you (?:not |just |maybe |possibly |be able to "
        r"|also )?(?:ask|talk to"
        r"|try|take|go|get|look|find|see|apply|do|change|speak|move|leave|set|consider|be willing|start|quit|make)\b",
        r"\bare you (?:seeing|talking to|getting|planning|going to) (?:a|some|any)\b|\bis your (?:boss|manager"
        r"|\w+) open to\b"
        r"|\bis (?:there|it) (?:any|some|a|possible)\b[^.?!]{0,30}\b(?:you can|you could|talk to|way to"
        r"|to (?:take|ask|find|get))\b",
        r"\bdo you (?:think|feel)\b[^.?!]{0,40}\b(?:could|would|might|will) (?:help|be (?:good|helpful|better))\b",
        r"\bdo you have (?:family|friends|anyone|someone|anybody|somebody|any (?:family|friends)|a (?:therapist"
        r"|doctor|counselor"
        r"|hobby))\b|\b(?:got|have|taking|take) (?:\w+ )?(?:any )?(?:time off|vacation time|pto|hobbies)\b"
        r"|\bmaybe you\b|^\W*(?:maybe|perhaps) (?:a|an|some|the|try|go|see|talk|take)\b",
    ),
    unless=(r"\b(?:talk|tell|speak|say|share)(?: to| with)? (?:me|more)\b",),
)
ASKS_BEFORE_ADVISING = EvidenceRule(
    "asks_before_advising",
    "asked before giving advice",
    (
        r"\b(?:do|would|did) you (?:want|like|prefer|mind)\b[^.?!]{0,30}\b(?:advice|suggestions?|ideas"
        r"|my thoughts|help|tips|opinion)\b",
        r"\b(?:can|may|could|if) i (?:offer|give|gave|share|shared|suggest|suggested|make|made|help)\b",
        r"\bwould (?:it help|you rather)\b|\b(?:advice|solutions?) or\b",
    ),
)
INVITES = EvidenceRule(
    "invites",
    "invited them to say more",
    (
        r"\b(?:tell|let) me\b(?! (?:help|know))|\btalk (?:to me|about (?:it|that|this|what))\b|\b(?:say|share"
        r"|hear|know) (?:a (?:bit"
        r"|little) )?more\b"
        r"|\belaborate\b|\bfeel like talking\b|\bwant to hear\b|\bwhat else\b|\bvent\b|\bwalk me through\b"
        r"|\blet it (?:all )?out\b|\bhelp me understand\b|\bget it off your chest\b",
        r"\b(?:want|wanna|like|need|free) (?:to )?(?:talk|vent|share|a listening|me to listen|for me to listen"
        r"|someone to listen)\b",
        r"\b(?:keep|let's keep) talking\b|\b(?:i'm|i am|here) (?:all ears|listening|to listen)\b|\bopen ear\b"
        r"|^\W*go (?:on|ahead)\b"
        r"|\bi(?:'d| would) (?:love|like) to (?:hear|listen|know)\b|\bplease (?:share|explain|go on)\b",
        r"\bwhat(?:'s| is|'s been| has been) (?:on your mind|going on|wrong|bothering|up\b|happening)"
        r"|\bwhat happened\b"
        r"|\bhow (?:do|are|did|does) (?:you|that|it|this)[^.?!]{0,12}\bfeel\w*\b|\bhow are you (?:holding|coping"
        r"|doing|handling)\b",
        r"\btake your time\b|\bas much (?:time )?as you (?:want|like|need)\b|\bfill me in\b|\bwhat(?:'s| is"
        r"|s) (?:\w+ )?(?:weighing"
        r"|troubling|worrying|eating|hurting|bugging|upsetting)\b|\b(?:want|care|like|up|able|ready"
        r"|comfortable)(?: \w+)? (?:to"
        r"|for) (?:\w+ )?(?:get into|talk\w*|go into|shar\w+|open\w*|discuss\w*|unpack)\b|\bstart (?:wherever"
        r"|anywhere"
        r"|from the)\b|\bkeep going\W*$|\btalking about it\b|\bunload\b|\bwhat(?: \w+){0,3} (?:that|it"
        r"|this) (?:been )?like"
        r" (?:for you)?\b",
    ),
    unless=(r"\btalk to (?:your|a|the|someone)\b", r"\bsomeone to (?:talk|vent)\b"),
)
_FOR_THEM = (
    r"(?:sorry|here|sure|apologi[sz]e|follow|disagree|bring|sit|watch|drop|ring|text|walk|stay|doubt|figure"
    r"|notice|respect|trust|value|wanna|totally|insist|wondered|was (?:wondering|hoping|thinking|going|just"
    r"|about to)|understand|get|see|hear|know|knew|think|thought|believe|hope|bet|imagine|guess|agree"
    r"|wish|want|wanna"
    r"|love|like|support|appreciate|promise|mean|help|say|suggest|recommend|listen|wonder|wondering|tell|be"
    r"|being|empathi[sz]e"
    r"|sympathi[sz]e|relate|offer|ask|give|happy|glad|proud|mind|recogni[sz]e|need|assure|admire|hate|realize"
    r"|care|pray|blame"
    r"|worry|call|make|take|start|try|go|find|talk|look|apply|sad|faith|noticed?|no|asking|checking|wanted|want"
    r"|hoping|got (?:you|it|this)|going to ask|listening|with you|rooting|confident|certain|worried|concerned|willing"
    r"|trying|feel (?:for"
    r"|like you|you|that you)|feel)"
)
OWN_STORY = EvidenceRule(
    "own_story",
    "spoke of themselves",
    (
        r"\bi (?!(?:(?:just|really|definitely|totally|completely|also|certainly|do|did|can|could|am|don't|didn't"
        r"|did not|can't|cannot"
        r"|couldn't|wouldn't|won't|do not|would|will|never|not|truly|only|so|very|highly|personally|always|have"
        r"|was|genuinely|fully"
        r"|still|might|may|shall|should|must|too|even|honestly|sincerely|do) )*(?:" + _FOR_THEM + r"\b"
        r"|(?:an? )?open ear\b|an open\b|(?:can|could|do|am|will|would|did|have)(?=\W*$|,| to\b| and\b)))\w+",
        r"\bi(?:'ve| have) (?:\w+ )?(?:been|had|gone|felt|lost|struggled|dealt|experienced|tried|done|worked"
        r"|seen|known)\b",
        r"\bi (?:\w+ )?(?:feel|felt|was|am|do|did|have|had|get|got|think)\b[^.?!]{0,20}\b(?:same"
        r"|that way (?:every|too|some|all|a lot|most"
        r"|when)|too|as well|similar)\b",
        r"\bi(?:'m| am) (?:\w+ )?(?:in the same|going through (?:something|the same|a|it|that)|dealing"
        r"|struggling|the same|like that"
        r"|currently)\b|\bi(?:'m| am) an? (?!good|great|friend|firm|big|little|bit)\w+"
        r"|\bi \w+ [^.?!]{0,20}\btoo\W*$|\bi(?:'m| am) [^.?!]{0,25}\b(?:too|as well)\W*$|\b(?:it|that) took me\b"
        r"|^\W*for me,? ",
        r"\bas someone who\b|^\W*been there\b|^\W*mine\b|\bthat was me\b|\bi personally (?!think|believe|know"
        r"|feel|hope|am)|\bspeaking from experience\b|\b(?:learned|learnt|know) (?:this |that |it )?the hard way\b"
        r"|\btell me about it\b(?=\W*$|, i)|\bhere,? too\b|\bi (?:always|usually|often|sometimes|normally|never"
        r"|once|tend to|used"
        r" to) (?!want|wish|hope|believe|here|knew|know|think|thought|love|be |see|doubt)\w+\b",
        r"\bme too\b|\bsame here\b|^\W*(?:honestly|yeah|yep|lol|oh)?\W*same\W*$|\bmyself\b|\bsame boat\b"
        r"|\bi(?:'ve| have)? (?:\w+ )?been there\b"
        r"|\b(?:happened|helped|worked|works|helps) (?:to |for )?me\b",
        r"\bmy (?:own )?(?:husband|wife|partner|spouse|boyfriend|girlfriend|brother|sister|mom|mother|dad|father"
        r"|son|daughter|kids?"
        r"|family|friends?|cousin|boss|job|company|work|career|life|co-?worker|manager|experience|situation"
        r"|favorite|last|first|old|ex"
        r"|uncle|aunt|day|depression|anxiety|promotion|therapist|doctor)\b|\b(?:put|made|gave) me\b",
        r"\bi (?:had|used to|lost|went|didn't get|got (?:laid|fired|passed|a)|struggle|struggled|prioritize"
        r"|remind|keep|kept|watched"
        r"|also (?:feel|felt|have|had)|felt (?:so|that|like|the|really))\b",
    ),
    unless=(
        r"\bi(?:'d| would) (?:\w+ )?(?:feel|be)\b|\bi had no idea\b|\bif i (?:were|was)\b",
        r"\bi (?:feel|felt) (?:so |really )?(?:bad|sad|terrible|awful) (?:for|that)\b|\bmy friend\W*$",
        r"\bi(?:'m| am) (?:\w+ )?an? (?:text|call|message|friend|good listener)\b|\bi (?:can|could|will|would"
        r"|may|might) (?:\w+ )?"
        r"(?:help|bring|sit|come|drop|watch|drive|cook|do|be|listen|call|talk|take|stay|only|see|hear|imagine"
        r"|tell|always)\b",
    ),
)
