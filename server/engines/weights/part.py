"""Fetching one file into a part that outlives an interruption, and letting it pass only with its length and its hash.

A part is named after the hash that it must have, so that bytes of two versions never meet in one file.
"""

from __future__ import annotations

import errno
import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from server.core.errors import SetupError
from server.engines.weights.hub import LineCut, RemoteFile, opened

if TYPE_CHECKING:
    import httpx2

TRIES = 5
"""Attempts in a row that bring nothing, before it is given up."""
PAUSE_S = 1.0
"""Wait before the next attempt."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
Progress = Callable[[int], None]
"""Is told how many bytes of the file are here."""


def part_of(target: Path, file: RemoteFile) -> Path:
    """Where the beginning of `file` waits for the rest."""
    return target.with_name(f"{target.name}.{re.sub(r'[^0-9A-Za-z]', '', file.etag)[:16]}.part")


def fetch(file: RemoteFile, target: Path, progress: Progress) -> None:
    """Bring `file` to `target`, continuing what an earlier attempt left. Raises `SetupError`; then the part stays."""
    part, idle = part_of(target, file), 0
    while _length(part) < file.size:
        before = _length(part)
        try:
            _stream(file, part, progress)
        except LineCut as cut:
            idle = 0 if _length(part) > before else idle + 1
            if idle >= TRIES:
                raise LineCut(f"{cut.message} {_kept(part, file)}") from None
            time.sleep(PAUSE_S)
    part.touch()
    _verify(part, file)
    part.replace(target)


def _stream(file: RemoteFile, part: Path, progress: Progress) -> None:
    """Append what comes. Raises `LineCut` when it ends early."""
    start = _length(part)
    with opened(file, start) as response:
        if start and response.status_code != 206:
            start = 0  # the server does not continue: from the beginning, then
        _check_announced(response, file, start)
        progress(start)
        with _open(part, start) as out:
            _write_all(response, out, part, file, progress)
    if _length(part) < file.size:
        raise LineCut(f"{file.name} ended early: the server closed the line.")


def _check_announced(response: httpx2.Response, file: RemoteFile, start: int) -> None:
    """Raises `SetupError` where a web page is coming, or another length, or another place."""
    headers = response.headers
    if headers.get("Content-Type", "").startswith("text/html"):
        raise SetupError(
            f"A web page came instead of {file.name}: sign in to the network, or check HF_ENDPOINT, and try again.",
            code="not_a_hub",
        )
    length, place = headers.get("Content-Length", ""), headers.get("Content-Range", "")
    elsewhere = start and place and not place.startswith(f"bytes {start}-")
    if elsewhere or (length.isdecimal() and int(length) != file.size - start):
        raise SetupError(
            f"The server sends {length or 'an unknown number of'} bytes of {file.name} where the hub promised "
            f"{file.size - start}: a broken mirror or proxy. Try again later, or another HF_ENDPOINT.",
            code="wrong_length",
        )


def _open(part: Path, start: int) -> IO[bytes]:
    """The part, to be written from `start` on. Raises `SetupError` where the folder cannot be written."""
    try:
        out = part.open("r+b" if start else "wb", buffering=0)
    except OSError as error:
        raise SetupError(f"{part} cannot be written: {error.strerror}.", code="not_writable") from None
    out.seek(start)
    return out


def _write_all(response: httpx2.Response, out: IO[bytes], part: Path, file: RemoteFile, progress: Progress) -> None:
    done = out.tell()
    for piece in response.iter_bytes():
        done += len(piece)
        if done > file.size:
            raise SetupError(f"More bytes came for {file.name} than it has: a broken mirror.", code="wrong_length")
        append(out, piece, part, file)
        progress(done)


def append(out: IO[bytes], piece: bytes, part: Path, file: RemoteFile) -> None:
    """Write all of `piece`. Raises `SetupError` when the disk is full or refuses."""
    try:
        rest = memoryview(piece)
        while rest:
            rest = rest[out.write(rest) :]
    except OSError as error:
        reason = "The disk is full" if error.errno in _FULL else f"{part} cannot be written ({error.strerror})"
        raise SetupError(f"{reason}. {_kept(part, file)}", code="no_room") from None


def _kept(part: Path, file: RemoteFile) -> str:
    return (
        f"{_length(part):,} of {file.size:,} bytes of {file.name} are kept in {part.parent}: run the same command "
        "again, and it goes on from there."
    )


def _verify(part: Path, file: RemoteFile) -> None:
    """Raises `SetupError` and removes the part when it is not the file that the hub described."""
    found = digest(part, file.etag)
    if found is None or found == file.etag:
        return
    part.unlink()
    raise SetupError(
        f"{file.name} came with another hash than the hub names, so it was thrown away: it was changed on the way or "
        "the mirror is out of date. Run the same command again, or try another HF_ENDPOINT.",
        code="wrong_hash",
    )


def digest(path: Path, etag: str) -> str | None:
    """The hash of a file in the kind that `etag` is; None for an etag that is no hash."""
    if re.fullmatch(r"[0-9a-f]{64}", etag):
        wanted = hashlib.sha256()
    elif re.fullmatch(r"[0-9a-f]{40}", etag):
        wanted = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    else:
        return None
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            wanted.update(piece)
    return wanted.hexdigest()


def _length(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0
