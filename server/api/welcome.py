"""Whether somebody who is on the wire may stay there: asked again and again, whichever process took what away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.websockets import WebSocket

from server.api.access import Person, cookie_name, standing_to
from server.api.permits import Permit
from server.api.services import Services
from server.core.errors import NotFound, StoreError
from server.live.socket import close
from server.store.people.accounts import ACCOUNT

SIGNED_OUT, REVOKED = 4401, 4403
STILL_WELCOME_EVERY_S = 2.0


@dataclass(frozen=True)
class Welcome:
    """What let somebody in, as of when they came."""

    person: Person
    row: Permit
    cookie: str
    came_at: datetime
    watching: str = ""
    """Id of the encounter that they watch; empty: it is theirs."""

    @classmethod
    def of(cls, services: Services, person: Person, row: Permit, socket: WebSocket, watching: str) -> Welcome:
        cookie = "" if "authorization" in socket.headers else socket.cookies.get(cookie_name(services), "")
        return cls(person, row, cookie, services.tickets.now(), watching)

    @property
    def may_end(self) -> bool:
        """Whoever runs the installation may always stay; a bearer token is never taken back."""
        return bool(self.person.observer_id) or self.person.id.startswith(ACCOUNT)

    async def ended(self, services: Services) -> tuple[int, str] | None:
        """Close code and reason once it is over. A sign-in that runs out ends nothing that was begun with it; one
        that was ended does.
        """
        if self.person.observer_id:
            here = await services.store.observer(self.person.observer_id)
            return (REVOKED, "the invitation was taken back") if here is None else None
        account = await services.store.people.account(self.person.id)
        if account is None or not account.active or not self.row.admits(frozenset(account.roles)):
            return SIGNED_OUT, "the account was closed or its roles were changed"
        if await services.tickets.owner(self.cookie, self.came_at) != self.person.id:
            return SIGNED_OUT, "signed out"
        return await self._shut_out(services, frozenset(account.roles)) if self.watching else None

    async def _shut_out(self, services: Services, roles: frozenset[str]) -> tuple[int, str] | None:
        """Somebody who watches was taken off the course's staff, or the encounter is gone."""
        with suppress(NotFound):
            found = await services.store.info(self.watching)
            if await standing_to(services, replace(self.person, roles=roles), found.id, found.owner) in self.row.reach:
                return None
        return REVOKED, "the encounter is no longer open to you"


async def while_welcome(
    services: Services, welcome: Welcome, socket: WebSocket, work: Coroutine[Any, Any, None]
) -> None:
    """Do `work` on `socket` for as long as they may be there."""
    if not welcome.may_end:
        await work
        return
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_until_ended(services, welcome))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended = not working.done()
        for task in (working, leaving):
            task.cancel()
    await asyncio.wait((working, leaving))
    if ended:
        await close(socket, *leaving.result())
    else:
        working.result()


async def _until_ended(services: Services, welcome: Welcome) -> tuple[int, str]:
    """A database that is away for a moment takes nothing back."""
    while True:
        with suppress(StoreError):
            if end := await welcome.ended(services):
                return end
        await asyncio.sleep(STILL_WELCOME_EVERY_S)
