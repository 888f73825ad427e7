"""First sound of a reply that is still being written, and how soon a synthesis that nobody wants stops: our Piper."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import aclosing
from pathlib import Path
from typing import Any

from benchmarks.rounds import answer_async, until_idle_ms
from benchmarks.texts import LONG, REPLIES
from server.core.sentences import Splitter
from server.engines.piper.piper import PiperVoice

DESCRIPTION = "female adult normal"
VOICES: dict[str, PiperVoice] = {}
DICE = random.Random(7)


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    voice = VOICES.setdefault(request["voice"], PiperVoice(Path(request["voice"])))
    await asyncio.to_thread(voice.start)
    if request.get("freed"):
        return {"ms": await freed(voice, DICE.uniform(0.05, 0.5))}
    return {
        "ms": [await first_sound(voice, reply, request["words_a_second"]) for reply in REPLIES[: request["replies"]]]
    }


async def first_sound(voice: PiperVoice, reply: str, words_a_second: float) -> float:
    """Milliseconds from the beginning of the reply's first word to its first sound."""
    splitter, words, began = Splitter(), reply.split(), time.perf_counter()
    for number, word in enumerate(words):
        await asyncio.sleep(max(0.0, began + (number + 1) / words_a_second - time.perf_counter()))
        pieces = splitter.feed(word + " ")
        if number == len(words) - 1:
            pieces += splitter.flush()
        if pieces:
            async with aclosing(voice.speak(pieces[0], voice=DESCRIPTION)) as speech:
                async for _ in speech:
                    return (time.perf_counter() - began) * 1000
    raise ValueError("the voice made no sound")


async def freed(voice: PiperVoice, after_s: float) -> float:
    """Milliseconds from dropping a synthesis that has run `after_s` until its process uses no CPU any more."""
    speaking = asyncio.create_task(_listen(voice))
    await asyncio.sleep(after_s)
    speaking.cancel()
    freed_ms = await until_idle_ms(voice.worker.pid)
    await asyncio.gather(speaking, return_exceptions=True)
    return freed_ms


async def _listen(voice: PiperVoice) -> None:
    async with aclosing(voice.speak(LONG, voice=DESCRIPTION)) as speech:
        async for _ in speech:
            pass


if __name__ == "__main__":
    answer_async(measure)
