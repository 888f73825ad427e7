"""Running a check so that nothing of it stays behind.

Every check runs in a process group of its own. A browser or a database that a test left running dies with the group,
also when the run is interrupted.
"""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

GRACE_S = 20.0
"""How long a check may take to tidy up after Ctrl-C: stopping PostgreSQL and a browser takes a few seconds."""


def run_in_group(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> int:
    """Run a command to its end and return its exit status; 127 when there is no such program.

    Standard input is closed, for a background group that reads from the terminal would stop forever.
    """
    try:
        process = subprocess.Popen(command, cwd=cwd, env=dict(env), stdin=subprocess.DEVNULL, process_group=0)
    except FileNotFoundError as missing:
        print(f"cannot start {missing.filename}", flush=True)
        return 127
    with terminate_as_interrupt():
        try:
            return process.wait()
        except KeyboardInterrupt:
            interrupt(process)
            raise
        finally:
            end_group(process.pid)


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Pass Ctrl-C on to the group and let it tidy up."""
    os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(GRACE_S)


def end_group(group: int) -> None:
    """Kill whatever is left of a process group; usually there is nothing."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


@contextmanager
def terminate_as_interrupt() -> Iterator[None]:
    """Let a CI runner's SIGTERM end the run as Ctrl-C does, with its group."""

    def raise_interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, raise_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
