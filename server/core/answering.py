"""What was asked for, and what of it is told: gated by how it was asked, by trust, by who is here, by asking twice.

A question finds its fact whether that is locked or not; what is locked is answered by its author's `instead`, or like
any question that has no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from server.core.case_parts.cast import Unscripted
from server.core.case_parts.play import Fact
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.matching.matching import Asked, announces, asked_for
from server.core.moves import ACKNOWLEDGES, BLOCKERS
from server.core.people import called, facts_of, others, partner, policies_of
from server.core.rotating import Source, fresh_line, has_fresh, show
from server.core.transcript import Plan, Turn, last_said

ASKING = frozenset(
    {"open_question", "closed_question", "focused_question", "leading_question", "invites_more", "checks_hearing"}
)
QUESTIONS = ASKING - {"invites_more", "checks_hearing"}
OPENING = frozenset({"open_question", "focused_question", "invites_more"})
"""Ways of asking that leave room for the whole of an answer."""
CARELESS = BLOCKERS | {"leading_question"}
"""Moves with which asking once more earns nothing."""
_NAME_PREFERENCE = "asks_name_preference"
_INVITES = re.compile(
    r"\W*(?:(?:so|and|well|please|okay|ok)\W+)*(?:(?:can|could|would|will) you )?"
    r"(?:tell me|talk me through|describe)\b",
    re.IGNORECASE,
)
MEETING = ACKNOWLEDGES | {"focused_question"}
"""At an open moment these stay with whose moment it is, whoever else could answer the words."""
TAGS = frozenset({"asks_if_understood", "checks_agreement"})
"""Questions that hang on what was told; the telling itself asks for nothing."""
PLAINLY_THEIRS = 0.15
"""By how much a question must fit somebody else better to turn the talk to them."""
MOST_FACTS = 2
"""Facts that one reply tells; what else was opened is told in the next."""
MOST_ASKED = 2
"""Things asked for in one turn that are answered in one reply."""


def asked_in(encounter: Encounter, turn: Turn, named: str = "") -> tuple[Asked, ...]:
    """What this turn asks for, locked or not: of whoever is called by name, else of the person the talk is with, else
    of anybody here who may be meant. A turn that asks nothing asks for no fact.
    """
    if turn.kind != "said" or turn.moves & {"breaks_role", "teach_back"}:
        return ()
    found = _asked_of(encounter, turn, (named or partner(encounter),), turn.text)
    if named or (encounter.board.open_beats() and turn.moves & MEETING):
        return found
    other = _asked_of(encounter, turn, others(encounter, turn.text))
    return other if _best(other) > _best(found) + PLAINLY_THEIRS else found


def _best(asked: tuple[Asked, ...]) -> float:
    return max((each.score for each in asked), default=-PLAINLY_THEIRS)


def _asked_of(encounter: Encounter, turn: Turn, people: Collection[str], whole_turn: str = "") -> tuple[Asked, ...]:
    """Of these people; of somebody the talk is not with, only the questions themselves, not the words around them."""
    facts, policies = facts_of(encounter, people), policies_of(encounter, people)
    if not turn.moves & ASKING:
        announced = [policy for policy in policies if whole_turn and policy.statements and announces(turn.text)]
        return _given([asked_for([turn.text], (), announced)])
    questions = [seen.quote for seen in turn.observations if seen.move in QUESTIONS]
    before = last_said(encounter.turns, by_learner=False)
    said = before.text if before else ""
    around = [whole_turn] if whole_turn and not turn.moves & TAGS else []

    def found(*parts: str) -> Asked:
        return _tellable(encounter, asked_for(parts, facts, policies, said), parts, facts)

    single = _given([found(question) for question in dict.fromkeys(questions)])
    return single[:MOST_ASKED] if len(single) > 1 else _given([found(*around, *questions)])


def _tellable(encounter: Encounter, asked: Asked, parts: Sequence[str], facts: Sequence[Fact]) -> Asked:
    """What was asked for; where the room does not allow it now, what else nearly as well fits the question and may be
    told: once the truth is out, it and not its cover.
    """
    if asked.fact is None or _in_place(encounter, asked.fact):
        return asked
    other = asked_for(parts, [fact for fact in facts if _in_place(encounter, fact)], ())
    return other if other.fact and other.score > asked.score - PLAINLY_THEIRS else asked


def _in_place(encounter: Encounter, fact: Fact) -> bool:
    return holds(fact.when, encounter.view(fact.owner))


def _given(asked: list[Asked]) -> tuple[Asked, ...]:
    """Those that found something, each once."""
    found = {id(each.fact or each.policy): each for each in asked if each.fact or each.policy}
    return tuple(found.values())


def answers(encounter: Encounter, turn: Turn, asked: tuple[Asked, ...]) -> tuple[Encounter, Plan]:
    """What the turn asked for and may be told, and what a door has opened; else what is said in its place."""
    lines: list[str] = []
    for fact in (each.fact for each in asked if each.fact):
        encounter, line = _ask(encounter, turn, fact)
        lines += [line] if line and encounter.case.member(fact.owner).id == turn.toward else []
    encounter, facts = _to_tell(encounter, turn, [each.fact for each in asked if each.fact])
    told = []
    for fact in facts:
        encounter, line = _told(encounter, fact)
        told.append(line)
    own = policies_of(encounter, (turn.toward,))
    for policy in (
        each.policy for each in asked if each.policy in own and not _of_the_other_name(encounter, turn, each)
    ):
        encounter, line = _by_policy(encounter, turn, policy)
        lines.append(line)
    speaker = encounter.case.member(facts[0].owner).id if facts else turn.toward
    lines = lines if speaker == turn.toward or not turn.toward else []
    return encounter, Plan(lines=(*told, *lines), facts=tuple(fact.id for fact in facts), speaker=speaker)


def _ask(encounter: Encounter, turn: Turn, fact: Fact) -> tuple[Encounter, str]:
    """Open the door of a fact that is asked for as it should be; else what is said in its place, if anything."""
    board = encounter.board
    if fact.disclosure == "never_verbal":
        return _show_fact(encounter, fact), ""
    if board.unlocked(fact, encounter.case_ms):
        return encounter, ""
    permitted = board.permits(fact, encounter.case_ms) and _often_enough(encounter, fact) and _direct(turn, fact)
    if permitted and not (fact.brief and not turn.moves & OPENING):
        board = replace(board, opened=board.opened | {fact.id}, just_opened=board.just_opened | {fact.id})
        return replace(encounter, board=board), ""
    if turn.moves & BLOCKERS and not permitted:
        return encounter, ""  # what is answered is the manner of asking
    kind, lines = ("brief", fact.brief) if permitted else ("instead", fact.instead)
    return fresh_line(encounter, [Source(f"{kind}:{fact.id}", lines, speaker=fact.owner)])


def _often_enough(encounter: Encounter, fact: Fact) -> bool:
    return fact.times_asked <= 1 or encounter.board.asked.get(fact.id, 0) >= fact.times_asked


def _direct(turn: Turn, fact: Fact) -> bool:
    """A fact for a direct question does not come for an invitation to talk, unless its author wrote one down for it."""
    if fact.disclosure != "if_asked_direct" or any(_INVITES.match(example) for example in fact.asked):
        return True
    asked = [seen.quote for seen in turn.observations if seen.move in ASKING - {"invites_more"}]
    return any(not _INVITES.match(quote) for quote in asked)


def _show_fact(encounter: Encounter, fact: Fact) -> Encounter:
    """What is never said is seen instead, if everything permits it."""
    if not encounter.board.permits(fact, encounter.case_ms):
        return encounter
    encounter = show(encounter, fact.show, fact.owner)
    return replace(encounter, board=replace(encounter.board, revealed=encounter.board.revealed | {fact.id}))


def _to_tell(encounter: Encounter, turn: Turn, asked: list[Fact]) -> tuple[Encounter, list[Fact]]:
    """Facts this reply tells, in one voice: doors that this turn has opened, then what was asked for; else what an
    earlier one has opened and trust now allows. Who is spoken to comes first, and nobody else answers in their place.
    """
    if "breaks_role" in turn.moves:
        return encounter, []
    board, case = encounter.board, encounter.case
    open_now = board.opened - board.revealed
    now = [fact for fact in case.facts if fact.id in open_now & board.just_opened]
    waiting = [fact for fact in case.facts if fact.id in open_now and fact.waits]
    told = [fact for fact in dict.fromkeys([*now, *asked]) if fact.say and board.unlocked(fact, encounter.case_ms)]
    told = told or [fact for fact in waiting if fact.say and board.unlocked(fact, encounter.case_ms)]
    theirs = [fact for fact in told if case.member(fact.owner).id == turn.toward]
    meant = asked or (turn.kind == "said" and called(encounter, turn.text))
    told = theirs or ([] if meant else told)
    voice = case.member(told[0].owner) if told else None
    return encounter, [fact for fact in told if case.member(fact.owner) is voice][:MOST_FACTS]


def _told(encounter: Encounter, fact: Fact) -> tuple[Encounter, str]:
    """A fact in its words; when it was told already, in other words, or after a lead-in."""
    if fact.id not in encounter.board.revealed:
        return encounter, fact.say
    if has_fresh(encounter, fact.again):
        return fresh_line(encounter, [Source(f"again:{fact.id}", fact.again, speaker=fact.owner)])
    return _led_in(encounter, fact.say, fact.owner)


def _of_the_other_name(encounter: Encounter, turn: Turn, asked: Asked) -> bool:
    """Who asks what somebody likes to be called does not ask for the name on the band, where there is an answer."""
    reactions = encounter.case.member(turn.toward).portrayal.reactions
    ready = any(_NAME_PREFERENCE in reaction.to for reaction in reactions)
    return bool(asked.policy and asked.policy.kind == "name" and _NAME_PREFERENCE in turn.moves and ready)


def _by_policy(encounter: Encounter, turn: Turn, policy: Unscripted) -> tuple[Encounter, str]:
    """The next line of a policy; one that was said lately comes with a lead-in, and is never withheld."""
    fresh = has_fresh(encounter, policy.lines)
    source = Source(key(encounter, turn.toward, f"unscripted:{policy.kind}"), policy.lines, speaker=turn.toward)
    encounter, line = fresh_line(encounter, [source])
    return (encounter, line) if fresh else _led_in(encounter, line, turn.toward)


def _led_in(encounter: Encounter, line: str, cast_id: str) -> tuple[Encounter, str]:
    lead_ins = encounter.case.member(cast_id).portrayal.lead_ins
    source = Source(key(encounter, cast_id, "lead_ins"), lead_ins, speaker=cast_id)
    encounter, lead_in = fresh_line(encounter, [source])
    return encounter, f"{lead_in} {line}".strip()


def key(encounter: Encounter, cast_id: str, kind: str) -> str:
    """Under which name a list of this person's lines rotates."""
    member = encounter.case.member(cast_id)
    return kind if member is encounter.case.patient else f"{member.id}/{kind}"
