"""A supervised child process: answers, stops, crashes, hangs, and what the parent makes of each."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from itertools import islice
from threading import Event, Thread, Timer
from typing import Any

import pytest

from server.core.errors import EngineError, EngineMissing
from server.engines.children.frames import BrokenFrame, Frame, read_frame, write_frame
from server.engines.children.worker import Worker, WorkerLimits

MakeWorker = Callable[..., Worker]


@pytest.fixture
def make() -> Iterator[MakeWorker]:
    made: list[Worker] = []

    def worker(*arguments: str, **limits: Any) -> Worker:
        made.append(Worker("tests.models.fake_child", arguments, name="The fake", limits=WorkerLimits(**limits)))
        return made[-1]

    yield worker
    for each in made:
        each.close()


def ask(worker: Worker, do: str, payload: bytes = b"") -> list[Frame]:
    return list(worker.request({"do": do}, Event(), payload))


def code_of(worker: Worker, do: str) -> str:
    with pytest.raises(EngineError) as failed:
        ask(worker, do)
    assert "secret" not in str(failed.value)
    return failed.value.code


def test_it_starts_at_the_first_request_and_stays(make: MakeWorker) -> None:
    worker = make()
    assert worker.pid == 0
    first, second = ask(worker, "echo", b"\n\x00sound"), ask(worker, "echo")
    assert first[0].payload == b"\n\x00sound"
    assert first[0].header["pid"] == second[0].header["pid"] == worker.pid
    assert worker.starts == 1


def test_a_failed_request_is_an_error_and_the_child_lives(make: MakeWorker) -> None:
    worker = make()
    assert code_of(worker, "fail") == "undone"
    assert code_of(worker, "break") == "engine_failed"
    assert ask(worker, "echo")
    assert worker.starts == 1


def test_stop_ends_an_answer_and_keeps_the_child(make: MakeWorker) -> None:
    worker, stop = make(stop_s=30.0), Event()
    for frame in worker.request({"do": "count"}, stop):
        if frame.header["number"] == 3:
            stop.set()
    assert ask(worker, "echo")
    assert worker.starts == 1


def test_closing_the_iterator_ends_an_answer(make: MakeWorker) -> None:
    worker = make(stop_s=30.0)
    answer = worker.request({"do": "count"}, Event())
    assert len(list(islice(answer, 3))) == 3
    answer.close()
    assert [frame.kind for frame in ask(worker, "echo")] == ["data"]
    assert worker.starts == 1


def test_a_child_that_does_not_stop_is_killed(make: MakeWorker) -> None:
    worker, stop = make(stop_s=0.2), Event()
    worker.start()
    Timer(0.2, stop.set).start()
    assert list(worker.request({"do": "hang"}, stop)) == []
    assert worker.pid == 0
    assert ask(worker, "echo")
    assert worker.starts == 2


def test_a_hanging_child_is_a_timeout(make: MakeWorker) -> None:
    worker = make(reply_s=2.0)
    assert code_of(worker, "hang") == "engine_timeout"
    assert ask(worker, "echo")
    assert worker.starts == 2


def test_after_a_crash_it_is_started_again_but_not_for_ever(make: MakeWorker) -> None:
    worker = make(crashes=2)
    assert code_of(worker, "crash") == "engine_crashed"
    assert ask(worker, "echo")
    assert code_of(worker, "crash") == "engine_crashed"
    assert code_of(worker, "echo") == "engine_crashing"
    assert worker.starts == 2


def test_what_it_says_of_itself_comes_with_ready(make: MakeWorker) -> None:
    worker = make()
    worker.start()
    assert worker.about == {"name": "fake", "threads": "1", "kind": "ready"}
    many = Worker("tests.models.fake_child", name="The fake", threads=3)
    many.start()
    many.close()
    assert many.about["threads"] == "3"


def test_a_fresh_child_takes_over_between_requests(make: MakeWorker) -> None:
    worker = make()
    old = ask(worker, "echo")[0].header["pid"]
    answer = worker.request({"do": "count"}, Event())
    next(answer)
    renewing = Thread(target=worker.renew)
    renewing.start()
    assert next(answer).header["number"] == 1
    answer.close()
    renewing.join()
    assert ask(worker, "echo")[0].header["pid"] not in {old, 0}
    with pytest.raises(ProcessLookupError):
        os.kill(old, 0)
    assert worker.starts == 2


def test_where_no_fresh_child_can_be_had_the_old_one_goes_on(make: MakeWorker) -> None:
    worker = make()
    old = ask(worker, "echo")[0].header["pid"]
    worker._command.append("missing")
    with pytest.raises(EngineMissing):
        worker.renew()
    assert ask(worker, "echo")[0].header["pid"] == old


def test_what_keeps_it_from_starting_reaches_the_caller(make: MakeWorker) -> None:
    with pytest.raises(EngineMissing, match="pip install it"):
        make("missing").start()
    with pytest.raises(EngineError) as broken:
        make("broken").start()
    assert broken.value.code == "engine_failed"
    with pytest.raises(EngineError) as dead:
        make("dead").start()
    assert dead.value.code == "engine_crashed"


def test_closing_leaves_no_process(make: MakeWorker) -> None:
    worker = make()
    worker.start()
    pid = worker.pid
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_child_ends_with_its_parents_end_of_the_pipe(make: MakeWorker) -> None:
    worker = make()
    worker.start()
    assert worker._child is not None
    process = worker._child.process
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    "line", [b"noise\n", b"[]\n", b"{}\n", b'{"bytes": -1}\n', b'{"bytes": 9}\nshort', b'{"bytes": 1e99}\n']
)
def test_what_is_no_frame_is_named(line: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(line))


def test_frames_round_trip() -> None:
    pipe = io.BytesIO()
    for frame in (Frame({"id": 1, "text": "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}\n"}, b"\n\n"), Frame()):
        write_frame(pipe, frame)
    pipe.seek(0)
    assert read_frame(pipe) == Frame({"id": 1, "text": "Zo\N{LATIN SMALL LETTER E WITH DIAERESIS}\n"}, b"\n\n")
    assert read_frame(pipe) == Frame()
    assert read_frame(pipe) is None
