"""The wire between an engine and its child process: a line of JSON, then as many bytes as the line's `bytes` says.

Both ways over the child's stdin and stdout. Parent to child: a request (`id` and the engine's own keys), or
`{"stop": id}`. Child to parent: `{"kind": "ready"}` once, with what the engine says of itself, then for each request
`data`* and one `end`, or `failed` with code and message.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, Any

LONGEST_HEADER_BYTES = 64_000
LONGEST_PAYLOAD_BYTES = 64_000_000


class BrokenFrame(Exception):
    """What came is no frame: the other side is not speaking this protocol."""


@dataclass(frozen=True)
class Frame:
    """One message."""

    header: dict[str, Any] = field(default_factory=dict)
    payload: bytes = b""

    @property
    def kind(self) -> str:
        return str(self.header.get("kind", ""))

    @property
    def id(self) -> int:
        """The request it belongs to; 0 for `ready` and for a failure to start."""
        return int(self.header.get("id", 0))


def write_frame(pipe: IO[bytes], frame: Frame) -> None:
    """Send one frame. Raises `OSError` when the other side is gone."""
    line = json.dumps(frame.header | {"bytes": len(frame.payload)}).encode()
    pipe.write(line + b"\n" + frame.payload)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> Frame | None:
    """The next frame, or None at the end of the stream. Raises `BrokenFrame`."""
    line = pipe.readline(LONGEST_HEADER_BYTES)
    if not line:
        return None
    try:
        header = json.loads(line)
        size = int(header.pop("bytes"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BrokenFrame("not a header") from None
    if not 0 <= size <= LONGEST_PAYLOAD_BYTES:
        raise BrokenFrame("payload out of range")
    payload = pipe.read(size)
    if len(payload) < size:
        raise BrokenFrame("payload cut short")
    return Frame(header, payload)
