"""Hearing by any server with OpenAI's `/audio/transcriptions`: the sound leaves this machine; consent says where to.

Words and doubts are asked for (`verbose_json`); a server that has only text is asked for text, and remembered so.
"""

from __future__ import annotations

import io
import json
import math
import wave
from collections.abc import Sequence
from typing import Any

from server.core.errors import EngineError
from server.core.sound.audio import BYTES_PER_SAMPLE, Pcm
from server.engines.asking import Asked, ask_for_models
from server.engines.children.lanes import Lanes
from server.engines.clip import check_clip, nothing_said
from server.engines.protocols import EngineInfo, Errand, HeardWord, Transcription
from server.engines.remote.remote import RemoteSettings, ask, client, place
from server.engines.written import Segment, said, timed, vocabulary

_SERVER = "The hearing server"
_MOST_BYTES = 2_000_000
"""Of an answer. Words and segments of a long utterance take some tens of thousands."""
_MOST_TEXT_PER_S, _SPARE_TEXT = 60, 200
"""Letters in a second of sound, and beside: more is no transcription of it. Quick speech has twenty."""


class RemoteTranscriber:
    """A `Transcriber` that asks a server."""

    def __init__(self, settings: RemoteSettings) -> None:
        kind, host = place(settings.url)
        self.settings = settings
        self._client = client(settings, most_bytes=_MOST_BYTES)
        self.lanes = Lanes(settings.parallel)
        self._detailed = True
        """Until a server refuses to say more than the text."""
        self.info = EngineInfo(
            part="hearing",
            name="remote hearing",
            kind=kind,
            version=settings.model,
            licence="as the server's own",
            ready=True,
            notice="A server turns what the student says into text.",
            host=host,
        )

    @property
    def backlog_s(self) -> float:
        """About how long a newcomer would wait for its request to be sent."""
        return self.lanes.backlog_s

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def ask(self) -> Asked:
        """Whether the server is there, takes the key and has the model; it is sent nothing else."""
        return await ask_for_models(self.settings.url, self.settings.model, self.settings.key, "HEARING")

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        """Recognise `pcm`. Raises `EngineError`; cancelling closes the connection."""
        check_clip(pcm)
        if nothing_said(pcm):
            return Transcription("", 0.0)
        few = vocabulary(hints)
        asked = {"language": language.lower().split("-")[0]} | ({"prompt": ", ".join(few)} if few else {})
        async with self.lanes.turn(errand or Errand()):
            body = await self._body(wav(pcm), asked, self.settings.slack_s + pcm.duration_ms / 1000)
        segments = read(body, pcm.duration_ms)
        return said(segments, voiced_ms=pcm.duration_ms, hints=few)

    async def _body(self, sound: bytes, asked: dict[str, Any], within_s: float) -> bytes:
        """The answer; where a server refuses the detailed form, the plain one is tried in the same time."""

        async def request() -> bytes:
            if not self._detailed:
                return await self._ask(sound, asked, detailed=False)
            try:
                return await self._ask(sound, asked, detailed=True)
            except _refusals() as error:
                if error.status_code not in {400, 415, 422, 501}:
                    raise
            plain = await self._ask(sound, asked, detailed=False)
            self._detailed = False
            return plain

        return await ask(_SERVER, request, within_s=within_s)

    async def _ask(self, sound: bytes, asked: dict[str, Any], *, detailed: bool) -> bytes:
        form: dict[str, Any] = {"response_format": "json"}
        if detailed:
            form = {"response_format": "verbose_json", "timestamp_granularities": ["word", "segment"]}
        answer = await self._client.audio.transcriptions.with_raw_response.create(
            file=("speech.wav", sound, "audio/wav"), model=self.settings.model, **asked, **form
        )
        return bytes(answer.content)


def wav(pcm: Pcm) -> bytes:
    """`pcm` as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(BYTES_PER_SAMPLE)
        sound.setframerate(pcm.rate_hz)
        sound.writeframes(pcm.data)
    return file.getvalue()


def read(body: bytes, duration_ms: int) -> list[Segment]:
    """The segments of an answer, with their words where both agree. Raises `EngineError` (`remote_unreadable`)."""
    found = _object(body)
    text = found.get("text")
    if not isinstance(text, str) or len(text) > _SPARE_TEXT + _MOST_TEXT_PER_S * duration_ms / 1000:
        raise _unreadable()
    segments = [_segment(each) for each in _objects(found.get("segments"))]
    if " ".join(segment.text for segment in segments).split() != text.split():
        segments = [Segment(" ".join(text.split()))]
    return _with_words(segments, _objects(found.get("words")) or _inside(found), duration_ms)


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(found, dict):
        raise _unreadable()
    return found


def _objects(found: Any) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _inside(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Some servers put the words into the segments."""
    return [word for segment in _objects(found.get("segments")) for word in _objects(segment.get("words"))]


def _segment(sent: dict[str, Any]) -> Segment:
    text = sent.get("text")
    return Segment(
        " ".join(text.split()) if isinstance(text, str) else "",
        _number(sent.get("no_speech_prob")),
        _number(sent.get("avg_logprob")),
    )


def _with_words(segments: list[Segment], sent: list[dict[str, Any]], duration_ms: int) -> list[Segment]:
    """Give each segment its words; none at all where they are not those of the text."""
    texts = [text for segment in segments for text in segment.text.split()]
    if [_bare(text) for text in texts] != [_bare(str(each.get("word", ""))) for each in sent]:
        return segments
    done, taken = [], 0
    for segment in segments:
        own = list(zip(segment.text.split(), sent[taken:], strict=False))
        words = timed([_word(text, each, segment) for text, each in own], duration_ms)
        done.append(Segment(segment.text, segment.no_speech, segment.mean_logprob, words))
        taken += len(own)
    return done


def _word(text: str, sent: dict[str, Any], segment: Segment) -> HeardWord:
    start, end = (round(1000 * (_number(sent.get(name)) or 0.0)) for name in ("start", "end"))
    sure = _number(sent.get("probability"))
    confidence = segment.confidence if sure is None else sure
    return HeardWord(text, start, end, max(0.0, min(1.0, confidence)))


def _bare(word: str) -> str:
    """Letters and digits alone: servers leave the marks out of words or put them in."""
    return "".join(filter(str.isalnum, word.lower()))


def _number(found: Any) -> float | None:
    """A finite number, or None."""
    if isinstance(found, bool) or not isinstance(found, (int, float)) or not math.isfinite(found):
        return None
    return float(found)


def _unreadable() -> EngineError:
    return EngineError(
        f"{_SERVER} answered, but not with a transcription: check that its address is that of a speech server.",
        code="remote_unreadable",
    )


def _refusals() -> Any:
    import openai

    return openai.APIStatusError
