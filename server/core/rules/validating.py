"""Rules for saying that what a person feels or does makes sense, given what they live with.

The rule asks for a reason that is theirs, or for somebody else who would feel the same: `that's hard` fits anybody,
and is a ready-made phrase.
"""

from __future__ import annotations

from server.core.rules.rule import RELATING, Rule

_FELT = (
    r"(?:scared|frightened|terrified|afraid|angry|upset|worried|nervous|anxious|lonely|furious|frustrated|sad|fed up"
    r"|exhausted|the same|like that|stressed|annoyed|livid|cross|devastated|gutted|embarrassed|ashamed|overwhelmed"
    r"|confused"
    r"|tired|hurt|shocked|in bits|in pieces|wary|mortified|heartbroken|drained|shattered|suspicious)"
)
_ANYONE = (
    r"(?:any(?:one|body)|any (?:new |other |normal |good |decent |loving )?(?:grandparent|gran|grandad|woman|man"
    r"|student|carer|driver|mum|mother|father|dad|parent|son"
    r"|daughter|wife"
    r"|husband|person|patient|human(?: being)?)|most people|a lot of people|lots of people|many people|all of us"
    r"|everyone"
    r"|everybody)"
)
_REACTS = (
    rf"(?:be (?:\w+ ){{0,2}}?{_FELT}|feel|find|struggle|want|need|get (?:\w+ )?{_FELT}|react|hate|nod|fall|cry|lose"
    r"|miss|panic"
    r"|worry|think|have (?:been|felt|done|reacted)|say the same|do the same|ask|doubt|wonder|keep (?:quiet|it)|hide"
    r"|avoid|put it off|go (?:mad|to pieces)|lose)"
)
_SITUATION = (
    r"(?:accept|ask for|let|be|feel|go through|go home|go back|live|talk|watch|leave|lose|wait|sleep|cope|stay|trust"
    r"|believe"
    r"|say|admit|not know|not \w+|come|deal|carry|keep|manage|look after|care|get used|adjust|see (?:him|her|them|your"
    r"|someone)"
    r"|give up|being|having|not|living|waiting|watching|seeing|losing|going|doing|looking after|feeling|trying|when"
    r"|after"
    r"|hearing)"
)
_THEM = (
    r"(?:him|her|them|your (?:husband|wife|partner|mum|mam|mother|dad|father|son|daughter|baby|brother|sister|nan|gran"
    r"|grandad|friend))"
)

VALIDATES = Rule(
    "validates",
    RELATING,
    "Says that what they feel or did makes sense, given what they live with.",
    (
        r"\b(?:that|it) makes (?:a lot of |perfect |complete |total )?sense\b",
        r"\bany(?:one|body)(?: in your (?:place|shoes|position|situation))? would\b",
        r"\bno wonder\b",
        (
            r"\b(?:then|at (?:the|that) time|back then|at \w+),? you (?:didn't|did not|couldn't|could not) know\b"
            r"|\byou (?:didn't|did not|couldn't|could not) know (?:that |it |this )?(?:then|at the time|back then)\b"
        ),
        r"\bany(?:one|body)(?: (?!who\b)\w+){0,7} (?:would be|would have|would)(?:\W*$|[.,;!])",
        r"\b(?:normal|natural) (?:that )?you(?:'re| are| do| did| feel| want| need| miss| can't| cannot| don't)\b",
        (
            r"\b(?:that's|it's|this is|that is|it is) (?:really )?(?:not|no) (?:a )?(?:sign of )?(?:weakness|failure"
            r"|cowardice|selfish\w*)\b"
        ),
        r"\b(?:that|it|this) should(?:n't| not| never) (?:ever )?have happened\b(?! if)",
        (
            r"\bof course (?:you(?:'re| are| feel| do| did| miss| would| must| want| don't)|(?:it|that)(?:'s| is| was"
            r"| does| must| would| hurts| upsets| worries| matters| frightens| scares| stings| gets))\b"
        ),
        (
            r"\byou(?:'re| are|'ve been| have been)(?: being)? (?:(?:so|very|really|such|a|an|incredibly|ever so) )*"
            r"(?:brave|courageous) (?:to|for|telling|coming|asking|saying)\b"
        ),
        # takes the blame away
        (
            rf"\byou (?:didn't|did not) (?:leave|abandon|desert|fail|neglect|give up on|walk out on) {_THEM}\W+(?:and "
            r"|but )?you (?:went|did|were|came|had|stayed|rang|asked|took|trusted|followed|listened)\b[^.?!]{0,60}?"
            r"\b(?:because|told|asked|said|needed|had to)\b"
        ),
        (
            r"\byou did (?:what (?:you could(?! have)|(?:they|he|she|the \w+) (?:asked|told|said)|you were (?:told"
            r"|asked)"
            r"|you thought was (?:right|best))|(?:the best|your best|all|everything)(?: that)? you could(?! have))\b"
        ),
        (
            r"\b(?:(?:nobody|no one|none of us) (?:could|would)|you (?:couldn't|could not))(?: possibly)? have"
            r" (?:known|guessed|foreseen|seen (?:it|that|this)|told from|prevented|stopped (?:it|this|that))\b"
        ),
        (
            rf"\bi(?:'d| would) (?:probably )?(?:be|feel|have been) (?:\w+ ){{0,2}}?{_FELT}\b|\bi don't blame you\b"
            r"|\bwho (?:wouldn't|could blame)\b"
        ),
        (
            r"\b(?:normal|natural|ok|okay|all right|alright) (?:to|that you(?:'re| are)?|if you) "
            rf"(?:feel|worry|cry|have fear|fear|(?:be |being )?(?:so |a bit |very )?{_FELT})\b"
        ),
        r"\b(?:isn't|aren't|is not) (?:at all |really )?(?:daft|silly|stupid|foolish|weak)\b(?!\w)",
        (
            r"\b(?:nobody|no one|none of us)(?: \w+){0,4} think(?:s|ing)? (?:that )?you(?:'re| are) "
            r"(?:daft|silly|stupid|weak|a (?:bother|nuisance|burden))\b"
        ),
        (
            r"\byou(?:'re| are) not (?:being )?a (?:bad|terrible|awful) \w+|\byou(?:'re| are) (?:really )?no"
            r" (?:trouble|bother)\b"
        ),
        r"\b(?:perfectly |completely |very |quite )?understandable\b",
        (
            r"\b(?:you're|that's|it's|it is|that is|you are) (?:really )?not (?:at all )?(?:daft|silly|stupid|foolish"
            r"|weak"
            r"|a (?:bother|nuisance|burden))\b"
        ),
        r"\byou(?:'ve| have)(?: got)? (?:every|a|good|the) (?:right|reason)\b|\byou have right to\b",
        r"\bi (?:don't|do not) think (?:you're|you are|it's|that's) (?:at all )?(?:daft|silly|stupid)\b",
        r"\bnot daft\b",
        r"\bnatural to (?:feel|be|worry)\b",
        r"\bafter (?:what|all|everything) (?:you(?:'ve| have)|that(?:'s| has) happened)\b",
        r"\bthat(?:'s| is) a (?:real|big|frightening|hard) thing\b",
        # seeing why
        (
            r"\bi (?:can |do |could |totally |completely |really |absolutely |fully )*(?:see|understand|get"
            r"|appreciate) (?:exactly )?why\b"
        ),
        r"\b(?:i(?:'m| am) not (?:at all |really )?surprised|(?:it's|it is|that's) (?:no surprise|not surprising"
        r"|hardly surprising"
        r"|no wonder))\b(?! (?:by|at|to see) (?:it|that))",
        # others would
        rf"\b{_ANYONE}(?: (?!who\b)\w+){{0,5}}? (?:would|'d|might) (?:\w+ )?{_REACTS}\b",
        (
            r"\b(?:that|it|this)(?:'d| would)(?: have)? (?:\w+ )?(?:put|scare|upset|worry|frighten|terrify|bother"
            r"|annoy|rattle|shake"
            r"|drive|make|get to|wear|hurt|anger|knock|floor|unsettle|terrif|throw|stress)(?:ed|d|ied)? (?:\w+ )?(?:me"
            r"|any(?:one|body)|most"
            r" people|any of us|us|a saint|lots of people)\b"
        ),
        (
            r"\bi(?:'d| would)(?:n't| not| have| never| probably| also| definitely| really)* (?:be|feel|felt|hate|want"
            r"|find|struggle|react|need|worry|panic|cry|miss)(?:ed|d)?\b(?: (?:\w+ ){{0,2}}?(?:{_FELT}|wanting"
            r"|asking))?[^.?!]{0,45}?"
            r"\b(?:too|as well|either|the same)\b"
        ),
        r"\bi (?:don't|do not) think i(?:'d| would) (?:\w+ )?(?:like|want|cope|manage|be able|be|sleep)\b",
        r"\bi(?:'d| would) have (?!to\b|a\b|some\b|another\b|the\b)(?:\w+ ){0,2}?\w+ (?:too|as well|the same)\b",
        (
            r"\b(?:it's|it is|that's|that is|it must be|what) (?:such )?an? (?:\w+ )?(?:big|huge|massive|enormous"
            r"|terrible|awful|dreadful"
            r"|heavy|real|painful|horrible|frightening) (?:loss|blow|disappointment|knock|worry|burden|responsibility"
            r"|shock|weight|thing to (?:say|tell|hear|face|live"
            r"|lose|carry|go))\b"
        ),
        # what it is to live with
        (
            r"\b(?:that's|that is|it's|it is|it must be|that must be|you've got|you have|you've had|is|what) (?:such "
            r"|just |really |quite )*"
            r"(?:an? (?:awful |terrible |whole )?lot|so much|too much|an? (?:\w+ )?(?:big|huge|massive|enormous"
            r"|horrible|awful|terrible"
            r"|frightening|rotten|dreadful|scary|stressful|worrying|personal|private|difficult|painful) (?:\w+"
            r" )?(?:thing|change|worry|shock"
            r"|adjustment|step|decision|position|situation|time|wait|place|experience|few))"
            r" ?(?:of (?:pressure|worry|stress|change)|to (?:deal|take|carry|cope|go|ask|put|get|have|be|adjust|live"
            r"|happen|hear|see|face|lose)"
            r"|for (?:you|one|any\w+)|on (?:you|your)|going on|days|weeks|months|in)\b"
        ),
        (
            r"\b(?:it's|it is|that's|that is|it must be|that must be|it must have been|that must have been|it can't be"
            r"|it isn't"
            r"|it can be) (?:\w+ ){0,2}?(?:hard|difficult|tough|easy|heartbreaking|painful|cruel|awful|horrible"
            r"|terrible|dreadful|rotten"
            r"|exhausting|scary"
            r"|frightening|lonely|upsetting|frustrating|stressful) (?:for you |on you |to be )?(?:to"
            rf" )?{_SITUATION}\b[^.?!]{{3,}}"
        ),
        (
            r"\b(?:it's|it is|that's|that is|that isn't|it isn't|it wasn't|that wasn't|it was) (?:just |really |so"
            r" )?(?:not fair|unfair|fair)"
            r" (?:on you|to you|that you)\b|\bshouldn't have (?:had )?to (?:go|wait|feel|deal|put|fight|ask|be|hear"
            r"|carry|find)\b"
            r"|\b(?:nobody|no one|none of us) (?:(?:should have to|deserves to) (?:be|feel|go|get|hear|wait|put)"
            r"|should (?:ever )?(?:be|feel) (?:treated|left|made|told|spoken|handled|alone|kept|in pain|put through"
            r"|going through|moved))\b"
            r"|\bno (?:mother|mum|father|dad|parent|child|family|patient|son|daughter|wife|husband) (?:should|would"
            r" want|wants|deserves)\b|\b(?:it's|it is|that's|it isn't) not (?:nice|pleasant|right|easy|fun) (?:for"
            r" (?:any\w+|you) )?(?:to be|being|to have|having|when)\b|\byou deserve(?:d)? (?:better|to|more|an)\b"
        ),
        (
            r"\b(?:that's|it's|that is|it is|is) (?:an? |a very |a really |a completely |such a )?(?:\w+ )?(?:normal"
            r"|natural|reasonable|fair"
            r"|valid|human|understandable|honest) (?:thing to|reaction|response|feeling|worry|fear|concern|way to)\b"
            r"|\byour (?:feelings?|worr(?:y|ies)|concerns?|fears?|anger) (?:is|are) (?:\w+ )?(?:valid|normal|fair"
            r"|reasonable|justified)\b"
        ),
        (
            r"\b(?:given|considering|with) (?:what|all|everything|all that) (?:that )?you(?:'ve| have|'re| are)\b"
            r"|\byou(?:'re| are) (?:bound"
            r" to|right to) (?:be|feel|want|worry|ask)\b|\bi'd be surprised if you weren't\b|\bnot surprising (?:that"
            r" )?you\b"
        ),
        (
            r"\byou(?:'ve| have) (?:been through|had|got|been dealing with|been carrying) (?:\w+ )?(?:so much|a lot"
            r"|hell|an? (?:\w+ )?(?:rough"
            r"|awful|horrible|hard|tough|terrible|rotten|dreadful) (?:time|day|night|few|couple|week|month|year)\w*)\b"
            r"|\byou(?:'re| are) (?:dealing with|going through|coping with|carrying) (?:so much|a lot|an awful lot)\b"
        ),
    ),
    unless=(
        r"\b(?:don't|do not|can't|cannot|didn't) (?:\w+ )?(?:see|understand|get|know) why\b",
        r"\b(?:would|do|did|does) (?:anyone|anybody|most people|everyone)\b[^.?!]*",
        r"\b(?:a lot of|lots of|most|many) people would (?:love|kill|be glad|be happy|swap|give|just)\b[^.?!]*",
        (
            r"\bany(?:one|body) would think\b|\b(?:most|many|lots of|a lot of) people(?: \w+){0,3}? (?:want|need|ask"
            r"|think)\b"
        ),
        r"\bto (?:hear|see|find|help|get|do) (?:you|it|a vein|anything)\b(?! (?:like|so))",
    ),
)
