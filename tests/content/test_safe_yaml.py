"""Rows Y1 to Y19, Y24 and Y26 of the catalogue of bad input: what a file may be, before it means anything."""

from __future__ import annotations

import time

import pytest
import yaml

from server.content.safe_yaml import MAX_NODES, MAX_SCALAR, read_document
from server.core.errors import ContentError, Problem


def refusals(data: bytes) -> tuple[Problem, ...]:
    with pytest.raises(ContentError) as caught:
        read_document(data, "case.yaml")
    assert all(problem.file == "case.yaml" for problem in caught.value.problems)
    return caught.value.problems


def bomb(levels: int) -> bytes:
    lines = ['a0: &a0 ["lol","lol","lol"]'] + [
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)
    ]
    return "\n".join(lines).encode()


DEEP_BLOCK = "".join(" " * n + "a:\n" for n in range(60)).encode()
REFUSED = {
    # row: (bytes, line, key, words of the message)
    "Y1 empty": (b"", 0, "", "the file is empty"),
    "Y1 comments only": (b"# hi\n", 0, "", "the file is empty"),
    "Y1 a marker only": (b"---\n", 0, "", "the file is empty"),
    "Y1 a word": (b"hello\n", 1, "", "must be a mapping"),
    "Y1 a list": (b"- a\n- b\n", 1, "", "must be a mapping"),
    "Y2 257 kB": (b"# " + b"x" * 262_198, 0, "", "the file is 262,200 bytes; the limit is 262,144"),
    "Y3 deep flow": (b"[" * 50_000, 1, "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0", "nested deeper than 20"),
    "Y3 deep block": (
        "".join(" " * n + "a:\n" for n in range(60)).encode(),
        21,
        ".".join("a" * 20),
        "nested deeper than 20",
    ),
    "Y4 alias bomb": (bomb(9), 1, "a0", "anchors are not allowed"),
    "Y5 recursive": (b"a: &a [*a]\n", 1, "a", "anchors are not allowed"),
    "Y5 alias alone": (b"a: 1\nb: *a\n", 2, "b", "anchors are not allowed"),
    "Y6 merge": (b"a: 1\nb:\n  <<: {x: 1}\n", 3, "b", "merge keys are not allowed"),
    "Y7 python tag": (b"a: !!python/object/apply:os.system ['echo pwned']\n", 1, "a", "tags are not allowed"),
    "Y7 at the top": (b"!!python/object/apply:os.system ['echo pwned']\n", 1, "", "tags are not allowed"),
    "Y8 binary": (b"x: !!binary AAAA\n", 1, "x", "tags are not allowed"),
    "Y8 set": (b"x: !!set {a, b}\n", 1, "x", "tags are not allowed"),
    "Y8 include": (b"a: 1\nx: !include /etc/passwd\n", 2, "x", "tags are not allowed"),
    "Y9 duplicate key": (b"name: A\nname: B\n", 2, "name", '"name" is given twice'),
    "Y9 duplicate inside": (b"a:\n  - b: 1\n    b: 2\n", 3, "a.0.b", '"b" is given twice'),
    "Y14 two documents": (b"a: 1\n---\nb: 2\n", 2, "", "a second document begins here"),
    "Y15 tab": (b"a:\n\tb: 1\n", 2, "", "a tab cannot be used for indentation"),
    "Y16 latin-1": (b"name: caf\xe9", 1, "", "not UTF-8 (byte 9)"),
    "Y16 utf-16": ("name: x".encode("utf-16"), 0, "", "the file is UTF-16, not UTF-8"),
    "Y18 bidi": ("a: 1\nb: 2\nname: \u202eevil\n".encode(), 3, "", "control character U+202E"),
    "Y18 raw NUL": (b"name: a\x00b\n", 1, "", "control character U+0000"),
    "Y18 escaped NUL": (b'a: 1\nname: "a\\0b"\n', 2, "name", "control character U+0000"),
    "Y18 escaped bidi": (b'name: "\\u202eevil"\n', 1, "name", "control character U+202E"),
    "Y18 surrogate": (b'name: "\\ud800"\n', 1, "", "this is not YAML"),
    "Y19 number key": (b"1: a\n", 1, "1", "keys must be text"),
    "Y19 null key": (b"a: 1\n~: b\n", 2, "~", "keys must be text"),
    "Y19 list key": (b"? [a]\n: b\n", 1, "", "keys must be text"),
    "Y24 long value": (
        b"a: 1\nb: " + b"x" * 100_000,
        2,
        "b",
        f"100,000 characters in one value; the limit is {MAX_SCALAR:,}",
    ),
    "Y24 many values": (b"a:\n" + b"- b\n" * 30_000, 19_999, f"a.{MAX_NODES - 3}", "more than 20,000 values"),
    "broken flow": (b"a: 1\nb: {c: d\n", 2, "", "the { of this line is not closed"),
}


@pytest.mark.parametrize("row", REFUSED)
def test_refused_with_file_line_and_key(row: str) -> None:
    data, line, key, words = REFUSED[row]
    first = refusals(data)[0]
    assert (first.line, first.key) == (line, key)
    assert words in first.message


@pytest.mark.parametrize(
    "data", [b"[" * 50_000, b"a: " + b"[" * 50_000, b"a: {" * 40_000, bomb(9), b"k: {<<: [a]}\n" * 2_000]
)
def test_an_attack_costs_next_to_nothing(data: bytes) -> None:
    began = time.process_time()
    refusals(data)
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize("attack", [b"[" * 50_000, bomb(9), b"x: !!python/object/apply:os.system [a]"])
def test_the_pure_parser_refuses_the_same(attack: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with_c = [(p.message, p.line, p.key) for p in refusals(attack)]
    monkeypatch.setattr("server.content.safe_yaml._LOADER", yaml.Loader)
    assert [(p.message, p.line, p.key) for p in refusals(attack)] == with_c


def test_nothing_is_constructed() -> None:
    """Y10 and Y13: no bare word, number, date or time changes into something else."""
    words = [
        "no",
        "on",
        "yes",
        "~",
        "012",
        "12:30",
        "1.10",
        "2024-02-31",
        "0x1F",
        ".nan",
        ".inf",
        "1e3",
        "=cmd",
        "9" * 5_000,
    ]
    tree = read_document("".join(f"k{n}: {word}\n" for n, word in enumerate(words)).encode(), "f").tree
    assert list(tree.values()) == words


def test_text_that_would_harm_elsewhere_is_kept_as_it_is() -> None:
    """Y26: stored word for word, for others to show as text."""
    words = ["<script>alert(1)</script>", "${jndi:ldap://x}", "50%s", "a {persona.__class__} b", "=1+1"]
    tree = read_document("".join(f'k{n}: "{word}"\n' for n, word in enumerate(words)).encode(), "f").tree
    assert list(tree.values()) == words


def test_byte_order_mark_and_windows_line_ends() -> None:
    """Y17."""
    read = read_document("\ufeffname: x\r\nage: 3\r\n".encode(), "f")
    assert read.tree == {"name": "x", "age": "3"}
    assert read.line_of("age") == 2


def test_quoted_numbers_may_be_keys() -> None:
    assert read_document(b'anchors: {"0": a, on: b}\n', "f").tree == {"anchors": {"0": "a", "on": "b"}}


def test_every_fault_that_can_be_passed_over_is_told_at_once() -> None:
    told = [(problem.line, problem.key) for problem in refusals(b'a: 1\na: 2\n3: c\nd: "\\u202e"\n')]
    assert told == [(2, "a"), (3, "3"), (4, "d")]


def test_lines_of_every_part() -> None:
    read = read_document(b"a:\n  - b: 1\n    c: 2\n  - {d: 3}\n", "f")
    assert [read.line_of(key) for key in ("a", "a.0", "a.0.c", "a.1.d", "a.1.nothing", "nothing", "")] == [
        1,
        2,
        3,
        4,
        4,
        0,
        0,
    ]
