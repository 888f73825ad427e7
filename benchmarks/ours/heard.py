"""How many words the transcript is wrong by when a reply is cut: our arithmetic against an independent truth.

The truth is where words end in the sound: for spoken voices by forced alignment with pocketsphinx, which knows the text
and the sound and nothing of the voice; for the made-up Piper voice by the length of each beginning of the sentence
spoken alone, which is exact there, as each symbol of it lasts as long wherever it stands.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.rounds import answer_async
from benchmarks.texts import REPLIES
from server.core.sentences import split
from server.core.sound.audio import HEARING_HZ, Pcm
from server.core.transcript import Sentence, heard_text
from server.engines import catalog
from server.engines.catalog import EngineChoice
from server.engines.protocols import Voice
from server.engines.shaping import speech_span_ms
from server.live.resampling import to_rate

DESCRIPTION = "female adult normal"
CUT_EVERY_MS = 50
WIDE = {"beam": 1e-120, "wbeam": 1e-100, "pbeam": 1e-120}
"""Beams that let no word be given up, however unlike a person a voice is."""
WORD = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class Spoken:
    """One sentence: as the encounter keeps it, and where its words really end."""

    sentence: Sentence
    ends_ms: tuple[float, ...]


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    if request["voice"] == "piper":
        voice = catalog.speaking(EngineChoice(speaking="piper", speaking_voice=request["file"]))
    else:
        voice = catalog.speaking(EngineChoice(speaking=request["voice"]))
    await catalog.warm(voice)
    try:
        replies = [await _spoken(voice, reply, request["voice"]) for reply in REPLIES]
    finally:
        await catalog.close(voice)
    every = [each for reply in replies for each in reply]
    known = [kept for reply in replies if (kept := [each for each in reply if each.ends_ms])]
    told = sum(bool(each.sentence.word_ends_ms) for each in every)
    return errors(known) | {"told": told, "sentences": len(every), "true": sum(map(len, known))}


async def _spoken(voice: Voice, reply: str, name: str) -> list[Spoken]:
    found = []
    for text in split(reply):
        sound, ends = await _say(voice, text)
        truth = await _prefixes(voice, text) if name == "piper" else await asyncio.to_thread(aligned, text, sound)
        found.append(Spoken(Sentence(text, sound.duration_ms, ends), truth))
    return found


async def _say(voice: Voice, text: str) -> tuple[Pcm, tuple[int, ...]]:
    parts = [part async for part in voice.speak(text, voice=DESCRIPTION)]
    ends = tuple(end for part in parts for end in part.word_ends_ms)
    return to_rate([part.pcm for part in parts], HEARING_HZ), ends


async def _prefixes(voice: Voice, text: str) -> tuple[float, ...]:
    """Where each word ends, by speaking the words up to it alone."""
    words = text.split()
    return tuple([speech_span_ms((await _say(voice, " ".join(words[: n + 1])))[0])[1] for n in range(len(words))])


def aligned(text: str, sound: Pcm) -> tuple[float, ...]:
    """Where each word of `text` ends, by forced alignment; nothing where that fails, and then nothing is measured."""
    from pocketsphinx import Decoder

    words = [" ".join(WORD.findall(word.lower())) for word in text.split()]
    decoder = Decoder(lm=None, loglevel="FATAL", samprate=HEARING_HZ, **WIDE)
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(sound.data, full_utt=True)
    decoder.end_utt()
    found = [segment for segment in decoder.seg() if not segment.word.startswith(("<", "["))]
    if [segment.word.split("(")[0] for segment in found] != words:
        return ()
    return tuple((segment.end_frame + 1) * 1000 / decoder.config["frate"] for segment in found)


def errors(replies: Sequence[Sequence[Spoken]]) -> dict[str, Any]:
    """Mean and worst error in words at uniform cuts: ours, by characters, and by whole sentences."""
    ours, characters, begun, ended = [], [], [], []
    for reply in replies:
        told = [each.sentence for each in reply]
        plain = [Sentence(each.text, each.audio_ms) for each in told]
        for cut in range(CUT_EVERY_MS, sum(each.audio_ms for each in told), CUT_EVERY_MS):
            truth = true_words(reply, cut)
            ours.append(abs(_count(told, cut) - truth))
            characters.append(abs(_count(plain, cut) - truth))
            begun.append(abs(whole_sentences(told, cut, begun=True) - truth))
            ended.append(abs(whole_sentences(told, cut, begun=False) - truth))
    return {
        "ours": _mean(ours), "worst": max(ours), "characters": _mean(characters),
        "sentence": min(_mean(begun), _mean(ended)), "n": len(ours),
    }  # fmt: skip


def true_words(reply: Sequence[Spoken], cut_ms: int) -> int:
    """Words that had ended by `cut_ms`."""
    count, start = 0, 0
    for each in reply:
        count += sum(start + end <= cut_ms for end in each.ends_ms)
        start += each.sentence.audio_ms
    return count


def whole_sentences(sentences: Sequence[Sentence], cut_ms: int, *, begun: bool) -> int:
    """Words of the sentences that had begun, or had ended, by `cut_ms`."""
    count, start = 0, 0
    for each in sentences:
        reached = start if begun else start + each.audio_ms
        count += len(each.text.split()) if reached <= cut_ms else 0
        start += each.audio_ms
    return count


def _count(sentences: Sequence[Sentence], cut_ms: int) -> int:
    return len(heard_text(sentences, cut_ms).split())


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


if __name__ == "__main__":
    answer_async(measure)
