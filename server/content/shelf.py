"""The cases of a folder, and those that were published beside them while the server runs.

What a person approved is kept apart from what a text claims: a published case is `draft`, which the page reads as not
yet reviewed by educators, unless somebody on the staff who had not written it approved it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from server.content.case_text import Read
from server.content.folders import Library
from server.core.case import Case
from server.core.errors import ContentError, Problem
from server.core.rubric import Rubric


@dataclass
class Shelf:
    """A library that grows; it fills the port `Library` of `server.api.services`."""

    folder: Library
    published: dict[str, Case] = field(default_factory=dict)
    troubles: list[Problem] = field(default_factory=list)
    """Of what was published once and can no longer be read."""
    seen: dict[str, int] = field(default_factory=dict)
    """By file, its newest edition that was placed or retired here."""
    mark: str | None = None
    """What the database said of all its published cases when they were read last; None: they never were."""

    @property
    def cases(self) -> Mapping[str, Case]:
        """By id; a new mapping after every change."""
        return {**self.folder.cases, **self.published} if self.published else self.folder.cases

    @property
    def rubrics(self) -> Mapping[str, Rubric]:
        """Those of the folder."""
        return self.folder.rubrics

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with files that are kept off."""
        return (*self.folder.problems, *self.troubles)

    def case(self, case_id: str) -> Case:
        """Raises `NotFound`."""
        return Library(self.cases, self.rubrics).case(case_id)

    def rubric(self, rubric_id: str) -> Rubric:
        """Raises `NotFound`."""
        return self.folder.rubric(rubric_id)

    def place(self, case: Case, *, reviewed: bool) -> None:
        """Learners may meet it from now on."""
        self.published[case.case_id] = replace(case, status="approved" if reviewed else "draft")

    def knows(self, file_id: str, edition: int) -> bool:
        """It was placed or retired here as of this edition, or of a later one."""
        return self.seen.get(file_id, 0) >= edition

    def retire(self, file_id: str, edition: int, case_ids: Collection[str]) -> None:
        """Nobody new meets what this file was published as. What is known already stays as it is."""
        if self.knows(file_id, edition):
            return
        self.seen[file_id] = edition
        for case_id in case_ids:
            if case_id in self.published:
                self.published[case_id] = replace(self.published[case_id], status="retired")

    def take(self, file_id: str, edition: int, read: Read, *, reviewed: bool, before: Collection[str] = ()) -> None:
        """A published text as it was read, in the place of what the file was published as `before`; one that can no
        longer be read is told and left out. What is known already stays as it is.
        """
        if self.knows(file_id, edition):
            return
        self.troubles = [each for each in self.troubles if each.file != file_id]
        try:
            case = read.playable()
        except ContentError as error:
            self.seen[file_id] = edition
            self.troubles.extend(replace(problem, file=file_id) for problem in error.problems)
            return
        self.retire(file_id, edition, [each for each in before if each != case.case_id])
        self.place(case, reviewed=reviewed)
