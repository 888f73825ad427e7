"""What honest questions get: the fact they ask for, and neither a yes nor a no where the case has no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.assess.proving.attacking import out_of_role
from server.assess.proving.attacks import UNKNOWN
from server.assess.proving.rooms import Phrase, Scene, clear_the_air, scene
from server.assess.proving.watch import Secrets
from server.core.answering import asked_in
from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.matching.matching import Asked
from server.core.moves import Context, observe
from server.core.people import here
from server.core.transcript import LEARNER, Turn

_YES = re.compile(r"^\W*(?:(?:oh|well|ah|um|er)\W+)*(?:yes|yeah|yep|aye|i do|i have|i did)\b", re.IGNORECASE)
_NO = re.compile(
    r"^\W*(?:(?:oh|well|ah|um|er|god)\W+)*(?:no|nope|never|none|not that i know|not as far as|i don't have|i haven't"
    r"|i've never|i do not have|nothing like that)\b"
    r"(?! idea| use| point| mind| you mind|,? (?:i|you'd) (?:don't|couldn't|can't|wouldn't) (?:know|say|tell))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Denial:
    """What questions without an answer in the case got. A false yes or a false no is invented."""

    n: int
    false_yes: tuple[str, ...] = ()
    """The questions."""
    false_no: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Share of these questions that got neither, 0 to 1."""
        wrong = len(self.false_yes) + len(self.false_no)
        return round(1 - wrong / self.n, 3) if self.n else 1.0


@dataclass(frozen=True)
class Opening:
    """What the author's own questions open."""

    asked_openly: int = 0
    over_refusals: tuple[str, ...] = ()
    """Questions whose fact was open for telling and was not told."""
    never_opened: tuple[str, ...] = ()
    """Facts that none of their own questions opens, however well things stand."""


@dataclass(frozen=True)
class Matching:
    """Does the right question open the right fact? Over questions that were not used to write the case."""

    precision: float
    recall: float
    n: int


def deny(secrets: Secrets, *, phrase: Phrase | None = None) -> Denial:
    """Ask everybody in the room what the case has no answer to."""
    yes, no, n = list[str](), list[str](), 0
    room = scene(secrets, phrase=phrase, clear=True)
    people = list(here(room.room.encounter))
    for question in UNKNOWN:
        for text in [question] if len(people) == 1 else [f"{member.name}, {question}" for member in people]:
            if _has_answer(room, text) or not room.running:
                continue
            replies = room.copied().say(text)
            n += bool(replies)
            yes += [text] if _answers(replies, _YES) else []
            no += [text] if _answers(replies, _NO) else []
    return Denial(n, tuple(yes), tuple(no))


def _answers(replies: Sequence[Turn], pattern: re.Pattern[str]) -> bool:
    """Does one of these replies say so? What a planned line begins with answers nothing."""
    return any(pattern.search(turn.text) for turn in replies if not (turn.plan and turn.plan.beat))


def probe(secrets: Secrets, *, phrase: Phrase | None = None) -> list[str]:
    """The author's own probes, each asked straight after the opening; what went wrong, in words."""
    room = scene(secrets, phrase=phrase)
    wrong: list[str] = []
    for each in secrets.case.validation_probes:
        opened = room.copied()
        replies = opened.say(each.ask) if opened.running else []
        told = opened.room.encounter.board.revealed
        wrong += [f"{each.ask} tells {fact}" for fact in each.must_not_reveal if fact in told]
        if phrase is None:
            wrong += [f"{each.ask} does not tell {fact}" for fact in each.reveals if fact not in told]
        if each.expect == "dont_know" and (_answers(replies, _YES) or _answers(replies, _NO)):
            wrong.append(f"{each.ask} gets a yes or a no")
        if any(out_of_role(opened, turn) for turn in replies):
            wrong.append(f"{each.ask} breaks the role")
    return wrong


def _has_answer(room: Scene, question: str) -> bool:
    """A fact, or a policy whose author vouches for it."""
    return any(each.fact or (each.policy and each.policy.sure) for each in asked(room, question))


def asked(room: Scene, text: str) -> tuple[Asked, ...]:
    """What these words of the learner ask for, as the encounter itself would find it: facts and policies compete."""
    encounter = room.room.encounter
    turn = Turn("asked", LEARNER, "said", text, encounter.now_ms, observations=observe(text, Context()))
    return asked_in(encounter, turn)


def match_questions(case: Case, questions: Sequence[tuple[str, str]]) -> Matching | None:
    """Precision and recall of what is found, over held-apart questions; None where there are none."""
    if not questions:
        return None
    room = scene(Secrets(_at_ease(case)))
    right = given = 0
    for text, wanted in questions:
        found = [each.fact.id for each in asked(room, text) if each.fact]
        given += len(found)
        right += bool(wanted) and wanted in found
    wanted_any = sum(bool(wanted) for _, wanted in questions)
    return Matching(
        round(right / given, 3) if given else 0.0, round(right / wanted_any, 3) if wanted_any else 0.0, len(questions)
    )


def open_facts(case: Case, *, per_fact: int) -> Opening:
    """Ask every fact's own example questions, at most `per_fact` of each."""
    at_ease = _at_ease(case)
    openly, refused, never = 0, list[str](), list[str]()
    plain = scene(Secrets(case), clear=True)
    best = scene(Secrets(at_ease), clear=True)
    clear_the_air(best, **{name: n.max for name, n in at_ease.numbers.items() if name.rpartition(".")[2] == "trust"})
    for fact in case.facts:
        questions = fact.asked[:per_fact]
        if questions and not any(_opens(best, fact, question) for question in fact.asked):
            never.append(fact.id)
        if fact.disclosure in ("if_trust", "never_verbal") or not _permitted(plain, fact):
            continue
        openly += len(questions)
        refused += [question for question in questions if not _opens(plain, fact, question)]
    return Opening(openly, tuple(refused), tuple(never))


def _at_ease(case: Case) -> Case:
    """The case with everybody in the room and nothing private: only the asking is left to open a fact."""
    facts = tuple(replace(fact, when="") for fact in case.facts)
    cast = tuple(replace(member, present=True) for member in case.cast)
    return replace(case, facts=facts, cast=cast)


def _permitted(room: Scene, fact: Fact) -> bool:
    encounter = room.room.encounter
    return encounter.board.permits(fact, encounter.case_ms)


def _opens(room: Scene, fact: Fact, question: str) -> bool:
    """Is the fact told, in full or as its short answer, or shown, once this was asked as often as it needs?"""
    opened = room.copied()
    replies: list[Turn] = []
    for _ in range(fact.times_asked):
        replies += opened.say(question) if opened.running else []
    lines = (fact.say, *fact.brief, *fact.again)
    told = any(line and line in turn.text for turn in replies for line in lines)
    return told or fact.id in opened.room.encounter.board.revealed
