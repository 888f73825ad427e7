"""Rules for the truth about what is not known, what cannot be promised, and who will be told."""

from __future__ import annotations

from server.core.rules.rule import BLOCKING, OFFERING, Rule

_KIN = (
    r"(?:son|daughter|husband|wife|family|mum|mam|mom|dad|mother|father|partner|brother|sister|parents?|boss"
    r"|employer|school|kids|children|relatives|boyfriend|girlfriend|nephew|niece|friends?)"
)
_WHO = (
    r"(?:(?:the|your|our) (?:surgeon|doctor|consultant|registrar|physio|specialist|nurse(?: in charge)?"
    r"|charge nurse|sister|matron|pharmacist|social worker|team|hospital|ward|anaesthetist|gp|porter)|dr\.? \w+|he"
    r"|she|they)"
)
_WILL = r"(?:'ll| will| won't|'s going to| is going to|'re going to| are going to|'s| is)"

HONEST: tuple[Rule, ...] = (
    Rule(
        "honest_not_knowing",
        OFFERING,
        "Says plainly what is not known, and does not guess.",
        (
            r"\b(?:i|we) (?:haven't|don't have|have not|have) (?:got )?(?:a clue|no idea|any idea)\b",
            r"\bwe (?:just |really |honestly |simply )?(?:don't|do not) know\b(?! you)",
            (
                r"\bi (?:just |really |honestly )?(?:don't|do not) know (?:when|whether|if|what|why|who"
                r"|where) (?:it|he|she|they|we|the|that|this|your|will)\b"
            ),
            (
                r"\bi (?:can't|cannot) be (?:sure|certain)\b|\b(?:it's|it is) (?:hard|impossible) to (?:say|know"
                r"|tell) (?:yet|at the moment|for sure|how long|when|what)\b"
            ),
            (
                r"\b(?:don't|won't|do not|will not) (?:want to )?(?:tell|say|give|promise) (?:to )?(?:you )?"
                r"(?:something"
                r"|anything) (?:false|untrue|(?:that|which)(?:'s| is)(?:n't| not) true|i (?:don't know|can't keep))\b"
            ),
            (
                r"\b(?:i'd|i would) (?:only )?be guessing\b|\bi (?:won't|don't want to|'m not going to) guess\b"
                r"|\bwe(?:'ll| will) know more (?:when|after|once|tomorrow|later)\b"
            ),
            (
                r"\b(?:i|we) (?:just |really |honestly |truly |also )?(?:don't|do not) know(?: (?:yet|how long"
                r"|for (?:sure|certain)|exactly|the answer)\b|\b[^?]{0,60}\b(?:find out|i'll|i will|i can|i could"
                r"|ask|guess|nobody|no one|i wish|be honest)\b)"
            ),
            r"\b(?:honest\w*|truth is|that one|that),? i (?:really )?(?:don't|do not) know\b",
            (
                r"\b(?:i|we|nobody|no one|none of us)(?: really| honestly)? (?:can't|cannot|can not|couldn't|can"
                r"|could) (?:tell(?: you)?|say|know|be (?:sure|certain))(?: (?:that|this|it|yet"
                r"|anything))* (?:for (?:sure|certain|definite)|exactly|with any certainty)\b"
            ),
            r"\b(?:i'm|i am|we're|we are) not (?:sure|certain)\b[^.?!]{0,40}\b(?:find out|ask|check)\b",
            (
                r"\b(?:nobody|no one) (?:knows(?= (?:yet|for|how long|when|what|why|if|whether)|\W*$|[.,])"
                r"|can (?:say|tell you|know|be sure)\b)|\btoo (?:early|soon) to (?:say|tell|know)\b"
            ),
            (
                r"\bi honestly (?:don't|do not) know\b|\bi (?:can't|cannot) (?:tell you|say) (?:which|whether|when"
                r"|if|how long)\b"
            ),
            (
                r"\b(?:i|we)(?:'ve| have)(?: \w+)? no (?:idea|clue|way of (?:knowing|telling|saying))\b|\bno idea"
                r" (?:yet|sorry|why|when"
                r"|how long|what|if)\b"
            ),
            (
                r"\b(?:i|we)(?: honestly| really| just| also)? (?:can't|cannot|can not|couldn't|could not|wouldn't be"
                r" able to|won't be able"
                r" to|am not able to|'m not able to) (?:say|tell(?: you)?|know|predict|answer)(?: you)?(?: that)?(?:"
                r" yet| now| today| at the"
                r" moment| for sure| exactly| honestly)* (?:how (?:long|many|much|soon|it|he|she|bad)|when|which|what"
                r"|who|whether|if|why)\b"
            ),
            (
                r"\b(?:i|we)(?:'m| am|'re| are) (?:not|n't) (?:\w+ )?(?:sure|certain)\b(?: yet)?[^?]{0,70}?\b(?:find"
                r" out|find (?:the|some|a)|ask"
                r"|check|look into|speak to|get (?:someone|somebody|the|a)|find)\b|\bwe(?:'re| are) (?:not sure|not"
                r" certain) yet\b"
            ),
            (
                r"\b(?:i|we) (?:don't|do not|haven't|have not|didn't|didn't yet|'ve not)(?: yet| actually| got)?"
                r" (?:have|got|seen|get|been told|been"
                r" given|heard|had|know|received)(?: yet| any of)? (?:that|this|the|your|his|her|any|all the|those"
                r"|enough)(?: \w+)?"
                r" (?:information|info|results?|report|details|answers?|scans?|notes|news|update|facts)\b"
            ),
            (
                r"\b(?:nobody|no one|they|we)(?:'s| has| have|'ve|'s not| hasn't| haven't)? (?:not |n't )?(?:decided"
                r"|worked (?:it|that) out|been told"
                r"|agreed)(?: yet)?\b(?= yet|\W*$|[.,])|\b(?:hasn't|has not|not) been decided\b|\b(?:it's|it is"
                r"|that's) not (?:known|clear|certain"
                r"|decided)(?: yet)?\b"
            ),
            (
                r"\bwe (?:won't|will not|don't|can't) know (?:(?:\w+ )?(?:until|till|before|yet)|how|what|if|whether"
                r"|when)\b|\b(?:i|we)(?:'m| am|'re| are) (?:not able|unable) to (?:say|tell(?: you)?|know|predict)(?:"
                r" \w+)? (?:how|when|which|what|who|whether|if|why)\b|\bwe(?:'re| are) still"
                r" (?:waiting (?:for|to|on)"
                r"|finding out|trying to (?:find|work))\b|\b(?:wait and see|remains to be seen)\b"
            ),
            (
                r"\b(?:i'd|i would) be lying if i said i knew\b|\bi (?:don't|do not) know (?:that|this)(?: yet|"
                r" myself)?(?=\W*$|[.,]| but)"
            ),
            r"\bi wish i knew\b|\bi (?:don't have|do not have|haven't got) (?:the|an|any) answers?\b",
        ),
        unless=(
            r"\b(?:don't|do not) know (?:how you|if you|when you|what you|why you|you)\b[^.?!]*",
            r"\bno idea (?:how you|what you|why you|you)\b[^.?!]*",
            r"\b(?:have|do|did) you\b[^.?!]{0,30}\bno idea\b",
        ),
    ),
    Rule(
        "sets_limit",
        OFFERING,
        "Is honest about what they cannot promise, decide or do, and does not leave it there.",
        (
            (
                r"\b(?:above me|not in my (?:hands|gift|power)|out of my hands|beyond what i(?:'m| can| am)"
                r"|outside (?:my role|what i(?:'m| can| am)))\b"
            ),
            (
                r"\bonly (?:the|a|your) (?:doctor|consultant|surgeon|pharmacist|registrar|team"
                r"|nurse in charge) can (?:\w+ )?(?:change|decide|prescribe|give|say|answer|tell|stop|do)\b"
            ),
            (
                r"\bi wish i could\b[^.?!]{0,40}?\bbut\b|\bi(?:'d| would) be lying if i (?:said|promised|told)\b"
                r"|\bas a student,? i (?:can't|cannot|'m not|am not)\b"
            ),
            (
                r"\bi (?:can't|cannot|can not|couldn't|won't|don't want to|'m not going to) (?:\w+ )?(?:promise"
                r"|guarantee)\b"
            ),
            r"\bi(?:'m| am) not going to (?:\w+ )?(?:promise|guarantee)\b",
            (
                r"\b(?:that|it|this)(?:'s not| is not| isn't) (?:something (?:that )?i(?:'m| am)? (?:can|could|able"
                r"|allowed)|for me to|my (?:decision|call)|mine to|up to me|a thing i can|a promise i can)\b"
            ),
            (
                r"\bi(?:'m| am) not (?:able|allowed|qualified|trained|the (?:right )?person) to (?:give|change"
                r"|prescribe|decide|tell|promise|say|stop|let|answer|do)\b"
            ),
            (
                r"\bi (?:can't|cannot|can not) (?:make that|decide|change|prescribe|give you (?:any\w*|more|the"
                r"|that|something|a (?:date|time))|order|tell you (?:the results?|that)|answer that"
                r"|do that)\b[^?]{0,60}?\b(?:but|what i can|i'll|i can|i have to|i need to|because)\b"
            ),
            (
                r"\bi (?:can't|cannot|can not) (?!\w+ (?:that|it) enough|wait|hear|see|imagine|understand|know"
                r"|believe|feel|think|remember)[^.?!]{3,60}?\bbut (?:i can|i'll|i will|what i can)\b"
            ),
            r"\bwhat i can (?:do|promise|offer|tell you) is\b",
        ),
        unless=(r"\b(?:can't|cannot|can not|couldn't|won't) promise (?:not to|to not|to keep)\b",),
    ),
    Rule(
        "explains_confidentiality",
        OFFERING,
        "Says who will know and who will not: the team, and not the family without their word.",
        (
            (
                r"\b(?:won't|will not|not going to|never|doesn't|don't)\b[^.?!]{0,10}? hear (?:it|this|that"
                r"|anything|a word) from (?:me|us)\b"
            ),
            (
                r"\bgive out (?:any )?(?:details|information)\b|\b(?:your|his|her|their) (?:own )?privacy\b"
                r"|\bwithout (?:your|his|her|their) (?:say[- ]?so|permission|consent|agreement)\b"
            ),
            (
                r"\bwhat(?:ever)? you(?:'ve)? (?:tell|say|told|said|share)\b[^.?!]{0,30}?\b(?:goes|stays"
                r"|is shared|gets shared|is (?:private|confidential)|i(?:'ll)? (?:share|pass))\b"
            ),
            (
                r"\b(?:won't|will not|not|can't|cannot|don't|wouldn't|doesn't|never)(?: \w+){0,2}? (?:tell"
                rf"|telling|share|speak to|talk to|discuss|say|go|with|to)\b[^.?!]{{0,25}}?\byour {_KIN}\b"
            ),
            r"\b(?:yours|his|hers|theirs|your news|his news|her news) to (?:tell|share|give)\b",
            (
                r"\bup to you who (?:we|i|you|they) tell\b|\byou(?:'re| are)? (?:decide"
                r"|the one who decides) who (?:knows|we tell)\b"
            ),
            r"\bconfidential(?:ity)?\b",
            (
                r"\bi(?:'d| would|'ll)? (?:have|need) to ask (?:him|her|them|the patient"
                rf"|your {_KIN})\b[^.?!]{{0,30}}?\b(?:first|before|permission|if (?:he|she|they))\b"
            ),
            (
                r"\bi (?:can't|cannot|can not|'m not able to) (?:tell|share|discuss|talk"
                r"|give)\b[^.?!]{0,40}?\b(?:without (?:his|her|their|asking)|until (?:he|she|they|i've asked)"
                r"|unless (?:he|she|they))\b"
            ),
            (
                r"\b(?:only|stays? (?:with|within|in)) (?:the )?(?:team|people|staff)(?: (?:who|looking|that"
                r"|caring)|\W*$|[.,])"
            ),
        ),
        unless=(r"\bto go (?:home )?to your\b", r"\bis (?:this|it|that) confidential\b"),
    ),
    Rule(
        "speaks_for_others",
        BLOCKING,
        "Promises what another person will do.",
        (
            (
                rf"\b{_WHO}{_WILL}\b[^.?!]{{0,60}}?\b(?:i (?:can |do )?(?:guarantee|promise|swear)|guaranteed"
                r"|(?:a )?hundred percent|100 ?percent|no question|you have my word)\b"
            ),
            rf"\bi (?:can |do )?(?:guarantee|promise|swear)(?: you)?(?: that)?,? {_WHO}{_WILL}\b",
            (
                rf"\b{_WHO} (?:will (?:definitely|certainly|for sure|absolutely|without fail)|(?:definitely"
                r"|certainly) will) (?:come|be|give|see|ring|phone|call|sort|tell|fix|do|let|say|operate)\b"
            ),
            (
                r"\b(?:he|she|they)'ll (?:definitely|certainly|absolutely) (?:come|be|give|see|ring|phone|call|sort"
                r"|tell|fix|do|let|say)\b"
            ),
        ),
        unless=(
            (
                r"\b(?:can't|cannot|can not|not|won't|don't|wouldn't|never|couldn't) (?:\w+ ){0,2}?(?:promise"
                r"|guarantee|say|swear)\b[^.?!]{0,80}"
            ),
            r"\b(?:if|unless|hope|whether)\b[^.?!]{0,60}",
        ),
    ),
)
