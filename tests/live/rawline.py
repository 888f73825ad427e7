"""A client made of bytes, for what no library does: it reads only when told to, answers no ping, and closes nothing."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

SMALL_BUFFER = 4_096
"""Of bytes in flight: so little that the server soon notices whether they are read."""


class RawLine:
    """One WebSocket."""

    def __init__(self, url: str, encounter_id: str) -> None:
        self._parts = urlsplit(url)
        self._encounter_id = encounter_id
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self._socket.setblocking(False)

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(self._socket, (self._parts.hostname, self._parts.port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET /v1/realtime?encounter={self._encounter_id} HTTP/1.1",
            f"Host: {self._parts.netloc}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        ]
        await loop.sock_sendall(self._socket, ("\r\n".join(lines) + "\r\n\r\n").encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += await loop.sock_recv(self._socket, 1)
        assert b" 101 " in answer
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    async def send(self, kind: str, **fields: Any) -> None:
        payload = json.dumps({"type": kind, **fields}).encode()
        await asyncio.get_running_loop().sock_sendall(self._socket, b"\x81" + _size(len(payload)) + bytes(4) + payload)

    async def read_to_the_goodbye(self) -> int:
        """Read everything; the code of the close frame, or 1006 when the line ends without one."""
        loop, found = asyncio.get_running_loop(), b""
        try:
            while data := await loop.sock_recv(self._socket, 65_536):
                found = (found + data)[-200_000:]
                if code := _close_code(found):
                    return code
        except ConnectionError:
            pass
        return 1006


def _size(length: int) -> bytes:
    """A frame's length, masked by a mask of zeros."""
    if length < 126:
        return bytes([0x80 | length])
    return b"\xfe" + struct.pack("!H", length) if length <= 0xFFFF else b"\xff" + struct.pack("!Q", length)


def _close_code(data: bytes) -> int:
    """The code of a close frame at the end of `data`; 0 when there is none."""
    for length in range(2, min(126, len(data) - 1)):
        at = len(data) - length - 2
        if data[at] == 0x88 and data[at + 1] == length:
            return int(struct.unpack("!H", data[at + 2 : at + 4])[0])
    return 0
