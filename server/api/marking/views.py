"""The marking as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from server.api.access import Person
from server.api.marking.shapes import (
    AppealView,
    DraftView,
    LineView,
    MarkingState,
    SheetView,
    SignatureView,
    Signer,
    StepView,
    ValueView,
    WholeView,
)
from server.api.tickets import LOCAL
from server.assess.signing import Card, corrected, drafted, history_line, marking_of
from server.core.marking.marking import (
    Marking,
    Sheet,
    Value,
    differences,
    sees,
    sees_draft,
    values,
    whole,
    whole_differs,
)
from server.core.marking.rules import open_sheets
from server.core.marking.steps import Line
from server.store.encounters.encounters import EncounterInfo
from server.store.encounters.markers import MARKER, Marker
from server.store.marking.grading import NO_POLICY, Policy
from server.store.marking.marks import KeptStep


@dataclass(frozen=True)
class Viewer:
    """Who looks at the marking."""

    author: str
    name: str
    """Empty: they type one."""
    learner: bool
    """Whose encounter it is."""
    staff: bool = False
    """On the staff of the course that it was made for or shared with."""
    owner: str = ""
    """Whose encounter it is, by id."""

    def reads(self, marking: Marking) -> bool:
        """They have not marked and do not have to: they see what is signed."""
        return self.staff and marking.record is not None and self.author not in marking.sheets

    @property
    def account(self) -> bool:
        """Everything that they do stands under the name of their account."""
        return bool(self.name) and (self.learner or self.staff)


def viewer_of(person: Person, info: EncounterInfo, marker: Marker | None) -> Viewer:
    """A marker goes by the name of their invitation, whoever has an account by that of their account."""
    if marker:
        return Viewer(marker.author, marker.name, False, owner=info.owner)
    if info.owner == person.id:
        return Viewer(person.id, person.name, True, owner=info.owner)
    return Viewer(person.id, person.name, False, staff=True, owner=info.owner)


def seen_steps(steps: Sequence[KeptStep], viewer: Viewer) -> list[KeptStep]:
    """Those that this viewer may see."""
    marking = marking_of(steps)
    who = {"learner": viewer.learner, "staff": viewer.staff}
    return [each for each in steps if sees(marking, viewer.author, each.number, each.made, **who)]


def state_view(
    steps: Sequence[KeptStep],
    markers: Sequence[Marker],
    draft: Card,
    digest: str,
    viewer: Viewer,
    policy: Policy = NO_POLICY,
) -> MarkingState:
    """Where it stands. `draft`: the newest draft scorecard, `digest` its own; `policy`: the assignment's."""
    marking = under(marking_of(steps), policy)
    mine, reads = marking.sheet(viewer.author), viewer.reads(marking)
    shown = reads or sees_draft(marking, viewer.author, invited=not viewer.learner)
    sees_all = mine.closed or reads
    return MarkingState(
        step=len(seen_steps(steps, viewer)),
        name=viewer.name or mine.name,
        account=viewer.account,
        invited=not viewer.learner,
        staff=viewer.staff,
        closed=mine.closed,
        reads=reads,
        overall_needed=viewer.staff and policy.overall,
        sheets_needed=sheets_needed(marking, policy, viewer.owner),
        open=marking.open,
        draft=DraftView(digest=digest, lines=_lines(drafted(draft))) if shown else None,
        sheets=_sheets(marking, viewer),
        values=_values(values(marking)) if sees_all else [],
        differences=list(differences(marking)) if sees_all else [],
        whole=_whole(marking) if sees_all else None,
        whole_differs=sees_all and whole_differs(marking),
        appeals=appeal_views(marking) if sees_all or (viewer.learner and not mine.name) else [],
        signature=signature_view(marking, steps, draft, viewer.owner),
        waiting=waiting(marking, markers),
    )


def under(marking: Marking, policy: Policy) -> Marking:
    """As it stands by the assignment's policy, which holds from the first mark on, and is written down with it."""
    return replace(marking, draft_shown=True) if policy.draft_shown and not marking.sheets else marking


def waiting(marking: Marking, markers: Sequence[Marker]) -> list[str]:
    """Names of those who were asked to mark, or have begun, and whose marks are not in."""
    names = {each.author: each.name for each in markers}
    authors = open_sheets(marking, names)
    return [names.get(author, marking.sheet(author).name) for author in authors]


def appeal_views(marking: Marking) -> list[AppealView]:
    """All of them, in order."""
    return [
        AppealView(
            dimension=each.dimension, turn=each.turn, reason=each.reason, answered=each.answered,
            changed=each.changed, answer=each.answer, by=each.by,
        )
        for each in marking.appeals
    ]  # fmt: skip


def signature_view(marking: Marking, steps: Sequence[KeptStep], draft: Card | None, owner: str) -> SignatureView | None:
    """The last signature beside the newest draft; None while there is none. `owner`: whose encounter it is."""
    last = marking.record
    if last is None:
        return None
    return SignatureView(
        by=last.name,
        invited=last.author != owner,
        who=signer_of(last.author, owner),
        at=steps[last.step - 1].at.isoformat(),
        step=last.step,
        look_again=last.corrected != corrected(draft),
    )


def signer_of(author: str, owner: str) -> Signer:
    """What whoever signed is to the encounter of `owner`. Whom one person who is everybody invites is faculty."""
    if owner == LOCAL:
        return "owner" if author == owner else "faculty"
    if author == owner:
        return "learner"
    return "guest" if author.startswith(MARKER) else "faculty"


def sheets_needed(marking: Marking, policy: Policy, owner: str) -> int:
    """How many people's marks a signature needs. Where a second one is asked for, a guest's come on top."""
    if policy.sheets < 2 or owner == LOCAL:
        return policy.sheets
    return policy.sheets + sum(sheet.closed and author.startswith(MARKER) for author, sheet in marking.sheets.items())


def by_faculty(marking: Marking, owner: str) -> Marking:
    """As it counts for a course: what a learner or a guest has signed is not signed yet."""
    last = marking.record
    if last is None or signer_of(last.author, owner) in ("faculty", "owner"):
        return marking
    return replace(marking, signatures=(), open=True)


def step_views(steps: Iterable[KeptStep]) -> list[StepView]:
    """The history, numbered as its reader counts it."""
    return [_step(number, each) for number, each in enumerate(steps, 1)]


def _step(number: int, step: KeptStep) -> StepView:
    told = history_line(step)
    line = getattr(step.made.step, "line", None)
    shown = None if line is None else _line(told["dimension"], line)
    return StepView(**{**told, "number": number, "line": shown})


def _sheets(marking: Marking, viewer: Viewer) -> list[SheetView]:
    """Their own first; those of others once both are closed, or signed and only read."""
    author, mine = viewer.author, marking.sheet(viewer.author)
    open_to = mine.closed or viewer.reads(marking)
    others = [sheet for name, sheet in marking.sheets.items() if name != author and sheet.closed and open_to]
    own = [_sheet(mine, True)] if author in marking.sheets else []
    return [*own, *(_sheet(each, False) for each in others)]


def _sheet(sheet: Sheet, mine: bool) -> SheetView:
    now = {name: value for name in sorted(sheet.held()) if (value := sheet.value(name)) is not None}
    lines = {"own": _values(sheet.own), "now": _values(now)}
    return SheetView(name=sheet.name, mine=mine, closed=sheet.closed, overall=sheet.overall, **lines)


def _whole(marking: Marking) -> WholeView | None:
    found = whole(marking)
    return WholeView(rating=found.rating, by=list(found.by), reason=found.reason) if found else None


def _values(found: Mapping[str, Value]) -> list[ValueView]:
    return [
        ValueView(**_line(name, value.line).model_dump(), how=value.how, by=list(value.by), reason=value.reason)
        for name, value in found.items()
    ]


def _lines(lines: Mapping[str, Line]) -> list[LineView]:
    return [_line(name, line) for name, line in lines.items()]


def _line(dimension: str, line: Line) -> LineView:
    return LineView.model_validate(
        {"dimension": dimension, **asdict(line), "evidence": [asdict(e) for e in line.evidence]}
    )
