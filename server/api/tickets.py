"""Signing in: a ticket that works once buys a cookie. Both are 256 random bits, and only their SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from server.store.encounters.markers import MARKER
from server.store.encounters.observers import OBSERVER
from server.store.people.sign_ins import Secret, SignInKind
from server.store.sql.clock import utc_now

LOCAL = "local"
"""Whose encounters they are where the start link signs in: whoever runs this installation."""
TICKET_LIFE = timedelta(minutes=10)
INVITATION_LIFE = timedelta(minutes=30)
"""Of the ticket that lets somebody watch an encounter."""
MARKING_LIFE = timedelta(days=7)
"""Of the ticket that lets somebody mark an encounter; marking is done when there is time for it."""
ACCOUNT_LIFE = timedelta(days=7)
"""Of the invitation by which somebody chooses the password of their account."""
SIGN_IN_LIFE = timedelta(hours=12)
DEVICE_LIFE = timedelta(days=180)
"""How long a browser counts as one in which somebody has signed in before."""


class SignIns(Protocol):
    """The store's side of it."""

    async def add_sign_in(
        self, kind: SignInKind, digest: str, owner: str, now: datetime, expires: datetime
    ) -> None: ...

    async def find_sign_in(self, kind: SignInKind, digest: str, now: datetime) -> str | None: ...

    async def take_sign_in(self, kind: SignInKind, digest: str, now: datetime) -> str | None: ...


class Tickets:
    """Tickets and sign-ins of one installation; every process on the same database knows them."""

    def __init__(self, kept: SignIns, now: Callable[[], datetime] = utc_now) -> None:
        self._kept = kept
        self._now = now

    def now(self) -> datetime:
        """By the clock that ends sign-ins."""
        return self._now()

    async def issue(self, owner: str = LOCAL) -> str:
        """A new ticket, good once and for ten minutes."""
        return await self._make("ticket", owner, TICKET_LIFE)

    async def invite(self, observer_id: str) -> tuple[str, datetime]:
        """A ticket that makes whoever uses it this observer, good once; and until when."""
        ticket = await self._make("ticket", OBSERVER + observer_id, INVITATION_LIFE)
        return ticket, self._now() + INVITATION_LIFE

    async def invite_to_mark(self, marker_id: str) -> tuple[str, datetime]:
        """The same for somebody who is to mark."""
        ticket = await self._make("ticket", MARKER + marker_id, MARKING_LIFE)
        return ticket, self._now() + MARKING_LIFE

    async def meant_for(self, ticket: str) -> str | None:
        """Whose `ticket` is; it stays good. None when it is unknown, used or too old."""
        return await self._kept.find_sign_in("ticket", digest_of(ticket), self._now())

    async def redeem(self, ticket: str) -> str | None:
        """The cookie that `ticket` buys; None when it is unknown, used or too old."""
        owner = await self._kept.take_sign_in("ticket", digest_of(ticket), self._now())
        return None if owner is None else await self._make("cookie", owner, SIGN_IN_LIFE)

    async def admit(self, owner: str) -> str:
        """A cookie without a ticket, for whoever has shown something else that lets them in."""
        return await self._make("cookie", owner, SIGN_IN_LIFE)

    async def owner(self, cookie: str, then: datetime | None = None) -> str | None:
        """Who holds this cookie; None when nobody does. `then`: as if it were still then, at most a day ago; only a
        sign-in that was ended is gone.
        """
        return await self._kept.find_sign_in("cookie", digest_of(cookie), then or self._now())

    async def invited(self, ticket: str) -> str | None:
        """Whose invitation to choose a password it is; it stays good. None as for `meant_for`."""
        return await self._kept.find_sign_in("invite", digest_of(ticket), self._now())

    async def known_for(self, device: str) -> str | None:
        """Who has signed in before in the browser that holds this."""
        return await self._kept.find_sign_in("device", digest_of(device), self._now())

    async def forget(self, cookie: str) -> None:
        """Sign out."""
        await self._kept.take_sign_in("cookie", digest_of(cookie), self._now())

    def fresh(self, kind: SignInKind, life: timedelta) -> tuple[str, Secret]:
        """A new one that nobody has yet, and what is to be kept of it."""
        secret, now = secrets.token_urlsafe(32), self._now()
        return secret, Secret(kind, digest_of(secret), now, now + life)

    async def _make(self, kind: SignInKind, owner: str, life: timedelta) -> str:
        secret, kept = self.fresh(kind, life)
        await self._kept.add_sign_in(kind, kept.digest, owner, kept.made, kept.until)
        return secret


def digest_of(secret: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
