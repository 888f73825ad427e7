"""Work in a process of its own, at low priority: a live encounter beside it must not feel a proof.

The parent's end of stdin is the child's life: when it closes, the child exits, so a killed server leaves nothing
behind. What travels is pickled, from this installation to itself; words on the way are lines of JSON.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, TypeVar

from server.core.errors import BedsideError

T = TypeVar("T")
COMMAND = (sys.executable, "-m", "server.api.tasks.apart")
LOWER_BY = 15
"""Of 19, in the measure of `nice`."""
_LONGEST_LINE = 64 * 1024 * 1024
_LENGTH = struct.Struct(">Q")


class WorkFailed(BedsideError):
    """The process ended without a result."""

    code = "task_failed"


async def run_apart(tell: Callable[..., None], work: Callable[..., T], *args: Any) -> T:
    """`work(tell, *args)` over there; `work` is a module's own function. Raises `BedsideError`, as it did there."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*COMMAND, stdin=pipe, stdout=pipe, limit=_LONGEST_LINE)
    try:
        asked = pickle.dumps((work, args))
        assert child.stdin is not None  # noqa: S101 - a pipe was asked for
        child.stdin.write(_LENGTH.pack(len(asked)) + asked)
        made: T = await _result(child, tell)
        return made
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _result(child: asyncio.subprocess.Process, tell: Callable[..., None]) -> Any:
    assert child.stdout is not None  # noqa: S101 - a pipe was asked for
    async for line in child.stdout:
        said = json.loads(line)
        if "told" in said:
            tell(*said["told"])
        elif "failed" in said:
            raise WorkFailed(said["failed"], code=said["code"])
        else:
            return pickle.loads(base64.b64decode(said["made"]))  # noqa: S301 - from our own child
    raise WorkFailed(
        f"It ended without a result (exit status {await child.wait()}). Begin it again; if it ends so again, an "
        "administrator finds more in the server's log, or gives the machine more memory."
    )


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(LOWER_BY)
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    work, args = _asked(sys.stdin.buffer)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _say(out, **_outcome(out, work, args))


def _asked(source: IO[bytes]) -> Any:
    (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
    return pickle.loads(source.read(length))  # noqa: S301 - from our own parent


def _outcome(out: IO[str], work: Callable[..., Any], args: tuple[Any, ...]) -> dict[str, str]:
    def tell(done: int, of: int = 0, doing: str = "") -> None:
        _say(out, told=(done, of, doing))

    try:
        return {"made": base64.b64encode(pickle.dumps(work(tell, *args))).decode()}
    except BedsideError as error:
        return {"failed": error.message, "code": error.code}


def _say(out: IO[str], **what: Any) -> None:
    out.write(json.dumps(what) + "\n")
    out.flush()


def _end_with_parent() -> None:
    while os.read(0, 1):  # not through `sys.stdin`, whose lock would abort an interpreter that ends by itself
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
