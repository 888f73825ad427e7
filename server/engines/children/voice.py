"""Speaking through a child process: what flite, espeak-ng and Piper have in common.

A child answers with frames, each a stretch of speech: `rate_hz`; `closing`, the end of what was spoken, whose mark says
how long a pause follows; `words`, how many words of the line it speaks; and `ends`, their ends in ms from its own
beginning (null where unknown), or nothing where the engine cannot tell. An engine that knows before the sound how long
it will be says so (`length_ms`, and `only` where the text has no other stretch), and may then send it in parts, `more`
with all but the last.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from server.core.sound.audio import Pcm
from server.engines.alignment import WordEnds, filled
from server.engines.children.frames import Frame
from server.engines.children.offload import stream
from server.engines.children.worker import Worker
from server.engines.description import Description, describe
from server.engines.planned import Planned, plan
from server.engines.protocols import EngineInfo, Speech
from server.engines.shaping import pause_ms, settled, shaped, speech_span_ms
from server.engines.speakable import spoken_words

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
                if held and telling.complete:
                    yield held
                    held = None
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
    complete: bool = field(init=False, default=False)
    """The end of every word has been given."""
    _plan: Planned | None = None
    """Of a stretch that comes in parts."""

    def __post_init__(self) -> None:
        self._line = [part for word in self.words for part in word.split()]
        self._ends = WordEnds([len(word.split()) for word in self.words])

    def speech(self, frame: Frame) -> Iterator[Speech]:
        """The slices of one frame; the ends of its words go with the first."""
        sound = Pcm(frame.payload, int(frame.header["rate_hz"]))
        if self._plan or "length_ms" in frame.header:
            yield from self._planned(frame, sound)
            return
        ends = settled(self._ends_in(frame, speech_span_ms(sound)[1]), sound)
        sound, lead = shaped(sound, self._pause_ms(frame), max(ends, default=0))
        given = self._ends.take([self._at_ms + max(0.0, end - lead) for end in ends])
        yield from self._sliced(sound, given)

    def _planned(self, frame: Frame, sound: Pcm) -> Iterator[Speech]:
        """The slices of one part; with the first part go all ends, and the length where there is no other stretch."""
        given: tuple[int, ...] = ()
        whole_ms, more = 0, bool(frame.header.get("more"))
        if self._plan is None:
            length_ms = float(frame.header["length_ms"])
            ends = self._ends_in(frame, length_ms)
            self._plan = plan(sound, length_ms, max(ends, default=length_ms), self._pause_ms(frame))
            given = self._ends.take([self._at_ms + max(0.0, end - self._plan.lead_ms) for end in ends])
            if frame.header.get("only"):
                whole_ms, self.complete = self._plan.length_ms, True
        part = self._plan.take(sound, more)
        self._plan = self._plan if more else None
        yield from self._sliced(part, given, whole_ms)

    def _sliced(self, sound: Pcm, ends: tuple[int, ...], whole_ms: int = 0) -> Iterator[Speech]:
        self._at_ms += sound.samples * 1000 / sound.rate_hz
        for part in slices(sound):
            yield Speech(part, ends, whole_ms)
            ends, whole_ms = (), 0

    def rest(self) -> tuple[int, ...]:
        """Ends of the words that are left; none where the engine does not tell."""
        return self._ends.rest() if self._knows else ()

    def _ends_in(self, frame: Frame, length_ms: float) -> list[float]:
        """Ends of the spoken words in the sound as it came, which is so long."""
        if "ends" not in frame.header:
            return []
        self._knows, count = True, int(frame.header["words"])
        words, self._line = self._line[:count], self._line[count:]
        return filled(words, frame.header["ends"], length_ms)

    def _pause_ms(self, frame: Frame) -> int:
        return pause_ms(str(frame.header.get("closing", "")), self.stretch)


def slices(sound: Pcm) -> Iterator[Pcm]:
    """`sound` in parts of `SLICE_MS`."""
    for start_ms in range(0, sound.duration_ms + 1, SLICE_MS):
        part = sound.between(start_ms, start_ms + SLICE_MS)
        if part.data:
            yield part
