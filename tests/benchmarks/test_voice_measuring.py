"""The arithmetic behind the voice figures, on sounds and times whose answer is known."""

import asyncio
import subprocess
import sys
import time
import wave
from collections import deque
from pathlib import Path

import numpy as np
import pytest

from benchmarks import voice
from benchmarks.latency import printed, stages, summary
from benchmarks.ours.conversing import _meetings
from benchmarks.ours.heard import Spoken, errors, true_words, whole_sentences
from benchmarks.peer_house import NotMeasured, Peers, measured, pinned
from benchmarks.rounds import cpu_ms, percentile, until_idle_ms
from benchmarks.signals import chirp, delay_ms, shift_ms
from benchmarks.stopwatch import Notes, timed_engines
from benchmarks.student import AUDIO, SPOKEN, Message, Student, TooLong, audible
from benchmarks.voice_bars import BY_NAME, Row, row
from benchmarks.voice_sides import Bench, minute_of_speech
from server import app
from server.core.sound.audio import Pcm, silence
from server.core.transcript import Sentence
from server.settings import Settings


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([5.0, 1.0, 3.0, 2.0, 4.0], 0.5) == 3
    assert percentile(list(map(float, range(1, 101))), 0.95) == 95
    assert percentile([7.0], 0.99) == 7


def test_a_delay_line_is_measured_as_long_as_it_is() -> None:
    kept = bytearray()

    def held_back(data: bytes) -> bytes:
        """Gives everything but the newest ten milliseconds at 16 kHz."""
        kept.extend(data)
        given = bytes(kept[: max(0, len(kept) - 320)])
        del kept[: len(given)]
        return given

    found = delay_ms(held_back, 16_000, 16_000)
    assert (found["withheld_ms"], found["shift_ms"]) == (pytest.approx(10), 0)
    assert found["ms"] == pytest.approx(10)


def test_a_shifted_sound_is_measured_as_late() -> None:
    late = np.concatenate((np.zeros(80, np.int16), chirp(16_000)))[:16_000]
    assert shift_ms(late, 16_000) == pytest.approx(5)
    line: deque[bytes] = deque([bytes(640)])

    def swapped(data: bytes) -> bytes:
        line.append(data)
        return line.popleft()

    assert delay_ms(swapped, 16_000, 16_000)["ms"] == pytest.approx(20)


def test_onset_and_end_are_those_of_what_can_be_heard() -> None:
    tone = Pcm((np.sin(np.arange(2_400)) * 9_000).astype(np.int16).tobytes(), 24_000)
    first, last = audible(silence(200, 24_000) + tone + silence(300, 24_000))
    assert first == pytest.approx(200, abs=0.2)
    assert last == pytest.approx(300, abs=0.2)
    with pytest.raises(ValueError, match="silent"):
        audible(silence(100, 24_000))


FIRST = Spoken(Sentence("one two", 1_000, (400, 1_000)), (500.0, 1_000.0))
SECOND = Spoken(Sentence("three", 500), (500.0,))


def test_the_truth_counts_words_that_have_ended() -> None:
    assert [true_words([FIRST, SECOND], cut) for cut in (499, 500, 999, 1_000, 1_499, 1_500)] == [0, 1, 1, 2, 2, 3]


def test_whole_sentences_count_from_their_beginning_or_their_end() -> None:
    told = [FIRST.sentence, SECOND.sentence]
    assert [whole_sentences(told, cut, begun=True) for cut in (1, 999, 1_000)] == [2, 2, 3]
    assert [whole_sentences(told, cut, begun=False) for cut in (999, 1_000, 1_500)] == [0, 2, 3]


def test_errors_are_words_off_at_each_cut() -> None:
    found = errors([[FIRST, SECOND]])
    assert found["n"] == 29
    # at 400 and 450 ms our first word has ended and the true one has not; at 950 and 1,450 the end is near enough
    assert found["ours"] == pytest.approx(4 / 29)
    # by its characters "one" ends at 428; sentences that count at their end know nothing from 500 to 950, one word each
    assert found["characters"] == pytest.approx(3 / 29)
    assert found["sentence"] == pytest.approx(10 / 29)
    assert found["worst"] == 1


def messages() -> Student:
    """A turn that ended at 10 s, was decided at 11.2 and answered at 11.5."""
    here = Student(None)  # type: ignore[arg-type]
    for at, kind in ((9.0, AUDIO), (11.2, "input_audio_buffer.speech_stopped"), (11.3, SPOKEN), (11.5, AUDIO)):
        here.messages.append(Message(at, kind, {}))
    return here


def test_the_stages_add_up_to_the_whole() -> None:
    notes = Notes([11.32], [11.33], [11.34], [11.45], [(2.0, 3.0), (10.3, 11.28), (11.6, 12.0)])
    found = stages(10.0, messages(), notes, 1_200)
    assert {name: round(ms) for name, ms in found.items()} == {
        "decision": 1_200, "recognition": 980, "hidden": 900, "after_decision": 100, "direction": 40,
        "first_words": 10, "first_piece": 10, "first_sound": 110, "to_the_wire": 50, "total": 1_500,
        "beyond_patience": 300,
    }  # fmt: skip
    chain = ("direction", "first_words", "first_piece", "first_sound", "to_the_wire")
    late = 11_280 - 11_200
    assert found["decision"] + late + sum(found[name] for name in chain) == pytest.approx(found["total"])


def test_from_outside_only_the_wire_is_seen_and_no_answer_is_no_figure() -> None:
    assert set(stages(10.0, messages(), None, 1_200)) == {"decision", "after_decision", "total", "beyond_patience"}
    assert stages(11.4, messages(), None, 1_200) == {}
    figures = summary([{"total": 100.0}, {}, {"total": 300.0}])
    assert figures == {"total": {"median": 200.0, "p95": 300.0, "max": 300.0, "n": 2}}
    assert "total" in printed(figures)


async def test_engines_note_their_times_while_they_are_watched(tmp_path: Path) -> None:
    settings, notes, build = Settings(data_dir=tmp_path, hearing="off", speaking="off"), Notes(), app.build_engines
    with timed_engines(notes):
        engines = app.build_engines(settings)
    assert app.build_engines is build
    assert engines.voice is None and engines.actor.info.name == "scripted"
    before = time.monotonic()
    prompt = type("Asked", (), {"lines": ("I'm all packed.",)})()
    assert [text async for text in engines.actor.act(prompt)] == ["I'm all packed."]
    assert before <= notes.asked[0] <= notes.first_words[0] <= time.monotonic()


async def test_a_student_waits_for_what_comes_and_not_for_what_came() -> None:
    here = messages()
    found = await here.until(lambda message: message.kind == AUDIO, since=10.0, limit_s=1.0)
    assert found.at == 11.5
    with pytest.raises(TooLong):
        await here.until(lambda message: message.kind == AUDIO, since=12.0, limit_s=0.01)


def test_meetings_share_the_turns_out() -> None:
    assert _meetings(["a", "b"], 24) == [("a", 10), ("b", 10), ("a", 4)]


def test_a_minute_of_speech_is_a_minute(tmp_path: Path) -> None:
    with wave.open(str(minute_of_speech(tmp_path)), "rb") as file:
        assert (file.getnframes(), file.getframerate()) == (60 * 16_000, 16_000)
        assert np.abs(np.frombuffer(file.readframes(16_000 * 10), "<i2")).max() > 1_000


def test_a_measured_program_answers_in_turn_and_says_why_it_died() -> None:
    with measured(sys.executable, "benchmarks.ours.resampling") as ours:
        assert ours.measure(way="in", from_hz=16_000, to_hz=16_000)["ms"] == 0
        assert ours.measure(way="in", from_hz=48_000, to_hz=16_000)["ms"] > 0
        with pytest.raises(NotMeasured, match="KeyError"):
            ours.measure(way="in")


def test_a_process_that_is_gone_is_free() -> None:
    process = subprocess.Popen([sys.executable, "-c", "print(1, flush=True)\nwhile True: pass"], stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"1\n"
    assert cpu_ms(process.pid) > 0

    async def watched() -> float:
        watching = asyncio.create_task(until_idle_ms(process.pid))
        await asyncio.sleep(0.01)
        process.kill()
        process.communicate()
        return await watching

    assert asyncio.run(watched()) > 0
    with pytest.raises(FileNotFoundError):
        cpu_ms(process.pid)


def test_one_measurement_that_fails_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(_: Bench) -> list[Row]:
        raise NotMeasured("the engine is not here")

    good = [row("duck", 100, n=1, note="n"), row("loop_lag", 50, n=1, note="n")]
    monkeypatch.setattr(voice, "MEASUREMENTS", {"broken": breaks, "good": lambda _: good})
    rows, failed = voice.measure(["broken", "good"], Bench(lambda: Peers(Path()), tmp_path, quick=True))
    assert rows == good and failed == [{"name": "broken", "why": "the engine is not here"}]
    told = capsys.readouterr().out
    assert "not measured: the engine is not here" in told and "loop_lag: 50 ms; bar 20: DOES NOT HOLD" in told


def test_what_was_measured_on_names_no_machine() -> None:
    assert set(voice.machine()) == {"cores", "cpu", "memory_gib", "system", "python", "load_before"}


def test_the_peers_are_pinned_and_speak_with_the_piper_that_we_have() -> None:
    assert pinned()["piper-tts"] == voice.versions()["piper-tts"]
    assert voice.versions()["peer pipecat-ai"] == pinned()["pipecat-ai"]


def test_every_bar_is_measured_by_somebody() -> None:
    measured_by = {name: name.rsplit("_", 1)[0] for name in BY_NAME}
    assert all({name, measured_by[name]} & set(voice.MEASUREMENTS) for name in BY_NAME)


def test_a_row_that_is_measured_anew_takes_the_place_of_the_old() -> None:
    old = [{"name": "duck", "ours": 9}, {"name": "detecting", "ours": 1}]
    assert voice.in_order([{"name": "duck", "ours": 2}], old) == [
        {"name": "detecting", "ours": 1},
        {"name": "duck", "ours": 2},
    ]
