"""Asking a server whether it is there, takes the key and knows the model: `GET …/models`, and nothing of anybody's.

`bedside doctor` does this; the service itself asks nothing before there is something to say.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

WITHIN_S = 3.0
"""Longest wait for the whole list."""
_MOST_BYTES = 4_000_000
"""Of a list. The longest public ones take half a megabyte."""
_SHOWN = 6
_TAKES_ANY_NAME = "llamacpp"
"""`owned_by` of a llama.cpp server, which answers with the one model it has, whatever name it is asked for."""


@dataclass(frozen=True)
class Asked:
    """What came of it; both empty: the server is there and lists the model."""

    fault: str = ""
    """What keeps the engine from working, and what mends it."""
    doubt: str = ""
    """What could not be found out."""


@dataclass(frozen=True)
class _Answer:
    status: int
    kind: str
    body: bytes


async def ask_for_models(url: str, model: str, key: str, part: str) -> Asked:
    """Ask the server at `url`. `part` is the middle of its settings' names, e.g. `CHAT`; the key is not shown."""
    if not (key.isascii() and key.isprintable()):
        return Asked(f"BEDSIDE_{part}_KEY holds a letter that no key can have: copy it again.")
    try:
        async with asyncio.timeout(WITHIN_S):
            answer = await _get(f"{url.rstrip('/')}/models", key)
    except TimeoutError:
        return Asked(f"The server did not answer within {WITHIN_S:.0f} s: check BEDSIDE_{part}_URL and that it runs.")
    except _unanswered():
        return Asked(f"The server cannot be reached: check BEDSIDE_{part}_URL and that it runs.")
    if answer.status != 200:
        return _refused(answer.status, bool(key), part)
    if len(answer.body) > _MOST_BYTES:
        return Asked(doubt="The server's list of models is too long to read: whether it has this one is not known.")
    return _listed(answer, model, part)


def _unanswered() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL)


async def _get(address: str, key: str) -> _Answer:
    """As the engine itself would ask: the same proxies, no redirect followed, nothing packed."""
    import httpx2

    headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {key or 'none'}"}
    async with (
        httpx2.AsyncClient(follow_redirects=False, timeout=WITHIN_S) as client,
        client.stream("GET", address, headers=headers) as response,
    ):
        return _Answer(response.status_code, response.headers.get("content-type", ""), await _body(response))


async def _body(response: httpx2.Response) -> bytes:
    """No more of it than shows that it is too long."""
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > _MOST_BYTES:
            break
    return bytes(body)


def _refused(status: int, with_key: bool, part: str) -> Asked:
    if status in (401, 403):
        mend = "check" if with_key else "it wants one, set"
        limited = " A key that may not list models is answered so too." if status == 403 and with_key else ""
        return Asked(f"The server refused the key (status {status}): {mend} BEDSIDE_{part}_KEY.{limited}")
    if 300 <= status < 400:
        return Asked(
            f"The server sends us elsewhere, and we do not follow: set BEDSIDE_{part}_URL to the final address."
        )
    if status >= 500 and status != 501:
        return Asked(f"The server failed with status {status}: look at its own log.")
    if status == 429:
        return Asked(doubt="The server has too many requests just now: whether it has the model is not known.")
    return Asked(
        doubt=f"The server gives no list of models (status {status}): whether it has this one is not known. Where it "
        f"should give one, check that BEDSIDE_{part}_URL ends where its API begins, most often with /v1."
    )


def _listed(answer: _Answer, model: str, part: str) -> Asked:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        what = "a web page" if "html" in answer.kind or answer.body.lstrip()[:1] == b"<" else "something else"
        return Asked(f"The address is not that of an API, it answered with {what}: check BEDSIDE_{part}_URL.")
    if not isinstance(found, dict) or "data" not in found:
        return Asked(doubt="The server gives no list of models: whether it has this one is not known.")
    entries = found["data"] if isinstance(found["data"], list) else []
    return _looked_up([each for each in entries if isinstance(each, dict)], model, part, bool(found.get("has_more")))


def _looked_up(entries: list[dict[str, Any]], model: str, part: str, more: bool) -> Asked:
    names = [entry["id"] for entry in entries if isinstance(entry.get("id"), str)]
    # Ollama takes a name without its tag, Google's list has a folder before each
    if {model, f"{model}:latest", f"models/{model}"} & set(names):
        return Asked()
    if any(entry.get("owned_by") == _TAKES_ANY_NAME for entry in entries):
        return Asked(doubt=f"The server has one model whatever it is called: {_shown(names, model)}.")
    if more:
        return Asked(doubt="The server lists some of its models, and not this one.")
    if not names:
        return Asked(f"The server has no model at all: give it {model} first.")
    return Asked(f"The server has no model {model}: set BEDSIDE_{part}_MODEL to one of {_shown(names, model)}.")


def _shown(names: list[str], wanted: str) -> str:
    """Some of them, the likeliest first, without what a terminal would obey."""
    near = get_close_matches(wanted, names, n=_SHOWN, cutoff=0.5)
    first = list(dict.fromkeys([*near, *names]))[:_SHOWN]
    listed = ", ".join("".join(filter(str.isprintable, name))[:100] for name in first)
    return listed + (f" and {len(names) - len(first)} more" if len(names) > len(first) else "")
