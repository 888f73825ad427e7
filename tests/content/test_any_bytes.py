"""Whatever is in a file, reading ends in a case or in `ContentError`, and every problem names its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.content.file_text import MAX_BYTES, read_text
from server.content.lint.lint import lint_case
from server.content.loader import build, read_file, shown_name
from server.content.safe_yaml import read_document
from server.core.case import Case
from server.core.errors import ContentError
from tests.content.planted import CASE

LINES = CASE.splitlines()
SIGNS = st.text(st.sampled_from("abc01 \n:-?[]{},&*!|>'\"%@`#<~\t.\u202e\x00\ufeff"), max_size=80)


def try_to_read(data: bytes) -> None:
    try:
        found = read_document(data, "any.yaml")
        lint_case(build(Case, found), found)
    except ContentError as error:
        assert error.problems
        assert all(problem.file == "any.yaml" and problem.message for problem in error.problems)


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    try_to_read(data)


@settings(max_examples=300)
@given(SIGNS)
def test_any_signs(text: str) -> None:
    try_to_read(text.encode())


@settings(max_examples=150)
@given(st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1), SIGNS)
def test_a_case_with_lines_moved_and_spoilt(first: int, second: int, junk: str) -> None:
    lines = LINES.copy()
    lines[first], lines[second] = lines[second], lines[first] + junk
    try_to_read("\n".join(lines).encode())


@settings(max_examples=60)
@given(st.integers(0, len(LINES) - 1))
def test_a_case_with_a_line_lost(lost: int) -> None:
    try_to_read("\n".join(LINES[:lost] + LINES[lost + 1 :]).encode())


def test_a_hostile_file_name_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    """Y27."""
    name = "a\u202e\x1b[31m" + "x" * 150 + ".yaml"
    path = tmp_path / name
    path.write_bytes(b"- a")
    assert shown_name(path).startswith("a\\u202e\\x1b[31mxx")
    assert len(shown_name(path)) < 130
    try:
        read_file(path)
    except ContentError as error:
        assert error.problems[0].file == shown_name(path)


def test_lines_of_nothing_but_a_tab_hold_nobody_up() -> None:
    """As many as a file may hold: looking on from each to the end of all of them would take hours."""
    tabs = b"\t\n" * (MAX_BYTES // 2)
    assert read_text(tabs, "any.yaml") == tabs.decode()
    with pytest.raises(ContentError) as refused:
        read_text(b"a:\n \tb: c\n" + tabs[:-20], "any.yaml")
    assert [(each.line, "tab" in each.message) for each in refused.value.problems] == [(2, True)]
