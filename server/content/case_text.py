"""A case's text while it is being written: everything wrong with it, and where each part of it stands.

The same loader and the same lint as `bedside check`; nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import yaml

from server.content.file_text import read_text
from server.content.lint.lint import errors, lint_case
from server.content.loader import build
from server.content.safe_yaml import Document, read_document
from server.core.case import Case
from server.core.errors import ContentError, Problem

NAME = "case.yaml"
"""What a text without a file is called in messages."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only composes: the nodes with their marks, never a value."""


@dataclass(frozen=True)
class Span:
    """Where a part stands: 1-based lines and columns, the end not included."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Read:
    """A text, as far as it could be read."""

    problems: tuple[Problem, ...]
    document: Document | None = None
    """None: it is not YAML that may be read."""
    case: Case | None = None
    """None: the document makes no case."""
    spans: Mapping[str, Span] = field(default_factory=dict)
    """By dotted key, of the value; of a mapping in a list, of the whole entry."""

    @property
    def sound(self) -> bool:
        """It may be played."""
        return self.case is not None and not errors(self.problems)

    def playable(self) -> Case:
        """The case. Raises `ContentError` with what keeps it from being played."""
        if self.case is None or not self.sound:
            raise ContentError(errors(self.problems))
        return self.case


def read_case_text(text: str, rubrics: Collection[str] | None = None, *, thorough: bool = True) -> Read:
    """`rubrics`: those that there are; None: not known. `thorough`: as `bedside check`; else as a starting service."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        document = read_document(data, NAME)
    except ContentError as error:
        return Read(tuple(error.problems))
    spans = spans_of(read_text(data, NAME))
    try:
        case = build(Case, document)
    except ContentError as error:
        return Read(tuple(error.problems), document, None, spans)
    return Read(tuple(lint_case(case, document, rubrics, thorough=thorough)), document, case, spans)


def spans_of(text: str) -> dict[str, Span]:
    """Of every value of a text that `read_document` took."""
    found: dict[str, Span] = {}
    top = yaml.compose(text, Loader=LOADER)
    if top is not None:
        _walk(top, "", found)
    return found


def _walk(node: yaml.Node, path: str, found: dict[str, Span]) -> None:
    start, end = node.start_mark, node.end_mark
    found[path] = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _walk(value, f"{path}.{key.value}" if path else str(key.value), found)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _walk(value, f"{path}.{number}" if path else str(number), found)


def column_of(read: Read, text_lines: list[str], problem: Problem) -> int:
    """1-based column at which a problem is shown: its value's, else the first character of its line."""
    span = read.spans.get(problem.key)
    if span is not None and span.line == problem.line:
        return span.column
    line = text_lines[problem.line - 1] if 0 < problem.line <= len(text_lines) else ""
    return len(line) - len(line.lstrip()) + 1
