"""A roster as a spreadsheet saves it: CSV with a head, read into rows, with everything that is wrong with it.

Commas, semicolons or tabs between the cells, whichever stands in the head; every fault is named by line and column, so
that all of them can be mended at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from server.api.people.naming import one_line, roles_of, sign_in_name, time_percent
from server.core.errors import RequestError
from server.core.roles import Role
from server.store.people.accounts import Account

COLUMNS = ("name", "sign_in", "roles", "course", "time_percent")
NEEDED = ("name", "sign_in")
MOST_ROWS = 1_000
_EXAMPLE = "name,sign_in,roles,course,time_percent"


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a roster."""

    line: int
    """1-based; the head is line 1."""
    column: str
    """As the head calls it; empty for the whole line."""
    message: str
    """What is wrong, and how to mend it."""


@dataclass(frozen=True)
class RosterLine:
    """Somebody in it."""

    line: int
    name: str
    sign_in: str
    """Folded."""
    roles: tuple[Role, ...]
    course: str
    """Its code, as written; empty for none."""
    time_percent: int


@dataclass
class Roster:
    """What was read. Nobody is made from it while it has faults."""

    lines: list[RosterLine] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, column: str, message: str) -> None:
        self.faults.append(Fault(line, column, message))

    def add(self, line: int, cells: dict[str, str]) -> None:
        """One line by column; what cannot be read of it becomes faults."""
        before = len(self.faults)
        read = {column: self._read(line, column, text) for column, text in cells.items()}
        if len(self.faults) == before:
            self.lines.append(RosterLine(line, **read))  # type: ignore[arg-type]

    def _read(self, line: int, column: str, text: str) -> object:
        try:
            return _READERS[column](text)
        except RequestError as error:
            self.fault(line, column, error.message)
            return None


_READERS: Mapping[str, Callable[[str], object]] = {
    "name": lambda text: one_line(text, "name"),
    "sign_in": sign_in_name,
    "roles": lambda text: roles_of(text or "student"),
    "course": lambda text: text,
    "time_percent": lambda text: time_percent(text.removesuffix("%").strip() or "100"),
}


def read_roster(text: str) -> Roster:
    """Everything that can be known of it without the accounts and courses that there are."""
    roster = Roster()
    records = _records(text, roster)
    head = next(records, (1, [""]))
    columns = _columns(head, roster)
    if roster.faults:
        return roster
    for line, cells in records:
        if len(cells) > len(columns):
            roster.fault(line, "", f"It has {len(cells)} cells and the head {len(columns)}. Put quotes round a comma.")
            continue
        by_column = dict.fromkeys(COLUMNS, "") | dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        roster.add(line, by_column)
    _refuse_sizes(roster)
    _refuse_twice(roster)
    return roster


def _records(text: str, roster: Roster) -> Iterator[tuple[int, list[str]]]:
    """Each with the line that it begins on; empty ones left out."""
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    between = max((",", ";", "\t"), key=head.count)
    reader, begins = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        roster.fault(begins, "", "A quotation mark is opened and not closed, or stands in the middle of a cell.")


def _columns(head: tuple[int, list[str]], roster: Roster) -> list[str]:
    line, names = head[0], [name.strip().casefold().replace(" ", "_") for name in head[1]]
    for name in names:
        if name not in COLUMNS:
            roster.fault(line, name[:40], f"There is no such column. The head is: {_EXAMPLE}.")
    for name in NEEDED:
        if name not in names:
            roster.fault(line, name, f"This column is missing. The head is: {_EXAMPLE}.")
    for name in sorted({name for name in names if name in COLUMNS and names.count(name) > 1}):
        roster.fault(line, name, "This column is there twice. Take one out.")
    return names


def _refuse_sizes(roster: Roster) -> None:
    if not roster.lines and not roster.faults:
        roster.fault(2, "", "There is nobody in it. Write one person a line under the head.")
    if len(roster.lines) > MOST_ROWS:
        roster.fault(roster.lines[MOST_ROWS].line, "", f"A roster has at most {MOST_ROWS:,} people. Cut it in two.")


def _refuse_twice(roster: Roster) -> None:
    first: dict[str, int] = {}
    for each in roster.lines:
        if each.sign_in in first:
            twice = f"The sign-in name {each.sign_in!r} is on line {first[each.sign_in]} already. Take one out."
            roster.fault(each.line, "sign_in", twice)
        first.setdefault(each.sign_in, each.line)


def match_accounts(roster: Roster, there: dict[str, Account]) -> None:
    """Find lines that contradict an account that there is already; such a line only brings it into its course."""
    for each in roster.lines:
        account = there.get(each.sign_in)
        if account is not None and not account.active:
            roster.fault(each.line, "sign_in", "This account is closed. Open it again first, or take the line out.")
        elif account is not None and account.roles != each.roles:
            told = f"There is an account of this name as {' '.join(account.roles)}. Change it on the people page first."
            roster.fault(each.line, "roles", told)


def match_courses(roster: Roster, courses: Mapping[str, Sequence[str]]) -> None:
    """`courses`: ids by folded code."""
    for each in roster.lines:
        found = courses.get(each.course.casefold(), ()) if each.course else ("",)
        if not found:
            mend = "Make it on the courses page first, or mend the code."
            roster.fault(each.line, "course", f"No open course has the code {each.course[:40]!r}. {mend}")
        elif len(found) > 1:
            roster.fault(each.line, "course", f"{len(found)} courses have the code {each.course[:40]!r}.")
