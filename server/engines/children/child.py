"""The child's half of an engine that lives in a process of its own. Nothing here knows which engine.

The parent's end of stdin is the child's life: when it closes, the child exits, so a killed server leaves nothing
behind.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import IO, Protocol

from server.core.errors import BedsideError, EngineError
from server.engines.children.frames import BrokenFrame, Frame, read_frame, write_frame

Send = Callable[[Frame], None]


class Work(Protocol):
    """An engine loaded in the child."""

    def __call__(self, request: Frame, stopped: threading.Event) -> Iterator[Frame]:
        """Answer one request; look at `stopped` between steps. Raises `EngineError`."""
        ...


def serve(load: Callable[[], Work]) -> None:
    """Load, say ready, answer requests one at a time until stdin closes; never returns before that.

    What the work holds as `about`, a dict, travels with `ready`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = _claim_stdout()
    try:
        work = load()
    except Exception as error:  # noqa: BLE001 - whatever kept it from loading has to reach the parent
        write_frame(out, _failure(0, error))
        return
    write_frame(out, Frame(getattr(work, "about", {}) | {"kind": "ready"}))
    inbox = _Inbox(sys.stdin.buffer)
    while (request := inbox.next()) is not None:
        _answer(work, request, inbox, out)


def _answer(work: Work, request: Frame, inbox: _Inbox, out: IO[bytes]) -> None:
    stopped = inbox.begin(request.id)
    try:
        for frame in work(request, stopped):
            if stopped.is_set():
                break
            write_frame(out, Frame(frame.header | {"kind": "data", "id": request.id}, frame.payload))
        write_frame(out, Frame({"kind": "end", "id": request.id}))
    except OSError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - one request may fail in any way; the child goes on
        write_frame(out, _failure(request.id, error))


def _failure(request_id: int, error: Exception) -> Frame:
    """An error as a frame. Only our own messages travel: a library's might quote the text."""
    code = error.code if isinstance(error, BedsideError) else EngineError.code
    message = str(error) if isinstance(error, BedsideError) else f"It failed with {type(error).__name__}."
    return Frame({"kind": "failed", "id": request_id, "code": code, "message": message})


def _claim_stdout() -> IO[bytes]:
    """Stdout for frames alone: whatever a library prints goes to stderr."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


class _Inbox:
    """Requests from the parent, and the stop that may follow one, read in a thread of their own."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._requests: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._stopped_id = 0
        self._current = (0, threading.Event())
        threading.Thread(target=self._read, args=(pipe,), daemon=True).start()

    def next(self) -> Frame | None:
        return self._requests.get()

    def begin(self, request_id: int) -> threading.Event:
        """The stop event of a request, already set when its stop overtook it."""
        self._current = (request_id, threading.Event())
        if self._stopped_id >= request_id:
            self._current[1].set()
        return self._current[1]

    def _read(self, pipe: IO[bytes]) -> None:
        try:
            while (frame := read_frame(pipe)) is not None:
                self._take(frame)
        except BrokenFrame:
            pass
        os._exit(0)

    def _take(self, frame: Frame) -> None:
        if "stop" not in frame.header:
            self._requests.put(frame)
            return
        self._stopped_id = int(frame.header["stop"])
        if self._current[0] == self._stopped_id:
            self._current[1].set()
