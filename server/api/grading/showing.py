"""What of an encounter may be shown to a group, and how it looks without the learner's name.

A moment is shown where whoever shows it may read the encounter, and its learner agreed for the course that it belongs
to, or shows it themself. Both are asked again each time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from server.api.access import Person, access_encounter
from server.api.encounters.replaying import as_it_stands
from server.api.grading.cohort_data import ROLE
from server.api.grading.playlist_shapes import Line
from server.api.services import Services
from server.core.case import Case
from server.core.debriefing.nameless import introduced, without_names
from server.core.encounter import Encounter
from server.core.errors import RequestError
from server.core.transcript import LEARNER, Turn

NOT_AGREED = "Its learner has not agreed that moments of theirs are shown."
NOT_YOURS = "It is no longer there, or not of this course any more."
NOT_OVER = "This encounter has not ended."


@dataclass(frozen=True)
class Shown:
    """An encounter that may be shown, or why not."""

    end: Encounter | None = None
    withheld: str = ""
    mask: Callable[[str], str] = str

    def line(self, turn: Turn) -> Line:
        """One turn, nameless."""
        case: Case = self.end.case  # type: ignore[union-attr]
        learner = turn.speaker == LEARNER
        return Line(turn=turn.id, who=_who(case, turn), learner=learner, kind=turn.kind, text=self.mask(turn.text))


def _who(case: Case, turn: Turn) -> str:
    if turn.speaker == LEARNER:
        return "Learner"
    return next((member.name for member in case.cast if member.id == turn.speaker), "Somebody")


class Showing:
    """Looks at each encounter once."""

    def __init__(self, given: Services, person: Person, course_id: str) -> None:
        self._given, self._person, self._course = given, person, course_id
        self._seen: dict[str, Shown] = {}

    async def of(self, encounter_id: str) -> Shown:
        """Never raises for an encounter that cannot be shown."""
        if encounter_id not in self._seen:
            try:
                self._seen[encounter_id] = await self._look(encounter_id)
            except RequestError as error:
                self._seen[encounter_id] = Shown(withheld=NOT_YOURS if error.status == 404 else error.message)
        return self._seen[encounter_id]

    async def _look(self, encounter_id: str) -> Shown:
        """Raises `RequestError` where they may not read it, or it cannot be read."""
        info = await access_encounter(self._given, self._person, encounter_id)
        if info.owner != self._person.id and (why := await self._why_not(encounter_id, info.owner)):
            return Shown(withheld=why)
        end = await as_it_stands(self._given, encounter_id)
        if not end.over:
            return Shown(withheld=NOT_OVER)
        return Shown(end, mask=await self._mask(info.owner, end))

    async def _why_not(self, encounter_id: str, learner: str) -> str:
        belonging = await self._given.store.courses.belonging(encounter_id)
        member = await self._given.store.courses.member(self._course, learner) if self._course else None
        if self._course not in belonging.courses or member is None:
            return NOT_YOURS
        return "" if member.may_show else NOT_AGREED

    async def _mask(self, learner: str, end: Encounter) -> Callable[[str], str]:
        """Without the name of their account, and without the one that they gave there."""
        account = await self._given.store.people.account(learner)
        own = [account.name, account.sign_in.partition("@")[0]] if account else []
        said = introduced(turn.text for turn in end.turns if turn.speaker == LEARNER)
        return without_names([*own, *sorted(said)], ROLE)
