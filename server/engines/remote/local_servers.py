"""Which model servers run on this machine: asked on their usual ports, told nothing, and used by nobody here.

A server is named only for what it answers, never for its port: a development server on 8000 is not called vLLM.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2

USUAL_PORTS = (11434, 8080, 8000, 1234)
"""Ollama; llama.cpp; vLLM and speaches; LM Studio."""
WITHIN_S = 0.3
"""Longest wait for all of a port's answers."""
_MOST_BYTES = 1_000_000
_OWNERS = {"llamacpp": "llama.cpp", "vllm": "vLLM", "organization_owner": "LM Studio", "library": "Ollama"}
"""Who stands as `owned_by` in a server's list of models."""


@dataclass(frozen=True)
class LocalServer:
    """Something that listens on one of the ports."""

    port: int
    name: str
    """`Ollama`, `vLLM` …; `OpenAI-compatible server` for a list of models and no more; '' for anything else."""
    models: tuple[str, ...] = ()
    hears: tuple[str, ...] = ()
    """Those of the models that are for speech recognition, where the server says so."""
    speaks: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """What a setting would hold."""
        return f"http://127.0.0.1:{self.port}/v1"


async def local_servers(ports: Sequence[int] = USUAL_PORTS, within_s: float = WITHIN_S) -> tuple[LocalServer, ...]:
    """What answers on this machine, all ports asked at once. A port that is closed or silent is left out."""
    import httpx2

    async with httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=within_s) as client:
        found = await asyncio.gather(*(_ask(client, port, within_s) for port in ports))
    return tuple(server for server in found if server is not None)


async def _ask(client: httpx2.AsyncClient, port: int, within_s: float) -> LocalServer | None:
    try:
        async with asyncio.timeout(within_s):
            home, listed = await asyncio.gather(_get(client, port, "/"), _get(client, port, "/v1/models"))
    except TimeoutError:
        return None
    if home is None and listed is None:
        return None
    return recognised(port, home or b"", listed or b"")


async def _get(client: httpx2.AsyncClient, port: int, path: str) -> bytes | None:
    """The body of an answer, whatever its status; None where nothing listens or what comes is no HTTP."""
    import httpx2

    body = bytearray()
    try:
        async with client.stream("GET", f"http://127.0.0.1:{port}{path}") as response:
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > _MOST_BYTES:
                    return b""
    except httpx2.HTTPError:
        return None
    return bytes(body)


def recognised(port: int, home: bytes, listed: bytes) -> LocalServer:
    """Name a server by its front page and its list of models."""
    models = _models(listed)
    if home.strip() == b"Ollama is running":
        name = "Ollama"
    elif any("task" in model for model in models):
        name = "speaches"
    else:
        owners = {str(model.get("owned_by")) for model in models} & _OWNERS.keys()
        name = _OWNERS[min(owners)] if owners else "OpenAI-compatible server" if models else ""
    return LocalServer(
        port, name, _ids(models), _ids(models, "automatic-speech-recognition"), _ids(models, "text-to-speech")
    )


def _models(listed: bytes) -> list[dict[str, Any]]:
    """The entries of `{"object": "list", "data": [{"id": …}]}`; none of anything else."""
    try:
        found = json.loads(listed)
    except ValueError:
        return []
    entries = found.get("data") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        return []
    return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)]


def _ids(models: list[dict[str, Any]], task: str = "") -> tuple[str, ...]:
    """Names that can be printed, of all or of those for one task."""
    wanted = [model for model in models if not task or model.get("task") == task]
    return tuple("".join(letter for letter in model["id"] if letter.isprintable())[:100] for model in wanted)
