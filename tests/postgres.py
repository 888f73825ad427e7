"""A PostgreSQL of a test's own: `with cluster() as url`, on a unix socket that only this user can reach.

It runs as the `postgres` user when the tests run as root (the server refuses root). fsync is off here and nowhere else.
Rule: where the programs are missing this fails with the command that mends it; it never skips.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from tools.system import command_for, find_postgres

START_S = 60.0
"""How long a start may take on a busy machine; half a second is usual."""
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Nothing of a test cluster survives the test, so nothing of it has to survive a power cut."""


class NoPostgres(RuntimeError):
    """PostgreSQL cannot be run here."""


def programs() -> Path:
    """The folder of PostgreSQL's programs."""
    found = find_postgres()
    if found is None:
        raise NoPostgres(f"PostgreSQL is not installed. Run:  {command_for(['postgresql'])}")
    return found


def owner() -> str:
    """The user the server runs as: whoever we are, or `postgres` in place of root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoPostgres("PostgreSQL does not run as root, and there is no user `postgres` to run it as") from None


@contextmanager
def private_folder(user: str) -> Iterator[Path]:
    """A folder of that user's alone. Not pytest's: those lie in a folder that only root may enter."""
    folder = Path(tempfile.mkdtemp(prefix="bedside-pg-"))
    try:
        shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Identity(TypedDict, total=False):
    """Those of Popen's arguments that say who runs the program."""

    user: str
    group: int
    extra_groups: list[int]


def identity(user: str) -> Identity:
    """How to become that user; empty where we are it already."""
    if os.geteuid() != 0:
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def initialise(folder: Path, user: str) -> None:
    """Make the cluster's files."""
    options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
    command = [str(programs() / "initdb"), f"--pgdata={folder / 'data'}", *options]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **identity(user))
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr}")


def start(folder: Path, user: str) -> subprocess.Popen[bytes]:
    """Start the server in the foreground, a child of ours, so that it cannot outlive the test run."""
    settings = ("listen_addresses=", f"unix_socket_directories={folder}", *FAST)
    options = [part for setting in settings for part in ("-c", setting)]
    command = [str(programs() / "postgres"), "-D", str(folder / "data"), *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **identity(user))


def wait_until_ready(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server takes connections."""
    asks = [str(programs() / "pg_isready"), "--quiet", f"--host={folder}"]
    until = time.monotonic() + START_S
    while subprocess.run(asks, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise NoPostgres(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")
        time.sleep(0.05)


def stop(server: subprocess.Popen[bytes]) -> None:
    """PostgreSQL's fast shutdown: it drops its clients and leaves no shared memory behind."""
    server.send_signal(signal.SIGINT)
    server.wait(START_S)


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the SQLAlchemy URL of a fresh, empty PostgreSQL; it is gone afterwards."""
    user = owner()
    with private_folder(user) as folder:
        initialise(folder, user)
        server = start(folder, user)
        try:
            wait_until_ready(folder, server)
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            stop(server)
