"""Sound as a value, words, the board and the case's public side."""

from __future__ import annotations

import pytest

from server.core.board import change, first_board
from server.core.case import public_words
from server.core.case_parts.state import Choice, Number, State
from server.core.lexicon import content_stems, feelings_in, stem, tokens
from server.core.sound.audio import Pcm, bytes_for, silence
from tests.core.cases import beat, case, fact


def test_sound_is_cut_on_whole_samples() -> None:
    second = silence(1_000, 24_000)
    assert (second.duration_ms, len(second.between(250, 500).data)) == (1_000, bytes_for(250, 24_000))
    assert second.between(900, 5_000).duration_ms == 100 and bytes_for(-1, 8_000) == 0
    assert (second + second).duration_ms == 2_000
    with pytest.raises(ValueError, match="cannot join"):
        _ = second + Pcm(b"", 8_000)


def test_words() -> None:
    assert tokens("Don\u2019t say Tom's name") == ["don't", "say", "tom's", "name"]
    assert stem("worrying") == stem("afraid") and stem("tablets") == stem("medicine")
    assert content_stems("How are you?") == frozenset()
    assert feelings_in(["lonely", "chair"]) == {"loneliness"}


def test_numbers_keep_their_bounds_and_choices_never_slide_back() -> None:
    state = State({"trust": Number(9)}, {"hears": Choice("not_heard", ("not_heard", "partly", "heard"))})
    small = case(state=state)
    board = change(small, first_board(small), {"trust": 5}, {"hears": "heard"})
    board = change(small, board, {"trust": 0}, {"hears": "partly"})
    assert (board.numbers["trust"], board.choices["hears"]) == (10, "heard")
    assert change(small, board, {"trust": -99}, {}).trust == 0


def test_public_words_hold_no_secret() -> None:
    secret = case(facts=(fact("F", "A zebra."),), beats=(beat("B", "A gecko."),))
    assert "zebra" not in str(public_words(secret)) and "gecko" not in str(public_words(secret))
    assert "Sit down beside her" in public_words(secret)


def test_every_edit_changes_the_digest() -> None:
    assert case().digest == case().digest != case(facts=(fact("F", "A zebra."),)).digest
