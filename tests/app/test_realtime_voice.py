"""The official `openai` client holds a spoken encounter with the real service and its embedded engines."""

from __future__ import annotations

import asyncio
import base64
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection

from tests.app.service import TOKEN, RunningService
from tests.speech import path as speech_path

CHUNK_MS = 100


class Learner:
    """One end of the wire: keeps every message, and waits for kinds of them."""

    def __init__(self, connection: AsyncRealtimeConnection) -> None:
        self.connection = connection
        self.messages: list[dict[str, Any]] = []
        self._came = asyncio.Event()

    async def listen(self) -> None:
        async for event in self.connection:
            self.messages.append(event.model_dump(warnings=False))
            self._came.set()

    async def until(self, kind: str, times: int = 1, **fields: Any) -> dict[str, Any]:
        """The message of this kind, with these fields, that came for the `times`-th time."""
        try:
            async with asyncio.timeout(60):
                while len(found := self.of(kind, **fields)) < times:
                    self._came.clear()
                    await self._came.wait()
        except TimeoutError:
            last = [(m["type"], (m.get("error") or {}).get("code")) for m in self.messages[-8:]]
            raise AssertionError(f"no {kind} ({times}); the last were {last}") from None
        return found[times - 1]

    def of(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        return [
            m
            for m in self.messages
            if m["type"] == kind and all(m.get(name) == value for name, value in fields.items())
        ]

    async def say(self, clip: str, pace: float = 1.0) -> None:
        """Speak a recorded clip and the silence after it into the microphone."""
        with wave.open(str(speech_path(clip))) as sound:
            rate, data = sound.getframerate(), sound.readframes(sound.getnframes())
        data += bytes(rate * 2 * 2)
        step = rate * CHUNK_MS // 1000 * 2
        for start in range(0, len(data), step):
            await self.connection.input_audio_buffer.append(audio=base64.b64encode(data[start : start + step]).decode())
            await asyncio.sleep(CHUNK_MS / 1000 * pace)

    async def send(self, **message: Any) -> None:
        await self.connection.send(message)  # type: ignore[arg-type]


@asynccontextmanager
async def learner(service: RunningService, **query: str) -> AsyncIterator[Learner]:
    client = AsyncOpenAI(api_key=TOKEN, base_url=f"{service.base_url}/v1", websocket_base_url=service.websocket_url)
    async with client.realtime.connect(model="novak-discharge", extra_query=query) as connection:
        person = Learner(connection)
        listening = asyncio.create_task(person.listen())
        try:
            yield person
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    await client.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with RunningService(tmp_path_factory.mktemp("voice")) as running:
        yield running


async def use_rate(person: Learner, rate: int) -> None:
    audio = {"input": {"format": {"type": "audio/pcm", "rate": rate}}}
    await person.send(type="session.update", session={"type": "realtime", "audio": audio})
    await person.until("session.updated")


@pytest.mark.timeout(180)
async def test_a_spoken_encounter_from_hello_to_scorecard(service: RunningService) -> None:
    async with learner(service) as person:
        encounter = (await person.until("bedside.encounter"))["encounter_id"]
        await use_rate(person, 16_000)
        await person.send(type="bedside.enter")
        await person.until("response.done")
        await person.say("hear-me")
        heard = await person.until("conversation.item.input_audio_transcription.completed")
        assert "hear me" in heard["transcript"]
        assert person.of("input_audio_buffer.speech_started") and person.of("input_audio_buffer.speech_stopped")
        await person.until("response.done", times=2)
        assert len(b"".join(base64.b64decode(m["delta"]) for m in person.of("response.output_audio.delta"))) > 24_000
        # she is interrupted in her next answer
        await person.say("going-home")
        await person.until(
            "response.output_audio.delta",
            response_id=(await person.until("response.created", times=3))["response"]["id"],
        )
        await person.say("take-your-time")
        cut = await person.until("response.done", times=3)
        await person.until("conversation.item.input_audio_transcription.completed", times=3)
        await person.until("response.created", times=4)
        reply = cut["response"]["output"][0]["id"]
        said = next(t for t in service.get(f"/api/encounters/{encounter}")["turns"] if t["id"] == reply)
        assert cut["response"]["output"][0]["content"][0]["transcript"] == said["text"]
        seq = int(person.messages[-1]["event_id"].split("_")[1])
    # the line dropped in the middle of the fourth reply
    async with learner(service, encounter=encounter, after=str(seq)) as person:
        await person.until("bedside.encounter", encounter_id=encounter)
        await use_rate(person, 16_000)
        await person.say("on-your-own", pace=0.2)
        last = await person.until("conversation.item.input_audio_transcription.completed")
        assert "own" in last["transcript"]
        await person.until("response.done")
        await person.send(type="bedside.end")
        await person.until("bedside.ended", reason="learner")
    with service.client() as client:
        refused = client.get(f"/api/encounters/{encounter}/scorecard")
        assert refused.status_code == 409 and "reflection" in refused.text
    service.post(
        f"/api/encounters/{encounter}/reflection", {"reactions": "", "felt": "", "said": "", "self_rating": {}}
    )
    card = service.get(f"/api/encounters/{encounter}/scorecard")
    turns = {turn["id"]: turn for turn in service.get(f"/api/encounters/{encounter}")["turns"]}
    assert card["status"] == "draft" and len(card["dimensions"]) == 6
    for dimension in card["dimensions"]:
        for evidence in dimension["evidence"]:
            assert evidence["quote"] in turns[evidence["turn"]]["text"]


async def test_truncate_cuts_what_the_transcript_says(service: RunningService) -> None:
    async with learner(service) as person:
        encounter = (await person.until("bedside.encounter"))["encounter_id"]
        await person.send(type="bedside.enter")
        reply = (await person.until("response.done"))["response"]["output"][0]
        whole = reply["content"][0]["transcript"]
        await person.connection.conversation.item.truncate(item_id=reply["id"], content_index=0, audio_end_ms=700)
        await person.until("conversation.item.truncated", item_id=reply["id"])
        turn = next(t for t in service.get(f"/api/encounters/{encounter}")["turns"] if t["id"] == reply["id"])
        assert turn["heard_ms"] == 700 and 0 < len(turn["text"]) < len(whole) and whole.startswith(turn["text"])


def test_the_speech_fixtures_are_there() -> None:
    assert all(Path(speech_path(clip)).exists() for clip in ("hear-me", "going-home", "take-your-time", "on-your-own"))
