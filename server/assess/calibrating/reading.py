"""From a table to marks. Everything that is wrong is told at once, with row, column and mend; nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from server.assess.calibrating.marks import DRAFT, Mark, MarkStatus, Scale
from server.assess.calibrating.sense import together
from server.assess.calibrating.table import EXAMPLE, Row, Table, read_table
from server.core.errors import ContentError, Problem

NEEDED = ("transcript", "rater", "dimension", "level")
OPTIONAL = ("at", "round", "group")
WITHOUT_LEVEL: dict[str, MarkStatus] = {
    "unrated": "unrated",
    "n/a": "not_applicable",
    "na": "not_applicable",
    "not_applicable": "not_applicable",
}
LONGEST_NAME = 200
MOST_TOLD = 25
"""Faults that are listed; the rest is a number."""


@dataclass(frozen=True)
class Marks:
    """What was read, and what a reader should know of the reading."""

    marks: tuple[Mark, ...]
    notices: tuple[str, ...] = ()


class Fault(Exception):
    """One cell that cannot be used."""

    def __init__(self, column: str, message: str, mend: str) -> None:
        super().__init__(message)
        self.column, self.message, self.mend = column, message, mend


def read_marks(path: Path, scales: Sequence[Scale]) -> Marks:
    """Raises `ContentError` with every fault that was found."""
    table = read_table(path)
    _refuse(_wrong_columns(table))
    known = {scale.name.casefold(): scale for scale in scales} | {scale.id: scale for scale in scales}
    marks, faults = [], []
    for row in table.rows:
        try:
            marks.append((row.line, _mark(row, known)))
        except Fault as fault:
            faults.append(Problem(fault.message, table.file, row.line, fault.column, fault.mend))
    _refuse(faults)
    _refuse(together(marks, table.file))
    ignored = [name for name in table.columns if name and name not in (*NEEDED, *OPTIONAL)]
    notices = (f"Columns that are not read: {', '.join(ignored)}.",) if ignored else ()
    return Marks(tuple(mark for _, mark in marks), notices)


def _refuse(problems: list[Problem]) -> None:
    if len(problems) > MOST_TOLD:
        more = Problem(f"and {len(problems) - MOST_TOLD:,} more.", problems[0].file)
        problems = [*problems[:MOST_TOLD], more]
    if problems:
        raise ContentError(problems)


def _wrong_columns(table: Table) -> list[Problem]:
    missing = [name for name in NEEDED if name not in table.columns]
    twice = [name for name, times in Counter(table.columns).items() if name and times > 1]
    found = ", ".join(name or "(no name)" for name in table.columns[:12])
    problems = [Problem(f"the column {name!r} is missing; there are: {found}.", table.file, 1, name, _like(name, table))
                for name in missing]  # fmt: skip
    return problems + [Problem(f"there are two columns {name!r}.", table.file, 1, name, "Keep one.") for name in twice]


def _like(name: str, table: Table) -> str:
    close = get_close_matches(name, [each for each in table.columns if each not in NEEDED], 1)
    return f"Rename {close[0]!r}." if close else f"The first line begins {EXAMPLE}."


def _mark(row: Row, known: dict[str, Scale]) -> Mark:
    """Raises `Fault`."""
    transcript, rater = _name(row, "transcript"), _name(row, "rater")
    scale = _scale(_name(row, "dimension"), known)
    level, status = _level(row.cells.get("level", ""), scale)
    rater = DRAFT if rater.casefold() == DRAFT else rater
    return Mark(transcript, rater, scale.id, level, _moment(row), _round(row), row.cells.get("group", ""), status)


def _name(row: Row, column: str) -> str:
    text = row.cells.get(column, "")
    if not text:
        raise Fault(column, "the cell is empty.", "Fill it, or delete the row.")
    if len(text) > LONGEST_NAME or not text.isprintable():
        raise Fault(column, f"not a name: too long, or with signs that cannot be shown ({len(text)}).", "Shorten it.")
    return text


def _scale(text: str, known: dict[str, Scale]) -> Scale:
    """`known`: by id, and by name in lower case."""
    found = known.get(text) or known.get(text.casefold())
    if found is None:
        close = get_close_matches(text.casefold(), list(known), 1, 0.5)
        meant = f"Did you mean {known[close[0]].id!r}? " if close else ""
        ids = ", ".join(dict.fromkeys(scale.id for scale in known.values()))
        raise Fault("dimension", f"the rubric has no dimension {text!r}.", f"{meant}It has: {ids}.")
    return found


def _level(text: str, scale: Scale) -> tuple[int | None, MarkStatus]:
    status = WITHOUT_LEVEL.get(text.casefold())
    if status:
        return None, status
    kinds = f"Write a whole number from {scale.lowest} to {scale.highest}, `n/a` or `unrated`."
    if not text:
        raise Fault("level", "the cell is empty.", f"{kinds} Or delete the row.")
    number = _number(text, kinds)
    if not scale.lowest <= number <= scale.highest:
        raise Fault("level", f"{text} is outside the scale of {scale.id!r}.", kinds)
    return number, "rated"


def _number(text: str, kinds: str) -> int:
    """`3` and `3.0`; nothing else is a whole mark. Raises `Fault`."""
    try:
        value = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        value = float("nan")
    if not value.is_integer():
        raise Fault("level", f"{text[:40]!r} is not a whole number.", kinds)
    return int(value)


def _round(row: Row) -> int:
    text = row.cells.get("round", "")
    if not text:
        return 1
    number = _whole(text)
    if not 1 <= number <= 99:
        raise Fault("round", f"{text[:40]!r} is not a round.", "1 is the first marking, 2 the next; empty means 1.")
    return number


def _whole(text: str) -> int:
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return 0


def _moment(row: Row) -> float | None:
    text = row.cells.get("at", "")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Fault("at", f"{text[:40]!r} is not a time.", "Write it as 2026-11-22T14:30.") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
