"""A table of marks as somebody saved it, CSV or JSON, cut into rows of text with their line; nothing is judged here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from server.core.errors import ContentError, Problem

LARGEST_BYTES = 50_000_000
MOST_ROWS = 500_000
SEPARATORS = ",;\t"
EXAMPLE = "transcript,rater,dimension,level"


@dataclass(frozen=True)
class Row:
    """One row: its cells by the name of their column, in lower case."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Raises `ContentError`. A byte order mark, semicolons and tabs are what spreadsheets write, and are read."""
    text = _text(path)
    if not text.strip():
        raise _wrong(path, "the file is empty.", mend=f"The first line holds the columns: {EXAMPLE}.")
    table = _from_json(text, path) if path.suffix.lower() == ".json" else _from_csv(text, path)
    if not table.rows:
        raise _wrong(path, "there are no marks in it.", mend="Write one row a mark under the line of columns.")
    if len(table.rows) > MOST_ROWS:
        raise _wrong(
            path, f"{len(table.rows):,} rows; the limit is {MOST_ROWS:,}.", mend="Calibrate one rubric at a time."
        )
    return table


def _wrong(path: Path, message: str, line: int = 0, mend: str = "") -> ContentError:
    return ContentError([Problem(message, path.name, line, mend=mend)])


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _wrong(path, f"the file cannot be read: {error.strerror}.") from None
    if len(data) > LARGEST_BYTES:
        raise _wrong(path, f"the file is {len(data):,} bytes; the limit is {LARGEST_BYTES:,}.")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16", path)
    return _decoded(data, "utf-8-sig", path)


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where, mend = f"not UTF-8 (byte {error.start}).", "In a spreadsheet, save it as “CSV UTF-8”."
        raise _wrong(path, where, mend=mend) from None


def _from_csv(text: str, path: Path) -> Table:
    header = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise _wrong(path, f"not a table: {error}.", reader.line_num, "Close every quotation mark.") from None
    columns = tuple(name.strip().lower() for name in lines[0][1])
    return Table(path.name, columns, tuple(_rows(lines[1:], columns, path)))


def _rows(lines: list[tuple[int, list[str]]], columns: tuple[str, ...], path: Path) -> Iterator[Row]:
    for line, cells in lines:
        if any(cell.strip() for cell in cells[len(columns) :]):
            mend = "Put quotation marks around a cell that holds the separator."
            raise _wrong(path, f"{len(cells)} cells, and only {len(columns)} columns.", line, mend)
        yield Row(line, dict(zip(columns, (cell.strip() for cell in cells), strict=False)))


def _from_json(text: str, path: Path) -> Table:
    mend = 'Write [{"transcript": "t01", "rater": "Ada", "dimension": "understanding", "level": 3}, …].'
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise _wrong(path, "not JSON.", line, mend) from None
    listed = found.get("marks") if isinstance(found, dict) else found
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise _wrong(path, "not a list of marks.", mend=mend)
    rows = tuple(
        Row(n, {str(k).strip().lower(): _cell(v) for k, v in each.items()}) for n, each in enumerate(listed, 1)
    )
    return Table(path.name, tuple(dict.fromkeys(name for row in rows for name in row.cells)), rows)


def _cell(value: object) -> str:
    """As it would stand in a cell; null is an empty one."""
    return "" if value is None else str(value).strip()
