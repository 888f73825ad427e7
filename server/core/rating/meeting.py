"""Readable rules for what meets a feeling: sorrow, naming it, treating it as making sense, saying one understands."""

from __future__ import annotations

from server.core.rating.rules import EvidenceRule
from server.core.rating.words import ADVERBS, BAD, FELT, HARD, SEEMS

_IT = r"(?:that|it|this|what (?:\w+ ){1,4})"
_WOULD = (
    r"(?:is|was|can be|can feel|must be|must have been|would be|would feel|has to be|had to be|sounds?|feels?|felt)"
)

SORROW = EvidenceRule(
    "expresses_sorrow",
    "said that they were sorry about it",
    (
        r"\bi(?:'m| am| feel| was) "
        + ADVERBS
        + r"(?:sorry|sad (?:to|for|that)|(?:heart ?broken|bummed|gutted|sorry|sad"
        r"|awful|bad|terrible|crushed|devastated|disappointed|let-?down) (?:for you|that (?:they|you|this)))\b",
        r"^\W*(?:(?:oh|wow|so|very|really|man|aw+|ah|ugh|well|and|but) )*sorry (?:to|for|about|that|you|ur|u"
        r"|they|it)\b",
        r"\b(?:condolences|sympath(?:y|ies) (?:to|are|go))\b|\bmy sympathies\b|\b(?:so|very|really|truly) sorry\b"
        r"|\bsad to hear\b|\bsorry (?:to hear|for (?:your|what)|about (?:that|this|your|it|the))\b"
        r"|\bi apologi[sz]e (?:that|you|to hear)\b",
        rf"\b{_IT}(?:'s| is| was| must've| must| sounds?| really| does| just| has to| had to)*(?: be"
        rf"| have been)? {ADVERBS}{BAD}\b",
        rf"\b(?:thats|its) {ADVERBS}{BAD}\b",
        r"^\W*(?:oh,? no|a+w+|ugh+|damn|dang|oh dear|yikes|oh my|ouch|oof+|geez|jeez|gosh that)\b",
        r"\bwhat an? " + ADVERBS + r"(?:shock|letdown|" + BAD + r")\b",
        r"\b(?:it|that|this) (?:\w+ )?(?:hurts|stings|sucks|stinks|bites)\b",
        r"\bhow " + ADVERBS + r"(?:awful|horrible|terrible|sad|unfair|frustrating|disappointing|upsetting|cruel|rude"
        r"|unkind|unfortunate|heart ?breaking)\b",
        r"\bi (?:\w+ )?(?:feel|hurt|ache) (?:\w+ )?for (?:you|ya|u)\b|\b(?:my|our) hearts? (?:goes|go|breaks?"
        r"|aches?|hurts?)\b"
        r"|\bbreaks my heart\b|\b(?:don't|do not|didn't|did not) deserve (?:that|this|it|any)\b"
        r"|^\W*(?:oh )?(?:poor you|you poor)\b|\bwhat a (?:day|week|year|time|mess|nightmare)\b|\bcrying shame\b"
        r"|\b(?:rotten|bad|terrible|awful|rough|hard|tough) (?:luck|break|news|week|day|year|month)\b",
        r"\bi hate (?:that|to hear|this|seeing|hearing)\b|\bi(?: really| just)* wish (?:this|that|it|you|they|things)"
        r" (?:\w+ ){0,2}?(?:hadn't|had not|didn't|wasn't|weren't|were(?: different)?|never)\b",
    ),
    unless=(
        r"\bsorry,? but\b",
        r"\bnot sorry\b",
        r"\bi(?:'m| am) late\b",
        r"\b(?:not|can't be|couldn't be|isn't) (?:so |too |that |all that |quite )?bad\b",
    ),
)
NAMES = EvidenceRule(
    "names_what_it_is",
    "said what it must feel like",
    (
        rf"\b{SEEMS}\b[^.?!]{{0,40}}\b(?:{FELT}|{HARD})\b",
        rf"\b(?:it|that|this|there)(?:'s| is| can be| can feel| was| has been| feels?| would be| would feel"
        rf"| would make)\b[^.?!]{{0,20}}\b(?:{FELT}|{HARD})\b",
        rf"\b(?:thats|its) {ADVERBS}(?:{FELT}|{HARD})\b",
        rf"^\W*(?:\w+ing)\b[^.?!]{{0,50}}\b(?:is|can be|can feel|feels|hurts|takes)\b[^.?!]{{0,20}}\b(?:{FELT}|{HARD}"
        r"|toll)\b",
        rf"\b(?:that|this) (?:kind|sort|much) (?:of )?[^.?!]{{0,30}}\b(?:{FELT})\b",
        r"\bhow " + ADVERBS + r"(?:devastating|crushing|frustrat\w+|upset\w*|hard|difficult|scary|overwhelm\w+|hurt\w*"
        r"|painful|tough|stressful|sc?ared|disappoint\w+|exhaust\w+|heavy|lonely|confus\w+|unsettling|disheart\w+"
        r"|much (?:this|it|that) has (?:affected|hurt|taken))\b",
        rf"^\W*must (?:have |of )?(?:been |be |feel )?[^.?!]{{0,15}}\b(?:{FELT}|{HARD})\b",
        r"\b(?:it |that )?(?:sounds|seems) like (?:you|it|work|this|that|everything|things|life|they|there|the"
        r"|your)\b"
        r"|\b(?:being|getting) \w+ hurts\b",
        r"\b(?:it|that|this|you) must (?:really |just |all |have )*(?:feel|felt|hurt|sting|stung)\b|\bhow much (?:it"
        r"|this|that|they|he|she) (?:means?|meant|matters?)\b",
        r"\byou(?:'re| are| have|'ve)(?: been)? (?:\w+ ){0,2}(?:carrying|dealing with|going through|under|juggling"
        r"|handling|holding) (?:so much|a lot|such|too much)\b|\b(?:so much|a lot|too much) (?:on you|to carry"
        r"|to hold"
        r"|to handle|to deal with|to take in|to process|at once)\b",
        r"^\W*so (?:you (?:feel|felt|are feeling)|it (?:feels?|felt))\b|\bmak(?:es?|ing) you feel (?!like|this|that"
        rf"|\W)\w+|^\W*(?:so )?(?:it's|its|it is) (?:more |almost )(?:of |like )[^.?!]{{0,12}}\b(?:{FELT})\b",
        rf"\byou(?:'re| are| must be| must have been| seem| sound| look|'ve been| have been) {ADVERBS}(?:{FELT})\b",
        rf"\byour (?:\w+ )?(?:{FELT})\b(?! (?:is|are) (?:not|silly))",
        r"\blike (?:the|your) (?:rug|world|ground|floor|sky|life)\b[^.?!]{0,20}\b(?:pulled|fell|fall\w*|gone"
        r"|collaps\w+)\b"
        r"|\b(?:takes?|taking|took|taken) (?:a|its|such a|quite a) (?:\w+ )?toll\b|\btrust (?:was )?broken\b"
        r"|\b(?:shak|knock|dent|hit|rock|eat)\w* (?:at )?(?:a person's|someone's|your|the)"
        r" (?:confidence|self|trust|sense)\b|\bpart of you\b|^\W*(?:so |and )?(?:it's|its|it is) (?:almost "
        r"|a bit )?(?:like|as if|as"
        r" though) (?:you|nothing|nobody|no one|all|everything|the|your)\b|^\W*(?:so "
        r"|and )?you(?:'ve)? (?:just |really )?(?:wanted"
        r"|hoped|were hoping|miss|missed|wish|wished|expected|longed)\b"
        r"|\byou(?:'ve| have)? (?:\w+ )?(?:put|gave|given|poured|invested|worked) (?:\w+ )?(?:so (?:much|hard"
        r"|long)|your"
        r" (?:all|heart))\b",
    ),
    unless=(
        r"\b(?:don't|do not|never|shouldn't|stop|try not to|no reason to)\b[^.?!]{0,20}\b(?:feel|be|get|worry)\b",
        r"\b(?:won't|not) be (?:so )?(?:hard|difficult)|\bworried about you\b|\byou(?:'re| are) not (?!alone"
        r"|the only)",
        r"\bi (?:feel|felt|was) (?:so |really |very )?(?:sad|lost|stuck|tired|upset)\b|\bnot that (?:hard|bad"
        r"|tough)\b",
    ),
)
_WOULD_ANY = r"\b(?:anyone|anybody|most people|any of us|a lot of people|everyone|everybody|any \w+|a lot of folks)\b"
LEGITIMISES = EvidenceRule(
    "legitimises",
    "treated the feeling as making sense",
    (
        r"\b(?:makes|made|make|making) (?:a lot of |total |perfect |complete |all the )?sense\b(?! of)",
        r"\b(?:every|a|the|all the|good|a good|any) (?:right|reasons?) (?:to \w+|for feeling)\b|\bfeeling"
        r" (?:that|this) way is\b|\b(?:not|isn't) wrong (?:for|to)\b|\bfair (?:way|reaction)\b"
        r"|\b(?:you(?:'re| are)|be) (?:allowed|entitled|justified)\b|\bpermission to\b|\bjustified\b"
        r"|\bonly (?:fair|human|natural)\b|\bget to (?:be|feel)\b|\bfeel (?:whatever|what) you\b"
        r"|\blet yourself (?:feel|be|cry|grieve)\b|\bfor one person\b|\bbig deal to you\b"
        r"|\bwould (?:\w+ )?(?:upset|hurt|bother|anger|scare|break|crush|get to) (?:me|anyone|anybody|everyone"
        r"|most)\b|\bowed you\b"
        r"|\byou did (?:everything|nothing wrong|all you could"
        r"|your best|what you could)\b",
        r"\byou (?:\w+ )?(?:deserved?|earned)\b|\bshould(?:'ve| have)? (?:\w+ )?(?:been|be) (?:recogni[sz]ed|noticed"
        r"|appreciated|valued|you)\b|\bshould(?:'ve| have) (?:\w+ )?(?:shown|treated|given|told|been|gotten|got|paid"
        r"|seen|known|handled)\b|\b(?:they|he|she|it|management|your \w+) should(?:'ve| have)\b"
        r"|\b(?:shouldn't|should not) have (?:to|been|happened|done|said|treated|had)\b",
        r"\b(?:it's|its|it is|that's|thats|that is) " + ADVERBS + r"(?:ok|okay|alright|all right|normal|natural|human"
        r"|fine|valid|reasonable|fair) (?:for (?:you|anyone) )?(?:to|not to|that you|for you"
        r"|if you)\b(?! (?:give|get over"
        r"|move))",
        r"\b(?:normal|natural|understandable|valid|reasonable|human|healthy) (?:reaction|response|feeling|way"
        r"|thing to"
        r"|part of griev\w+|emotions?)\b",
        r"\b(?:reaction|that|it|feeling|feel that way|crying(?: about it)?|being \w+|to be \w+) (?:is|are|seems"
        r"|sounds) " + ADVERBS + r"(?:fair|fine"
        r"|ok|okay|normal|natural|reasonable|human|healthy)\b(?=\W*$|,)|\bunderstandabl[ey]\b|\bvalid\b"
        r"|\bnot (?:out of the ordinary|unusual|weird|crazy|strange|surprising)\b",
        r"\bi " + ADVERBS + r"(?:can |could |do )?" + ADVERBS + r"(?:see|understand|get) (?:exactly )?why\b",
        r"\bno (?:wonder|surprise)\b|\bwho (?:wouldn't|could blame|can blame|would blame)\b|\b(?:not"
        r"|isn't) (?:a )?surpris\w+\b"
        rf"|{_WOULD_ANY}[^.?!]{{0,25}}\b(?:would|could)\b|\b(?:nobody|no one) (?:could|would|should)\b",
        r"\b(?:of ?course|naturally|obviously),? (?:you|it)(?:'re|'s|'d)? (?:\w+ )?(?:feel|felt|are|is|hurts?"
        r"|do|would|" + FELT + r")\b",
        r"\bi(?:'d| would)(?: \w+)? (?:feel|be|have (?:felt|been))\b[^.?!]*\b(?:same|too|that way|as well|"
        + FELT
        + r")\b",
        r"\bnothing wrong with\b|\bnot your fault\b|\byou(?:'re| are) right to (?:be|feel)\b|\bnot (?:being )?"
        r"(?:unreasonable|crazy|weak|silly|overreacting|dramatic|selfish|imagining)\b|\b(?:don't|do not) think"
        r" you(?:'re| are) (?:over ?react\w*|crazy|wrong|being)\b"
        r"|\byour (?:feelings?|emotions?|anger|frustration|hurt|pain) (?:matters?|(?:is|are) (?!not))"
        r"|\b(?:don't|do not) feel (?:guilty|bad) (?:for|about) feeling\b|\bwhat you(?:'re| are) feeling (?:is"
        r"|matters)\b"
        r"|\bdon't blame you\b|\bdid nothing wrong\b|\b(?:don't|do not) have to (?:pretend|be (?:ok|okay|fine|strong)"
        r"|apologi[sz]e|explain yourself|justify|hide)\b|\bnot to be (?:ok|okay)\b|\b(?:need|time) to be sad\b",
    ),
    unless=(r"\b(?:not|isn't|never) (?:ok|okay|fine|normal) to\b",),
)
CLAIMS = EvidenceRule(
    "claims_understanding",
    "said that they understood",
    (
        r"\bi " + ADVERBS + r"(?:can |could |do )?" + ADVERBS + r"(?:certainly )*(?:understand|get|hear|feel"
        r"|relate|see|follow|appreciate|empathi[sz]e|sympathi[sz]e)\b(?= (?:you|u|ya|it|that(?! you)|this|how"
        r"|what(?!ever)"
        r"|where|why|the feeling|just|exactly|fully|completely|totally|with|to|feeling|your)\b|\W*$|[,.!])",
        r"\bi (?:\w+ )?know (?:exactly )?(?:how|what (?:it|you|that)|it's|it is|it can|it feels|that feeling"
        r"|the feeling|that this)\b|\bi (?:hear|get) (?:ya|u)\b|^\W*(?:(?:yes|yeah|totally|completely"
        r"|definitely)\W+)+"
        r"(?:get|understand|feel) (?:that|it|you)\b|\bi can (?:only|just)? ?imagine\W*$|\bi (?:can't"
        r"|couldn't) (?:even )?(?:begin to )?imagine\b|\bbelieve me,? i know\b|^\W*understood\b|\bi know wym\b"
        r"|\b(?:a|some) (?:sense|idea) of"
        r" (?:what|how)\b",
    ),
    unless=(
        r"\bi (?:feel|get|see) (?:like )?(?:that )?you (?:should|need|could)\b",
        r"\bif i (?:get|understand|see)\b|\bi (?:can't|don't|couldn't|cannot) (?:understand|get|relate|see)\b"
        r"|\bi (?:get|feel|see) (?:to|it (?:every|all))\b|\bi appreciate (?:that|it|you|your|what|this)\b",
    ),
)

MEETING = (SORROW, NAMES, LEGITIMISES, CLAIMS)
"""What meets a feeling."""
