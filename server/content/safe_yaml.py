"""Bytes to a plain tree of text, with line numbers, and safe whoever wrote the bytes.

YAML is walked as events and never constructed: no tag can run code, no alias can multiply, no depth can exhaust the
stack (`yaml.load` with the C loader dies of 50 kB of `[`). Every scalar stays the text that was written, so a bare
`no`, `on`, `012` or date cannot change meaning; the declared type of a field decides later what the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from server.content.file_text import read_text, strange_character
from server.content.slips import MOST_SHOWN, Slip, slip_in
from server.core.errors import ContentError, Problem

MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_SCALAR = 20_000
"""Characters in one value."""
MAX_KEY = 200
QUOTE_IT = "Put the value in double quotes if it holds ': ', ' #' or '?,', or begins with one of [ { * & ! % @ ` > |"

Tree = str | dict[str, "Tree"] | list["Tree"]
_LOADER = getattr(yaml, "CLoader", yaml.Loader)
"""Only its parser is used; the C one is some twenty times faster on a whole case."""
_CUT = re.compile(r"\s+(#\w\S*)")
"""A `#4` or `#tag` behind a text: meant as a part of it, more likely than as a comment."""
_NOT_TEXT = re.compile(r"~|null|[-+]?[0-9][0-9_.e+:-]*|0[xo][0-9a-f]+|[-+]?\.(?:inf|nan)|", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One file, read: its text as a tree, and where every part of it stands."""

    file: str
    tree: dict[str, Tree]
    lines: Mapping[str, int]
    """1-based line of every dotted path, e.g. `beats.2.deliver`."""
    doubts: tuple[Problem, ...] = ()
    """Warnings: it can be read, and may not say what was meant."""

    def line_of(self, key: str) -> int:
        """Line of `key`, or of the nearest part round it that the file has; 0 for the whole file."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 0)

    def problem(self, key: str, message: str, mend: str = "", *, warning: bool = False) -> Problem:
        return Problem(message, self.file, self.line_of(key), key, mend, warning)


def read_document(data: bytes, file: str) -> Document:
    """Read one file. Raises `ContentError` with file, line, key and how to mend it."""
    text = read_text(data, file)
    walk = _Walk(file, text)
    try:
        tree = walk.document()
    except yaml.YAMLError as error:
        raise ContentError([*walk.problems, _not_yaml(error, file, slip_in(text, error, walk.last))]) from None
    if walk.problems:
        raise ContentError(walk.problems)
    return Document(file, tree, walk.lines, tuple(walk.doubts))


def _not_yaml(error: yaml.YAMLError, file: str, slip: Slip | None) -> Problem:
    if slip is not None:
        return Problem(slip.message, file, slip.line, mend=slip.mend)
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "it cannot be read"
    return Problem(f"this is not YAML: {what}.", file, mark.line + 1 if mark else 0, mend=QUOTE_IT)


def _dotted(path: str, part: str | int) -> str:
    return f"{path}.{part}" if path else str(part)


class _Walk:
    """One pass over the events of one file: counts, refuses, and builds the tree from what is left."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.rows = text.splitlines()
        self.nodes = 0
        self.last: ScalarEvent | None = None
        """The value that was read last."""
        self.events: Iterator[Event] = iter(yaml.parse(text, Loader=_LOADER))

    def document(self) -> dict[str, Tree]:
        """The tree of the only document. The parser's grammar: stream start, document start, node, document end."""
        next(self.events)
        if not isinstance(next(self.events), DocumentStartEvent):
            raise self._stop(0, "", "the file is empty.")
        first = next(self.events)
        tree = self._node(first, "", 1)
        if not tree and isinstance(first, ScalarEvent):
            raise self._stop(0, "", "the file is empty.")
        if not isinstance(tree, dict):
            raise self._stop(_line(first), "", "the top must be a mapping,", "lines such as `title: Going home`.")
        next(self.events)
        if isinstance(after := next(self.events), DocumentStartEvent):
            raise self._stop(_line(after), "", "a second document begins here;", "keep one case or rubric in a file.")
        return tree

    def _node(self, event: Event, path: str, depth: int) -> Tree:
        self._guard(event, path, depth)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(path, depth)
        return self._mapping(path, depth)

    def _guard(self, event: Event, path: str, depth: int) -> None:
        """What no file of ours may hold, whatever it is for."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self._stop(_line(event), path, f"more than {MAX_NODES:,} values in one file.")
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            mend = "write the value out, or quote a value that begins with & or *."
            raise self._stop(_line(event), path, "anchors are not allowed;", mend)
        if getattr(event, "tag", None):
            raise self._stop(
                _line(event), path, "tags are not allowed;", "leave out the part that begins with !, or quote it."
            )
        if depth > MAX_DEPTH:
            raise self._stop(_line(event), path, f"nested deeper than {MAX_DEPTH}.")

    def _sequence(self, path: str, depth: int) -> list[Tree]:
        items: list[Tree] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            where = _dotted(path, len(items))
            self.lines[where] = _line(event)
            items.append(self._node(event, where, depth + 1))
        return items

    def _mapping(self, path: str, depth: int) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self._key(event, path, depth)
            where = _dotted(path, key)
            if key in found:
                entry = " Or begin an entry of its own with `- `." if path.rpartition(".")[2].isdecimal() else ""
                mend = f"(first on line {self.lines[where]}); keep one.{entry}"
                self._note(_line(event), where, f'"{key}" is given twice', mend)
            self.lines.setdefault(where, _line(event))
            found[key] = self._node(next(self.events), where, depth + 1)
        return found

    def _key(self, event: Event, path: str, depth: int) -> str:
        self._guard(event, path, depth)
        if not isinstance(event, ScalarEvent):
            raise self._stop(_line(event), path, "keys must be text,", "not a list or a mapping.")
        if not event.style and event.value == "<<":
            raise self._stop(_line(event), path, "merge keys are not allowed;", "write the fields out.")
        if not event.style and _NOT_TEXT.fullmatch(event.value):
            mend = f'write "{event.value}" in quotes.'
            self._note(_line(event), _dotted(path, event.value), "keys must be text;", mend)
        if len(event.value) > MAX_KEY:
            raise self._stop(_line(event), path, f"a key is longer than {MAX_KEY} characters.")
        return self._scalar(event, path)

    def _scalar(self, event: ScalarEvent, path: str) -> str:
        self.last, value = event, str(event.value)
        if value and not event.style:
            self._doubt_cut(event, path)
        if len(value) > MAX_SCALAR:
            self._note(_line(event), path, f"{len(value):,} characters in one value; the limit is {MAX_SCALAR:,}.")
        elif strange := strange_character(value):
            self._note(_line(event), path, f"control character U+{ord(strange):04X}", "must be taken out.")
        return value

    def _doubt_cut(self, event: ScalarEvent, path: str) -> None:
        end = event.end_mark
        if end is not None and (cut := _CUT.match(self.rows[end.line], end.column)):
            message = f'the text ends before "{cut[1][:MOST_SHOWN]}": what follows ` #` is a comment;'
            mend = "put the whole in double quotes, or write a blank after the #."
            self.doubts.append(Problem(message, self.file, _line(event), path, mend, warning=True))

    def _note(self, line: int, key: str, message: str, mend: str = "") -> None:
        self.problems.append(Problem(message, self.file, line, key, mend))

    def _stop(self, line: int, key: str, message: str, mend: str = "") -> ContentError:
        return ContentError([*self.problems, Problem(message, self.file, line, key, mend)])


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
