"""Rules for telling a person what went wrong, and for what people say in its place."""

from __future__ import annotations

from server.core.rules.rule import DISCLOSING, Rule

_ITEM = r"(?:swab|sponge|needle|instrument|gauze|clip|blade|piece)s?"
_STAFF = (
    r"(?:dr\.? \w+|(?:the|that|this) (?:\w+ )?(?:nurses?|surgeon|doctor|registrar|consultant|team|staff|shift|ward"
    r"|porter|lot)|night staff|day staff|the night lot|somebody on nights)"
)
_BUT_THEIRS = (
    rf"\W+(?:but )?(?:it|that)(?:'s| was| is) (?:{_STAFF}|(?:the )?(?:pharmacy|lab|night|day|agency|last|other)\b)"
)
_SHALL = (
    r"(?:(?:i|the (?:surgeon|team|doctors?|consultant|hospital))(?:'ll| will)|we(?:\x27ll| will)|(?:we|i"
    r"|the (?:surgeon|team|doctors?))(?:'re going to| are going to| is going to|'m going to| need to|'d like to))"
)
"""Its apostrophe is not optional: `well` begins many a sentence."""

DISCLOSES: tuple[Rule, ...] = (
    Rule(
        "discloses_plainly",
        DISCLOSING,
        "Says what went wrong, in words that anybody understands.",
        (
            (
                rf"\b(?:one|a|two|that) {_ITEM}(?:'s| is| are|'re) (?:still )?(?:missing|unaccounted|not accounted"
                rf"|lost)\b|\b(?:can't|cannot|couldn't) (?:find|account for) (?:one|a|the) (?:\w+ )?{_ITEM}\b"
            ),
            (
                r"\b(?:swab|sponge|needle|something|piece|it)\b[^.?!]{0,60}?\b(?:was|is) still (?:in"
                r"|inside) (?:there|you|your)\b"
            ),
            r"\b(?:was|is|that's) our (?:mistake|error|fault)\b|\bwe let (?:you|him|her|them) down\b",
            (
                r"\b(?:nobody|no one|we) (?:rang|phoned|called|told|didn't (?:ring|phone|call|tell)) (?:you"
                r"|your \w+)\b[^?]{0,30}?\b(?:somebody|someone|we|they) should have\b"
            ),
            (
                rf"\b(?:{_ITEM}|something|it|that|one of (?:the|our) \w+)(?: that)?(?: \w+){{0,3}}? (?:was|were"
                r"|has been|had been|got|is still|are still) (?:\w+ )?(?:left (?:in|inside|behind)|not (?:accounted"
                r"|counted|found|taken out|removed)|unaccounted|inside you|in your (?:tummy|belly|abdomen|body"
                r"|stomach)|lost)\b"
            ),
            (
                rf"\b(?:{_ITEM}|it|that|one)(?: \w+){{0,2}}? (?:wasn't|weren't) (?:accounted|counted|found|taken out"
                r"|removed)\b"
            ),
            (
                r"\b(?:there(?:'s| is| was)|we(?:'ve| have)? (?:found|left|missed)|we left|we think there(?:'s"
                rf"| is)) (?:one of (?:the|our) |an? |one |the )?(?:\w+ )?{_ITEM}\b[^.?!]{{0,40}}?\b(?:in|inside"
                r"|left|behind)\b"
            ),
            (
                r"\b(?:a|the|an|our) (?:\w+ )?(?:mistake|error) (?:was|has been|had been|happened|has happened"
                r"|occurred|on our part)\b"
            ),
            (
                r"\b(?:we|they)(?:'ve| have)? (?:made|did make) (?:a|an|this|that) (?:\w+ )?(?:mistake|error)\b"
                r"|\bi(?:'ve| have)? made (?:a|an) (?:\w+ )?(?:mistake|error) (?:with|in|when|and|that)\b"
            ),
            r"\bwe (?:got|did) (?:it|this|that|something) wrong\b|\bsomething (?:went|has gone|did go) wrong\b",
            r"\b(?:you were given|we gave you|i gave you) (?:the wrong|too much|twice)\b",
        ),
        unless=(
            (
                r"\b(?:do you|did you|if|whether|you think|you feel|you're (?:saying|worried)|who said|make sure"
                r"|nothing)\b[^.?!]{0,60}"
            ),
        ),
    ),
    Rule(
        "says_what_next",
        DISCLOSING,
        "Says what will be done next, by whom and when.",
        (
            (
                r"\b(?:this (?:morning|afternoon|evening)|today|tonight|tomorrow(?: \w+)?|in an hour),? (?:we|they"
                r"|the \w+|somebody)(?:\x27ll| will|'re going to| are going to)\b|\byou(?:'ll| will) (?:get (?:it"
                r"|that) in writing|hear from)\b"
            ),
            (
                r"\bwhat (?:we're|we are|we'll|we will|i'm|i am|i'll|i will|they're|they'll|happens|will happen"
                r"|we want to)\b[^.?!]{0,40}?\b(?:next|now|from here|do|doing)\b[^.?!]{0,10}?\bis\b"
            ),
            r"\b(?:the )?next (?:step|thing)(?: \w+){0,3}? (?:is|will be)\b",
            (
                r"(?:^|[.!?,] ?|\band |\bso )(?:next|after that|from here),? (?:we|i|you|they|the \w+)(?:'ll"
                r"|'re going to| will| are going to)\b"
            ),
            (
                rf"\b{_SHALL} (?:\w+ )?(?:come|be|see|meet|ring|phone|call|speak|talk|sit|take|do|go|look|review|ask"
                r"|tell|bring|have|operate|get|scan)\b[^.?!]{0,60}?\b(?:this (?:morning|afternoon|evening)|today"
                r"|tonight|tomorrow|at (?:half past |about )?(?:one|two|three|four|five|six|seven|eight|nine|ten"
                r"|eleven|twelve|noon|\d+)|by (?:half past|\w+ o'clock)|within the hour|in an hour|back to theatre"
                r"|take (?:it|you) (?:out|back)|investigat\w+|find out (?:how|why|what)|keep you (?:informed|told"
                r"|posted|up to date))\b"
            ),
        ),
        unless=(
            (
                r"\b(?:i(?:'ll| will) see you|be (?:here|there|with you|around)|let you rest|looking after you|your"
                r" nurse)\b[^.?!]*"
            ),
            r"\b(?:what|when|where|how|who|hoping)\b[^.?!]*\?",
        ),
    ),
    Rule(
        "blames",
        DISCLOSING,
        "Lays it on another person.",
        (
            (
                r"\b(?:it|that) was (?:the )?(?:\w+ )?(?:staff|nurse|surgeon|shift|ward|lot),? (?:they|he|she"
                r"|who)\b|\bthey never (?:count|check|listen|write|ring|do it)\b"
            ),
            r"\b(?:that|this|it)(?:'s| is| was)(?! not|n't| nobody| no one| my| our| your)[^.?!]{0,30}?\bfault\b",
            (
                rf"\b{_STAFF} (?:\w+ )?(?:(?:really |just )?(?:messed|screwed|cocked)(?: (?:it|this|that))? up"
                r"|didn't bother|dropped the ball|got (?:it|this|that) wrong|(?:was|were) (?:\w+ )?(?:rushing"
                r"|careless|lazy|sloppy))\b"
            ),
            r"\b(?:it|that) (?:wasn't|was not) (?:me|us)\b[^?]{0,30}?\b(?:it|that) was\b",
            r"\bi blame (?!myself|me\b|you\b)\w+",
            rf"\bnot (?:my|our) fault\b{_BUT_THEIRS}",
        ),
        unless=(
            (
                r"\b(?:do you|did you|you think|you feel|you're saying|feels? like|not|nobody|no one|isn't"
                rf"|wasn't)\b[^.?!]{{0,30}}?\bfault\b(?!{_BUT_THEIRS})"
            ),
            rf"\b(?:your|my|our) (?:own )?fault\b(?!{_BUT_THEIRS})",
        ),
    ),
    Rule(
        "speculates",
        DISCLOSING,
        "Guesses aloud at how it happened.",
        (
            (
                r"\b(?:it )?(?:could|might|may) (?:just )?be (?:that )?(?:it|they|someone|somebody|the \w+) (?:fell"
                r"|slid|slipped|dropped|went|got|forgot|missed|miscounted|was|were)\b|\bprobably (?:just )?(?:fell"
                r"|slid|slipped|dropped|got (?:missed|lost|thrown|left|stuck)|(?:someone|somebody) (?:forgot|missed"
                r"|dropped))\b"
            ),
            (
                r"\bi think it was (?:probably |just )?because\b|\b(?:it|that) was (?:probably|maybe"
                r"|perhaps) (?:because|the|just|a|when)\b"
            ),
            (
                r"\b(?:it|the (?:swab|needle|count|instrument|nurse|surgeon|doctor|scrub nurse)|someone|somebody"
                r"|they|one|he|she)(?:'s| has|'ve have)? (?:probably|possibly|most likely|likely|must(?:'ve| have)"
                r"|might(?:'ve| have)|may have|could(?:'ve| have)|maybe|perhaps) (?:just |been |have )*(?:fell"
                r"|fallen|dropped|got (?:missed|lost|stuck|thrown|left|counted|caught)|miscounted|slipped|forgot\w*"
                r"|thrown|left (?:in|it|inside|there)|in the bin|on the floor|stuck|missed(?! you| him| her| me"
                r"| them)|counted)\b"
            ),
            (
                r"\b(?:maybe|perhaps|i (?:reckon|guess|expect|suppose|bet|imagine))(?: that)? (?:it|they|someone"
                r"|somebody|the \w+|he|she)(?:'s|'ve| has| have| was| were| is| just| probably| got)* (?:fell"
                r"|fallen|dropped|in the bin|on the floor|under|miscounted|rushed|rushing|forgot|missed(?! you)"
                r"|thrown|stuck)\b"
            ),
        ),
    ),
)
