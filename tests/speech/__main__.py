"""Makes the named fixtures again, or all of them."""

from __future__ import annotations

import asyncio
import sys
import wave

from server.core.sound.audio import Pcm
from server.engines.embedded.flite import FliteVoice
from tests.speech import TEXTS, path


async def make(name: str) -> None:
    voice, text = TEXTS[name]
    flite = FliteVoice()
    sound = [part.pcm async for part in flite.speak(text, voice=voice)]
    flite.close()
    whole = sum(sound[1:], sound[0])
    assert isinstance(whole, Pcm)
    with wave.open(str(path(name)), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(whole.rate_hz)
        file.writeframes(whole.data)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or TEXTS:
        asyncio.run(make(wanted))
