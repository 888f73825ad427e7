"""Ghost turns: what the voice path takes for a student where nobody at the microphone spoke, and whom it loses.

    python -m benchmarks.voice_ghosts --minutes 10 --out RESULT.json

The real detector, ear and embedded recogniser hear made noises (`sounds`, `sounds_music`, `sounds_voices`), faster than
they would sound. Each kind is heard three times: without the gate of `server.core.sound.levels`, with it, and with it
while the patient speaks. The students are the other side of the bargain: nobody may be lost who would be heard without.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import sounds, sounds_music, sounds_voices
from benchmarks.rounds import percentile
from benchmarks.sounds import RATE, Sound, to_pcm16
from benchmarks.sounds_voices import Phrase
from server.core.errors import EngineError
from server.core.events import SpeechHeard
from server.core.sound.audio import Pcm
from server.core.sound.endpoint import Patience, Sign
from server.engines.detecting import SileroDetectors
from server.engines.embedded.espeak import EspeakVoice
from server.engines.embedded.flite import FliteVoice
from server.engines.embedded.sphinx import SphinxTranscriber
from server.engines.protocols import Detector, Transcriber
from server.live.ear import FRAME_BYTES, Ear
from server.live.hearing import LOST_MS
from server.live.listening import NearDetector
from server.live.recognising import heard

Make = Callable[[np.random.Generator, float, int], Sound]
"""Seconds of a noise; the number of the piece chooses the variant."""
PIECE_S = 60.0
ESPEAKERS = ("female adult", "male adult")
HELD_TO_NOTHING = ("silence", "fan", "coughs", "music", "knocks", "babble", "television")
"""Kinds from which no turn may come. `open_door` is shown beside them: what comes through an opening in the wall cannot
always be told from a distant student.
"""


# --- the path that is measured ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taken:
    """An utterance that was taken for a turn; `doubted`: its sound may be no speech."""

    sound: Pcm
    doubted: bool = False


@dataclass
class Listener:
    """An ear, wired as in a connection, and what it noticed."""

    gated: bool = True
    patient_speaks: bool = False
    onsets: int = 0
    starts: list[int] = field(default_factory=list)
    """When speech was believed, in milliseconds of sound."""
    turns: list[Taken] = field(default_factory=list)
    lost: int = 0
    """Utterances that were not believed and so long that whoever spoke is asked to say it again."""

    def __post_init__(self) -> None:
        numbers = count()
        plain: Detector = DETECTORS.detector()
        near = NearDetector(plain, lambda: self.patient_speaks)
        self.ear = Ear(near if self.gated else plain, self, lambda: f"clip_{next(numbers)}", Patience(), rate_hz=RATE)
        self.ear.over_speech = lambda: self.patient_speaks
        if self.gated:
            self.ear.believed, self.ear.doubted, self.ear.begun = near.believed, near.doubted, near.begin

    def feed(self, sound: Sound) -> None:
        self.ear.feed(to_pcm16(sound))

    def sound(self, clip: str, sound: bytes) -> None: ...

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        match sign:
            case Sign.ONSET:
                self.onsets += 1
            case Sign.START:
                self.starts.append(self.ear.heard_ms)
            case Sign.END:
                if sound := self.ear.sound_of(clip):
                    self.turns.append(Taken(sound, clip in self.ear.doubtful))
            case Sign.WITHDRAWN:
                self.lost += bool(clip) and audio_ms >= LOST_MS
            case Sign.BURST:
                self.ear.forget(clip)
            case _:
                pass

    def finish(self) -> None:
        """Silence, so that what is still going on ends."""
        self.ear.feed(bytes(FRAME_BYTES * 60))


DETECTORS = SileroDetectors()


async def with_words(transcriber: Transcriber, turns: list[Taken]) -> int:
    """Turns in which the recogniser found words: those a transcript would hold. One that it gave up on counts."""
    return sum([await _has_words(transcriber, turn) for turn in turns])


async def _has_words(transcriber: Transcriber, turn: Taken) -> bool:
    try:
        found = await transcriber.transcribe(turn.sound.between(0, 10_000), language="en", hints=())
    except EngineError:
        return True
    return isinstance(heard("clip", found, turn.doubted), SpeechHeard)


# --- noises -----------------------------------------------------------------------------------------------------------


def in_quiet(rng: np.random.Generator, sound: Sound) -> Sound:
    return sound + sounds.room_tone(rng, len(sound) / RATE, -62.0)


def silence(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
    return sounds.room_tone(rng, seconds, (None, -75.0, -60.0, -50.0, -40.0)[piece % 5])


def fans(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
    level = (-60.0, -50.0, -40.0, -32.0, -25.0)[piece % 5]
    return sounds.fan(rng, seconds, level, float(rng.uniform(70, 220)))


def coughs(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
    make = (sounds.cough, sounds.fit_of_coughs, sounds.throat_clearing)[piece % 3]
    peak_db = (-6.0, -14.0, -22.0, -30.0)[piece % 4]
    return in_quiet(rng, sounds.scattered(rng, seconds, make, (0.6, 5.0)) * 10 ** (peak_db / 20))


def musics(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
    style = sounds_music.STYLES[piece % len(sounds_music.STYLES)]
    return in_quiet(rng, sounds_music.music(rng, seconds, style, (-18.0, -30.0, -42.0)[piece % 3]))


def knocks(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
    make = (sounds.door_slam, sounds.key_press, sounds.chair_scrape)[piece % 3]
    gaps = (0.02, 0.3) if make is sounds.key_press else (0.5, 5.0)
    return in_quiet(rng, sounds.scattered(rng, seconds, make, gaps))


def next_door(phrases: list[Phrase], voices: tuple[int, ...], corners_hz: tuple[float, ...]) -> Make:
    """People behind a wall or an opening."""

    def make(rng: np.random.Generator, seconds: float, piece: int) -> Sound:
        level = (-30.0, -35.0, -40.0, -45.0, -50.0)[piece % 5]
        number, corner = voices[piece % len(voices)], corners_hz[piece % len(corners_hz)]
        return sounds_voices.babble(rng, phrases, seconds, number, level, corner)

    return make


def noises(gossip: list[Phrase]) -> dict[str, Make]:
    """Every kind by its name."""
    return {
        "silence": silence,
        "fan": fans,
        "coughs": coughs,
        "music": musics,
        "knocks": knocks,
        "babble": next_door(gossip, (4, 6, 8, 2), (150.0, 220.0, 300.0)),
        "television": next_door(gossip, (1,), (150.0, 220.0, 300.0)),
        "open_door": next_door(gossip, (1, 2, 4), (700.0,)),
    }


def hear_noise(make: Make, seed: int, minutes: float, transcriber: Transcriber) -> dict[str, Any]:
    """One kind, all the way through."""
    before, now, over = Listener(gated=False), Listener(), Listener(patient_speaks=True)
    pieces = max(1, round(minutes * 60 / PIECE_S))
    for piece in range(pieces):
        sound = make(np.random.default_rng((seed, piece)), minutes * 60 / pieces, piece)
        for listener in (before, now, over):
            listener.feed(sound)
    for listener in (before, now, over):
        listener.finish()
    return {
        "minutes": minutes,
        "ghost_turns": asyncio.run(with_words(transcriber, now.turns)),
        "turns": len(now.turns),
        "asked_again": now.lost,
        "starts": len(now.starts),
        "ducks": over.onsets,
        "interruptions": len(over.starts),
        "without_gate": {"turns": len(before.turns), "starts": len(before.starts)},
    }


# --- students ---------------------------------------------------------------------------------------------------------

Condition = Callable[[np.random.Generator, Sound], Sound]
LEAD_S, TAIL_S = 0.8, 1.4


def at_the_desk(level_db: float, noise_db: float = -65.0, *, blades: bool = False) -> Condition:
    return lambda rng, sound: sounds_voices.over_noise(
        rng, sounds.at_level(sound, level_db), LEAD_S, TAIL_S, noise_db, blades=blades
    )


def across_the_room(rng: np.random.Generator, sound: Sound) -> Sound:
    return at_the_desk(-45.0, -68.0)(rng, sounds_voices.in_a_room(rng, sound, 0.4, 0.5))


CONDITIONS: dict[str, Condition] = {
    "loud, -12 dBFS": at_the_desk(-12.0),
    "usual, -22 dBFS": at_the_desk(-22.0),
    "soft, -38 dBFS": at_the_desk(-38.0),
    "very soft, -45 dBFS": at_the_desk(-45.0, -70.0),
    "across the room, -45 dBFS": across_the_room,
    "fan, 20 dB under": at_the_desk(-28.0, -48.0, blades=True),
    "fan, 10 dB under": at_the_desk(-28.0, -38.0, blades=True),
    "telephone band": lambda rng, sound: at_the_desk(-28.0)(rng, sounds_voices.narrow(sound)),
    "hesitant": lambda rng, sound: at_the_desk(-30.0)(rng, with_a_pause(sound)),
    "whisper, -36 dBFS": lambda rng, sound: at_the_desk(-36.0)(rng, sounds_voices.whispered(rng, sound)),
    "music, 10 dB under": lambda rng, sound: over_music(rng, sound, -38.0),
    "after a cough": lambda rng, sound: at_the_desk(-25.0)(rng, after_a_cough(rng, sound)),
}


def over_music(rng: np.random.Generator, sound: Sound, music_db: float) -> Sound:
    """At -28 dBFS, while music of any style plays."""
    style = sounds_music.STYLES[int(rng.integers(len(sounds_music.STYLES)))]
    ground = in_quiet(rng, sounds_music.music(rng, LEAD_S + len(sound) / RATE + TAIL_S, style, music_db))
    sounds.place(ground, sounds.at_level(sound, -28.0), LEAD_S)
    return ground


def after_a_cough(rng: np.random.Generator, sound: Sound) -> Sound:
    """Clears the throat of words with a cough as loud as they are, a moment before."""
    gap = np.zeros(sounds.samples(float(rng.uniform(0.1, 0.8))))
    return np.concatenate((sounds.at_level(sounds.cough(rng), -20.0), gap, sounds.at_level(sound, -20.0)))


def before_a_television(gossip: list[Phrase]) -> Condition:
    """At -28 dBFS, while a television speaks next door, 16 dB quieter."""

    def make(rng: np.random.Generator, sound: Sound) -> Sound:
        ground = sounds_voices.babble(rng, gossip, LEAD_S + len(sound) / RATE + TAIL_S, 1, -44.0, 220.0)
        sounds.place(ground, sounds.at_level(sound, -28.0), LEAD_S)
        return ground

    return make


def with_a_pause(sound: Sound) -> Sound:
    """Broken off in the middle for 0.7 s."""
    return sounds_voices.hesitant(sound[: len(sound) // 2], sound[len(sound) // 2 :], 0.7)


def by_voice(phrases: list[Phrase]) -> Iterator[list[Phrase]]:
    for voice in sorted({phrase.voice for phrase in phrases}):
        yield [phrase for phrase in phrases if phrase.voice == voice]


def hear_students(condition: Condition, phrases: list[Phrase]) -> dict[str, Any]:
    """Each voice is one encounter of several utterances. `doubted`: turns that count only where every word is sure, as
    their sound may be no speech; else the student is asked to say it again.
    """
    taken = {False: 0, True: 0}
    doubted = 0
    late_ms: list[float] = []
    for number, one in enumerate(by_voice(phrases)):
        listeners = {gated: Listener(gated=gated) for gated in taken}
        rng = np.random.default_rng((77, number))
        for phrase in one:
            sound = condition(rng, phrase.sound)
            begun = {gated: say_to(listener, sound) for gated, listener in listeners.items()}
            for gated, (turns, _) in begun.items():
                taken[gated] += turns > 0
            if begun[False][1] and begun[True][1]:
                late_ms.append(begun[True][1] - begun[False][1])
        doubted += sum(turn.doubted for turn in listeners[True].turns)
    return {
        "utterances": len(phrases),
        "heard": taken[True],
        "heard_without_gate": taken[False],
        "doubted": doubted,
        "believed_later_ms_p95": percentile(late_ms, 0.95) if late_ms else None,
    }


def say_to(listener: Listener, sound: Sound) -> tuple[int, int]:
    """How many turns came of it, and when speech was believed first (0: never), from the listener's beginning."""
    turns, starts = len(listener.turns), len(listener.starts)
    listener.feed(sound)
    begun = listener.starts[starts] if len(listener.starts) > starts else 0
    return len(listener.turns) - turns, begun


# --- the whole --------------------------------------------------------------------------------------------------------


def measure(minutes: float = 10.0) -> dict[str, Any]:
    """Ghosts by kind of noise, `minutes` of each, and who is heard."""
    flite, espeak, sphinx = FliteVoice(), EspeakVoice(), SphinxTranscriber()
    try:
        say_all = sounds_voices.say_all
        gossip = say_all(flite, sounds_voices.GOSSIP, sounds_voices.SPEAKERS)
        gossip += [
            Phrase(each.text, f"espeak {each.voice}", each.sound)
            for each in say_all(espeak, sounds_voices.GOSSIP, ESPEAKERS)
        ]
        texts = sounds_voices.SENTENCES + sounds_voices.SHORT
        students = say_all(flite, texts, sounds_voices.SPEAKERS[:: 1 if minutes >= 5 else 3])
        students += [Phrase(p.text, f"espeak {p.voice}", p.sound) for p in say_all(espeak, texts, ESPEAKERS)]
        kinds = noises(gossip)
        found = {name: hear_noise(make, 500 + i, minutes, sphinx) for i, (name, make) in enumerate(kinds.items())}
        conditions = {**CONDITIONS, "television, 16 dB under": before_a_television(gossip)}
        return {
            "noises": found,
            "ghost_turns": sum(found[kind]["ghost_turns"] for kind in HELD_TO_NOTHING),
            "students": {name: hear_students(how, students) for name, how in conditions.items()},
        }
    finally:
        for engine in (flite, espeak, sphinx):
            engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Ghost turns from noise, and students who are not heard.")
    parser.add_argument("--minutes", type=float, default=10.0, help="of each kind of noise")
    parser.add_argument("--out", type=Path, help="file for the result; without it, it is printed")
    options = parser.parse_args()
    text = json.dumps(measure(options.minutes), indent=2)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
