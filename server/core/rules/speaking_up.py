"""Rules for speaking up in a team: concerned, uncomfortable, a matter of safety, and help."""

from __future__ import annotations

from server.core.rules.rule import SPEAKING_UP, Rule

_AT_RISK = (
    r"(?:counts?|swabs?|needles?|instruments?|sponges?|gauze|safe\w*|unsafe|airway|bleeding|sats|saturations"
    r"|(?:blood )?pressure|allerg\w+|consent|dose|drug chart|wrong|site|side|breathing|(?:the|this|our"
    r"|that) patient|clos(?:e|ed|ing)|wristband|marking|specimen|x-?ray|missing|short|unaccounted|infection"
    r"|temperature|oxygen|blood|deteriorat\w+)"
)
_SENIOR = (
    r"(?:charge nurse|nurse in charge|coordinator|team leader|consultant|registrar|senior(?: \w+)?|supervisor"
    r"|theatre manager|matron|sister|second (?:pair of eyes|opinion|person|surgeon)|another (?:surgeon|nurse|doctor"
    r"|pair of (?:hands|eyes)|person|count)|crash team|anaesthetist|radiograph\w+|radiology|x-?ray|security"
    r"|scrub nurse|fresh pair of eyes|(?:someone|somebody)(?: more)? senior)"
)
_ITEM = r"(?:swab|sponge|needle|instrument|gauze|clip|blade|piece)s?"

SPEAKING: tuple[Rule, ...] = (
    Rule(
        "states_concern",
        SPEAKING_UP,
        "Tells a colleague that something worries them, or is not right, about a patient's safety.",
        (
            (
                r"\bi(?:'m| am) not (?:sure|convinced|certain|confident) (?:that )?(?:we(?:'ve|'re| have| are"
                r"| should)?|the (?:count|site|side|dose)|everything(?:'s| is)?|this is (?:the right"
                r"|safe))\b[^?.!]{0,30}?(?:\b(?:right|safe|everything|out|correct|swabs?|needles?|count\w*|close"
                r"|patient)\b)"
            ),
            (
                r"\bsomething(?:'s| is)? (?:not right|isn't right|wrong) with the (?:count|swabs?|numbers?)\b"
                r"|\b(?:count|numbers?) (?:doesn't|don't) (?:add up|tally|match)\b"
            ),
            (
                r"\bi (?:don't|do not) think (?:the count|we(?:'ve| have) (?:got|counted)|all the (?:swabs|needles"
                r"|instruments))\b"
            ),
            rf"\bi(?:'m| am)(?: \w+){{0,3}}? (?:concerned|worried|uneasy)\b[^?]{{0,60}}?\b{_AT_RISK}\b",
            (
                r"\b(?:i(?:'ve| have)(?: got)? (?:a|some|real|serious)(?: \w+)? (?:concern|worry)s?|my (?:worry"
                rf"|concern) is)\b[^?]{{0,60}}?\b{_AT_RISK}\b"
            ),
            (
                r"\b(?:the |our |this |my )count(?:'s| is| was)? (?:\w+ )?(?:wrong|out|off|short|incorrect"
                r"|not (?:right|correct)|doesn't|does not|isn't (?:right|correct))\b|\bcount isn't (?:right"
                r"|correct)\b"
            ),
            rf"\bwe(?:'re| are) (?:still )?(?:one|two|a|an|missing)(?: \w+)? {_ITEM}(?: (?:short|missing|down|out))?\b",
            rf"\b(?:one|a|two) {_ITEM}(?:'s| is| are) (?:still )?(?:missing|short|unaccounted|not accounted|gone)\b",
        ),
        unless=(
            (
                r"\bi(?:'m| am)(?: (?:a|bit|really|so|very|just|quite|little))* (?:concerned|worried"
                r"|uneasy) (?:about |that |for )?(?:you|your|i|i'll|i'm|my|me)\b[^?.!]*"
            ),
            r"\bi(?:'m| am) not (?:\w+ )?(?:concerned|worried)\b[^?.!]*",
        ),
    ),
    Rule(
        "states_discomfort",
        SPEAKING_UP,
        "Tells a colleague that they are not comfortable with going on.",
        (
            (
                r"\b(?:it|this|that)(?:'s)? (?:makes|making) me (?:\w+ )?(?:uncomfortable|uneasy)\b|\bi (?:don't"
                r"|do not) feel (?:right|good) about (?:this|closing|going|carrying)\b"
            ),
            (
                r"\bi(?:'m| am| feel|'m feeling)(?: \w+){0,2}? (?:uncomfortable|uneasy) (?!lying|sitting|in|here"
                r"|on)(?:\w+ing|with|about|that|if|to)\b"
            ),
            r"\bi(?:'m| am| feel)(?: \w+){0,2}? (?:uncomfortable|uneasy)(?=\W*$|[.,!])",
            (
                r"\bi(?:'m not| am not|'d not be| don't feel| do not feel|'m really not| wouldn't be"
                r"| wouldn't feel)(?: \w+)? (?:comfortable|happy|easy|ok|okay) (?:to (?:go on|carry on|continue"
                r"|close|proceed|sign|start|let)|(?:with )?(?:us )?(?:closing|going (?:on|ahead)|carrying on"
                r"|continuing|proceeding|leaving|signing|starting|this|that)|about (?:this|closing|the count|going)"
                r"|that we|until|unless)\b"
            ),
            r"\b(?:this|that|it) (?:doesn't|does not) (?:feel|sit) right(?: with me| to me)?\b",
        ),
    ),
    Rule(
        "states_safety_issue",
        SPEAKING_UP,
        "Says that it is a matter of safety, and that it must stop.",
        (
            (
                r"\bstop the (?:closure|closing|operation|case|procedure)\b|\b(?:nobody|no one) (?:closes|leaves"
                r"|goes)\b[^.?!]{0,15}?\b(?:until|till)\b"
            ),
            (
                r"\byou (?:can't|cannot|mustn't|must not|shouldn't) (?:close|carry on|start yet)\b(?! your"
                r"| the (?:door|curtain|window)| like)"
            ),
            r"\bsafety (?:issue|concern|problem|matter|stop)\b|\ba matter of (?:\w+ )?safety\b",
            (
                r"\b(?:this|it|that)(?:'s| is)(?: really| just)? (?:not safe|unsafe)\b(?=(?: to (?:close|continue"
                r"|carry on|go on|proceed|go ahead))|\W*$|[.,!])|\b(?:this|it|that) isn't safe(?=\W*$|[.,!]"
                r"| to (?:close|continue|carry on|proceed))"
            ),
            (
                r"(?:^|[.!?,] ?|\bplease,? |\bdr\.? \w+,? |\bdoctor,? )stop(?:\W*$|[.!,](?!,)"
                r"|,? please\b(?! \w+ing)| now\b| there\b| closing\b| everything\b)"
            ),
            (
                r"\bwe (?:really )?(?:can't|cannot|can not|shouldn't|should not|mustn't|must not) (?:close|carry on"
                r"|continue|proceed|go ahead)\b"
            ),
            (
                r"\bwe (?:really )?(?:need to|have to|must|should|ought to) (?:all )?(?:stop|pause|recount"
                r"|count again|do (?:the|another) count)\b(?! the bleed| giving| talking)"
            ),
            (
                r"\b(?:don't|do not|can't|cannot|nobody|not) close (?:yet|until|the (?:skin|abdomen|wound|chest"
                r"|patient)|him|her|up)\b"
            ),
            r"\b(?:calling|call) (?:a )?time[- ]?out\b",
        ),
        unless=(
            r"\b(?:can't|cannot|couldn't|won't|doesn't|didn't|you|it|(?:want|trying|used|going|me) to) stop\b",
            r"\blike this\b",
        ),
    ),
    Rule(
        "asks_for_help_of_team",
        SPEAKING_UP,
        "Asks for a senior, a second opinion or a test, in the room and now.",
        (
            (
                r"\b(?:we|i) (?:ought to|should|need to|have to|must|want to|think we should) (?:get|call|ring"
                rf"|bleep|involve|bring)(?: in| for)? (?:the |a |an |our )?{_SENIOR}\b"
            ),
            (
                r"\b(?:i(?:'d| would) (?:really )?like|i want|(?:i|we) need)(?: to (?:get|have|call|call in"
                rf"|bring in|ask for))? (?:for )?(?:the |a |an |our |my )?{_SENIOR}\b(?! of (?:your|his|her))"
            ),
            (
                r"\b(?:can|could|would|will) (?:somebody|someone|we|you|anyone|one of you"
                r"|\w+) (?:please )?(?:just )?(?:get|call|fetch|bring|ring|page|bleep|find|phone|order|have)(?: for"
                rf"| in| me)? (?:the |a |an |our |my )?{_SENIOR}\b"
            ),
            (
                r"(?:^|[.!?,] ?|\bplease |\band )(?:please )?(?:call|get|bleep|page|fetch|ring)(?: for| me"
                rf"| in)? (?:the |an? |our |my )?{_SENIOR}\b"
            ),
            (
                r"\bi(?:'m| am) (?:going to (?:call|get|ask|ring|bleep|page)|calling|getting|bleeping|paging"
                rf"|escalating)(?: for| in| this to)? (?:the |an? |our |my )?{_SENIOR}\b"
            ),
            r"\b(?:can|could) (?:somebody|someone) (?:please )?help (?:me|us)\b",
        ),
        unless=(
            (
                r"\b(?:i'll|i will|i can|i could|let me|shall i|shall we) (?:\w+ ){0,2}?(?:call|get|fetch|ring"
                r"|find|ask)\b[^.?!]{0,30}"
            ),
        ),
    ),
)
