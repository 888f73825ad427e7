"""faster-whisper in a process of its own: `python -m server.engines.whisper.worker DIRECTORY DEVICE THREADS`.

The library decodes while its generator is iterated, and its spectrogram is numpy's; both are here, far from the event
loop, and so are its crashes and its memory. Decoding is set as a live turn needs it: one beam, one temperature, no
memory of the turn before, a bound on what may be written. Nothing is ever fetched.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from threading import Event
from typing import Any

import numpy as np

from server.core.errors import EngineError
from server.core.sound.audio import HEARING_HZ
from server.engines.children.child import serve
from server.engines.children.frames import Frame
from server.engines.whisper.model import Stopped, open_model

_MOST_TOKENS_PER_S, _SPARE_TOKENS = 8, 16
"""Bound on what may be written for a second of sound: quick English takes six tokens."""
_MOST_TOKENS_PER_S_ELSEWHERE = 14
"""Other languages are cut into more and shorter tokens."""
_WINDOW_S, _FRAMES_PER_S, _POSITIONS = 30, 100, 448
_OWN_PROMPT_TOKENS = 8
"""What a prompt holds beside the hints."""
_NICENESS = 5

Word = tuple[str, int, int, float]


class WhisperWork:
    """A loaded and warmed model. A request holds `language` and `hints`; its payload is 16 kHz PCM16."""

    def __init__(self, directory: str, device: str, threads: int) -> None:
        self._model, self.about = open_model(directory, device, threads, warm=_warm)

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        samples = np.frombuffer(request.payload, "<i2").astype(np.float32) / 32768.0
        try:
            yield from _hear(self._model, samples, request.header, stopped)
        except Stopped:
            return
        except (RuntimeError, ValueError, IndexError) as error:
            raise EngineError(f"faster-whisper failed with {type(error).__name__}.", code="engine_failed") from None


def _warm(model: Any) -> None:
    """Decode once, so that the first learner does not wait for it."""
    noise = np.random.default_rng(0).normal(0.0, 0.01, HEARING_HZ).astype(np.float32)
    for _ in _hear(model, noise, {"language": "en", "hints": []}, Event()):
        pass


def _hear(model: Any, samples: Any, asked: dict[str, Any], stopped: Event) -> Iterator[Frame]:
    language, hints = str(asked["language"]), ", ".join(asked["hints"])
    tokenizer = _tokenizer(model, language)
    model.stopped = stopped
    segments, _ = model.transcribe(
        samples,
        language=language,
        beam_size=1,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
        no_speech_threshold=None,
        vad_filter=False,
        max_new_tokens=_bound(tokenizer, hints, len(samples), language),
        hotwords=hints or None,
    )
    for segment in segments:
        text = " ".join(segment.text.split())
        words = _words(model, tokenizer, segment, len(samples))
        yield Frame(
            {
                "text": text,
                "no_speech": float(segment.no_speech_prob),
                "mean_logprob": float(segment.avg_logprob),
                "words": words if [word[0] for word in words] == text.split() else [],
            }
        )


def _bound(tokenizer: Any, hints: str, samples: int, language: str) -> int:
    """How many tokens may be written for a window; prompt and answer share the model's 448 places."""
    per_s = _MOST_TOKENS_PER_S if language == "en" else _MOST_TOKENS_PER_S_ELSEWHERE
    wanted = _SPARE_TOKENS + per_s * min(_WINDOW_S, samples // HEARING_HZ + 1)
    prompt = min(len(tokenizer.encode(" " + hints)), _POSITIONS // 2) if hints else 0
    return min(wanted, _POSITIONS - _OWN_PROMPT_TOKENS - prompt)


def _words(model: Any, tokenizer: Any, segment: Any, samples: int) -> list[Word]:
    """Words with start, end and probability, by aligning what was written with what the encoder heard.

    Not by the library's `word_timestamps`: with it, what follows a clip's last word is encoded and decoded again, which
    doubles the work and invites invented text.
    """
    written = [token for token in segment.tokens if token < tokenizer.eot]
    frames = min(_WINDOW_S * _FRAMES_PER_S, samples * _FRAMES_PER_S // HEARING_HZ - segment.seek)
    try:
        pieces = model.find_alignment(tokenizer, [written], model.heard, frames)[0]
    except (RuntimeError, ValueError, IndexError):
        return []
    return [_word(group, segment.seek * 10) for group in _groups(pieces)]


def _groups(pieces: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The aligned pieces by word: marks and endings are pieces of their own, without a space before them."""
    groups: list[list[dict[str, Any]]] = []
    for piece in pieces:
        if not piece["word"].strip():
            continue
        if groups and not piece["word"][0].isspace():
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _word(group: list[dict[str, Any]], offset_ms: int) -> Word:
    """Its probability is that of its letters: how sure a comma is says nothing of the word."""
    spoken = [piece for piece in group if any(map(str.isalnum, piece["word"]))] or group
    weight = sum(len(piece["tokens"]) for piece in spoken)
    sure = sum(float(piece["probability"]) * len(piece["tokens"]) for piece in spoken) / weight
    start_ms, end_ms = round(float(spoken[0]["start"]) * 1000), round(float(spoken[-1]["end"]) * 1000)
    text = "".join(piece["word"] for piece in group).strip()
    return text, offset_ms + start_ms, offset_ms + max(start_ms, end_ms), max(0.0, min(1.0, sure))


def _tokenizer(model: Any, language: str) -> Any:
    from faster_whisper.tokenizer import Tokenizer

    return Tokenizer(model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language)


def _give_way() -> None:
    """Let the server's own loop go first: it needs little, and at once."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


if __name__ == "__main__":
    _give_way()
    serve(lambda: WhisperWork(sys.argv[1], sys.argv[2], int(sys.argv[3])))
