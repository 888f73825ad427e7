"""When somebody begins to speak, and when they have finished; told in milliseconds of speech and silence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.core.sound.endpoint import Endpointer, Patience, Sign

FRAME_MS = 32


def listen(*parts: tuple[bool, int], over_speech: bool = False, patience: Patience | None = None) -> list[Sign]:
    endpointer = Endpointer(patience or Patience())
    signs: list[Sign] = []
    for speech, duration_ms in parts:
        for _ in range(duration_ms // FRAME_MS):
            signs += endpointer.process(0.9 if speech else 0.1, FRAME_MS, over_speech=over_speech)
    return signs


def test_a_sentence_and_a_silence_are_a_turn() -> None:
    assert listen((False, 960), (True, 960), (False, 960)) == [Sign.ONSET, Sign.START, Sign.SOFT_END, Sign.END]


def test_a_short_pause_is_not_the_end() -> None:
    signs = listen((True, 640), (False, 320), (True, 640), (False, 960))
    assert signs == [Sign.ONSET, Sign.START, Sign.SOFT_END, Sign.RESUMED, Sign.SOFT_END, Sign.END]


def test_a_click_is_nothing() -> None:
    assert listen((True, 96), (False, 640)) == [Sign.ONSET, Sign.WITHDRAWN]
    assert listen((True, 32), (False, 640)) == []


def test_more_is_needed_to_interrupt() -> None:
    assert Sign.START not in listen((True, 448), over_speech=True)
    assert Sign.START in listen((True, 544), over_speech=True)


def test_patience_is_the_cases() -> None:
    assert Sign.END not in listen((True, 640), (False, 1_920), patience=Patience(end_ms=4_000))


@given(st.lists(st.floats(0, 1), max_size=200))
def test_start_and_end_alternate(probabilities: list[float]) -> None:
    endpointer, last = Endpointer(), Sign.END
    for probability in probabilities:
        for sign in endpointer.process(probability, FRAME_MS):
            if sign in (Sign.START, Sign.END):
                assert sign is not last
                last = sign
