"""Rules for a learner who plays the patient: feelings, worries and questions in the first person.

They speak in role, and only a learner who plays the patient makes these moves. A learner's own trouble is another
thing, and is found in `server.core.rules.working`; what a patient tells or keeps back, in
`server.core.rules.in_the_bed`.
"""

from __future__ import annotations

from server.core.rules.rule import AS_PATIENT, Rule

_FELT = (
    r"(?:scared|frightened|terrified|ashamed|lonely|embarrassed|angry|anxious|nervous|upset|hopeless|helpless"
    r"|exhausted|useless|fed up|humiliated|guilty|furious|frustrated|overwhelmed|worthless|stupid|miserable"
    r"|a burden|so alone|petrified|heartbroken|silly|daft|foolish|pathetic|mortified|devastated|gutted|desperate"
    r"|in a (?:right )?state)"
)
_FEARS = r"(?:worried|worry|scared|frightened|terrified|afraid|anxious|nervous|concerned|petrified)"
_DREADED = (
    r"(?:going|falling|being|my|the (?:stairs|operation|pain|house|anaesthetic|cost|results?|scan|needle"
    r"|side effects)|what|how|getting|having|coming|dying|not|losing|waking|taking|managing)"
)

SPOKEN_AS_PATIENT: tuple[Rule, ...] = (
    Rule(
        "voices_feeling",
        AS_PATIENT,
        "As the patient: says what they feel.",
        (
            (
                r"\b(?:it|this|that|all this)(?:'s| is)? (?:makes|making|got) me (?:(?:really|so|very|a bit"
                rf"|quite) )?{_FELT}\b"
            ),
            (
                r"\bi(?:'m| am| feel| felt| was| get|'m feeling|'ve been| have been)(?: (?!not\b|never\b|glad\b"
                rf"|sure\b|sorry\b)\w+){{0,3}}? {_FELT}\b"
            ),
            r"\bi(?:'m| am)(?: (?!not\b)\w+){0,2}? afraid (?:of|to)\b",
            (
                r"\bi(?:'m| am)? (?:just |really |do |'ve )*(?:feel|feeling|felt) (?:so |really |very |quite |a bit "
                r"|just |that |like )*"
                r"(?:(?:such )?an? (?:idiot|fool|failure|nuisance|fraud|burden)|low|down|numb|lost|empty|awful|nobody"
                r"|i'm"
                r" wasting)\b"
                r"|\bi(?:'m| am) (?:scared|worried|bored) (?:stiff|sick|to death)\b"
            ),
            r"\bit (?:frightens|scares|upsets|terrifies) me\b|\bi hate (?:it|being|feeling|this|that|needing|asking)\b",
        ),
        unless=(
            r"\bi (?:feel|get) (?:that |like |as if )?(?:you|he|she|they)\b[^.?!]{0,40}",
            r"\bi(?:'m| am) (?:scared|afraid) (?:that )?you\b",
            r"\b(?:talk\w*|speak\w*|treat\w*|look\w*)(?: \w+){0,2}? (?:like|as if|as though) i(?:'m| am)\b[^.?!]*",
        ),
    ),
    Rule(
        "voices_concern",
        AS_PATIENT,
        "As the patient: says what worries them about what is to come.",
        (
            (
                rf"\bi(?:'m| am| feel| get)(?: (?!not\b)\w+){{0,2}}? {_FEARS} (?:that )?(?:i(?:'ll| will|'m| am"
                r"| won't| might|'ve| have| had| may| can't| don't| could| should| shouldn't)"
                rf"|(?:it|they|he|she|nobody|no one|something|there|my \w+)(?:'s|'ll|'re)?\b|about {_DREADED}|of"
                rf" {_DREADED})\b(?! (?:have to"
                r"|need to|be late|go now))"
            ),
            (
                r"\bi (?:do |really |just |keep |always )*(?:worry|worrying|fear|dread)(?: that| about)? (?:i|i'll"
                rf"|i'm|{_DREADED})\b"
            ),
            (
                r"\bwhat if (?:i(?:'m| am| fall| die| can't| don't| get (?:worse|ill|stuck|lost)| need| forget"
                r"| wake| lose| never| collapse)|(?:it|they|he|she|there|my \w+|the \w+)(?:'s|'re|'ve)?\b|(?:nobody|no"
                r" one|something)(?:'s| is| comes| happens| hurts"
                r"| goes| doesn't| gets| spreads| won't| can't))\b"
            ),
            (
                r"\bi keep (?:thinking|wondering) (?:that )?(?:it(?:'s| is|'ll)|i(?:'ve|'m|'ll| have| am)|what|about"
                r" (?:what"
                r"|my|the|him|her|them|dying)|they)\b|\bi(?:'m| am| was|'ve been) (?:\w+ )?dreading\b|\bi can't stop"
                r" thinking\b"
                r"|\bi(?:'ve| have) convinced myself\b"
            ),
            r"\bwhat (?:worries|frightens|scares|bothers) me\b|\bmy (?:biggest |main |real )?(?:worry|fear) is\b",
            r"\bi (?:don't|do not) want to (?:be a burden|fall|end up|go in(?:to)? a home|die|lose)\b",
            (
                r"\bi (?:don't|do not) (?:know|see) how i(?:'ll| will|'m going to| can| am going to) (?:manage|cope"
                r"|get|pay|look after)\b"
            ),
        ),
        unless=(
            (
                r"\bi(?:'m| am) afraid (?:that )?i(?:'ll| will| can't| don't| have|'m)\b(?! (?:fall|die|never|lose"
                r"|not wake|end up))"
            ),
        ),
    ),
    Rule(
        "asks_clinician",
        AS_PATIENT,
        "As the patient: asks the clinician something.",
        (
            (
                r"\b(?:when|how (?:long|soon|often|much)|why) (?:can|will|do|am|should|could|must|would"
                r"|have) i\b(?! (?:come|call|sit|help|ask))"
            ),
            (
                r"\b(?:can|could|may|should|will|am|do|must) i (?:(?:really |still |ever )?(?:go home|drive|eat"
                r"|drink|walk|work|get (?:better|up|worse)|take (?:these|them|my)|see (?:the|a) doctor|need (?:an|a"
                r"|to)|have to (?:take|stay|go|have)|be (?:able|awake|asleep|all right|ok|in pain)|going to (?:die"
                r"|be|have|lose|get)|die|allowed))\b"
            ),
            r"\bis it (?:serious|cancer|dangerous|catching|curable|going to (?:hurt|come back|get worse|kill me))\b",
            r"\bwhat (?:does|do) (?:that|this|it|these|the)(?: \w+)? mean\b(?! (?:for|to) you)",
            r"\bwill (?:it|this|that|they) (?:hurt|work|come back|make me|go away)\b",
            (
                r"\bwhat(?:'s| is) (?:wrong|the matter|happening|going) (?:with|to|on with) me\b"
                r"|\bwhat are my (?:results|options|chances)\b"
            ),
            (
                r"\bwhat (?:are|is) (?:these|this|the|that) (?:tablets?|pills?|medicines?"
                r"|injection)?(?: \w+)? ?for\b|\bwhat happens to me\b"
            ),
        ),
    ),
)
