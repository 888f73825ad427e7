"""Speaking by any server with OpenAI's `/audio/speech`. It is sent the patient's words; the student's never."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from server.core.errors import EngineError
from server.core.sound.audio import Pcm, silence
from server.engines.asking import Asked, ask_for_models
from server.engines.children.voice import slices
from server.engines.description import Description, describe
from server.engines.protocols import EngineInfo, Speech
from server.engines.remote.remote import RETRY_PAUSE_S, WORTH_ANOTHER, RemoteSettings, client, fault_of, place
from server.engines.remote.sound_body import SoundBody, not_sound
from server.engines.shaping import LEAD_MS, pause_ms, speech_span_ms
from server.engines.speakable import speakable

T = TypeVar("T")
PCM_HZ = 24_000
"""Rate of OpenAI's bare `pcm`; a server of another rate has to send `wav`, which says so."""
VOICES: dict[str, str] = {
    "female": "nova",
    "female low": "sage",
    "female high": "shimmer",
    "female deep": "coral",
    "female old": "sage",
    "female child": "shimmer",
    "male": "onyx",
    "male low": "ash",
    "male high": "echo",
    "male deep": "ballad",
    "male old": "fable",
    "male child": "echo",
    "system": "alloy",
}
"""OpenAI's names for descriptions; where several fit, the one of most words, and of those the last."""
_SERVER = "The speaking server"
_MOST_BYTES = 8_000_000
"""Of an answer: more than a minute at the highest rate."""
_SLOWEST, _QUICKEST = 0.25, 4.0


@dataclass(frozen=True)
class SpeakingClocks:
    """How long an answer may take, in time spent waiting for it."""

    first_s: float = 4.0
    """Until its first bytes, a second try included."""
    idle_s: float = 3.0
    total_s: float = 20.0


DEFAULT_CLOCKS = SpeakingClocks()


class RemoteVoice:
    """A `Voice` that asks a server. It does not tell where words end.

    `voices` names the server's own voices by description (`{"male old": "am_adam"}`); a word of a case's description
    that describes nothing is taken for the name of one. Raises `SetupError` for an address that is none.
    """

    def __init__(
        self,
        settings: RemoteSettings,
        *,
        voices: Mapping[str, str] | None = None,
        clocks: SpeakingClocks = DEFAULT_CLOCKS,
    ) -> None:
        kind, host = place(settings.url)
        self.settings, self._clocks, self._voices = settings, clocks, VOICES | dict(voices or {})
        self._client = client(settings, most_bytes=_MOST_BYTES)
        self._room = asyncio.Semaphore(settings.parallel)
        self.info = EngineInfo(
            part="speaking",
            name="remote speaking",
            kind=kind,
            version=settings.model,
            licence="as the server's own",
            ready=True,
            notice="A server speaks the patient's words.",
            host=host,
        )

    async def ask(self) -> Asked:
        """Whether the server is there, takes the key and has the model; it is sent nothing else."""
        return await ask_for_models(self.settings.url, self.settings.model, self.settings.key, "SPEAKING")

    async def speak(self, text: str, *, voice: str) -> AsyncGenerator[Speech]:
        """Yield sound as it comes; closing the iterator ends the request. Raises `EngineError` with `remote_…`."""
        line, wanted = speakable(text), describe(voice)
        if not line:
            return
        asked: dict[str, Any] = {"input": line, "voice": voice_name(voice, wanted, self._voices)}
        if wanted.stretch != 1.0:
            asked["speed"] = round(min(_QUICKEST, max(_SLOWEST, 1 / wanted.stretch)), 2)
        ending = _Ending(pause_ms(line, wanted.stretch))
        async with self._room:
            async for sound in self._sound(asked):
                for part in ending.follow(sound):
                    yield Speech(part)
        for part in ending.rest():
            yield Speech(part)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _sound(self, asked: dict[str, Any]) -> AsyncIterator[Pcm]:
        clock = _Clock(self._clocks)
        async with self._answer(asked, clock) as answer:
            body = SoundBody(PCM_HZ, answer.headers.get("content-type", ""))
            parts = answer.iter_bytes()
            while (data := await clock.wait(_named(anext(parts, None)))) is not None:
                if samples := body.feed(data):
                    yield Pcm(samples, body.rate_hz)
            if samples := body.end():
                yield Pcm(samples, body.rate_hz)

    @asynccontextmanager
    async def _answer(self, asked: dict[str, Any], clock: _Clock) -> AsyncIterator[Any]:
        """The answer's head, asked for once more where that may help and the first clock allows it."""
        try:
            request, answer = await self._open(asked, clock)
        except EngineError as error:
            if error.code not in WORTH_ANOTHER:
                raise
            await clock.wait(asyncio.sleep(RETRY_PAUSE_S))
            request, answer = await self._open(asked, clock)
        try:
            yield answer
        finally:
            await request.__aexit__(None, None, None)

    async def _open(self, asked: dict[str, Any], clock: _Clock) -> tuple[Any, Any]:
        request = self._client.audio.speech.with_streaming_response.create(
            model=self.settings.model, response_format="pcm", **asked
        )
        return request, await clock.wait(_named(request.__aenter__()))


def voice_name(voice: str, wanted: Description, known: Mapping[str, str]) -> str:
    """The server's name for a description: one that it carries itself, else the entry of `known` that fits best."""
    words = voice.replace(",", " ").split()
    for word in words:
        if word.lower() in wanted.names - {"system"}:
            return word
    given = {word.lower() for word in words} | {wanted.sex, wanted.age}
    if "system" in given:
        return known["system"]
    fitting = [entry for entry in known if set(entry.lower().split()) <= given]
    return known[max(fitting, key=lambda entry: (len(entry.split()), list(known).index(entry)))]


@dataclass
class _Ending:
    """Lets sound through slice by slice, without the silence before it and with the pause after it."""

    pause: int
    _held: Pcm | None = None
    _begun: bool = False

    def follow(self, sound: Pcm) -> list[Pcm]:
        """What may be played of it now; the last slice waits, as its silence is part of the pause."""
        through: list[Pcm] = []
        for part in slices(sound):
            begun = part if self._begun else self._first(part)
            if begun is None:
                continue
            through += [self._held] if self._held else []
            self._held = begun
        return through

    def rest(self) -> list[Pcm]:
        """The last slice with its pause. Raises `EngineError` where all was silence."""
        if self._held is None:
            raise not_sound("silence")
        quiet = self._held.duration_ms - speech_span_ms(self._held)[1]
        return [self._held + silence(max(0, self.pause - quiet), self._held.rate_hz)]

    def _first(self, part: Pcm) -> Pcm | None:
        start, end = speech_span_ms(part)
        self._begun = end > 0
        return part.between(max(0, start - LEAD_MS), part.duration_ms + 1) if self._begun else None


@dataclass
class _Clock:
    """Time spent waiting for one answer."""

    limits: SpeakingClocks
    _spent_s: float = 0.0
    _patience_s: float = field(init=False)

    def __post_init__(self) -> None:
        self._patience_s = self.limits.first_s

    async def wait(self, step: Awaitable[T]) -> T:
        """Await `step`; sound that came starts the idle clock. Raises `EngineError` `remote_slow`."""
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(min(self._patience_s, self.limits.total_s - self._spent_s)):
                found = await step
        except TimeoutError:
            raise EngineError(f"{_SERVER} did not answer in time.", code="remote_slow") from None
        self._spent_s += now() - began
        self._patience_s = self.limits.idle_s if isinstance(found, bytes) else self._patience_s - (now() - began)
        return found


async def _named(step: Awaitable[T]) -> T:
    """`step`, whose failure gets a name."""
    try:
        return await step
    except EngineError:
        raise
    except Exception as error:  # noqa: BLE001 - client and transport have many; each is a fault of the server's
        raise fault_of(error, _SERVER) from None
