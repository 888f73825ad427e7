"""`up`: start the service and print one link. Also what keeps it from starting where it would be unsafe."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import webbrowser
from collections.abc import Mapping
from typing import Any

import typer
import uvicorn

from server.app import House, open_house
from server.cli.environment import idle_settings, unknown_settings
from server.cli.token import bearer_token
from server.core.errors import SetupError
from server.live import decisions
from server.settings import Settings, load_settings

LARGEST_FRAME = 1_000_000
"""Bytes of one WebSocket message: some 15 s of sound."""
BACKLOG = 128
"""Connections that may wait while the service starts."""
NOT_ALONE = (
    "Another process of Bedside serves this database. Limits on open encounters and heavy tasks now hold for each of "
    "them, and the proxy must send all sockets of one encounter to one process "
    "(docs/administrators.md, Several processes)."
)


def up(given: Mapping[str, Any], *, browser: bool) -> None:
    """Serve until it is stopped. `given`: settings by name; None leaves one as it is."""
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    settings.check()
    for warning in (*unknown_settings(), *idle_settings(settings)):
        typer.echo(f"bedside: {warning}", err=True)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if settings.log_decisions:
        logging.getLogger(decisions.__name__).setLevel(logging.DEBUG)
    logging.getLogger("uvicorn.error").addFilter(_not_a_refusal)
    asyncio.run(_serve(settings, browser))


def _not_a_refusal(record: logging.LogRecord) -> bool:
    """A socket that is refused before its handshake is an answer, not an error of ours."""
    return "without completing handshake" not in record.getMessage()


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections already, so that the link works as soon as it is printed.

    Raises `SetupError` naming the port when it is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # a client whose machine has vanished keeps no seat: what it never acknowledged ends the connection
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 20_000)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise SetupError(
                f"Port {port} is in use. Give another with --port, or --port 0 for any.", code="port_in_use"
            ) from None
        raise SetupError(f"Cannot listen on {host}:{port}: {error.strerror}.", code="cannot_listen") from None
    return listening


async def _serve(settings: Settings, browser: bool) -> None:
    listening = listen(settings.host, settings.port)
    port = listening.getsockname()[1]
    origins, hosts = settings.allowed_origins(port), settings.allowed_hosts()
    async with open_house(settings, token=bearer_token(settings), origins=origins, hosts=hosts) as house:
        if not await house.services.store.database.serve_alone():
            typer.echo(f"bedside: {NOT_ALONE}", err=True)
        link = await start_link(house, settings, port)
        typer.echo(
            "Bedside is running. Open this link, which works once and for ten minutes:\n\n"
            f"    {link}\n\nCtrl-C stops it."
        )
        if browser and settings.loopback:
            await asyncio.to_thread(webbrowser.open, link)
        await server_for(house, settings).serve(sockets=[listening])


async def start_link(house: House, settings: Settings, port: int) -> str:
    """The address with a one-time ticket in its fragment, which no server ever sees in a log."""
    base = settings.public_url or f"http://{settings.host}:{port}"
    return f"{base}/#ticket={await house.services.tickets.issue()}"


def server_for(house: House, settings: Settings) -> uvicorn.Server:
    """Uvicorn with limits that hold memory flat under a hostile client (figures in docs/settings.md)."""
    config = uvicorn.Config(
        house.api, log_level="warning", access_log=False, ws_max_size=LARGEST_FRAME, ws_max_queue=4,
        ws_per_message_deflate=False, ws_ping_interval=5, ws_ping_timeout=20, timeout_graceful_shutdown=3,
        server_header=False, proxy_headers=settings.behind_proxy, lifespan="off",
    )  # fmt: skip
    return uvicorn.Server(config)
