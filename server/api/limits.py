"""What one account may use at once: a model behind an address costs money, and rooms are for a whole class.

Whoever runs the installation is not limited. Every process counts its own sockets; what is begun in a day is counted in
the database, so that a restart gives nobody more.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from starlette.websockets import WebSocket

from server.api.seats import MOST_LIVE
from server.api.services import Services
from server.core.errors import RequestError
from server.live.socket import close
from server.store.people.accounts import ACCOUNT

MOST_A_DAY = 100
"""Encounters that are begun within 24 hours, retries among them."""
TRY_LATER = 1013
TOO_MANY = f"{MOST_LIVE} of your encounters are open already; close one of them first"


class TooMany(RequestError):
    """More than one person may have."""

    code = "too_many"
    status = 429


async def within_limits(
    services: Services, person: str, socket: WebSocket, encounter_id: str, work: Callable[[], Awaitable[None]]
) -> None:
    """Do `work` on a socket that is not accepted yet, or say why not and close it."""
    if not person.startswith(ACCOUNT):
        await work()
    elif services.seats.full(person, encounter_id):
        await socket.accept()
        await close(socket, TRY_LATER, TOO_MANY)
    else:
        with services.seats.taken(person, encounter_id):
            await work()


async def refuse_flood(services: Services, person: str) -> None:
    """Before an encounter is begun. Raises `TooMany`."""
    if not person.startswith(ACCOUNT):
        return
    newest = await services.store.list_encounters(person, MOST_A_DAY)
    if len(newest) == MOST_A_DAY and newest[-1].created_at > services.clock() - timedelta(days=1):
        says = f"You have begun {MOST_A_DAY} encounters within a day, which is as many as one person may."
        raise TooMany(says, mend="Go on tomorrow, or in one that you have begun.")
