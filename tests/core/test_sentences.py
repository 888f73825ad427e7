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


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("I was going to take the bus and then my daughter rang.", "I was going to take the bus"),
        ("I don't know what to say because nobody told me.", "I don't know what to say"),
        ("I was worried about the bread and butter.", "I was worried about the bread and butter."),
        ("I see and I hear.", "I see and I hear."),
        (
            "They told me to keep it dry for another week or two.",
            "They told me to keep it dry for another week or two.",
        ),
        ("I went there with him on Monday.", "I went there with him on Monday."),
    ],
)
def test_without_a_comma_the_first_piece_ends_where_a_new_clause_begins(said: str, first: str) -> None:
    assert split(said, first_clause=True)[0] == first
    assert split(said) == [said]
