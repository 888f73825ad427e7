"""Marking in whatever order: nothing is lost, nothing unsigned is the record, nobody looks ahead."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from server.core.errors import Conflict, RequestError
from server.core.marking.marking import (
    Marking,
    Whole,
    differences,
    fold,
    sees,
    sees_draft,
    values,
    whole,
    whole_differs,
)
from server.core.marking.rules import Grounds, check
from server.core.marking.steps import (
    KINDS,
    AppealAnswered,
    Appealed,
    DraftAccepted,
    DraftChanged,
    DraftPolicy,
    DraftRefused,
    Line,
    Made,
    MarkGiven,
    Overall,
    OverallAgreed,
    OverallGiven,
    Reconciled,
    Reopened,
    SheetClosed,
    SheetWithdrawn,
    Signed,
    Step,
    body_of,
    kind_of,
    step_from,
)
from server.core.scoring.scorecard import Evidence
from server.core.transcript import LEARNER, Turn

ANN, BOB, OWNER, STAFF = "marker:ann", "marker:bob", "local", "acc_cruz"
TURNS = {
    "t1": Turn("t1", "ada", "said", "It is cold in here.", 0),
    "t2": Turn("t2", LEARNER, "said", "You sound worried.", 100),
}
QUOTE = Evidence("t2", LEARNER, "sound worried", "said")
DRAFT = {"support": Line("rated", 2, (QUOTE,), "named it"), "blockers": Line("unrated")}
GROUNDS = Grounds(("support", "blockers"), 0, 4, TURNS, DRAFT, frozenset({ANN, BOB}))
ALONE = Grounds(("support", "blockers"), 0, 4, TURNS, DRAFT, frozenset({ANN}))
STAFFED = Grounds(("support", "blockers"), 0, 4, TURNS, DRAFT, frozenset(), frozenset({STAFF}), 2, True)
"""An assignment that asks for a second marker and a global rating."""

authors = st.sampled_from([ANN, BOB, OWNER])
names = st.sampled_from(["support", "blockers", "charm"])
reasons = st.sampled_from(["Because.", " "])
lines = st.builds(
    Line,
    st.sampled_from(["rated", "rated", "not_applicable", "unrated"]),
    st.sampled_from([None, None, 0, 2, 4, 5, -1]),
    st.sampled_from(
        [(), (QUOTE,), (Evidence("t2", LEARNER, "sounds worried", "said"),), (Evidence("t9", LEARNER, "x", "said"),)]
    ),
    st.sampled_from(["", "Nothing of it in turns 1 and 2."]),
)
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(MarkGiven, names, lines),
    st.sampled_from([DraftAccepted(name, line) for name, line in DRAFT.items()]),
    st.builds(DraftChanged, names, lines, reasons),
    st.builds(DraftRefused, names, reasons),
    st.just(SheetClosed()),
    st.builds(Reconciled, names, lines, reasons),
    st.just(Signed("draft", "rubric")),
    st.builds(Reopened, reasons),
    st.builds(Appealed, names, st.sampled_from(["t2", "t9"]), reasons),
    st.builds(AppealAnswered, names, reasons, st.none() | lines),
    st.builds(DraftPolicy, st.booleans()),
    st.builds(SheetWithdrawn, authors),
    st.builds(OverallGiven, st.sampled_from(["fail", "excellent"])),
    st.builds(OverallAgreed, st.sampled_from(["pass", "good"]), reasons),
)
GOOD = Line("rated", 3, (QUOTE,))
"""A mark that may always be given, so that a random walk gets as far as a signature."""


def wholes_since(taken: list[Made]) -> tuple[set[str], bool]:
    """The judgements of the whole on closed sheets, and whether anybody agreed on one after the last was closed."""
    given: dict[str, str] = {}
    closed: dict[str, str] = {}
    agreed = False
    for made in taken:
        match made.step:
            case OverallGiven():
                given[made.author] = made.step.rating
            case SheetClosed():
                agreed = False
                closed[made.author] = given.get(made.author, "")
            case SheetWithdrawn():
                given.pop(made.step.author, None)
            case OverallAgreed():
                agreed = True
    return set(filter(None, closed.values())), agreed


class AnyMarking(RuleBasedStateMachine):
    """Three people and a learner, none of whom reads the rules first."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Made] = []
        self.marking = Marking()

    def tries(self, author: str, step: Step, grounds: Grounds = GROUNDS) -> None:
        """Take it where it may be taken; a refusal has a code and changes nothing."""
        made = Made(author, author.removeprefix("marker:").title(), step)
        before = self.marking
        try:
            check(self.marking, made, grounds)
        except RequestError as error:
            assert error.code not in ("bad_request", "conflict"), "every refusal has a name of its own"
            assert fold(self.taken) == before
            return
        self.taken.append(made)
        self.marking = fold(self.taken)
        self.judge(before, made, grounds)

    def judge(self, before: Marking, made: Made, grounds: Grounds) -> None:
        step = made.step
        if isinstance(step, OverallGiven):
            assert set(ALONE.dimensions) <= before.sheet(made.author).held(), "the whole comes after its parts"
        if isinstance(step, Signed):
            assert set(values(self.marking)) == set(ALONE.dimensions)
            assert not differences(before)
            wholes, agreed = wholes_since(self.taken)
            assert len(wholes) < 2 or agreed, "nobody signs for a whole that somebody else has not agreed to"
            assert not before.unanswered
            assert len(before.closed()) >= grounds.sheets
            assert all(sheet.closed for sheet in before.sheets.values())
        else:
            assert self.marking.record == before.record, "only a signature makes a record"
        if before.record is not None and not before.open:
            assert isinstance(step, Appealed | AppealAnswered | Reopened | SheetWithdrawn | DraftPolicy)
        if isinstance(step, DraftAccepted | DraftChanged | DraftRefused):
            assert sees_draft(before, made.author, invited=made.author != OWNER)

    @rule(author=authors, step=steps)
    def anything(self, author: str, step: Step) -> None:
        self.tries(author, step)

    @rule(author=authors, line=st.sampled_from([GOOD, Line("not_applicable"), Line("unrated")]))
    def a_whole_sheet(self, author: str, line: Line) -> None:
        for name in ALONE.dimensions:
            self.tries(author, MarkGiven(name, line))
        self.tries(author, SheetClosed())

    @rule(step=steps)
    def one_of_the_staff(self, step: Step) -> None:
        self.tries(STAFF, step, STAFFED)

    @rule(line=st.sampled_from([GOOD, Line("unrated")]))
    def a_sheet_of_the_staff(self, line: Line) -> None:
        for name in STAFFED.dimensions:
            self.tries(STAFF, MarkGiven(name, line), STAFFED)
        self.tries(STAFF, OverallGiven("pass"), STAFFED)
        self.tries(STAFF, SheetClosed(), STAFFED)

    @rule(author=authors)
    def begin(self, author: str) -> None:
        self.tries(author, MarkGiven("support", GOOD))

    @rule(author=authors)
    def sign_at_once(self, author: str) -> None:
        self.tries(author, Signed("draft", "rubric"), ALONE)

    @rule(author=authors)
    def reopen_on_appeal(self, author: str) -> None:
        self.tries(OWNER, Appealed("support", "t2", "I did."))
        self.tries(author, Reopened("To look again."))

    @rule(author=authors)
    def agree_and_sign(self, author: str) -> None:
        for name in differences(self.marking):
            self.tries(author, Reconciled(name, GOOD, "We looked together."))
        for appeal in self.marking.unanswered:
            self.tries(author, AppealAnswered(appeal.dimension, "It stays."))
        self.tries(author, Signed("draft", "rubric"), ALONE)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.marking.steps == len(self.taken)
        assert [step_from(kind_of(made.step), body_of(made.step)) for made in self.taken] == [
            m.step for m in self.taken
        ]
        signed = [made.author for made in self.taken if isinstance(made.step, Signed)]
        assert [each.author for each in self.marking.signatures] == signed

    @invariant()
    def a_closed_sheet_stays_as_it_was_given(self) -> None:
        for author, sheet in self.marking.sheets.items():
            own = [made.step for made in self.taken if made.author == author]
            until = own.index(SheetClosed()) if SheetClosed() in own else len(own)
            given = {step.dimension: step.line for step in own[:until] if isinstance(step, MarkGiven)}
            if not any(isinstance(made.step, SheetWithdrawn) and made.step.author == author for made in self.taken):
                assert {name: value.line for name, value in sheet.own.items()} == given
                ratings = [step.rating for step in own if isinstance(step, OverallGiven)]
                assert sheet.overall == (ratings[-1] if ratings else None)
                assert not any(isinstance(step, OverallGiven) for step in own[until:])

    @invariant()
    def every_level_is_on_the_scale_and_has_its_grounds(self) -> None:
        held = [
            value for sheet in self.marking.sheets.values() for value in (*sheet.own.values(), *sheet.decided.values())
        ]
        for value in [*held, *self.marking.settled.values()]:
            line = value.line
            assert (line.level in range(5)) if line.status == "rated" else line.level is None
            assert line.status != "rated" or line.evidence or line.comment.strip() or value.reason.strip()
            assert all(each.quote in TURNS[each.turn].text for each in line.evidence)

    @invariant()
    def nobody_looks_ahead(self) -> None:
        for number, made in enumerate(self.taken, 1):
            for viewer in (ANN, BOB):
                if viewer != made.author and isinstance(made.step, MarkGiven) and not self.marking.sheet(viewer).closed:
                    assert not sees(self.marking, viewer, number, made, learner=False)
            unsigned = self.marking.record is None or number > self.marking.record.step
            others = made.author != STAFF and isinstance(made.step, MarkGiven)
            if others and unsigned and not self.marking.sheet(STAFF).closed:
                assert not sees(self.marking, STAFF, number, made, learner=False, staff=True)
            if made.author != OWNER and OWNER not in self.marking.sheets and unsigned and hasattr(made.step, "line"):
                seen = sees(self.marking, OWNER, number, made, learner=True)
                assert seen is isinstance(made.step, AppealAnswered)


AnyMarking.TestCase.settings = settings(max_examples=120, stateful_step_count=25, deadline=None)
TestAnyMarking = AnyMarking.TestCase


def marked(author: str, **lines: Line) -> list[Made]:
    """A sheet, closed."""
    given = [Made(author, author, MarkGiven(name, line)) for name, line in lines.items()]
    return [*given, Made(author, author, SheetClosed())]


def test_what_was_signed_stays_while_the_marks_are_open_again() -> None:
    taken = [*marked(ANN, support=GOOD, blockers=Line("unrated")), Made(ANN, "Ann", Signed("d", "r"))]
    taken += [
        Made(ANN, "Ann", Reopened("I misread.")),
        Made(ANN, "Ann", DraftChanged("support", Line("rated", 0), "So.")),
    ]
    marking = fold(taken)
    assert marking.record is not None
    assert marking.record.values["support"].line.level == 3
    assert values(marking)["support"].line.level == 0
    assert marking.open


def test_two_who_differ_are_listed_and_a_joint_word_settles_it_until_somebody_changes_it() -> None:
    taken = [*marked(ANN, support=GOOD), *marked(BOB, support=Line("rated", 1, (QUOTE,)))]
    assert list(differences(fold(taken))) == ["support"]
    taken.append(Made(BOB, "Bob", Reconciled("support", Line("rated", 2), "Together.")))
    assert (differences(fold(taken)), values(fold(taken))["support"].line.level) == ({}, 2)
    taken.append(Made(ANN, "Ann", DraftChanged("support", Line("rated", 4), "On reflection.")))
    assert list(differences(fold(taken))) == ["support"]


def test_people_who_agree_stand_together_with_all_their_quotes() -> None:
    other = Evidence("t1", "ada", "cold", "cue")
    taken = [*marked(ANN, support=GOOD), *marked(BOB, support=Line("rated", 3, (other,), "I agree."))]
    value = values(fold(taken))["support"]
    assert (value.by, value.line.evidence, value.line.comment) == ((ANN, BOB), (QUOTE, other), "I agree.")


def refusal(taken: list[Made], step: Step, author: str = ANN, **changes: Any) -> str:
    with pytest.raises(RequestError) as refused:
        check(fold(taken), Made(author, changes.pop("name", "Ann"), step), changes.pop("grounds", ALONE))
    return refused.value.code


def test_refusals_say_which_lines() -> None:
    half = [Made(ANN, "Ann", MarkGiven("support", GOOD))]
    with pytest.raises(Conflict, match="not applicable: blockers"):
        check(fold(half), Made(ANN, "Ann", SheetClosed()), ALONE)
    both = [*marked(ANN, support=GOOD, blockers=GOOD), *marked(BOB, support=GOOD, blockers=Line("unrated"))]
    with pytest.raises(Conflict, match="Reconcile: blockers"):
        check(fold(both), Made(ANN, "Ann", Signed("d", "r")), GROUNDS)


def test_a_quote_of_somebody_elses_is_refused() -> None:
    forged = Line("rated", 3, (Evidence("t1", LEARNER, "It is cold", "said"),))
    assert refusal([], MarkGiven("support", forged)) == "quote_not_found"


def test_a_line_that_the_draft_lacks_cannot_be_accepted() -> None:
    bare = Grounds(ALONE.dimensions, 0, 4, TURNS, {}, frozenset({ANN}))
    closed = marked(ANN, support=GOOD, blockers=GOOD)
    assert refusal(closed, DraftRefused("support", "No."), grounds=bare) == "no_draft"
    assert refusal(closed, DraftAccepted("support", Line("rated", 4, (QUOTE,)))) == "stale_draft"


def test_one_who_marked_alone_has_nobody_to_reconcile_with() -> None:
    closed = marked(ANN, support=GOOD, blockers=GOOD)
    assert refusal(closed, Reconciled("support", GOOD, "Me.")) == "nobody_differs"
    assert refusal(closed, SheetWithdrawn(ANN), author=OWNER) == "has_marked"
    assert refusal(closed, Reopened("Again.")) == "not_signed"


def test_an_assignment_may_ask_for_a_second_marker_and_for_a_judgement_of_the_whole() -> None:
    given = marked(STAFF, support=GOOD, blockers=GOOD)[:-1]
    assert refusal(given, SheetClosed(), author=STAFF, grounds=STAFFED) == "overall_missing"
    assert refusal(given[:1], OverallGiven("pass"), author=STAFF, grounds=STAFFED) == "lines_missing"
    one = [*given, Made(STAFF, "Cruz", OverallGiven("pass")), Made(STAFF, "Cruz", SheetClosed())]
    assert refusal(one, Signed("d", "r"), author=STAFF, grounds=STAFFED) == "second_marker_needed"
    assert refusal(one, OverallGiven("fail"), author=STAFF, grounds=STAFFED) == "sheet_closed"
    two = [*one, *marked(BOB, support=GOOD, blockers=GOOD)]
    check(fold(two), Made(STAFF, "Cruz", Signed("d", "r")), STAFFED)
    record = fold([*two, Made(STAFF, "Cruz", Signed("d", "r"))]).record
    assert record is not None
    assert record.overall == (("Cruz", "pass"),)
    assert record.whole == Whole("pass", ("Cruz",))


def test_who_judge_the_whole_differently_agree_on_it_before_they_sign() -> None:
    lines = [marked(author, support=GOOD, blockers=GOOD) for author in (STAFF, BOB)]
    ratings: tuple[Overall, Overall] = ("pass", "fail")
    pairs = zip(lines, (STAFF, BOB), ratings, strict=True)
    taken = [step for some, author, rating in pairs
             for step in (*some[:-1], Made(author, author, OverallGiven(rating)), some[-1])]  # fmt: skip
    assert (whole(fold(taken)), whole_differs(fold(taken))) == (None, True)
    assert refusal(taken, Signed("d", "r"), author=STAFF, grounds=STAFFED) == "not_reconciled"
    assert refusal(taken, OverallAgreed("good", " "), author=STAFF, grounds=STAFFED) == "reason_needed"
    assert refusal(taken, OverallAgreed("good", "So."), author=ANN, grounds=STAFFED) == "own_mark_first"
    taken += [Made(BOB, "Bob", OverallAgreed("borderline", "Between."))]
    check(fold(taken), Made(STAFF, "Cruz", Signed("d", "r")), STAFFED)
    record = fold([*taken, Made(STAFF, "Cruz", Signed("d", "r"))]).record
    assert record is not None
    assert record.whole == Whole("borderline", ("Bob",), "Between.")
    assert dict(record.overall) == {STAFF: "pass", BOB: "fail"}, "what each gave first stays"
    bare = marked(ANN, support=GOOD, blockers=GOOD)
    assert refusal(bare, OverallAgreed("good", "So.")) == "overall_missing", "nobody judged it"


def test_what_one_person_thought_again_alone_does_not_hold_for_who_closes_later() -> None:
    lines = [marked(author, support=GOOD, blockers=GOOD) for author in (STAFF, BOB)]
    one = [*lines[0][:-1], Made(STAFF, "Cruz", OverallGiven("pass")), lines[0][-1]]
    two = [*lines[1][:-1], Made(BOB, "Bob", OverallGiven("fail")), lines[1][-1]]
    alone = [*one, Made(STAFF, "Cruz", OverallAgreed("excellent", "Thought again."))]
    assert whole(fold(alone)) == Whole("excellent", ("Cruz",), "Thought again."), "it is theirs while they are alone"
    both = [*alone, *two]
    assert (whole(fold(both)), whole_differs(fold(both))) == (None, True)
    assert refusal(both, Signed("d", "r"), author=BOB, grounds=STAFFED) == "not_reconciled"
    agreed = [*both, Made(BOB, "Bob", OverallAgreed("good", "Together."))]
    check(fold(agreed), Made(STAFF, "Cruz", Signed("d", "r")), STAFFED)
    assert whole(fold(agreed)) == Whole("good", ("Bob",), "Together.")


def test_whoever_is_on_the_staff_reads_what_is_signed_and_answers_for_it() -> None:
    taken = [*marked(ANN, support=GOOD, blockers=GOOD), Made(ANN, "Ann", Signed("d", "r"))]
    taken += [Made(OWNER, "the learner", Appealed("support", "t2", "I did."))]
    answer = AppealAnswered("support", "It stays.")
    check(fold(taken), Made(STAFF, "Cruz", answer), STAFFED)
    assert refusal(taken, answer, author=BOB) == "own_mark_first"
    seen = [sees(fold(taken), STAFF, number, made, learner=False, staff=True) for number, made in enumerate(taken, 1)]
    assert all(seen)
    begun = [*taken, Made(ANN, "Ann", Reopened("To look.")), Made(STAFF, "Cruz", MarkGiven("support", GOOD))]
    assert not sees(fold(begun), STAFF, 1, begun[0], learner=False, staff=True), "who marks is blind again"


def test_a_level_given_after_the_draft_was_accepted_takes_its_place() -> None:
    taken = [Made(ANN, "Ann", DraftPolicy(shown=True)), Made(ANN, "Ann", DraftAccepted("support", DRAFT["support"]))]
    other = Made(ANN, "Ann", MarkGiven("support", Line("rated", 4, (QUOTE,))))
    held = [fold(some).sheet(ANN).value("support") for some in (taken, [*taken, other])]
    assert [each and (each.how, each.line.level) for each in held] == [("draft_accepted", 2), ("own_mark", 4)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_no_version_wrote_is_not_read(kind: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        step_from(kind if kind not in ("sheet_closed",) else "unheard_of", {"line": {"status": "rated"}})
