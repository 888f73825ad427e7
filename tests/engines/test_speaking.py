"""What every voice must do, asked of each real one: flite, espeak-ng, and Piper with tiny voices made on the spot, of
which `piper` cannot tell where words end and `telling` can.
"""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import aclosing
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import Pcm
from server.engines import catalog
from server.engines.children.frames import Frame
from server.engines.children.voice import ChildVoice
from server.engines.description import describe
from server.engines.embedded import espeak, flite
from server.engines.embedded.espeak import EspeakVoice
from server.engines.embedded.espeak_worker import EspeakWork
from server.engines.embedded.flite import FliteVoice
from server.engines.embedded.flite_worker import FliteWork
from server.engines.piper.piper import PiperVoice
from server.engines.protocols import Voice
from server.engines.shaping import CLAUSE_MS, LEAD_MS, RUNNING_MS, SENTENCE_MS, speech_span_ms
from server.engines.speakable import LONGEST_CHARS, PIECE_CHARS, pieces, speakable
from tests.models.telling_piper import make_telling_voice
from tests.models.tiny_piper import make_voice

SENTENCE = "I was on that floor till the milkman came."
ODD = [
    "1" * 5_000,
    "a" * 10_000,
    "buttons",
    "5 < 10 & <b>",
    "h\N{LATIN SMALL LETTER SCHWA}l\N{MODIFIER LETTER TRIANGULAR COLON}",
    "[[hello]] there",
]
HARD = [
    "I've been \N{CRYING FACE} waiting \N{EM DASH} since four.",
    "\N{SLIGHTLY SMILING FACE} [[Hello]] *there*,\r\nDr. O'Neill said 37.2\N{DEGREE SIGN}, i.e. 120/80 at 3:30 p.m.",
    'It has been of the in a well-known co-op... "Really?" -- (yes!) \N{CRYING FACE}',
    "5\N{MICRO SIGN}g, caf\N{LATIN SMALL LETTER E WITH ACUTE}, 1,234,567 and \N{ARABIC LETTER MEEM} more",
    "I was on that floor till the milkman came " * 15,
    "a" * 130 + " b",
]
MUTE = ["", " ", ".", "..", "\N{HORIZONTAL ELLIPSIS}", "\N{SLIGHTLY SMILING FACE}", "\x00\u202e", "[[ ]]"]


@pytest.fixture(params=["flite", "espeak", "piper", "telling"], scope="module")
def voice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildVoice]:
    """One of each for all tests: what they leave behind is part of what the next one meets."""
    makers: dict[str, Callable[[], ChildVoice]] = {
        "flite": FliteVoice,
        "espeak": EspeakVoice,
        "piper": lambda: PiperVoice(make_voice(tmp_path_factory.mktemp("voice"))),
        "telling": lambda: PiperVoice(make_telling_voice(tmp_path_factory.mktemp("voice"))),
    }
    made = makers[request.param]()
    yield made
    made.close()


async def spoken(voice: Voice, text: str, description: str = "female") -> tuple[Pcm, list[int]]:
    """The sound of a text and the ends of its words."""
    parts = [part async for part in voice.speak(text, voice=description)]
    rate_hz = parts[0].pcm.rate_hz if parts else 16_000
    return Pcm(b"".join(part.pcm.data for part in parts), rate_hz), [end for part in parts for end in part.word_ends_ms]


async def sound_of(voice: Voice, text: str, description: str = "female") -> Pcm:
    return (await spoken(voice, text, description))[0]


def loudest(sound: Pcm) -> int:
    return max(map(abs, array("h", sound.data)))


def pitch_hz(sound: Pcm) -> float:
    """Median pitch of the voiced parts, by autocorrelation. flite's breath noise differs from call to call; this does
    not.
    """
    samples = np.frombuffer(sound.data, dtype="<i2").astype(float)
    step, shortest, longest = sound.rate_hz // 25, sound.rate_hz // 300, sound.rate_hz // 70
    found = []
    for start in range(0, len(samples) - step, step):
        part = samples[start : start + step] - samples[start : start + step].mean()
        alike = np.correlate(part, part, "full")[step - 1 :]
        lag = shortest + int(alike[shortest:longest].argmax())
        if alike[0] > step * 500**2 and alike[lag] > alike[0] / 2:
            found.append(sound.rate_hz / lag)
    return float(np.median(found))


async def test_a_sentence_becomes_sound_in_small_parts(voice: Voice) -> None:
    parts = [part.pcm async for part in voice.speak(SENTENCE, voice="female old slow")]
    assert len(parts) > 3
    assert all(0 < part.duration_ms <= 200 for part in parts)
    assert {part.rate_hz for part in parts} in ({16_000}, {22_050})
    assert loudest(sum(parts[1:], parts[0])) > 1_000
    assert voice.info.ready and voice.info.version and voice.info.licence


def tells(voice: ChildVoice) -> bool:
    return not (isinstance(voice, PiperVoice) and voice.paths[0].stem == "tiny")


@pytest.mark.parametrize("text", HARD)
async def test_each_word_of_the_text_has_one_end_inside_the_sound(voice: ChildVoice, text: str) -> None:
    sound, ends = await spoken(voice, text, "female old")
    assert len(ends) == (len(text.split()) if tells(voice) else 0)
    assert all(0 <= before <= after <= sound.duration_ms for before, after in pairwise([0, *ends, sound.duration_ms]))


async def test_words_end_where_the_sound_does(voice: ChildVoice) -> None:
    """A word by itself is all sound up to its end; each word more ends later by about its own length."""
    if not tells(voice):
        assert (await spoken(voice, "Stop."))[1] == []
        return
    for text in ("Stop.", "No, stop.", "Come here, no, stop."):
        sound, ends = await spoken(voice, text)
        assert ends[-1] == pytest.approx(speech_span_ms(sound)[1], abs=60)
        assert len(set(ends)) == len(ends)


async def test_between_sentences_words_end_where_it_falls_silent(voice: ChildVoice) -> None:
    sound, ends = await spoken(voice, "Stop. Now. Please. Come here.")
    loudness = np.abs(np.frombuffer(sound.data, "<i2").astype(int))
    for end in ends[:3]:
        at, ms = end * sound.rate_hz // 1000, sound.rate_hz // 1000
        assert loudness[at - 150 * ms : at].mean() > 4 * loudness[at + 40 * ms : at + 80 * ms].mean()


@pytest.mark.parametrize(("text", "pause"), [("I fell.", SENTENCE_MS), ("I fell,", CLAUSE_MS), ("I fell", RUNNING_MS)])
async def test_speech_begins_at_once_and_a_pause_follows(voice: ChildVoice, text: str, pause: int) -> None:
    sound = await sound_of(voice, text, "female adult")
    start, end = speech_span_ms(sound)
    assert start <= LEAD_MS + 1
    assert pause - 2 <= sound.duration_ms - end <= pause + 60
    slow = await sound_of(voice, text, "female adult slow")
    assert slow.duration_ms - speech_span_ms(slow)[1] >= 1.2 * pause - 2


async def test_two_at_once_do_not_disturb_each_other(voice: ChildVoice) -> None:
    texts = (SENTENCE, "No. It hurts when I breathe in, just here.")
    alone = [await spoken(voice, text) for text in texts]
    together = await asyncio.gather(*(spoken(voice, text) for text in texts))
    for (sound, ends), (sound_then, ends_then) in zip(alone, together, strict=True):
        assert sound.duration_ms == pytest.approx(sound_then.duration_ms, abs=60)
        # flite's breath differs from call to call, and with it where a word before a pause dies away
        assert len(ends) == len(ends_then)
        assert np.median(np.abs(np.array([0, *ends]) - [0, *ends_then])) < 30


async def test_a_child_killed_in_the_middle_is_an_error_once(voice: ChildVoice) -> None:
    before, starts = await spoken(voice, SENTENCE), voice.worker.starts
    child, asked = voice.worker._child, voice.worker._last_id
    assert child is not None
    child.process.send_signal(signal.SIGSTOP)
    speaking = asyncio.create_task(spoken(voice, SENTENCE))
    while voice.worker._last_id == asked:  # noqa: ASYNC110 - a thread sets no event
        await asyncio.sleep(0)
    child.process.kill()
    with pytest.raises(EngineError) as failed:
        await speaking
    assert failed.value.code == "engine_crashed"
    assert "floor" not in failed.value.message
    assert len((await spoken(voice, SENTENCE))[1]) == len(before[1])
    assert voice.worker.starts == starts + 1


@pytest.mark.parametrize("text", MUTE)
async def test_nothing_to_say_is_no_sound(voice: Voice, text: str) -> None:
    assert (await sound_of(voice, text)).samples == 0


async def test_odd_texts_leave_it_alive(voice: Voice) -> None:
    for text in ODD:
        async with aclosing(voice.speak(text, voice="male")) as sound:  # type: ignore[type-var]
            assert (await anext(sound)).pcm.samples > 0
    assert (await sound_of(voice, SENTENCE)).duration_ms > 500


async def test_letters_it_cannot_say_are_sound_or_a_named_error(voice: Voice) -> None:
    try:
        assert (await sound_of(voice, "\N{ARABIC LETTER MEEM}\N{ARABIC LETTER REH}\N{ARABIC LETTER HAH}")).samples > 0
    except EngineError as error:
        assert error.code == "unsayable"


async def test_pace_and_age_are_audible(voice: Voice) -> None:
    quick = await sound_of(voice, SENTENCE, "female quick")
    slow = await sound_of(voice, SENTENCE, "female old slow")
    assert slow.duration_ms > 1.2 * quick.duration_ms


async def test_closing_early_leaves_it_ready_for_the_next(voice: Voice) -> None:
    for _ in range(3):
        async with aclosing(voice.speak(SENTENCE * 4, voice="")) as sound:  # type: ignore[type-var]
            await anext(sound)
    assert (await sound_of(voice, SENTENCE)).duration_ms > 500


class SoonSet(threading.Event):
    """An event that is set from the second look on, and counts the looks."""

    looks = 0

    def is_set(self) -> bool:
        self.looks += 1
        return self.looks > 1


@pytest.mark.parametrize(
    ("work", "request_for"), [(FliteWork, flite.request_for), (EspeakWork, espeak.request_for)], ids=["flite", "espeak"]
)
def test_a_synthesis_is_broken_off_where_it_stands(work: Any, request_for: Any) -> None:
    stopped = SoonSet()
    if work is EspeakWork:
        stopped.looks = 1
    list(
        work()(Frame(request_for("I was on that floor till the milkman came and fetched her.", describe(""))), stopped)
    )
    # run to the end it would have looked a hundred times
    assert 2 <= stopped.looks < 8


async def test_flite_gives_each_cast_member_another_voice() -> None:
    voice = FliteVoice()
    people = ("male", "male old", "female", "female child")
    pitches = [pitch_hz(await sound_of(voice, SENTENCE, name)) for name in people]
    await catalog.close(voice)
    assert all(higher > lower + 8 for lower, higher in pairwise(sorted(pitches))), dict(
        zip(people, pitches, strict=True)
    )


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("female old slow", "slt"),
        ("", "slt"),
        ("male", "rms"),
        ("male old", "awb"),
        ("boy", "awb"),
        ("kal16 male", "kal16"),
    ],
)
def test_flite_picks_the_nearest_voice(description: str, name: str) -> None:
    assert flite.pick(describe(description)) == name


def test_flite_missing_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flite, "_places", lambda _: iter(()))
    with pytest.raises(EngineMissing, match="install"):
        FliteVoice()


def test_no_gpl_library_is_imported_by_the_server() -> None:
    program = (
        "import sys\n"
        "from server.engines import catalog\n"
        "from server.engines.embedded import espeak\n"
        "from server.engines.piper import piper\n"
        "espeak.EspeakVoice()\n"
        "print({'piper', 'espeakng_loader'} & {name.split('.')[0] for name in sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_description_in_words() -> None:
    old = describe("Female, old slow")
    assert (old.sex, old.age) == ("female", "old")
    assert old.stretch > 1.3
    assert old.pitch < 1
    assert describe("").stretch == 1.0
    assert describe("male slt").names == {"slt"}


def test_what_can_be_said() -> None:
    assert speakable("I\N{RIGHT SINGLE QUOTATION MARK}m  *fine*\n[[x]]") == "I'm fine x"
    assert len(speakable("word " * 1_000)) <= LONGEST_CHARS
    assert all(len(piece) <= PIECE_CHARS for piece in pieces("word " * 200))
    assert pieces("When I was on that floor all that long night, I thought of you.")[1:] == ["I thought of you."]
    assert " ".join(pieces(SENTENCE)) == SENTENCE
