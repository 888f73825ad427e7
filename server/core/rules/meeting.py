"""Rules for meeting a person and relating to them: what opens a talk, and what answers a feeling."""

from __future__ import annotations

from server.core.rules.rule import OPENING, RELATING, Rule
from server.core.rules.validating import VALIDATES

MEETING: tuple[Rule, ...] = (
    Rule(
        "greets",
        OPENING,
        "Says hello.",
        (r"\b(?:hello|hi(?!-)|good (?:morning|afternoon|evening)|hiya|hey there)\b|^\W*hey\b",),
    ),
    Rule(
        "introduces_self",
        OPENING,
        "Says who they are.",
        (
            r"\bmy name(?:'s| is)\b",
            (
                r"\bi(?:'m| am) (?!\w+ing\b|not\b)(?:\w+,? )?(?:(?:your|the|a|one of the) )?(?:\w+ )?(?:student|nurse"
                r"|doctor|registrar|medic|midwife|paramedic)\b"
            ),
            (
                r"\bi(?:'m| am) (?:in my|a|an) (?:first|second|third|final)[- ]year\b|\bone of the (?:\w+"
                r" )?(?:students|nurses|doctors|medics|registrars)\b"
            ),
        ),
    ),
    Rule(
        "asks_name_preference",
        OPENING,
        "Asks what the person likes to be called.",
        (
            r"\b(?:like|prefer|want)(?: me| people| us)? to (?:be called|call you)\b",
            r"\bprefer (?:mrs|ms|miss|mr|dr)\b|\b(?:call(?:ed)? you by|use) your first name\b",
            r"\bwhat (?:should|shall|can|may) i call you\b",
            r"\b(?:can|may|shall|if|could) i (?:just )?call you\b(?! (?:if|when|back|an?|later|tomorrow|in|at|the)\b)",
        ),
    ),
    Rule(
        "checks_hearing",
        OPENING,
        "Makes sure of being heard: asks, faces, turns the noise down, sees to the hearing aid.",
        (
            r"\b(?:can|could|do|did) you hear (?:me|what|that|all right|ok)\b",
            r"\bhearing[- ]?aids?\b",
            r"\bbatter(?:y|ies)\b",
            (
                r"\b(?:turn|switch)(?:ed|ing)? (?:the |that |your )?(?:tv|telly|television|noise|sound) (?:down|"
                r"off)\b"
            ),
            r"\b(?:turn|switch)(?:ed|ing)? (?:down|off) (?:the |that |your )?(?:tv|telly|television)\b",
            r"\b(?:is|was) that (?:too (?:quiet|fast)|clear|loud enough|better)\b",
            r"\bhard (?:for you )?to hear\b",
            r"\b(?:let me|i'll|i will|shall i|i can) (?:say|repeat) (?:that|it)(?: again)?\b",
            r"\bam i (?:\w+ )?(?:loud|clear|quiet)\b|\bdid you (?:catch|get) that\b",
            r"\b(?:am i|i'm) (?:speaking|talking) (?:too|clearly)\b",
            r"\bhow (?:is|are) your (?:hearing|ears)\b",
            r"\b(?:face|facing) you\b",
            r"\bsee my (?:face|lips|mouth)\b",
        ),
    ),
    Rule(
        "stays",
        RELATING,
        "Offers time and presence.",
        (
            r"\bi(?:'ll| will|'m going to|'d like to| can) (?:just )?(?:sit|stay)\b",
            r"\bi(?:'ve| have) (?:got )?(?:some |a (?:few|couple of) )?(?:time|minutes)\b",
            r"\btake as long as\b|\bi(?:'m| am) not going anywhere\b",
            r"\b(?:there's )?no (?:rush|hurry)\b",
            r"\btake (?:your|all the) time\b",
            r"\b(?:can|may|shall) i (?:sit|stay)\b",
        ),
    ),
    Rule(
        "invites_more",
        RELATING,
        "Leaves the floor to the other.",
        (
            r"\btell me (?:a (?:bit|little) )?(?:more|about|what)\b",
            r"\bwhatever you(?:'d| would)? (?:want|like) to (?:tell|say)\b",
            r"\bgo on\b(?! (?:my|your|his|her|the|a|holiday|leave)\b)",
            r"\bi(?:'m| am) listening\b",
            r"\bsay (?:a bit |a little )?more\b",
            r"\bi'd like to hear\b",
            r"\btalk to me\b",
            r"\bif you(?:'d| would)? (?:like|want) to (?:talk|tell)\b",
        ),
    ),
    VALIDATES,
    Rule(
        "appreciates_telling",
        RELATING,
        "Thanks the person for saying it, or names the effort it took.",
        (
            r"\bthank you for (?:telling|sharing|trusting|saying)\b",
            r"\bthank(?:s| you) (?:that|because) you (?:tell|told|say|said|share|shared|trust|trusted)\b",
            r"\bi(?:'m| am) (?:really )?glad you (?:told|said|asked)\b",
            (
                r"\b(?:that|it) (?:took (?:courage|guts|a lot|some)|must have taken|can't have been easy|must have "
                r"been hard to)\b"
            ),
            r"\bthanks for (?:telling|sharing|trusting)\b",
        ),
    ),
    Rule(
        "apologises",
        RELATING,
        "Says sorry for something that was done or happened.",
        (
            r"\bi(?:'m| am) (?:so |very |really |truly )?sorry\b",
            r"\bi apologi[sz]e\b",
            r"\bsorry (?:about|for) (?:before|earlier|the|being|what i|how i|keeping|not|rushing|snapping|my)\b",
        ),
        unless=(r"\bsorry to hear\b", r"\bsorry for your loss\b"),
    ),
    Rule(
        "stock_phrase",
        RELATING,
        "A ready-made phrase that would fit any patient.",
        (
            (
                r"\bi (?:completely |totally |fully |do )?understand(?: how you(?:'re|"
                r" are)? feel(?:ing)?)?\b(?! (?:that|why|you|it|the))"
            ),
            r"\bi know (?:exactly )?how you feel\b",
            r"\b(?:that|it|this) must be (?:so |really |very |quite )?(?:hard|difficult|tough)\b",
            r"\bi(?:'m| am) (?:so |very )?sorry to hear that\b",
            r"\bi hear you\b(?!\W(?:ve|d|re|ll)\b| (?:had|have|got|were|are|went|did|like|can|could|live|do)\b)",
            r"\bthat(?:'s| is) (?:so |really |very )?(?:hard|difficult|tough|sad|awful|horrible|terrible|dreadful)\b",
            r"\bi can imagine\b",
            (
                r"\b(?:that|it|this) (?:sounds|seems) (?:(?:so|really|very|quite|incredibly|pretty) )?(?:hard|difficult"
                r"|tough|awful|horrible|rough)(?=\W*$|[.,!])"
            ),
        ),
    ),
    Rule(
        "says_goodbye",
        OPENING,
        "Closes the talk.",
        (
            r"\b(?:goodbye|good ?night|night,? night|bye|see you (?:later|soon|tomorrow|in the morning))\b",
            r"\bi(?:'ll| will) (?:let you rest|leave you to)\b",
        ),
        unless=(
            r"\b(?:say|said|saying) (?:goodbye|bye)\b",
            r"\b(?:did|have) you (?:have|had) a good night\b|\bgood night'?s\b",
        ),
    ),
    Rule(
        "thanks",
        OPENING,
        "Says thank you.",
        (r"\b(?:thank you|thanks)\b",),
        unless=(r"\bthank(?:s| you) for (?:telling|sharing|trusting)\b",),
    ),
    Rule(
        "backchannel",
        RELATING,
        "Listens aloud and says no more.",
        (r"^\W*(?:(?:m+|mm+[- ]?h+m*|uh[- ]?huh|yeah|yes|right|ok(?:ay)?|i see|oh|ah)\W*){1,3}$",),
    ),
    Rule(
        "names_feeling",
        RELATING,
        "Names, as a guess or a reflection, a feeling that this person has shown or may have.",
    ),
    Rule(
        "names_wrong_feeling",
        RELATING,
        "Names a feeling that is not the one this moment holds.",
    ),
    Rule(
        "paraphrases",
        RELATING,
        "Gives back in their own words what this person said.",
    ),
    Rule(
        "invites_silence",
        RELATING,
        "Waits, and lets the silence stand.",
    ),
    Rule(
        "sits_down",
        RELATING,
        "Sits, at eye level.",
    ),
)
