"""Piper's sound slice by slice: the same samples as all at once, and all at once where that cannot be known."""

from __future__ import annotations

import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import numpy as np
import onnx
import onnxruntime as ort
import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper.patch_voice_with_alignment import add_alignment_output

from server.core.sound.audio import Pcm
from server.engines.children.frames import Frame
from server.engines.piper import cut as piper_cut
from server.engines.piper import decoder as piper_decoder
from server.engines.piper import worker as piper_worker
from server.engines.piper.cut import Cut, cut_voice
from server.engines.piper.piper import PiperVoice
from server.engines.piper.reach import Context
from server.engines.piper.slices import FIRST_S, LONGEST_S, Pace, slices_of
from server.engines.planned import TAIL_MS, plan
from server.engines.shaping import LEAD_MS, SENTENCE_MS
from tests.engines.test_speaking import SENTENCE
from tests.models.telling_piper import RATE_HZ, make_telling_voice
from tests.models.tiny_piper import make_voice
from tests.models.upsampling_piper import HOP, Spoilt, make_upsampling_voice

SPOILT = [spoilt for spoilt in get_args(Spoilt) if spoilt]
SPEAKERS = (1, 3)


@pytest.fixture(autouse=True)
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decoding takes no time, so that the sizes of slices are the same on any machine."""
    monkeypatch.setattr(piper_decoder, "perf_counter", lambda: 0.0)


def frames_of(path: Path, text: str = SENTENCE, *, speaker: int = 0, sliced: bool = True) -> list[Frame]:
    """What the child would send, made in this process."""
    work = piper_worker.PiperWork(path)
    decoder = work._loaded[path]._session.decoder
    if decoder and not sliced:
        decoder.proven = False
    request = {"text": text, "voice": str(path), "stretch": 1.0, "speaker": speaker}
    return list(work(Frame(request), threading.Event()))


def samples(frames: list[Frame]) -> Any:
    return np.frombuffer(b"".join(frame.payload for frame in frames), "<i2").astype(int)


def run_whole(path: Path, inputs: dict[str, Any]) -> Any:
    return ort.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, inputs)[0].reshape(-1)


def some_inputs(speakers: int) -> dict[str, Any]:
    ids = np.arange(1, 60, dtype=np.int64)[None]
    found = {"input": ids, "input_lengths": np.array([59]), "scales": np.array([0.6, 1.0, 0.8], np.float32)}
    return found | ({"sid": np.array([speakers - 1])} if speakers > 1 else {})


def a_cut(path: Path) -> Cut:
    cut = cut_voice(path)
    assert cut is not None
    return cut


def names(model: bytes, kind: str) -> set[str]:
    graph = onnx.load_from_string(model).graph
    found = graph.initializer if kind == "weights" else graph.node
    return {each.name if kind == "weights" else each.output[0] for each in found}


# the cut


@pytest.mark.parametrize("speakers", SPEAKERS)
def test_the_halves_one_after_the_other_are_the_voice(tmp_path: Path, speakers: int) -> None:
    path = make_upsampling_voice(tmp_path, speakers=speakers)
    cut = a_cut(path)
    front, decoder = (
        ort.InferenceSession(half, providers=["CPUExecutionProvider"]) for half in (cut.front, cut.decoder)
    )
    frames, durations = front.run(None, some_inputs(speakers))
    assert int(durations.sum()) == frames.shape[2]
    [sound] = decoder.run(None, {cut.frames: frames})
    assert frames.shape[1] == cut.channels
    assert np.abs(sound.reshape(-1) - run_whole(path, some_inputs(speakers))).max() < 1e-6


def test_nothing_is_in_both_halves_and_nothing_is_lost(tmp_path: Path) -> None:
    path = make_upsampling_voice(tmp_path, speakers=3)
    cut = a_cut(path)
    onnx.checker.check_model(onnx.load_from_string(cut.decoder))
    for kind in ("nodes", "weights"):
        front, decoder = names(cut.front, kind), names(cut.decoder, kind)
        shared = front & decoder
        assert shared <= {"behind"}  # one number that both use
        assert front | decoder == used(path, kind)


def used(path: Path, kind: str) -> set[str]:
    """All of a file, but for what nothing there uses."""
    model = onnx.load(str(path))
    taken = {name for node in model.graph.node for name in node.input}
    return {name for name in names(path.read_bytes(), kind) if kind == "nodes" or name in taken}


def test_the_context_is_just_what_a_frame_has_a_share_in(tmp_path: Path) -> None:
    """Changing one frame changes the sound of the frames that look at it, and no other."""
    cut = a_cut(make_upsampling_voice(tmp_path))
    decoder = ort.InferenceSession(cut.decoder, providers=["CPUExecutionProvider"])
    frames = np.random.default_rng(1).standard_normal((1, cut.channels, 60)).astype(np.float32)
    other = frames.copy()
    other[:, :, 30] += 1.0
    one, two = (decoder.run(None, {cut.frames: each})[0].reshape(-1) for each in (frames, other))
    changed = np.flatnonzero(one != two) // HOP
    before, after, hop = cut.context
    assert hop == HOP
    assert (30 - changed.min(), changed.max() - 30) == (after, before)


def test_a_voice_that_tells_its_durations_already_is_cut_as_well(tmp_path: Path) -> None:
    path = make_upsampling_voice(tmp_path)
    model = onnx.load(str(path))
    add_alignment_output(model)
    onnx.save(model, str(path))
    cut = a_cut(path)
    assert [each.name for each in onnx.load_from_string(cut.decoder).graph.output] == ["output"]
    assert [each.name for each in onnx.load_from_string(cut.front).graph.output] == [cut.frames, "w_ceil"]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_decoder_of_another_kind_is_not_cut_and_speaks_whole(tmp_path: Path, spoilt: Spoilt) -> None:
    path = make_upsampling_voice(tmp_path, spoilt=spoilt)
    assert cut_voice(path) is None
    frames = frames_of(path)
    assert len(frames) == 1
    assert samples(frames).size % HOP in (0, HOP - 1, 1)
    assert np.abs(samples(frames)).max() > 300


def test_a_voice_without_convolutions_or_durations_is_not_cut(tmp_path: Path) -> None:
    assert cut_voice(make_telling_voice(tmp_path)) is None
    assert cut_voice(make_voice(tmp_path)) is None


# slices against the whole


@pytest.mark.parametrize("speakers", SPEAKERS)
def test_slices_are_the_whole(tmp_path: Path, speakers: int) -> None:
    path = make_upsampling_voice(tmp_path, speakers=speakers)
    sliced, whole = (frames_of(path, speaker=speakers - 1, sliced=sliced) for sliced in (True, False))
    assert len(sliced) > 2 and len(whole) == 1
    assert [frame.header["more"] for frame in sliced] == [True] * (len(sliced) - 1) + [False]
    assert np.abs(samples(sliced) - samples(whole)).max() <= 1
    assert len(sliced[0].payload) / 2 == round(FIRST_S * RATE_HZ / HOP) * HOP
    # all that is known before the sound comes with the first
    known = {key: value for key, value in whole[0].header.items() if key != "more"}
    assert {key: value for key, value in sliced[0].header.items() if key != "more"} == known
    assert known["length_ms"] == samples(whole).size * 1000 / RATE_HZ
    assert known["ends"] == sorted(known["ends"]) and len(known["ends"]) == len(SENTENCE.split())


def test_speakers_of_a_sliced_voice_differ(tmp_path: Path) -> None:
    path = make_upsampling_voice(tmp_path, speakers=3)
    one, two = (samples(frames_of(path, speaker=speaker)) for speaker in (0, 2))
    assert np.abs(one - two).max() > 1_000


@pytest.mark.parametrize("missing", [3, 6])
def test_slices_that_are_not_the_whole_are_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    path = make_upsampling_voice(tmp_path)
    right = samples(frames_of(path))
    before, after, hop = a_cut(path).context
    monkeypatch.setattr(piper_cut, "context_of", lambda *_: Context(before - missing, after - missing, hop))
    frames = frames_of(path)
    assert len(frames) == 1
    assert np.abs(samples(frames) - right).max() <= 1


def test_halves_that_do_not_run_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_upsampling_voice(tmp_path)
    right = samples(frames_of(path))

    def fails(*_: object) -> None:
        raise RuntimeError("no such kernel")

    monkeypatch.setattr(piper_decoder.Decoder, "sound", fails)
    [frame] = frames_of(path)
    assert np.abs(samples([frame]) - right).max() <= 1
    assert frame.header["ends"]


def test_a_voice_with_a_wrong_hop_length_is_spoken_whole(tmp_path: Path) -> None:
    """Its durations do not add up to its sound, so its length is not known before."""
    [frame] = frames_of(make_upsampling_voice(tmp_path, hop_length=HOP * 4))
    assert frame.header["ends"] == [] and "length_ms" not in frame.header


def test_nothing_is_decoded_after_a_stop(tmp_path: Path) -> None:
    path, stopped = make_upsampling_voice(tmp_path), threading.Event()
    work = piper_worker.PiperWork(path)
    speaking = work(Frame({"text": SENTENCE, "voice": str(path), "stretch": 1.0}), stopped)
    assert next(speaking).header["more"]
    stopped.set()
    while not work._loaded[path]._session._run_options.terminate:
        time.sleep(0.001)
    assert list(speaking) == []


# sizes


@given(st.integers(1, 3_000), st.integers(0, 30), st.floats(0, 2), st.sampled_from([62.5, 86.13, 100.0]))
def test_every_frame_is_in_one_slice(frames: int, beside: int, work: float, a_second: float) -> None:
    slices = list(slices_of(frames, Pace(a_second, beside, work)))
    assert [start for start, _ in slices] == [0, *(end for _, end in slices[:-1])]
    assert slices[-1][1] == frames
    assert all(end - start < 2 * LONGEST_S * a_second for start, end in slices) or work > 0.3


@given(st.integers(1, 3_000), st.integers(0, 30), st.floats(0.01, 0.39))
def test_playing_never_starves(frames: int, beside: int, work: float) -> None:
    """Each slice is there before the one that came before it has been played."""
    pace = Pace(86.13, beside, work)
    now = ready_until = 0.0
    for start, end in slices_of(frames, pace):
        cost = (min(end + beside, frames) - max(0, start - beside)) / pace.frames_a_second * work
        now += cost
        assert start == 0 or now <= ready_until + 0.03
        ready_until = max(ready_until, now) + (end - start) / pace.frames_a_second


def test_a_slow_machine_speaks_whole() -> None:
    assert len(list(slices_of(500, Pace(86.13, 9, 0.45)))) == 1
    assert len(list(slices_of(500, Pace(86.13, 9, 0.1)))) > 3
    first, slower = (next(slices_of(5_000, Pace(86.13, 9, work)))[1] for work in (0.1, 0.38))
    assert first == round(FIRST_S * 86.13) < slower


# on the other side of the pipe


@pytest.mark.parametrize("text", [SENTENCE, "Stop.", "I fell", "I was on that floor, and then he came, you see."])
async def test_with_the_first_sound_its_length_and_word_ends_are_known(tmp_path: Path, text: str) -> None:
    voice = PiperVoice(make_upsampling_voice(tmp_path, speakers=3))
    try:
        parts = [part async for part in voice.speak(text, voice="female")]
    finally:
        voice.close()
    assert len(parts[0].word_ends_ms) == len(text.split())
    assert not any(part.word_ends_ms or part.whole_ms for part in parts[1:])
    sound = sum((part.pcm for part in parts[1:]), parts[0].pcm)
    assert parts[0].whole_ms == sound.duration_ms
    assert list(parts[0].word_ends_ms) == sorted(parts[0].word_ends_ms)
    assert parts[0].word_ends_ms[-1] < parts[0].whole_ms


async def test_of_two_sentences_the_length_is_known_only_at_the_end(tmp_path: Path) -> None:
    voice = PiperVoice(make_upsampling_voice(tmp_path))
    try:
        parts = [part async for part in voice.speak("I fell. Nobody came, nurse.", voice="female")]
    finally:
        voice.close()
    assert not any(part.whole_ms for part in parts)
    assert sum(len(part.word_ends_ms) for part in parts) == 5


@pytest.mark.parametrize("cuts", [(), (400,), (310, 620, 1_250), (300, 1_990, 1_999)])
def test_a_plan_gives_what_it_says_however_the_sound_comes(cuts: tuple[int, ...]) -> None:
    """200 ms of silence, 1,300 ms of sound whose last word ends 20 ms earlier, 500 ms of breath."""
    loud = np.concatenate([np.zeros(4_410), np.full(28_665, 9_000), np.full(11_025, 2_000)]).astype("<i2")
    marks = [0, *(round(cut * RATE_HZ / 1000) for cut in cuts), loud.size]
    parts = [Pcm(loud[start:end].tobytes(), RATE_HZ) for start, end in pairwise(marks)]
    planned = plan(parts[0], loud.size * 1000 / RATE_HZ, 1_480, SENTENCE_MS)
    given = [planned.take(part, part is not parts[-1]) for part in parts]
    sound = sum(given[1:], given[0])
    assert sound.samples == planned.length
    assert planned.length_ms == 1_480 - 200 + LEAD_MS + TAIL_MS + SENTENCE_MS
    values = np.frombuffer(sound.data, "<i2")
    assert np.flatnonzero(values)[0] == pytest.approx(LEAD_MS * RATE_HZ / 1000, abs=1)
    assert abs(int(values[-1])) < 100 < abs(int(values[-200]))  # cut without a click


def test_a_plan_adds_the_silence_that_the_sound_lacks() -> None:
    sound = Pcm(np.full(RATE_HZ, 9_000, "<i2").tobytes(), RATE_HZ)
    planned = plan(sound, 1_000, 990, SENTENCE_MS)
    values = np.frombuffer(planned.take(sound, False).data, "<i2")
    assert planned.length_ms == 1_000 + SENTENCE_MS
    assert values.size == planned.length and not values[RATE_HZ:].any() and (values[:RATE_HZ] == 9_000).all()
