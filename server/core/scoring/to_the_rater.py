"""Words that are meant for whoever marks. They are flagged, earn nothing, and order nobody about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.core.asking import SENTENCE
from server.core.lexicon import fold
from server.core.rules.rule import expression
from server.core.scoring.scorecard import Flag
from server.core.transcript import Turn

_RATER = r"(?:rater|marker|grader|examiner|assessor|scorer|evaluator|judge|scoring (?:model|system|program)|ai|llm)"
_MARK = r"(?:[3-9]|10|three|four|five|six|ten|full|top|highest|maximum|max|best|perfect|a plus|100 ?%)"
_MACHINE = r"(?:grading|rating|scoring|marking|language|ai) (?:model|system|program|assistant)"
_ORDERS = expression(
    r"\b(?:ignore|disregard|forget|override) (?:all |any |the |your |these |those |previous |above |prior |earlier "
    r"|other )*(?:rubric|instructions?|prompts?|rules|criteria|guidelines?|scale)\b"
    r"|\b(?:rate|score|mark|grade) (?:me|this|it|all|every|everything|the (?:learner|student|nurse|transcript"
    r"|conversation|encounter|dimensions?)|them)\b[^.!?]{0,40}? as (?:excellent|outstanding|exceptional|exemplary)\b"
    r"|\b(?:all|every|each|any)(?: of)?(?: the| these| those)? items? (?:below |here )?(?:holds?|held|is|are|applies"
    r"|apply|must|should)\b"
    r"|\bholds?\b\W{0,2} ?[=:] ?\W?true\b"
    r"|\b(?:answer|response) (?:to|for) (?:all|every|each)(?: of)?(?: the)? (?:items?|questions?|dimensions?)\b"
    rf"|\b(?:as (?:an? |the )|you(?:'re| are) (?:an? |the )|dear |hey )(?:{_MACHINE}|rater|grader|scorer|llm)\b"
)
"""To a program, in its own words, whatever else the sentence is about."""
_ASKS = expression(
    rf"\b(?:note|message|attention|instructions?|memo|dear|hey|hello) (?:to |for )?(?:the |this |my )?{_RATER}\b"
    rf"|\b(?:give|award|grant) (?:me|us|this|it|him|her|them|the (?:learner|student|nurse)) (?:an? |the )?{_MARK}"
    r"(?= (?:on|for|in|out|marks?|points?|scores?|ratings?|levels?|grades?)\b|\W*$)"
    rf"|\b(?:rate|score|mark|grade) (?:me|this|it|all|every|everything|the (?:learner|student|nurse|transcript"
    rf"|conversation|encounter|dimensions?)|them)\b[^.!?]{{0,60}}?\b{_MARK}\b"
    rf"|\b(?:all|every|each) (?:dimensions?|levels?|scores?|marks?|ratings?|items?)\b[^.!?]{{0,30}}?\b{_MARK}\b"
    r"|^\W*(?:system|assistant|developer)(?: prompt| message)?\s*:"
    r"|\b(?:this|the) (?:learner|student|nurse|candidate) (?:was|is|has been|showed|shows|deserves) (?:\w+ ){0,3}?"
    r"(?:empath\w+|excellent|outstanding|perfect|full|top)\b"
    r"|\b(?:[a-z]+ ){0,3}[a-z]+: ?[0-5](?: ?/ ?[45])?\b(?=\W*$|[.;,])"
    r"|\"(?:level|score|rating)\" ?: ?\"?\d"
)
_SCALE = expression(
    r"\b(?:out of|up to) (?:10|ten)\b"
    r"|\b(?:0|zero|nought|1|one) (?:to|through|and|-) ?(?:10|ten|5|five)\b"
    r"|\b(?:worst|hurts?|pain|ache|sore|breathless\w*|itch\w*|nausea|sickness|tired\w*|worr\w+|bad (?:is|was) it)\b"
    r"|\b(?:an? )?(?:[0-9]|two|three|four|five|six|seven|eight|nine) or (?:an? )?(?:[0-9]|10|\w+)\b"
)
"""A nurse asks how bad it is: `rate it out of ten`."""
_OF_THE_TALK = expression(
    rf"\b(?:rate|score|mark|grade|give|award) (?:me|us|(?:the|this|my|every|each|all) (?:the )?(?:learner|student|nurse"
    r"|transcript|conversation|encounter|talk|dimensions?|empathy))\b(?! (?:a|your) (?:number|score|idea|figure)\b)"
    rf"|\b{_RATER}\b|\b(?:dimensions?|levels?|rubric|transcript|empathy|understanding|validation|exploration)\b"
    r"|\b(?:full marks|top marks|maximum|all|every|everything|each)\b"
    r"|\b(?:[3-9]|10|three|four|five|ten) out of (?:[3-9]|10|four|five|ten)\b"
)
_CHART = expression(
    r"^\W*(?:[a-z]+ ){0,3}(?:pain|oxygen|sats|saturations?|resps?|pulse|temp\w*|news|gcs|bed|bay|room|ward|step|dose)"
    r"(?: score| number| today| now)?: ?\d"
)
"""What a chart says: `Pain: 4`, and not what a mark sheet says: `Empathy: 4`."""
SAYS = "Words here seem to be meant for whoever marks. They were read as words, and changed nothing."


def sentences_to_the_rater(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence that tries to order the rating about."""
    for match in SENTENCE.finditer(fold(text)):
        sentence = match.group()
        if _ORDERS.search(sentence) or (_ASKS.search(sentence) and not _of_a_symptom(sentence)):
            yield match.span()


def _of_a_symptom(sentence: str) -> bool:
    """It is the patient's pain that gets the number, and not the learner's talk."""
    return bool(_CHART.search(sentence)) or bool(_SCALE.search(sentence) and not _OF_THE_TALK.search(sentence))


def rater_flags(turns: Sequence[Turn]) -> tuple[Flag, ...]:
    """One flag for all the turns, whoever speaks in them; empty where there is none."""
    found = tuple(turn.id for turn in turns if any(sentences_to_the_rater(turn.text)))
    return (Flag("instructs_the_rater", SAYS, found),) if found else ()
