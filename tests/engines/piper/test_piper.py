"""Piper for real, with small voices made on the spot: their tones say nothing, but all around them is Piper's."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from piper.patch_voice_with_alignment import add_alignment_output

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import Pcm
from server.engines.children.frames import Frame
from server.engines.description import describe
from server.engines.piper import worker as piper_worker
from server.engines.piper.graph import read_graph, telling_model
from server.engines.piper.piper import PiperVoice
from server.engines.piper.voices import Speaker, choose, speakers_in
from tests.engines.test_speaking import SENTENCE, sound_of, spoken
from tests.models.telling_piper import HOP, RATE_HZ, make_telling_voice
from tests.models.tiny_piper import make_voice


@asynccontextmanager
async def a_voice(path: Path) -> AsyncIterator[PiperVoice]:
    voice = PiperVoice(path)
    try:
        yield voice
    finally:
        voice.close()


def silences(sound: Pcm, least_ms: int) -> list[float]:
    """Where each silence of at least `least_ms` begins, in ms."""
    loud = np.flatnonzero(np.abs(np.frombuffer(sound.data, "<i2").astype(int)) > 300)
    gaps = np.flatnonzero(np.diff(loud) > least_ms * sound.rate_hz / 1000)
    return [float(loud[gap]) * 1000 / sound.rate_hz for gap in gaps] + [float(loud[-1]) * 1000 / sound.rate_hz]


# where words end


async def test_words_end_where_their_tones_stop(tmp_path: Path) -> None:
    """The voice is silent for 58 ms between words that espeak keeps apart, and nowhere else for so long."""
    text = "My chest hurts badly, nurse. Please fetch someone quickly!"
    async with a_voice(make_telling_voice(tmp_path)) as voice:
        sound, ends = await spoken(voice, text)
    stops = silences(sound, 45)
    assert len(stops) == len(text.split())
    # the pad after a word's last phoneme is the word's: one frame
    assert ends == pytest.approx(stops, abs=1000 * HOP / RATE_HZ + 1)


async def test_words_that_espeak_runs_together_end_apart(tmp_path: Path) -> None:
    async with a_voice(make_telling_voice(tmp_path)) as voice:
        _, ends = await spoken(voice, "It has been of the in a row.")
    assert all(after - before > 60 for before, after in pairwise(ends))


def test_a_patched_file_is_not_patched_again(tmp_path: Path) -> None:
    path = make_telling_voice(tmp_path)
    before = frames_of(path)
    model = onnx.load(str(path))
    add_alignment_output(model)
    onnx.save(model, str(path))
    assert telling_model(path) is None
    assert frames_of(path) == before
    assert all(frame.header["ends"] for frame in before)


def frames_of(path: Path, text: str = SENTENCE) -> list[Frame]:
    """What the child would send, made in this process."""
    request = {"text": text, "voice": str(path), "stretch": 1.0, "speaker": None}
    return list(piper_worker.PiperWork(path)(Frame(request), threading.Event()))


def test_what_is_appended_is_what_piper_itself_would_add(tmp_path: Path) -> None:
    path = make_telling_voice(tmp_path)
    theirs = onnx.load(str(path))
    add_alignment_output(theirs)
    ours = onnx.load_from_string(telling_model(path) or b"")
    assert ours == theirs


def test_lengths_of_another_sound_are_not_believed(tmp_path: Path) -> None:
    """With a wrong `hop_length` they do not add up to the sound; the words are then placed by their letters."""
    [wrong] = frames_of(make_telling_voice(tmp_path, "wrong", hop_length=HOP * 4))
    assert wrong.header["words"] == len(SENTENCE.split())
    assert wrong.header["ends"] == []


# who speaks

FOLDER = ("en_GB-alba-medium", "en_GB-alan-medium", "en_US-amy-medium", "en_US-joe-medium", "en_US-nobody-medium")


def folder_of(directory: Path, *names: str) -> Path:
    for number, name in enumerate(names or FOLDER):
        make_telling_voice(directory, name, rate_hz=RATE_HZ - 50 * number)
    return directory


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("", "alba"),
        ("female adult normal", "alba"),
        ("female adult slow low", "amy"),
        ("female old", "amy"),
        ("male adult normal", "alan"),
        ("male adult normal low", "joe"),
        ("male adult normal high", "alan"),
        ("male old slow", "joe"),
        ("male alba", "alba"),
        ("male EN_US-amy-medium", "amy"),
        ("nobody", "nobody"),
    ],
)
def test_a_description_picks_a_voice_of_the_folder(tmp_path: Path, description: str, name: str) -> None:
    voices = speakers_in(folder_of(tmp_path))
    assert choose(voices, describe(description)).path.stem.split("-")[1] == name


def test_speakers_inside_a_file_are_people_too(tmp_path: Path) -> None:
    path = make_telling_voice(
        tmp_path, "en_GB-semaine-medium", speakers=4,
        speaker_id_map={"prudence": 0, "spike": 1, "obadiah": 2, "poppy": 3},
    )  # fmt: skip
    voices = speakers_in(path)
    picked = {
        description: choose(voices, describe(description)).name
        for description in ("female", "female low", "male", "male old", "obadiah", "semaine", "3 female")
    }
    assert picked == {
        "female": "prudence", "female low": "poppy", "male": "spike", "male old": "obadiah", "obadiah": "obadiah",
        "semaine": "prudence", "3 female": "poppy",
    }  # fmt: skip


async def test_each_of_a_folder_speaks_at_its_own_rate(tmp_path: Path) -> None:
    async with a_voice(folder_of(tmp_path)) as voice:
        voice.start()
        rates = [(await sound_of(voice, SENTENCE, name)).rate_hz for name in ("alan", "alba", "amy", "alan")]
        assert rates == [RATE_HZ - 50, RATE_HZ, RATE_HZ - 100, RATE_HZ - 50]
        assert voice.worker.starts == 1


def test_no_more_than_three_voices_are_held(tmp_path: Path) -> None:
    folder_of(tmp_path)
    work = piper_worker.PiperWork(tmp_path / f"{FOLDER[0]}.onnx")
    for name in (*FOLDER, FOLDER[0]):
        request = {"text": "Yes.", "voice": str(tmp_path / f"{name}.onnx"), "stretch": 1.0, "speaker": None}
        assert [frame.header["words"] for frame in work(Frame(request), threading.Event())] == [1]
        assert len(work._loaded) <= piper_worker.MOST_VOICES
    assert [path.stem for path in work._loaded] == [FOLDER[3], FOLDER[4], FOLDER[0]]


# stopping


async def test_closing_stops_the_run_under_way(tmp_path: Path) -> None:
    """It takes many seconds of matrix products; without its termination the child would be killed and replaced."""
    async with a_voice(make_telling_voice(tmp_path, labour=1_500)) as voice:
        voice.start()
        speaking = asyncio.create_task(sound_of(voice, SENTENCE))
        idle = cpu_ticks(voice.worker.pid)
        while cpu_ticks(voice.worker.pid) < idle + 10:  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(0.01)
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
        # the next request begins only when the run has ended
        after = asyncio.create_task(sound_of(voice, SENTENCE))
        while voice.worker._last_id < 2:  # noqa: ASYNC110 - a thread sets no event
            await asyncio.sleep(0.01)
        assert voice.worker.starts == 1
        after.cancel()
        await asyncio.gather(after, return_exceptions=True)


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


# files that are no voices


def test_a_missing_voice_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=r"nobody\.onnx is missing"):
        PiperVoice(tmp_path / "nobody.onnx")
    with pytest.raises(EngineMissing, match="no voice in"):
        PiperVoice(tmp_path)
    path = make_voice(tmp_path)
    Path(f"{path}.json").unlink()
    for given in (path, tmp_path):
        with pytest.raises(EngineMissing, match=r"tiny\.onnx\.json is missing"):
            PiperVoice(given)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def other_model(path: Path) -> None:
    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    out = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Neg", ["x"], ["y"])], "other", [value], [out])
    onnx.save(onnx.helper.make_model(graph), str(path))


BAD_FILES = {
    "web page": lambda path: path.write_text("<html>Sign in</html>"),
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(os.urandom(5_000)),
    "truncated": truncated,
    "other model": other_model,
}


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.parametrize("default", [True, False])
async def test_a_corrupt_file_of_a_folder_is_named_at_the_start(tmp_path: Path, kind: str, default: bool) -> None:
    folder = folder_of(tmp_path, "en_GB-alba-medium", "en_US-amy-medium")
    bad = folder / ("en_GB-alba-medium.onnx" if default else "en_US-amy-medium.onnx")
    BAD_FILES[kind](bad)
    async with a_voice(folder) as voice:
        with pytest.raises(EngineError) as failed:
            voice.start()
    assert failed.value.code == "voice_corrupt"
    assert str(bad) in failed.value.message


@pytest.mark.parametrize(
    "config",
    [
        "{}",
        "[]",
        "not json",
        {"audio": {"sample_rate": 0}},
        {"audio": {"sample_rate": 4_000_000}},
        {"audio": {"sample_rate": "22050"}},
        {"audio": None},
        {"num_speakers": "one"},
        {"speaker_id_map": []},
        {"phoneme_id_map": None},
        {"espeak": {}},
    ],
    ids=str,
)
def test_a_configuration_that_is_none_is_named(tmp_path: Path, config: str | dict[str, Any]) -> None:
    path = make_telling_voice(tmp_path)
    file = Path(f"{path}.json")
    whole = config if isinstance(config, str) else json.dumps(json.loads(file.read_text("utf-8")) | config)
    file.write_text(whole, "utf-8")
    with pytest.raises(EngineError) as failed:
        PiperVoice(path)
    assert failed.value.code == "voice_corrupt"
    assert str(file) in failed.value.message


async def test_a_language_without_pronunciation_is_named(tmp_path: Path) -> None:
    async with a_voice(make_telling_voice(tmp_path, espeak={"voice": "no-such-language"})) as voice:
        with pytest.raises(EngineError, match=r"telling\.onnx") as failed:
            voice.start()
    assert failed.value.code == "voice_corrupt"


def test_any_bytes_are_a_graph_or_a_named_error(tmp_path: Path) -> None:
    whole = make_telling_voice(tmp_path).read_bytes()
    cut = tmp_path / "cut.onnx"
    for size in range(1, len(whole), len(whole) // 60):
        cut.write_bytes(whole[:size])
        with pytest.raises(EngineError, match=r"cut\.onnx"):
            read_graph(cut)


def test_a_name_that_is_built_otherwise_is_a_name() -> None:
    assert Speaker(Path("my voice.onnx")).names == {"my voice"}
    assert Speaker(Path("my voice.onnx")).sex == ""
