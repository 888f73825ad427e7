"""What every voice must do, asked of each real one: flite, espeak-ng, and Piper with a tiny voice made on the spot."""

from __future__ import annotations

import subprocess
import sys
from array import array
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from server.core.audio import Pcm
from server.core.errors import EngineError, EngineMissing
from server.engines import catalog, flite
from server.engines.description import describe
from server.engines.espeak import EspeakVoice
from server.engines.flite import FliteVoice
from server.engines.piper import PiperVoice
from server.engines.protocols import Voice
from server.engines.speakable import LONGEST_CHARS, pieces, speakable
from tests.models.tiny_piper import RATE_HZ, make_voice

SENTENCE = "I was on that floor till the milkman came."
ODD = [
    "1" * 5_000,
    "a" * 10_000,
    "buttons",
    "5 < 10 & <b>",
    "h\N{LATIN SMALL LETTER SCHWA}l\N{MODIFIER LETTER TRIANGULAR COLON}",
    "[[hello]] there",
]
MUTE = ["", " ", ".", "..", "\N{HORIZONTAL ELLIPSIS}", "\N{SLIGHTLY SMILING FACE}", "\x00\u202e", "[[ ]]"]


@pytest.fixture(params=["flite", "espeak", "piper"])
async def voice(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Voice]:
    makers: dict[str, Callable[[], Voice]] = {
        "flite": FliteVoice,
        "espeak": EspeakVoice,
        "piper": lambda: PiperVoice(make_voice(tmp_path)),
    }
    made = makers[request.param]()
    yield made
    await catalog.close(made)


async def sound_of(voice: Voice, text: str, description: str = "female") -> Pcm:
    parts = [part.pcm async for part in voice.speak(text, voice=description)]
    return Pcm(b"".join(part.data for part in parts), parts[0].rate_hz if parts else 16_000)


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
    assert {part.rate_hz for part in parts} <= {16_000, RATE_HZ}
    assert loudest(sum(parts[1:], parts[0])) > 1_000
    assert voice.info.ready and voice.info.version and voice.info.licence


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
        async with aclosing(voice.speak(SENTENCE * 10, voice="")) as sound:  # type: ignore[type-var]
            await anext(sound)
    assert (await sound_of(voice, SENTENCE)).duration_ms > 500


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


def test_a_missing_piper_voice_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"nobody\.onnx is missing"):
        PiperVoice(tmp_path / "nobody.onnx")
    path = make_voice(tmp_path)
    Path(f"{path}.json").unlink()
    with pytest.raises(EngineMissing, match=r"tiny\.onnx\.json is missing"):
        PiperVoice(path)


def corrupted(path: Path, ending: str) -> Path:
    Path(f"{path}{ending}").write_bytes(b"{}" if ending else b"not a graph")
    return path


@pytest.mark.parametrize("ending", ["", ".json"])
async def test_a_corrupt_piper_voice_is_named(tmp_path: Path, ending: str) -> None:
    voice = PiperVoice(corrupted(make_voice(tmp_path), ending))
    with pytest.raises(EngineError, match=r"tiny\.onnx") as failed:
        await sound_of(voice, SENTENCE)
    voice.close()
    assert failed.value.code == "voice_corrupt"


async def test_a_piper_child_that_died_is_replaced(tmp_path: Path) -> None:
    voice = PiperVoice(make_voice(tmp_path, speakers=2))
    before = await sound_of(voice, SENTENCE, "1")
    assert voice.worker._child is not None
    voice.worker._child.process.kill()
    voice.worker._child.process.wait()
    assert await sound_of(voice, SENTENCE, "1") == before
    voice.close()
    assert voice.worker.starts == 2


def test_no_gpl_library_is_imported_by_the_server() -> None:
    program = (
        "import sys\n"
        "from server.engines import catalog, espeak, piper\n"
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
    assert all(len(piece) <= 245 for piece in pieces("word " * 200))
    assert " ".join(pieces(SENTENCE)) == SENTENCE
