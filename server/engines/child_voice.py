"""Speaking through a child process: what flite, espeak-ng and Piper have in common.

A child answers with frames, each a stretch of speech: `rate_hz`; `closing`, the end of what was spoken, whose mark says
how long a pause follows; `words`, how many words of the line it speaks; and `ends`, their ends in ms from its own
beginning (null where unknown), or nothing where the engine cannot tell.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from server.core.audio import Pcm
from server.engines.alignment import WordEnds, filled
from server.engines.description import Description, describe
from server.engines.frames import Frame
from server.engines.offload import stream
from server.engines.protocols import EngineInfo, Speech
from server.engines.shaping import pause_ms, settled, shaped, speech_span_ms
from server.engines.speakable import spoken_words
from server.engines.worker import Worker

SLICE_MS = 200
"""How much sound is handed over at a time."""


class ChildVoice:
    """A `Voice` whose sound is made by a `Worker`."""

    def __init__(self, info: EngineInfo, worker: Worker, request: Callable[[str, Description], dict[str, Any]]) -> None:
        self.info = info
        self.worker = worker
        self._request = request
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=info.name)

    async def speak(self, text: str, *, voice: str) -> AsyncGenerator[Speech]:
        """Yield the sound in slices; closing the iterator aborts the synthesis in the child."""
        words = self._words(text)
        line = " ".join(word for word in words if word)
        if not line:
            return
        wanted = describe(voice)
        request, telling = self._request(line, wanted), Telling(words, wanted.stretch)
        async with aclosing(stream(self._pool, lambda stop: self._sound(request, telling, stop))) as sound:
            async for speech in sound:
                yield speech

    def start(self) -> None:
        """Load now, blocking. Raises `EngineMissing`, `EngineError`."""
        self.worker.start()

    def close(self) -> None:
        """End the child process."""
        self.worker.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _words(self, text: str) -> list[str]:
        """How each word of `text` is said; '' for one that is not."""
        return spoken_words(text)

    def _sound(self, request: dict[str, Any], telling: Telling, stop: Event) -> Iterator[Speech]:
        with closing(self.worker.request(request, stop)) as frames:
            held: Speech | None = None
            for frame in frames:
                for speech in telling.speech(frame):
                    if held:
                        yield held
                    held = speech
            # the last stretch waits for the words that no sound was left for
            if held:
                yield Speech(held.pcm, held.word_ends_ms + telling.rest())


@dataclass
class Telling:
    """One text on its way from the child: shapes its stretches and follows where words end."""

    words: Sequence[str]
    """How each word of the text is said."""
    stretch: float
    _line: list[str] = field(init=False)
    _ends: WordEnds = field(init=False)
    _at_ms: float = 0.0
    """Length of the sound so far."""
    _knows: bool = False

    def __post_init__(self) -> None:
        self._line = [part for word in self.words for part in word.split()]
        self._ends = WordEnds([len(word.split()) for word in self.words])

    def speech(self, frame: Frame) -> Iterator[Speech]:
        """The slices of one frame; the ends of its words go with the first."""
        sound = Pcm(frame.payload, int(frame.header["rate_hz"]))
        ends = self._ends_in(frame, sound)
        sound, lead = shaped(sound, pause_ms(str(frame.header.get("closing", "")), self.stretch), max(ends, default=0))
        given = self._ends.take([self._at_ms + max(0.0, end - lead) for end in ends])
        self._at_ms += sound.samples * 1000 / sound.rate_hz
        for number, part in enumerate(slices(sound)):
            yield Speech(part, given if number == 0 else ())

    def rest(self) -> tuple[int, ...]:
        """Ends of the words that are left; none where the engine does not tell."""
        return self._ends.rest() if self._knows else ()

    def _ends_in(self, frame: Frame, sound: Pcm) -> list[float]:
        if "ends" not in frame.header:
            return []
        self._knows, count = True, int(frame.header["words"])
        words, self._line = self._line[:count], self._line[count:]
        return settled(filled(words, frame.header["ends"], speech_span_ms(sound)[1]), sound)


def slices(sound: Pcm) -> Iterator[Pcm]:
    """`sound` in parts of `SLICE_MS`."""
    for start_ms in range(0, sound.duration_ms + 1, SLICE_MS):
        part = sound.between(start_ms, start_ms + SLICE_MS)
        if part.data:
            yield part
