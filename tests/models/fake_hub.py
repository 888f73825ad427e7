"""A model hub on this machine, with the headers of the real one and the faults of real lines.

Large files are answered as the real hub does: HEAD and GET redirect to a store under another host name (`localhost`),
and the length and the SHA-256 stand in `X-Linked-…`.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

COMMIT = "c" * 40
LARGE = (".bin", ".onnx")


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    range: str
    authorization: str


@dataclass
class Hub:
    """What the hub has, and how it misbehaves; everything may be changed while it runs."""

    port: int
    repos: dict[str, dict[str, bytes]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    """Bytes of each file's body that were sent, over all requests."""
    cut_at: list[int] = field(default_factory=list)
    """Places in a large file at which the line breaks, one a request."""
    dead: bool = False
    """Large files: the line breaks before the first byte."""
    silent: bool = False
    """Large files: a beginning is sent, and then nothing; until `release` is set."""
    release: threading.Event = field(default_factory=threading.Event)
    page: bool = False
    """Large files: a web page comes instead."""
    page_for_all: bool = False
    """Everything is a web page: a network's sign-in."""
    whole_always: bool = False
    """Large files: a range is ignored."""
    length: int = 0
    """Large files: announced instead of the length."""
    corrupt: bool = False
    """Large files: one byte is another."""
    refuse: tuple[int, str] = (0, "")
    """Status and `X-Error-Code` of every answer."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ranges(self, name: str) -> list[str]:
        """The `Range` of each GET that the store was sent for a file."""
        found = [each for each in self.requests if each.method == "GET" and each.path.startswith("/store/")]
        return [each.range for each in found if each.path.endswith(name)]


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A hub with nothing in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    hub = Hub(server.server_address[1])
    server.hub = hub  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        hub.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> Hub:
        hub: Hub = self.server.hub  # type: ignore[attr-defined]
        return hub

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        asked = self.headers.get("Range", ""), self.headers.get("Authorization", "")
        path = unquote(self.path)
        self.hub.requests.append(Request(self.command, path, *asked))
        if self.hub.page_for_all:
            self._page()
        elif self.hub.refuse[0]:
            self._error(*self.hub.refuse)
        elif path.startswith("/store/"):
            repo, _, name = path.removeprefix("/store/").partition("//")
            self._store(name, self.hub.repos[repo][name])
        else:
            self._resolve(path)

    def _resolve(self, path: str) -> None:
        repo, _, rest = path.strip("/").partition("/resolve/")
        name = rest.partition("/")[2]
        files = self.hub.repos.get(repo)
        if files is None:
            self._error(401, "RepoNotFound")
        elif name not in files:
            self._error(404, "EntryNotFound")
        elif name.endswith(LARGE):
            linked = {"X-Linked-Size": str(len(files[name])), "X-Linked-Etag": f'"{_sha256(files[name])}"'}
            place = f"http://localhost:{self.hub.port}/store/{repo}//{name}"
            self._head(302, 0, {"Location": place, "X-Repo-Commit": COMMIT, **linked})
        else:
            body = files[name]
            self._head(200, len(body), {"ETag": f'"{_git_sha1(body)}"', "X-Repo-Commit": COMMIT})
            self._send(name, body)

    def _store(self, name: str, body: bytes) -> None:
        hub = self.hub
        if hub.page:
            self._page()
            return
        if hub.corrupt:
            body = body[:-1] + bytes([body[-1] ^ 1])
        start = 0 if hub.whole_always else int(self.headers.get("Range", "bytes=0-")[6:].rstrip("-"))
        place = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        if hub.dead:
            self.close_connection = True
            return
        self._head(206 if start else 200, hub.length or len(body) - start, place)
        end = hub.cut_at.pop(0) if hub.cut_at else len(body)
        if hub.silent:
            self._send(name, body[start : len(body) // 2])
            hub.release.wait(30)
            self.close_connection = True
            return
        self._send(name, body[start:end])
        self.close_connection = self.close_connection or end < len(body) or bool(hub.length)

    def _page(self) -> None:
        body = b"<html>Please sign in to the campus network</html>"
        self._head(200, len(body), {"Content-Type": "text/html; charset=utf-8"})
        self._send("", body)

    def _error(self, status: int, code: str) -> None:
        self._head(status, 0, {"X-Error-Code": code} if code else {})

    def _head(self, status: int, length: int, fields: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(length), **fields}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, name: str, body: bytes) -> None:
        if self.command == "GET":
            self.wfile.write(body)
            self.wfile.flush()
            self.hub.sent[name] = self.hub.sent.get(name, 0) + len(body)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _git_sha1(body: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(body) + body, usedforsecurity=False).hexdigest()
