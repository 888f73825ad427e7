"""An engine in a process of its own: its licence, its crashes and its memory stay there.

Blocking on purpose: callers are threads of an engine's pool (see `offload`), so a worker belongs to no event loop. The
child starts at the first request, answers one at a time, is told to stop when its answer is no longer wanted, is killed
when it does not, and is started again after a crash, but not for ever.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import weakref
from collections import deque
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.children.frames import BrokenFrame, Frame, read_frame, write_frame

_LOOK_S = 0.005
_ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class WorkerLimits:
    """How long a child may take, and how often it may die."""

    start_s: float = 60.0
    """From start to `ready`."""
    reply_s: float = 15.0
    """Longest silence inside an answer."""
    stop_s: float = 1.0
    """From `stop` to the end of the answer; after that it is killed."""
    crashes: int = 3
    """Deaths within `within_s` after which it is not started again until that time has passed."""
    within_s: float = 60.0


DEFAULT_LIMITS = WorkerLimits()


class Worker:
    """One supervised child. Safe to share between threads: requests wait for each other."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str] = (),
        *,
        name: str,
        limits: WorkerLimits = DEFAULT_LIMITS,
        threads: int = 1,
    ) -> None:
        """`threads`: how many its numeric libraries may use (`OMP_NUM_THREADS`)."""
        self._threads = threads
        self._command = [sys.executable, "-m", module, *arguments]
        self._name = name
        self._limits = limits
        self._busy = threading.Lock()
        self._child: _Child | None = None
        self._deaths: deque[float] = deque(maxlen=limits.crashes)
        self._last_id = 0
        self.starts = 0
        """How often a child was started."""
        self.about: dict[str, Any] = {}
        """What the last child said of itself when it was ready."""

    @property
    def pid(self) -> int:
        """Process id of the running child; 0 when there is none."""
        return self._child.process.pid if self._child and self._child.process.poll() is None else 0

    def start(self) -> None:
        """Have a ready child. Raises `EngineMissing`, `EngineError`."""
        with self._busy:
            self._ready()

    def request(self, header: dict[str, Any], stop: threading.Event, payload: bytes = b"") -> Generator[Frame]:
        """Yield the data frames of one answer. Setting `stop`, or closing the iterator, ends it early.

        Raises `EngineError`: what the child reported, `engine_timeout`, `engine_crashed`, `engine_crashing`.
        """
        with self._busy:
            child = self._ready()
            self._last_id += 1
            child.send(Frame(header | {"id": self._last_id}, payload))
            over = False
            try:
                while not stop.is_set():
                    frame = self._await(child, stop, self._limits.reply_s)
                    over = frame.kind in {"end", "failed", "stopped"}
                    if over:
                        self._raise_failure(frame)
                        return
                    yield frame
            except EngineError:
                over = True
                raise
            finally:
                if not over:
                    self._stop(child)

    def close(self) -> None:
        """End the child; a later request starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def renew(self) -> None:
        """Replace the running child by a fresh one, which is ready before the old one ends; no request is lost.

        Raises `EngineError` where a fresh one cannot be had: the old one goes on.
        """
        fresh = self._spawn()
        with self._busy:
            self.close()
            self._child = fresh

    def _ready(self) -> _Child:
        if self._child is not None and self._child.process.poll() is None:
            return self._child
        self.close()
        if len(self._deaths) == self._limits.crashes and monotonic() - self._deaths[0] < self._limits.within_s:
            raise EngineError(f"{self._name} keeps crashing and is left alone for a while.", code="engine_crashing")
        self._child = _Child(self._command, self._threads)
        self._greet(self._child)
        return self._child

    def _spawn(self) -> _Child:
        """A ready child beside the one that runs."""
        child = _Child(self._command, self._threads)
        self._greet(child)
        return child

    def _greet(self, child: _Child) -> None:
        """Wait until it is ready. Raises what keeps it from that."""
        self.starts += 1
        frame = self._await(child, None, self._limits.start_s)
        if frame.kind != "ready":
            self._drop(child)
            self._raise_failure(frame)
            raise EngineError(f"{self._name} did not start.", code="engine_crashed")
        self.about = frame.header

    def _await(self, child: _Child, stop: threading.Event | None, patience_s: float) -> Frame:
        deadline = monotonic() + patience_s
        while monotonic() < deadline:
            if stop is not None and stop.is_set():
                self._stop(child)
                return Frame({"kind": "stopped"})
            with suppress(queue.Empty):
                frame = child.frames.get(timeout=_LOOK_S)
                if frame is None:
                    raise self._crashed(child)
                return frame
        self._drop(child)
        self._deaths.append(monotonic())
        raise EngineError(f"{self._name} did not answer in time.", code="engine_timeout")

    def _crashed(self, child: _Child) -> EngineError:
        self._drop(child)
        self._deaths.append(monotonic())
        return EngineError(f"{self._name} crashed and will be started again.", code="engine_crashed")

    def _drop(self, child: _Child) -> None:
        child.kill()
        if self._child is child:
            self._child = None

    def _stop(self, child: _Child) -> None:
        """Give up on the current answer: wait for its end a moment, else kill."""
        child.send(Frame({"stop": self._last_id}))
        deadline = monotonic() + self._limits.stop_s
        with suppress(queue.Empty):
            while (frame := child.frames.get(timeout=max(0.0, deadline - monotonic()))) is not None:
                if frame.id == self._last_id and frame.kind in {"end", "failed"}:
                    return
        self._drop(child)

    def _raise_failure(self, frame: Frame) -> None:
        if frame.kind == "failed":
            code = str(frame.header["code"])
            kind = EngineMissing if code == EngineMissing.code else EngineError
            raise kind(str(frame.header["message"]), code=code)


class _Child:
    """A running process and the frames it has sent."""

    def __init__(self, command: list[str], threads: int) -> None:
        path = os.pathsep.join(part for part in (str(_ROOT), os.environ.get("PYTHONPATH", "")) if part)
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path, "OMP_NUM_THREADS": str(threads)},
        )
        self.frames: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=_read, args=(self.process, self.frames), daemon=True)
        self._reader.start()
        self.kill = weakref.finalize(self, _end, self.process, self._reader)

    def send(self, frame: Frame) -> None:
        """Send, or leave it: a dead child is noticed where its answer is read."""
        assert self.process.stdin is not None  # noqa: S101 - opened as a pipe above
        with suppress(OSError, ValueError):
            write_frame(self.process.stdin, frame)


def _read(process: subprocess.Popen[bytes], frames: queue.SimpleQueue[Frame | None]) -> None:
    assert process.stdout is not None  # noqa: S101 - opened as a pipe
    with suppress(BrokenFrame, OSError, ValueError):
        while (frame := read_frame(process.stdout)) is not None:
            frames.put(frame)
    frames.put(None)


def _end(process: subprocess.Popen[bytes], reader: threading.Thread) -> None:
    """Kill the child and leave no pipe, thread or zombie."""
    process.kill()
    process.wait()
    reader.join()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
