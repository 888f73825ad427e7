"""The cases of a folder, and those that were published beside them while the server runs.

What a person approved is kept apart from what a text claims: a published case is `draft`, which the page reads as not
yet reviewed by educators, unless somebody on the staff who had not written it approved it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from server.content.case_text import read_case_text
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

    def retire(self, case_id: str) -> None:
        """Nobody new meets it."""
        if case_id in self.published:
            self.published[case_id] = replace(self.published[case_id], status="retired")

    def take(self, file_id: str, text: str, *, reviewed: bool) -> None:
        """A published text as it lies in the database; one that can no longer be read is told and left out."""
        try:
            case = read_case_text(text, self.rubrics, thorough=False).playable()
        except ContentError as error:
            self.troubles.extend(replace(problem, file=file_id) for problem in error.problems)
            return
        self.place(case, reviewed=reviewed)
