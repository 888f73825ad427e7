"""What Bedside asks of an engine. Everything above `engines` knows these types and no engine.

An engine is built once per process and shared by every encounter; what belongs to one utterance is an argument or a
return value. Work that takes CPU leaves the event loop inside the engine, and stops when its task is cancelled.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from server.core.prompt import Prompt
from server.core.sound.audio import Pcm

Kind = Literal["embedded", "local", "remote"]


@dataclass(frozen=True)
class EngineInfo:
    """What `GET /api/health`, `doctor` and the page say about an engine."""

    part: Literal["hearing", "speaking", "detecting", "acting", "observing", "rating"]
    name: str
    """e.g. `pocketsphinx`"""
    kind: Kind
    """embedded: comes with the install; local: a model on this machine; remote: another machine hears the words."""
    version: str
    licence: str
    """SPDX identifier or a short phrase."""
    ready: bool
    notice: str = ""
    """A sentence for people: a limit worth knowing, or why it is not ready and what mends that."""
    host: str = ""
    """For a remote engine, the host that is sent the learner's words (consent names it)."""


@dataclass(frozen=True)
class HeardWord:
    """One recognised word."""

    text: str
    start_ms: int
    """From the start of the clip."""
    end_ms: int
    confidence: float
    """0 to 1."""


@dataclass(frozen=True)
class Transcription:
    """What a recogniser made of one clip. Empty `text` means: speech was there, no words were found."""

    text: str
    confidence: float
    """0 to 1 over the whole clip."""
    words: tuple[HeardWord, ...] = ()
    """One for each word of `text`, or none where the engine does not tell them apart."""
    no_speech: float = 0.0
    """0 to 1: how likely nobody spoke at all, as the engine says; 0 where it does not tell."""


@dataclass
class Errand:
    """How much a recognition matters; its owner may change it while it waits for a decoder."""

    stream: str = ""
    """Whose it is, so that nobody waits behind all of somebody else's."""
    final: bool = True
    """False: on trial, begun in a short pause; whatever counts goes first."""


@dataclass(frozen=True)
class Speech:
    """A stretch of sound, and where words end in it."""

    pcm: Pcm
    word_ends_ms: tuple[int, ...] = ()
    """Ends of words, counted from the beginning of the whole text's sound, which may lie before this stretch. Over all
    stretches of a text there is one for each of its words (as `str.split` sees them), or none at all."""
    whole_ms: int = 0
    """With the first stretch only: the length of all the sound of the text, whose word ends are then all told here too;
    0 where that is known only at its end."""


class Transcriber(Protocol):
    """Hearing: one whole utterance to text."""

    info: EngineInfo

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise `pcm` (16 kHz). `hints` are public words only; an engine may ignore them. No `errand`: it counts.

        Raises `EngineError`; never returns an empty text for a failure.
        """
        ...


class Utterance(Protocol):
    """One utterance that is recognised while it is being said."""

    def feed(self, pcm: Pcm) -> None:
        """More of it (16 kHz). Never blocks; sound beyond a bound is refused, and `pause` then raises."""
        ...

    async def pause(self) -> Transcription:
        """What was said so far, whole; more may follow. Raises `EngineError`."""
        ...

    def close(self) -> None:
        """Let its decoder go; may be called twice."""
        ...


class StreamingTranscriber(Transcriber, Protocol):
    """A `Transcriber` that can also listen along."""

    def begin(self, *, language: str, hints: Sequence[str], errand: Errand) -> Utterance | None:
        """None when no decoder can be spared: the whole clip is then recognised at its end. Raises `EngineError`."""
        ...


class Voice(Protocol):
    """Speaking: one sentence or clause to sound."""

    info: EngineInfo

    def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        """Yield the sound of `text` in order, in the engine's own rate, with the ends of its words where known.

        `voice` is a description from the case such as `female old slow`; an engine picks its nearest. Text with nothing
        to say (punctuation, emoji) yields nothing. Closing the iterator stops the work. Raises `EngineError`.
        """
        ...


class Detector(Protocol):
    """Detecting: is somebody speaking? One per microphone stream; models underneath are shared."""

    def probability(self, frame: bytes) -> float:
        """Probability of speech, 0 to 1, in the next `FRAME_SAMPLES` samples of 16 kHz PCM16."""
        ...

    def reset(self) -> None:
        """Forget the stream; called between turns, never inside one."""
        ...


FRAME_SAMPLES = 512
"""32 ms at 16 kHz: the frame Silero was trained on."""


class DetectorFactory(Protocol):
    """Makes one `Detector` a stream."""

    info: EngineInfo

    def detector(self) -> Detector: ...


@dataclass
class Bill:
    """What one reply asks of a model, over all its attempts. Made anew for each reply, so nothing is shared."""

    tokens_in: int = 0
    """As counted where the model runs; 0 where nobody counts. Never an estimate."""
    tokens_out: int = 0
    attempts: int = 0
    waited_s: float = 0.0
    """Time that earlier attempts took from the actor's limits."""
    why: str = ""
    """The code for which the last attempt could not be used; the actor may tell its model to do better."""


class Actor(Protocol):
    """Acting: phrases what the director decided. It holds no secret: `prompt` is all it ever sees."""

    info: EngineInfo

    def act(self, prompt: Prompt, bill: Bill | None = None) -> AsyncIterator[str]:
        """Yield the reply's text in pieces, as they come; what it cost is added to `bill`.

        Raises `ReplyRefused` when what came may not be used and `EngineError` when nothing came; text already yielded
        stands. A second call with the same bill is a second attempt at the same reply, inside the same limits.
        Closing the iterator ends the request.
        """
        ...
