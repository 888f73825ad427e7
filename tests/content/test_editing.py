"""The form changes one value where it stands: comments and layout stay, and what is read back is what was meant."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from server.content.editing import Change, edited
from server.content.safe_yaml import Tree, read_document
from server.core.errors import ContentError
from tests.content.planted import ROOT

CASE = """\
# An evening on the ward.
title: Going home   # as the lobby shows it
beats:
  # the first
  - id: B1
    core: true
    deliver: {verbatim: "It's quiet.", cue_words: [quiet]}
    # said low
    lines:
      - One.   # short
      - >-
        Two is longer
        and folded.

  - id: B2
    core: false
ending:
  success: She says it.
"""
AWKWARD = (
    "Plain words.", "With: colon # hash", "- dash", "no", "", "12", "~", "[a]", "two  blanks", "ends ", " begins",
    'He said "hi", and \'left\'.', "{x} & *y* !z", "line one\nline two", "a, b", "long " * 60 + "end", "é 😀",
    "\\n",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (Change("title", "Going home tomorrow"), "Going home  ", "Going home tomorrow  "),
        (Change("title", "Home: now"), "Going home  ", '"Home: now"  '),
        (Change("beats.0.deliver.verbatim", "Mm."), '"It\'s quiet."', "Mm."),
        (Change("beats.0.lines.1", "Two."), ">-\n        Two is longer\n        and folded.", "Two."),
        (Change("beats.1.speaker", "tom"), "    core: false", "    core: false\n    speaker: tom"),
        (Change("beats.0.lines.0", do="remove"), "      - One.   # short\n", ""),
        (Change("beats.0.core", None), "    core: true\n", ""),
        (
            Change("beats", {"id": "B3", "lines": ["a"]}, "add"),
            "core: false", "core: false\n  - id: B3\n    lines:\n      - a",
        ),
        (Change("beats.0.deliver.cue_words", "still", "add"), "[quiet]", "[quiet, still]"),
    ],
)  # fmt: skip
def test_one_change_and_nothing_else(change: Change, old: str, new: str) -> None:
    assert edited(CASE, [change]) == CASE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("lines", "written"),
    [
        (
            ["One.", "Two is longer and folded.", "Three: three"],
            '- One.   # short\n      - >-\n        Two is longer\n        and folded.\n      - "Three: three"\n',
        ),
        (["One.", "2"], "- One.   # short\n      - 2\n"),
        (["One."], "- One.   # short\n"),
    ],
)  # fmt: skip
def test_a_list_in_lines_keeps_what_stays(lines: list[str], written: str) -> None:
    after = edited(CASE, [Change("beats.0.lines", lines)])
    assert f"    lines:\n      {written}" in after
    assert found_at(read_document(after.encode(), "x").tree, "beats.0.lines") == lines


@pytest.mark.parametrize("key", ["beats.7.id", "nothing.of.this", "title.part", "beats.x.id"])
def test_a_place_that_is_not_there(key: str) -> None:
    with pytest.raises(ContentError, match="no such place"):
        edited(CASE, [Change("title", "Never kept"), Change(key, "x")])


@pytest.mark.parametrize(
    "text", ["", "%s%n", "' OR 1=1--", "hello", "a: [1\nb: 2", "a: &a [*a]", "[" * 50_000, "a: 1\n---\n"]
)
def test_a_text_that_cannot_be_read_is_not_changed(text: str) -> None:
    with pytest.raises(ContentError):
        edited(text, [Change("a", "x")])


@pytest.mark.parametrize("key", ["beats.0", "ending", "title", "beats.0.deliver"])
def test_an_entry_is_added_to_a_list_only(key: str) -> None:
    with pytest.raises(ContentError, match="no such place"):
        edited(CASE, [Change(key, "x", "add")])


def test_a_value_that_is_too_deep() -> None:
    value: Any = "the end"
    for _ in range(900):
        value = {"in": [value]}
    with pytest.raises(ContentError, match="deeper"):
        edited(CASE, [Change("title", value)])


def test_any_text_in_any_place_of_a_real_case_comes_back_as_it_was_meant() -> None:
    text = (ROOT / "personas" / "families" / "bad-news.yaml").read_text(encoding="utf-8")
    places, chance = list(leaves(read_document(text.encode(), "x").tree)), random.Random(6)
    for key in chance.sample(places, 60):
        value = chance.choice(AWKWARD)
        after = edited(text, [Change(key, value)])
        assert found_at(read_document(after.encode(), "x").tree, key) == value
        comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in after.splitlines() if line.lstrip().startswith("#")] == comments


def leaves(tree: Tree, path: str = "") -> Iterator[str]:
    if isinstance(tree, str):
        yield path
        return
    for name, part in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from leaves(part, f"{path}.{name}" if path else str(name))


def found_at(tree: Any, key: str) -> Any:
    for name in key.split("."):
        tree = tree[int(name)] if isinstance(tree, list) else tree[name]
    return tree
