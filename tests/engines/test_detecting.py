"""The voice detector, and the file of faster-whisper that it borrows."""

from __future__ import annotations

import random
from array import array
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnxruntime
import pytest

from server.core.errors import EngineError
from server.core.sound.audio import BYTES_PER_SAMPLE, Pcm, silence
from server.engines.detecting import SileroDetectors, model_path
from server.engines.protocols import FRAME_SAMPLES, Detector
from tests.speech import TEXTS, clip

FRAME_BYTES = FRAME_SAMPLES * BYTES_PER_SAMPLE


@pytest.fixture(scope="module")
def detectors() -> SileroDetectors:
    return SileroDetectors()


def speech_share(detector: Detector, pcm: Pcm) -> float:
    whole = range(0, len(pcm.data) - FRAME_BYTES + 1, FRAME_BYTES)
    return sum(detector.probability(pcm.data[at : at + FRAME_BYTES]) > 0.5 for at in whole) / len(whole)


def test_the_borrowed_model_is_where_it_was() -> None:
    """Not a public interface of faster-whisper: when this fails, its release moved or changed the file."""
    assert model_path().name == "silero_vad_v6.onnx"
    session = onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])
    assert [given.name for given in session.get_inputs()] == ["input", "h", "c"]
    assert len(session.get_outputs()) == 3


@pytest.mark.parametrize("name", TEXTS)
def test_speech_is_speech(detectors: SileroDetectors, name: str) -> None:
    assert speech_share(detectors.detector(), clip(name)) > 0.6


def test_silence_and_noise_are_none(detectors: SileroDetectors) -> None:
    source = random.Random(1)
    noise = Pcm(array("h", (round(source.gauss(0, 1_500)) for _ in range(32_000))).tobytes())
    assert speech_share(detectors.detector(), silence(2_000)) == 0
    assert speech_share(detectors.detector(), noise) == 0


def test_streams_do_not_hear_each_other(detectors: SileroDetectors) -> None:
    alone, one, other = (detectors.detector() for _ in range(3))
    frames = [clip("hear-me").data[at : at + FRAME_BYTES] for at in range(0, 40 * FRAME_BYTES, FRAME_BYTES)]
    expected = [alone.probability(frame) for frame in frames]
    found = []
    for frame in frames:
        found.append(one.probability(frame))
        other.probability(bytes(FRAME_BYTES))
    assert found == expected


def test_each_frame_is_seen_with_the_end_of_the_one_before(detectors: SileroDetectors) -> None:
    session = onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])
    samples = np.frombuffer(clip("hear-me").data, "<i2").astype(np.float32) / 32768.0
    padded = np.concatenate((np.zeros(64, np.float32), samples))
    detector, h, c = detectors.detector(), np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32)
    for at in range(0, 40 * FRAME_SAMPLES, FRAME_SAMPLES):
        found, h, c = session.run(None, {"input": padded[None, at : at + 64 + FRAME_SAMPLES], "h": h, "c": c})
        frame = clip("hear-me").data[at * BYTES_PER_SAMPLE :][:FRAME_BYTES]
        assert detector.probability(frame) == pytest.approx(found.item(), abs=1e-4)


def test_reset_forgets_the_stream(detectors: SileroDetectors) -> None:
    detector = detectors.detector()
    first = speech_share(detector, clip("hear-me"))
    detector.reset()
    assert speech_share(detector, clip("hear-me")) == first


def test_another_length_and_another_file_are_named(detectors: SileroDetectors, tmp_path: Path) -> None:
    with pytest.raises(EngineError) as failed:
        detectors.detector().probability(bytes(10))
    assert failed.value.code == "wrong_frame"
    (tmp_path / "x.onnx").write_bytes(b"x")
    with pytest.raises(EngineError, match=r"x\.onnx"):
        SileroDetectors(tmp_path / "x.onnx")


def test_a_muted_microphone_costs_nothing_and_is_heard_again_when_it_speaks() -> None:
    def probabilities(detector: Detector) -> list[float]:
        muted = bytes(FRAME_SAMPLES * 2 * 200)
        sound = muted + clip("hear-me").data
        return [detector.probability(sound[at : at + FRAME_SAMPLES * 2]) for at in range(0, len(sound) - 1023, 1024)]

    asked: list[int] = []
    detector = SileroDetectors().detector()
    run = detector._session.run_with_iobinding  # type: ignore[attr-defined]

    def counted(bound: object) -> None:
        asked.append(1)
        run(bound)

    detector._session = SimpleNamespace(run_with_iobinding=counted)  # type: ignore[attr-defined]
    found = probabilities(detector)
    assert found[:200] == [pytest.approx(0.0, abs=0.2)] * 200
    assert max(found[200:]) > 0.9
    assert len(asked) == len(found) - 200 + 16
