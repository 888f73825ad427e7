"""A small whole case as text, and the means to plant one fault in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from server.content.lint.lint import lint_case, lint_of_rubric
from server.content.loader import build
from server.content.safe_yaml import Document, read_document
from server.core.case import Case
from server.core.errors import ContentError, Problem
from server.core.rubric import Rubric

ROOT = Path(__file__).resolve().parents[2]
CASE = (Path(__file__).parent / "small-case.yaml").read_text(encoding="utf-8")
ROOM = (Path(__file__).parent / "small-room.yaml").read_text(encoding="utf-8")
FAULTS: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "faults.yaml").read_text(encoding="utf-8"))
RUBRIC = (ROOT / "rubrics" / "nursing-empathy.yaml").read_text(encoding="utf-8")


def planted(text: str, good: str, bad: str) -> str:
    """`text` with its only `good` replaced by `bad`."""
    assert text.count(good) == 1, f"{good!r} stands {text.count(good)} times"
    return text.replace(good, bad)


def document(text: str, file: str = "small-case.yaml") -> Document:
    return read_document(text.encode(), file)


def refused(text: str | bytes) -> tuple[Problem, ...]:
    """What reading and building a case from `text` is refused for."""
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ContentError) as caught:
        build(Case, read_document(data, "case.yaml"))
    return caught.value.problems


def linted(good: str, bad: str, text: str = CASE) -> list[Problem]:
    """What lint says of the small case (or another `text`) with one fault planted."""
    return problems_of(planted(text, good, bad))


def problems_of(text: str) -> list[Problem]:
    """What lint says of a case."""
    found = document(text)
    return lint_case(build(Case, found), found, rubrics=["nursing-empathy"])


def linted_rubric(good: str, bad: str) -> list[Problem]:
    found = document(planted(RUBRIC, good, bad), "nursing-empathy.yaml")
    return lint_of_rubric(build(Rubric, found), found)


def line_with(text: str, part: str) -> int:
    """1-based number of the first line that holds `part`."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)
