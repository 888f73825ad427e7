"""First sound of a reply that is still being written, and how soon a synthesis stops: pipecat's sentences, its Piper.

The pieces are those of `SimpleTextAggregator`, pipecat's default; the sound comes from `PiperVoice.synthesize` as its
`PiperTTSService` calls it (a thread, the next sentence), without the frames around it.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from typing import Any

from loguru import logger  # type: ignore[import-not-found]
from pipecat.utils.text.simple_text_aggregator import SimpleTextAggregator  # type: ignore[import-not-found]
from piper import PiperVoice

from benchmarks.rounds import answer_async, until_idle_ms
from benchmarks.texts import LONG, REPLIES

VOICES: dict[str, PiperVoice] = {}
DICE = random.Random(7)


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    if request["voice"] not in VOICES:
        VOICES[request["voice"]] = PiperVoice.load(request["voice"])
    voice = VOICES[request["voice"]]
    if request.get("freed"):
        return {"ms": await freed(voice, DICE.uniform(0.05, 0.5))}
    return {
        "ms": [await first_sound(voice, reply, request["words_a_second"]) for reply in REPLIES[: request["replies"]]]
    }


async def first_sound(voice: PiperVoice, reply: str, words_a_second: float) -> float:
    """Milliseconds from the beginning of the reply's first word to its first sound."""
    aggregator, words, began = SimpleTextAggregator(), reply.split(), time.perf_counter()
    for number, word in enumerate(words):
        await asyncio.sleep(max(0.0, began + (number + 1) / words_a_second - time.perf_counter()))
        pieces = [piece.text async for piece in aggregator.aggregate(word + " ")]
        if number == len(words) - 1:
            rest = await aggregator.flush()
            pieces += [rest.text] if rest else []
        if pieces:
            await asyncio.to_thread(next, iter(voice.synthesize(pieces[0])))
            return (time.perf_counter() - began) * 1000
    raise ValueError("the voice made no sound")


async def freed(voice: PiperVoice, after_s: float) -> float:
    """Milliseconds from cancelling a synthesis that has run `after_s` until this process uses no CPU any more."""
    speaking = asyncio.create_task(asyncio.to_thread(list, voice.synthesize(LONG)))
    await asyncio.sleep(after_s)
    speaking.cancel()
    await asyncio.gather(speaking, return_exceptions=True)
    return await until_idle_ms(os.getpid(), but_main=True)


if __name__ == "__main__":
    logger.remove()
    answer_async(measure)
