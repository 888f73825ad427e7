"""Readable rules for denying a feeling: talking somebody out of it, making it everybody's, joking, arguing."""

from __future__ import annotations

from server.core.rating.rules import EvidenceRule

_FEEL_BAD = (
    r"(?:discourag\w*|(?:feel |get |let (?:it |this |that )?)?down|sad|upset|worr\w+|anxious|stress\w*|wallow\w*"
    r"|afraid|scared|nervous|angry|frustrated|disappointed|hopeless|feel (?:so |too )?(?:bad|like that|that way"
    r"|like this"
    r"|this way|sorry for|guilty|hurt)|tear you|beat yourself|blam(?:e|ing) yourself|dwell\w*|give up"
    r"|bother(?:ed)? you"
    r"|be bothered|(?:so |too )?hard on yourself|take it (?:so |too )?(?:personal\w*|hard|to heart|seriously|badly)"
    r"|over ?think\w*|think (?:about it|too much|like that|that way|so negative\w*|negative\w*)|lose (?:sight"
    r"|hope|heart"
    r"|sleep)|get to you|mad|complain\w*|cry\w*|tears|depress\w*|negative|let it|be like that|obsess\w*"
    r"|panic\w*|sulk\w*"
    r"|mop(?:e|ing)|stew\w*|make (?:it|such|a (?:big )?(?:deal|fuss)))"
)

TALKS_OUT = EvidenceRule(
    "talks_out_of_it",
    "told them not to feel it",
    (
        r"\b(?:don't|do not|dont|no need (?:to|for)|no (?:reason|point|use|sense) (?:to|in)|try not to|stop"
        r"|quit|shouldn't"
        r"|should not|can't just|cannot just|not to|never|why)(?: \w+){0,3}? " + _FEEL_BAD + r"\b|\bnot (?:\w+ )?"
        r"(?:blame yourself|worry|wallow|dwell|tear you)\b",
        r"\b(?:don't|do not|dont) (?:worry|stress|cry|sweat|panic|overthink|dwell|wallow|despair|fret|mope|sulk)\b"
        r"|\bno worries\b|\bnever ?mind\b",
        r"\bcalm down\b|\b(?:get|getting) (?:over|past) (?:it|this|that|yourself)\b|\bmove (?:on|past)\b"
        r"|\bmoving on\b"
        r"|\blet (?:it|that|this|them)? ?go\b|\bletting (?:it |that )?go\b|\bsnap out\b|\b(?:brush|shake|laugh"
        r"|walk|sleep)"
        r" it off\b|\bforget (?:about )?(?:it|them|that|this|him|her)\b|\b(?:put|leave) (?:it|this|that"
        r"|all that|them)"
        r" behind\b|\bbygones\b|\brise above\b",
        r"^\W*(?:oh )?(?:that's|thats|it's) (?:alright|all right|ok|okay|fine)\b(?! to| that| if"
        r"| not)(?!,? (?:take|you))",
        r"\b(?:not|isn't|ain't) (?:that |such |really )*(?:a )?(?:big|bad|the end|(?:that )?big)\b(?: of a)?"
        r"|\bnot worth (?:it|worrying|your)\b|\b(?:can't|couldn't|cannot) be (?:that|all that|so) bad\b"
        r"|\bnot as bad\b|\b(?:sounds|seems) worse than\b",
        r"\b(?:you(?:'re| are) )?(?:over ?react\w*|over ?think\w*|being (?:too |so |a bit )?(?:sensitive|dramatic"
        r"|negative|silly|hard))\b|\bmountain out of\b|\bout of proportion\b|\bover nothing\b",
        r"\bno (?:need|reason|point|use)\b|\bcan't let\b|\b(?:in|inside) your head\b|\baccept (?:it|that|this)\b"
        r"|\bnothing to (?:complain|worry|cry|be)\b|\bno big deal\b|\bworry too much\b|\bsorry for yourself\b"
        r"|\bnot something to be\b|\bto heart\b|\b(?:have to|need to|just) (?:just )?(?:deal with|live with) it\b"
        r"|\bbe (?:happy|content|satisfied) with\b|\bdefine you\b|\b(?:keep|stay) calm\b|\bworse things\b"
        r"|\bbigger (?:problems|things)\b|\btake (?:things|it|this|everything|stuff) (?:too|so) \w+\b"
        r"|\b(?:don't|do not"
        r"|dont) be (?:such|so|a|an)\b|\bnot (?:that|so|all that) (?:serious|deep|important)\b"
        r"|^\W*(?:just )?(?:relax|chill)\b|\b(?:stay|be|more|remain) positive\b|\bfocus on (?:the )?"
        r"(?:positives?|good|bright)\b|\broll off\b"
        r"|\byou(?:'re| are) just (?:tired|stressed|being|emotional|upset)\b|\bwhy are you (?:so|even|still)\b"
        r"|\b(?:just|try to) (?:relax|be happy|smile|chill|enjoy|be positive|think positive|ignore it)\b"
        r"|\byou(?:'re| are) fine\b|\blaugh about (?:it|this)\b|\bput (?:it )?(?:things )?(?:in|into) perspective\b",
        r"\b(?:toughen|man|suck it|cheer|lighten|buck|grow|perk) up\b|\bpull yourself\b|\b(?:just|only) an? (?:job"
        r"|promotion|title|phase|bad (?:day|patch|spell)|setback|little|blip|bump|slump)\b"
        r"|\bget (?:right )?back (?:at"
        r"|up|to) it\b|\bisn't (?:your|the) (?:highest|only|most)\b|\bthick(?:er)? skin\b|\bit(?:'s| is) nothing\b",
    ),
    unless=(
        r"\byou don't (?:have|need) to\b|\b(?:afraid|scared|shy) to (?:ask|speak|talk|reach|say|try)\b"
        r"|\b(?:hard|difficult|tough|not easy|easier said\b.*) to let\b|\bdon't feel (?:guilty|bad) (?:for"
        r"|about) feeling\b",
        r"\bi (?:don't|do not|didn't)\b",
        r"\bdon't (?:you )?(?:know|think|feel)\W*$",
        r"\bwhy (?:are|do) you (?:feel|think)\b|\bno (?:reason|need) to (?:apologi[sz]e|thank)\b"
        r"|\bno worries (?:at all|if)\b",
    ),
)
GENERALISES = EvidenceRule(
    "generalises_away",
    "made it everybody's or life's",
    (
        r"\bwe(?:'re| are) all\b|\b\w+s are (?:all )?(?:like that|the same)\b|\b(?:everyone|everybody|we all"
        r"|all of us|most (?:people|folks)|lots of (?:people|folks)|many (?:people|folks)|millions|people"
        r"|you're not the only)(?:'s|s)? (?:\w+ )?(?:feels?|goes?|go|has|have|wish\w*|gets?|is|are|life"
        r"|struggles?|deals?"
        r"|loses?|experience\w*|want\w*|hates?|makes?|fails?|tired|busy|stressed)\b|\beveryone's\b",
        r"\b(?:most|all|other|many|so many) \w+(?:s|en) (?:\w+ )?(?:are|feel|have|go|do|get|struggle)\b|\bevery"
        r" (?!one\b|body\b|day\b|time\b|right\b|reason\b)\w+ (?:has|have|goes|gets|is|feels)\b"
        r"|\b(?:these )?things (?:just )?happen\b|\b(?:it|shit|stuff|that|this) happens\b|\bwe've all\b"
        r"|\bcomes with\b"
        r"|\bnobody(?:'s| is) perfect\b|\bno one is\b",
        r"\bto (?:everyone|everybody|all of us|the best of us)\b|\bhappens? (?:all the time|a lot|every day"
        r"|sometimes)\b"
        r"|\bpar for the course\b|\bwelcome to\b|\bcan't (?:always |all )?(?:win|get|have) (?:them|'em|what"
        r"|everything|it)"
        r"(?: all| you)?\b",
        r"(?<!your )(?<!my )\b(?:life|the world|work(?! is it)) (?:is|isn't|isnt|just|goes|happens|can be"
        r"|ain't)\b|\blife's\b"
        r"|\b(?:part|way) of (?:life|the|being|growing|work|business|any)\b|\bthat(?:'s|s"
        r"| is) (?:just )?(?:\w+ )?(?:life|"
        r"business|how|the way|work|capitalism|corporate|adulthood|what \w+ (?:do|does|is))\b|\bit is what it is\b"
        r"|\bwin some\b|\bsuch is\b|\bnormal part\b|\bhappens to (?:a lot|many|most|all|us)\b|\bno \w+ is perfect\b"
        r"|\b(?:nobody|no one) (?:likes|has|gets|is|enjoys)\b|\badulting\b|\bthe way it (?:is|goes)\b"
        r"|\b(?:cookie|ball) (?:crumbles|bounces)\b|\bups and downs\b",
        r"\b(?:we|you) (?:can't|can only|only)(?: ever)? (?:control|invest|change)\b|\bonly thing (?:we|you) can\b"
        r"|\bno (?:other )?choice\b|\btiming is\b|\b(?:might|may|probably) (?:just|only) be\b|\bjust (?:a "
        r"|an )?(?:\w+ )?"
        r"(?:matter|part|setback|temporary|phase|bump|blip)\b|\bout of (?:our|your) control\b",
    ),
    unless=(
        r"\bnot (?:everyone|everybody|all)\b",
        r"\blife is (?:\w+ )?(?:upside|falling|a mess)\b|\bwhat happens\b",
        r"\b(?:anyone|everyone|everybody|most people|people|nobody) (?:\w+ )?would\b",
    ),
)
JOKES = EvidenceRule(
    "jokes",
    "made a joke of it",
    (
        r"\b(?:ha){2,}h?\b|\bl(?:o+)l\b|\blmf?ao\b|\brofl\b|\b(?:he){2,}\b|\bj/?k\b|\b(?:just|i(?:'m| am)"
        r"|only) (?:kidding"
        r"|joking|messing|teasing)\b|\bgotta laugh\b|\byay+\b",
    ),
)
CONTRADICTS = EvidenceRule(
    "contradicts",
    "argued with what they had said",
    (
        r"^\W*(?:yes|yeah|yea|yep|right|ok|okay|sure|true|well|i (?:see|understand|agree|know|get (?:it|that)|hear"
        r" (?:you|that)))\b[^.?!]{0,30}\bbut\b",
        r"^\W*(?:but|well,? (?:unless|you|it sounds|maybe))\b|\bi (?:disagree|beg to differ|doubt)\b"
        r"|\bi (?:don't|do not) (?:think|believe|agree)\b[^.?!]{0,12}\b(?:that's|it's|that is|it is|this is"
        r"|they|he|she"
        r"|with)\b",
        r"\bmaybe (?:you|they|he|she) (?:weren't|were|was|wasn't|had|did|didn't|just|aren't|need|mis\w+)\b",
        r"\bare you sure (?:you|it|it's|its|that's|they|this|he|she)\b|\bdid you (?:really|even|actually)\b"
        r"|\b(?:can't|couldn't) be (?:all |only )?(?:their|his|her|your|that)\b|\byou must have (?:done|said"
        r"|missed|mis\w+"
        r"|made)\b|^\W*(?:no|nope),? (?:it(?:'s| is)|you(?:'re| are)|that(?:'s| is)|they) ?(?:not|n't)?\b"
        r"|\byou (?:don't|do not|can't) (?:\w+ )?know (?:that|for sure|what they|why they|they)\b|\b(?:can't"
        r"|couldn't) have been\b"
        r"|\b(?:probably|surely|must have|maybe) (?:\w+ )?had (?:his|her|their|a|good) (?:own )?reasons?\b"
        r"|\bthat(?:'s| is) not (?:true|what happened|fair to|how it)\b",
    ),
    unless=(
        r"\byou must have (?:\w+ )?(?:felt|been)\b",
        r"\bare you sure you(?:'re| are) (?:ok|okay|alright|fine|up)\b",
    ),
)

DENYING = (TALKS_OUT, GENERALISES, JOKES, CONTRADICTS)
"""What denies the feeling."""
