"""Rules for answering what is hard to hear: being believed, allowed, seen, one of many, and asked about harm."""

from __future__ import annotations

from server.core.rules.rule import ASKING, RELATING, Rule

_PEOPLE = (
    r"(?:people|patients|famil(?:y|ies)|parents|carers|mums|dads|mothers|fathers|women|men|folk|relatives|sons"
    r"|daughters|husbands|wives|couples)"
)
_UPSET = (
    r"(?:scared|frightened|nervous|worried|angry|upset|overwhelmed|muddled|confused|tired|anxious|ashamed"
    r"|embarrassed|lonely|guilty|furious|sad)"
)
_HARM = (
    r"(?:suicid\w*|self[- ]?harm\w*|(?:kill|harm|hurt|cutt?)(?:ing)? (?:yourself|your self)|(?:end|tak)(?:e"
    r"|ing)? your (?:own )?life|end(?:ing)? it all|better off dead|wish(?:ed|ing)? you (?:were|was) dead"
    r"|(?:not want|not wanting|don't want|didn't want|rather not) to (?:live|be (?:here|alive|around)|wake up)"
    r"|not to (?:wake up|be here|be alive)|if you (?:weren't|were not|wasn't) (?:here|around|alive)"
    r"|thoughts of (?:dying|death|being dead)|(?:do|doing) (?:something|anything) to (?:hurt |harm )?yourself"
    r"|want(?:ed|ing)? to die(?! at| here| in| with)|life (?:isn't|is not|wasn't) worth)"
)
_NEAR_ONE = (
    r"(?:he|she|they|anyone|anybody|someone|somebody|your (?:husband|wife|partner|son|daughter|boyfriend|dad|mum))"
)

ANSWERING: tuple[Rule, ...] = (
    Rule(
        "believes",
        RELATING,
        "Says that the person is believed.",
        (
            r"\bif you (?:say|tell me) it hurts\W+(?:then )?it hurts\b",
            (
                r"\bno reason (?:at all )?(?:not to believe|to (?:doubt|disbelieve)) (?:you|it|that|what you)\b"
                r"|\b(?:no reason to |nobody (?:here )?|no one (?:here )?)thinks? (?:that )?you(?:'re"
                r"| are) (?:lying|making (?:it|this|that) up|faking|putting it on)\b"
            ),
            r"\bi trust (?:you\b(?! to| with)|what you)",
            (
                r"\bi (?:know|can see|can tell) (?:that )?(?:you(?:'re| are) (?:really )?(?:in (?:a lot of |real "
                r"|so much |bad |terrible |awful )?pain|hurting|suffering)|it(?:'s| is) real|it (?:really )?hurts)\b"
            ),
            r"\bi(?:'m| am)? (?:do )?tak(?:e|ing) (?:you|it|that|this|your pain|what you \w+)(?: very)? seriously\b",
            (
                r"\bi (?:do |really |absolutely |completely |totally )?believe (?:you(?!\Wre\b|\Wve\b| (?:have|had"
                r"|were|are|will|can|could|should|need|may|might|take|live|said|told|know|met|me)\b)|what you(?:'re"
                r"| are)? (?:say\w*|tell\w*|feel\w*)|every word|that you(?:'re| are) (?:in|hurting)|(?:that )?(?:it"
                r"|your pain|the pain|this pain) (?:is|hurts)|it's real)\b"
            ),
            r"\bi(?:'m| am) believing you\b",
            r"\bi(?:'m| am) not (?:for (?:a|one) (?:second|minute|moment) )?(?:doubting|questioning)\b",
            (
                r"\bi (?:don't|do not|never|would never|wouldn't|have never)(?: for (?:a|one) (?:second|minute"
                r"|moment)| ever)? doubt(?:ed)? (?:you(?! (?:can|will|could))|it|that|what you|your|how|the pain)\b"
            ),
            (
                r"\bi (?:don't|do not) (?:\w+ ){0,4}?think (?:\w+ ){0,4}?you(?:'re| are) (?:making (?:it|this"
                r"|that|any of (?:it|this)|anything) up|lying|faking|exaggerating|putting it on"
                r"|after (?:the )?drugs|a liar)"
            ),
            r"\byou(?:'re| are) not (?:making (?:it|this|that) up|imagining (?:it|this|that)|putting it on)\b",
            r"\b(?:your|the|this|that) pain (?:\w+ ){0,2}?(?:is|'s) (?:very |absolutely |completely )?real\b",
            r"\bi(?:'ll| will)? (?:take|trust) your word\b",
            r"\bif you (?:say|tell me) it(?:'s| is) (?:an? )?\w+\W+(?:then )?it(?:'s| is)\b",
            (
                r"\byou (?:really |certainly )?do (?:look|sound|seem)(?: to me)? like (?:someone|somebody|a person"
                r"|a man|a woman) (?:who(?:'s| is) )?in (?:\w+ ){0,3}?pain\b"
            ),
        ),
        unless=(r"\b(?:don't|do not|not sure|never|wouldn't)(?: \w+){0,2}? you (?:do )?(?:look|sound|seem)\b",),
    ),
    Rule(
        "gives_permission",
        RELATING,
        "Says that they may: be angry, cry, take their time, go home and sleep, say no.",
        (
            r"\b(?:it's|it is|that's) (?:ok|okay|all right|alright|fine|allowed) (?:not to|to not)\b",
            r"\bgo home and (?:rest|sleep|have a|get some|lie)\b",
            (
                r"\b(?:nobody|no one)(?: here)?(?: is|'s| will|'ll| would)? (?:going to )?mind if you\b"
                r"|\bfeel free to (?:cry|stop|ask|shout|say|tell|take)\b"
            ),
            (
                r"\b(?:there's|there is) no (?:right|wrong|right or wrong) way to (?:feel|do|react|take|be)\b"
                r"|\bgo and get some (?:sleep|rest|air)\b"
            ),
            r"\byou needn't (?:be (?:brave|strong|polite)|say|decide|answer|apologi\w+|explain|pretend)\b",
            (
                r"\byou(?:'re| are) (?:perfectly |completely |absolutely |very |always )?(?:allowed|welcome"
                r"|entitled|free) to (?:be|feel|cry|say|take|rest|go|sleep|ask|change|stop|leave|not|shout|have"
                r"|need)\b"
            ),
            (
                r"\b(?:it(?:'s| is)|that(?:'s| is)) (?:\w+ )?(?:all right|alright|ok|okay|fine) (?:to|if you"
                r"|not to) (?:\w+ (?:to )?)?(?:be (?:angry|upset|sad|cross|scared|quiet|frightened)|feel|cry|say"
                r"|take|rest|sleep|go home|shout|stop|be)\b"
            ),
            (
                r"\byou can (?:be (?:as )?(?:angry|upset|cross|sad|quiet)|cry|shout|say (?:what|whatever|anything"
                r"|no)|take (?:your time|as long|all the|a (?:break|minute|moment|while))|stop (?:me )?(?:any|when)"
                r"|change your mind|go (?:home )?(?:and )?(?:rest|sleep|lie down|get some)|ask me anything"
                r"|put it down)\b"
            ),
            (
                r"\byou (?:don't|do not|never) (?:have|need) to (?:be (?:brave|strong|polite|cheerful|nice)"
                r"|say (?:anything|yes)|decide|answer|talk|tell me|apologi\w+|explain|do (?:it all|this alone"
                r"|it alone)|smile|pretend|put on)\b"
            ),
            (
                r"\b(?:nobody|no one)(?: here)? (?:would|will|is going to|'s going to) (?:blame you|think (?:less"
                r"|any less|the worse))\b"
            ),
            (
                r"\byou(?:'ve| have) (?:got )?(?:every|the|a) right to (?:be|stop|refuse|feel|say|ask|change"
                r"|complain|cry|know)\b"
            ),
            r"\bno law (?:says|that says)\b",
        ),
    ),
    Rule(
        "affirms",
        RELATING,
        "Names something that the person did, or a strength that they showed.",
        (
            r"\byou(?:'ve| have) been getting up\b",
            (
                r"\b(?:it's|it is|that's) (?:so |very |really )?(?:clear|obvious) how (?:much|hard|well) you\b"
                r"|\bi admire (?:how|the way|what)\b"
            ),
            r"\byou (?:noticed|spotted|saw|knew)\b[^.?!]{0,40}?\band you (?:acted|came|rang|did|brought|called)\b",
            r"\byou still (?:got|kept|managed|came|went|did|rang|looked|turned up)\b",
            (
                r"\b(?:you|ringing|calling|bringing|coming|noticing|telling|staying"
                r"|what you did)\b[^.?!]{0,50}?\b(?:made|makes) (?:a|all the) (?:\w+ )?difference\b"
            ),
            (
                r"\bi can see how (?:hard|much) you(?:'ve| have|'re| are| do| love| care| want)\b"
                r"|\byou clearly (?:love|know|care)\b"
            ),
            r"\b(?:because of|thanks to) you,? (?:he|she|they)\b",
            (
                r"\byou(?:'ve| have) (?:(?:already|really|clearly|always|been|all)\b ?)*(?:kept|keeping"
                r"|looked after|looking after|cared for|caring for|managed|managing|carried|carrying|coped|raised"
                r"|fought|stuck (?:with|at|by)|worked (?:so |very |really )?hard|put up with|come (?:a long way"
                r"|this far|so far)|given up|tried (?:so |very |really )?hard|been there for|got (?:this far"
                r"|through|yourself|him|her)|done (?:so much|everything|all (?:you|this|that)|(?:it|that"
                r"|this) (?:all )?(?:on your own|alone|yourself)))\b"
            ),
            r"\byou (?:did|made|took) (?:absolutely |exactly |the )*(?:right|good) ?(?:thing|call|decision|choice)?\b",
            r"\byou(?:'re| were| are) (?:absolutely |quite |completely )?right to\b",
            (
                r"\b(?:it|that) was (?:right|good|sensible|clever|quick|brave) (?:of you|thinking)\b"
                r"|\bwell done (?:for|on) \w+"
            ),
            r"\byou (?:know|knew) (?:him|her|them|your \w+) (?:better|best)\b",
            (
                r"\b(?:it|that) (?:shows|takes) (?:how much you|a lot of|real|great) (?:love|care|strength|courage"
                r"|patience)\b"
            ),
        ),
        unless=(
            r"\byou(?:'ve| have| did| made)\b[^.!?]*\?",
            r"\bhave you\b[^.?!]{0,30}",
            # a secret kept and a load carried are told back, and are no deed
            r"\b(?:keeping|kept) (?:\w+ ){1,3}(?:from|to yourself|quiet|secret|hidden)\b",
            r"\bwhat you(?:'ve| have) been \w+",
        ),
    ),
    Rule(
        "praises_emptily",
        RELATING,
        "Praises the person as a saint or a hero, which names nothing and leaves nothing to say.",
        (
            (
                r"\byou(?:'re| are| must be|'ve been)(?: (?:just|really|proper|little|right|bit of|such|so|an?|honestly"
                r"|absolutely|absolute|total|complete|real|truly|very|literally|the|simply|incredibly"
                r"|ever so|being))* (?:brave(?! (?:to|for|telling|coming|asking|saying|enough)\b)|saint|angel|hero"
                r"|heroine|super(?:hero|woman|man)|star|legend|troo?per|trouper"
                r"|fighter|warrior|inspiration\w*|treasure|amazing|incredible|wonderful|marvellous|fantastic"
                r"|remarkable|strong(?! enough))\b(?! at\b)"
            ),
            r"\bi (?:don't|do not) know how you (?:do|manage|cope)\b|\bi (?:couldn't|could never) do (?:it|what you)\b",
            r"\b(?:he|she|they|your \w+)(?:'s| is|'re| are) (?:so |very |really )?lucky to have you\b",
            r"\b(?:take my hat off to you|deserve a medal)\b",
        ),
    ),
    Rule(
        "normalises",
        RELATING,
        "Says that many people in this place feel or do the same, so that it can be said.",
        (
            (
                r"\b(?:it|that|this)(?:'s| is) (?:(?:really|completely|totally|perfectly|very|absolutely"
                r"|quite) (?:normal|natural)\b|normal (?:to|that you|for people|when|if)\b)"
            ),
            r"\byou(?:'re| are) not alone(?=\W*$|[.,!])",
            (
                r"\b(?:a lot of|lots of|many|most|plenty of|loads of|other|some)(?: (?:other|of our|of the|new"
                rf"|young))? {_PEOPLE}\b(?: \w+){{0,8}}? (?:feel|felt|find it|found it|say|tell (?:us|me)|told (?:us"
                r"|me)|worry|ask (?:me|us) that|struggle|wonder|cry|go through|think (?:that|about|it)|have (?:felt"
                r"|the same|these|thoughts)|don't (?:know|understand|manage|like)|haven't|forget|can't|hate|dread"
                rf"|react|want|(?:are|get) (?:so |very |a bit )?{_UPSET}|get (?:to that|like that|that feeling))\b"
            ),
            r"\byou(?:'re| are) not (?:the only one|the first|alone (?:in|with) (?:this|that|feeling|thinking))\b",
            r"\b(?:it(?:'s not| is not| isn't)|not) just you\b",
            (
                r"\b(?:it|that|this)(?:'s| is) (?:really |very |so |quite )?common\b|\ba (?:very "
                r"|really )?common (?:feeling|thing|worry)\b"
            ),
            rf"\bit happens to (?:a lot of|lots of|many|most|other) {_PEOPLE}\b",
        ),
        unless=(
            r"\b(?:do|did|have|are|would) (?:a lot of|lots of|many|most|other|some)\b[^.?!]*",
            (
                r"\b(?:just |all )?(?:get on with|cope\b|manage (?:fine|ok|it)|are worse|have it worse"
                r"|don't (?:complain|make))"
            ),
        ),
    ),
    Rule(
        "asks_about_harm",
        ASKING,
        "Asks plainly about suicide, self-harm or safety at home.",
        (
            (
                r"\bis there (?:any\w+|some\w+)\b[^.?!]{0,20}?\b(?:who|that) (?:scares?|hurts?|hits?|frightens?"
                r"|threatens?) you\b|\bkeep yourself safe\b"
            ),
            rf"\b(?:have|are|do|did|were|had|has|is|ever|any|ask)\b[^.?!]{{0,80}}?\b{_HARM}",
            (
                r"\b(?:themsel\w+|their (?:own )?li(?:fe|ves)|suicide)\b[^?]{0,40}\b(?:have you|do you|are you"
                r"|has that|is that (?:something|how))\b"
            ),
            (
                r"\b(?:thought|thoughts|think|thinking|feel|feeling|felt) (?:\w+ ){0,3}?(?:of|about|like"
                r"|you (?:might|could)) (?:harm|hurt)(?:ing)? (?:him|her|them|the baby|your \w+|any\w+|some\w+)\b"
            ),
            (
                r"\b(?:do you feel|are you|did you feel|have you felt) (?:\w+ )?safe(?: (?:at home|there"
                r"|with (?:him|her|them|your)|where you live|in (?:the|that) house)|(?=\W*$|[?.,]))"
            ),
            (
                rf"\b(?:has|have|does|did|do|is) {_NEAR_ONE} (?:ever |been |sometimes )*(?:hit|hits|hitting|hurts?"
                r"|hurting|threaten\w*|push\w*|slap\w*|punch\w*|kick\w*|frighten\w*|scar\w+) you\b"
            ),
            r"\b(?:hoped?|wish\w*) (?:that )?(?:you|he|she) (?:wouldn't|didn't|hadn't|never) (?:wake|woke|woken) up\b",
            r"\bare you (?:afraid|scared|frightened) of (?:him|her|them|your \w+|any\w+ at home)\b",
        ),
        unless=(
            r"\b(?:did|have|has|had) you (?:hurt|cut|burnt?) yourself\b(?![^.?!]*\b(?:on purpose|deliberately)\b)",
        ),
    ),
)
