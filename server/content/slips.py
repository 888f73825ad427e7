"""What a slip in YAML most likely is: the line that its author would look at, and what to write there.

The parser says where it gave up, which is often the line after, or far below a quote that was left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml
from yaml.events import ScalarEvent

MOST_SHOWN = 60
"""Characters of an author's own line that a message repeats."""
CLOSES = {"[": "]", "{": "}"}
_NAME = r"(?P<dash>\s*(?:-\s+)?)(?P<name>[A-Za-z_]\w*)"
_NO_COLON = re.compile(rf"{_NAME}(?P<rest>(?:\s.*)?)$")
_NO_BLANK = re.compile(rf"{_NAME}:(?P<rest>\S.*)$")
_OTHER_SIGN = re.compile(rf"{_NAME}\s*[=;\uff1a](?P<rest>.*)$")
_VALUE = re.compile(rf"{_NAME}:\s+(?P<rest>\S.*)$")
_MERGE = re.compile(r"(<{7}|={7}|>{7})")


@dataclass(frozen=True)
class Slip:
    """Where to look, what is wrong and how to mend it."""

    line: int
    """1-based."""
    message: str
    mend: str


@dataclass(frozen=True)
class _GaveUp:
    """What the parser said, and where; rows and columns from 0."""

    lines: list[str]
    said: str
    row: int
    column: int
    begun: tuple[int, int]
    """Where the part begins that it was reading."""
    quoted: tuple[int, int, str] | None
    """First row, last row and quote of the last value that it had read; None: that stood in no quotes."""

    def line(self, row: int) -> str:
        return self.lines[row] if 0 <= row < len(self.lines) else ""

    def above(self, row: int) -> int:
        """The row before, blank ones and comments passed over; -1 where there is none."""
        rows = range(row - 1, -1, -1)
        return next((at for at in rows if (text := self.line(at).strip()) and not text.startswith("#")), -1)

    def sign(self, row: int, column: int) -> str:
        return self.line(row)[column : column + 1]


def slip_in(text: str, error: yaml.YAMLError, last: ScalarEvent | None) -> Slip | None:
    """The most likely one; None where it is none of those that authors make."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return None
    begun = (context.line, context.column) if context else (mark.line, mark.column)
    said = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or ''}"
    gave_up = _GaveUp(text.splitlines(), said, mark.line, mark.column, begun, _quoted(last))
    return next((slip for rule in _RULES if (slip := rule(gave_up))), None)


def _quoted(last: ScalarEvent | None) -> tuple[int, int, str] | None:
    if last is None or last.style not in ("'", '"') or last.start_mark is None or last.end_mark is None:
        return None
    return last.start_mark.line, last.end_mark.line, last.style


def _open_quote(up: _GaveUp) -> Slip | None:
    if "quoted scalar" in up.said and "unexpected" in up.said:
        return Slip(up.begun[0] + 1, "a quote opens here and is never closed;", "close it where the text ends.")
    start, end, _ = up.quoted or (0, 0, "")
    if start == end or end != up.row:
        return None
    message = f"a quote opens in line {start + 1} and is closed only in line {end + 1};"
    return Slip(start + 1, message, "close it where the text ends.")


def _hard_blank(up: _GaveUp) -> Slip | None:
    """A blank that was pasted from a word processor."""
    rows = (up.row, up.begun[0], up.above(up.row))
    found = next((row for row in rows if "\u00a0" in up.line(row)), None)
    if found is None:
        return None
    return Slip(found + 1, "a no-break space stands here, which YAML does not take for a blank;", "type it anew.")


def _after_quote(up: _GaveUp) -> Slip | None:
    _, end, style = up.quoted or (0, -1, "")
    if "expected key" not in up.said or end != up.row:
        return None
    mend = 'in single quotes, or write \\" for a quote inside it.' if style == '"' else "in double quotes."
    return Slip(up.row + 1, "more text comes after the closing quote;", f"put the whole text {mend}")


def _after_bracket(up: _GaveUp) -> Slip | None:
    before = up.line(up.row)[: up.column].rstrip()[-1:]
    if "expected key" not in up.said or before not in ("]", "}"):
        return None
    sign = up.sign(up.row, up.column)
    if sign in ("]", "}"):
        return Slip(up.row + 1, f"one {sign} more than was opened;", "take it out.")
    return Slip(up.row + 1, f"more text comes after {before};", "put the whole text in double quotes.")


def _no_colon(up: _GaveUp) -> Slip | None:
    if "expected ':'" not in up.said:
        return None
    row, line = up.begun[0], up.line(up.begun[0])
    if _MERGE.match(line.strip()):
        mend = "keep one of the two versions, and take such lines out."
        return Slip(row + 1, "this line was left over from merging two versions;", mend)
    if found := _NO_BLANK.match(line):
        return Slip(row + 1, f'the blank after "{found["name"]}:" is missing;', _write(found))
    if found := _OTHER_SIGN.match(line) or _NO_COLON.match(line):
        return _colonless(row, found)
    return Slip(row + 1, "this line has no `name:`;", "indent it, if it goes on from the line above.")


def _colonless(row: int, found: re.Match[str]) -> Slip:
    """A sentence begins with a word as well: then the line may only stand too far left."""
    indent = "Or indent it, if it goes on from the line above."
    if not found["name"].islower():
        return Slip(row + 1, "this line has no `name:`;", f"write `name: value`. {indent}")
    also = f" {indent}" if len(found["rest"].split()) > 1 else ""
    return Slip(row + 1, f'the colon after "{found["name"]}" is missing;', _write(found) + also)


def _write(found: re.Match[str]) -> str:
    dash = "- " if "-" in found["dash"] else ""
    line = f"{dash}{found['name']}: {found['rest'].strip()}".rstrip()
    return f"write `{line[:MOST_SHOWN]}{'...' if len(line) > MOST_SHOWN else ''}`."


def _value_too_many(up: _GaveUp) -> Slip | None:
    """A second colon in a line, or a line below one that has its value already."""
    if "mapping values" not in up.said:
        return None
    above = up.above(up.row)
    for row in (up.row, above):
        if re.match(r"\s*-\w", up.line(row)):
            return Slip(row + 1, "the blank after the dash is missing;", "write `- ` before an entry.")
    found = _VALUE.match(up.line(up.row))
    if found and up.column > found.start("rest"):
        mend = f"put what comes after `{found['name']}:` in double quotes."
        return Slip(up.row + 1, "a text with a colon in it stands without quotes;", mend)
    name = _NO_COLON.match(up.line(above))
    if name and "-" in name["dash"]:
        return _colonless(above, name)
    return _too_deep(up, above)


def _too_deep(up: _GaveUp, above: int) -> Slip:
    before = up.above(above)
    if before >= 0 and _blanks(up.line(before)) == _blanks(up.line(up.row)) > _blanks(up.line(above)):
        mend = f"indent it as lines {before + 1} and {up.row + 1} are, or take its value out."
        return Slip(above + 1, "this line stands too far left, or has a value too many;", mend)
    message = f"this line is indented below line {above + 1}, which has its value already;"
    return Slip(up.row + 1, message, f"indent it as line {above + 1} is, or take the value out of that one.")


def _blanks(line: str) -> int:
    """How far in its first word stands: the dash of a list counts as a blank."""
    return len(line) - len(line.lstrip(" -"))


def _odd_indent(up: _GaveUp) -> Slip | None:
    line = up.line(up.row)
    if "'-' indicator" not in up.said and not ("expected key" in up.said and up.column == _blanks(line)):
        return None
    above = up.above(up.row)
    message = f"this line is {_blanks(line)} blanks in, and line {above + 1} is {_blanks(up.line(above))};"
    return Slip(up.row + 1, message, "indent it as the lines that it belongs with.")


def _bracket(up: _GaveUp) -> Slip | None:
    row, column = up.begun
    opened = up.sign(row, column)
    if "expected ','" not in up.said or opened not in CLOSES:
        return None
    if up.row > row:
        message = f"the {opened} of this line is not closed, or a comma is missing by line {up.row + 1};"
        return Slip(row + 1, message, f"write {CLOSES[opened]} where it ends.")
    sign = up.sign(row, up.column)
    if sign in ("]", "}"):
        return Slip(row + 1, f"a {opened} is not closed before {sign};", f"write {CLOSES[opened]} where it ends.")
    message = f"between {opened} and {CLOSES[opened]} a comma is missing;"
    return Slip(row + 1, message, "put one between the parts, and a text that holds signs such as , : [ ] in quotes.")


def _bad_beginning(up: _GaveUp) -> Slip | None:
    row, column = up.begun
    sign = up.sign(row, column)
    if "start any token" in up.said or "alphabetic or numeric" in up.said:
        return Slip(row + 1, f"a value cannot begin with {sign}", "unless it stands in double quotes.")
    if "sequence entries" in up.said:
        return Slip(up.row + 1, "a dash after a colon begins no list;", "begin it in the next line, or quote the text.")
    if "comment or line break" in up.said:
        mend = "write it there, indented, or put all of it in double quotes."
        return Slip(row + 1, f"after {sign} the text begins in the next line;", mend)
    return None


def _ended(up: _GaveUp) -> Slip | None:
    if "<document start>" not in up.said:
        return None
    row = next((at for at in range(up.row, -1, -1) if up.line(at).startswith("...")), up.row)
    return Slip(row + 1, "the file ends here, and more follows;", "take this line out.")


def _escape(up: _GaveUp) -> Slip | None:
    if "escape character" not in up.said:
        return None
    return Slip(up.row + 1, "in double quotes \\ begins a sign of its own;", "write it twice, or take single quotes.")


_RULES: tuple[Callable[[_GaveUp], Slip | None], ...] = (
    _open_quote, _hard_blank, _after_quote, _after_bracket, _no_colon, _value_too_many, _odd_indent, _bracket,
    _bad_beginning, _ended, _escape,
)  # fmt: skip
