"""The lexical rules: which words make which move. Each rule is readable by a nurse educator and tested by example.

A move is what a turn does, not what its speaker is. Rules that need the conversation (a topic switched, a feeling named
rightly or wrongly, a paraphrase) are in `server.core.moves`; in the tables gathered here stand those that a single turn
decides. Recognised speech has no capitals and no punctuation: a pattern must work without either.
"""

from __future__ import annotations

from server.core.rules.answering import ANSWERING
from server.core.rules.as_patient import SPOKEN_AS_PATIENT
from server.core.rules.blocking import TAKING_SPACE
from server.core.rules.disclosing import DISCLOSES
from server.core.rules.explaining import EXPLAINS
from server.core.rules.honesty import HONEST
from server.core.rules.in_the_bed import IN_THE_BED
from server.core.rules.meeting import MEETING
from server.core.rules.rule import BLOCKING, Rule
from server.core.rules.speaking_up import SPEAKING
from server.core.rules.working import WORKING

RULES: tuple[Rule, ...] = (
    *MEETING,
    *ANSWERING,
    *HONEST,
    *WORKING,
    *EXPLAINS,
    *SPEAKING,
    *DISCLOSES,
    *SPOKEN_AS_PATIENT,
    *IN_THE_BED,
    *TAKING_SPACE,
)
MOVES: dict[str, str] = {rule.move: rule.says for rule in RULES}
"""Every move by name, with what it means."""
BLOCKERS = frozenset(rule.move for rule in RULES if rule.group == BLOCKING)
ACKNOWLEDGES = frozenset({"names_feeling", "validates", "paraphrases", "appreciates_telling", "believes"})
"""Moves that meet what the person feels; help and advice before one of these come too early."""
