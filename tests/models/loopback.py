"""What the misbehaving model servers of the tests have in common: real HTTP on loopback, one answer a connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

FOREVER_S = 3600.0
Client = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class HttpAnswer:
    """Writes one HTTP answer, byte by byte if it must; the connection closes after it."""

    kind = "application/json"

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def head(self, status: str = "200 OK", kind: str = "", extra: str = "") -> None:
        kind = kind or self.kind
        self.raw(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nConnection: close\r\n{extra}\r\n".encode())

    def raw(self, data: bytes) -> None:
        self._writer.write(data)

    async def sent(self) -> None:
        await self._writer.drain()

    def cut(self) -> None:
        self._writer.transport.abort()


@asynccontextmanager
async def serving(answer: Client) -> AsyncIterator[str]:
    """The base URL, until the block ends."""
    running: set[asyncio.Task[None]] = set()

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await answer(reader, writer)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(client(reader, writer))
        running.add(task)
        task.add_done_callback(running.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await server.wait_closed()


async def request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """Head, as it came, and body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = (line.lower() for line in head.split("\r\n"))
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), 0)
    return head, await reader.readexactly(length)


async def answered(answer: Awaitable[None], reader: asyncio.StreamReader, closed: asyncio.Event) -> None:
    """Wait until `answer` is given, or the client has gone: then `closed` is set."""
    answering = asyncio.ensure_future(answer)
    leaving = asyncio.ensure_future(reader.read())
    try:
        await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            closed.set()
    finally:
        answering.cancel()
        leaving.cancel()
        await asyncio.gather(answering, leaving, return_exceptions=True)
