"""Where a voice may begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.sentences import Splitter, split


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Hello. How are you?", ["Hello.", "How are you?"]),
        ("Mrs. Novak is at 3.5 out of ten.", ["Mrs. Novak is at 3.5 out of ten."]),
        ('"It is." He left.', ['"It is."', "He left."]),
        ("Well… perhaps.", ["Well…", "perhaps."]),
        ("no end", ["no end"]),
        ("", []),
        ("  ", []),
    ],
)
def test_sentences(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


def test_the_first_clause_leaves_early() -> None:
    text = "When I get home, it is quiet, you see. Very."
    assert split(text, first_clause=True) == ["When I get home,", "it is quiet, you see.", "Very."]
    assert split("Yes, dear. No.", first_clause=True) == ["Yes, dear.", "No."]


@given(st.text(alphabet="ab., ?!", max_size=60), st.integers(1, 7))
def test_no_word_is_lost_however_the_text_arrives(text: str, size: int) -> None:
    splitter, pieces = Splitter(), []
    for start in range(0, len(text), size):
        pieces += splitter.feed(text[start : start + size])
    pieces += splitter.flush()
    assert "".join(" ".join(pieces).split()) == "".join(text.split())
    assert all(piece.strip() == piece and piece for piece in pieces)
