"""Who is signed in, and the tickets that sign somebody in once. Only hashes of the secrets are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from server.store.sql.tables import sign_ins

SignInKind = Literal["ticket", "cookie", "invite", "device"]
"""`invite` lets somebody choose a password, once; `device` marks a browser in which somebody has signed in before."""
KEPT_AFTER = timedelta(days=1)
"""A cookie that ran out is told from one that was ended: what was begun with it may go on (a running encounter)."""


@dataclass(frozen=True)
class Secret:
    """One of them, of which only the hash is kept."""

    kind: SignInKind
    digest: str
    made: datetime
    until: datetime


def add_sign_in(
    connection: Connection, kind: SignInKind, digest: str, owner: str, now: datetime, expires: datetime
) -> None:
    """Keep one, and forget those that have expired."""
    add_secrets(connection, [(owner, Secret(kind, digest, now, expires))])


def add_secrets(connection: Connection, several: Sequence[tuple[str, Secret]]) -> None:
    """The same for several, each with whose it is."""
    now = several[0][1].made
    connection.execute(delete(sign_ins).where(sign_ins.c.expires_at <= now - KEPT_AFTER))
    rows = [
        {"kind": each.kind, "hash": each.digest, "owner": owner, "created_at": each.made, "expires_at": each.until}
        for owner, each in several
    ]
    connection.execute(insert(sign_ins), rows)


def find_sign_in(connection: Connection, kind: SignInKind, digest: str, now: datetime) -> str | None:
    """Whose it is; None when there is none or it has expired."""
    query = select(sign_ins.c.owner).where(sign_ins.c.hash == digest, sign_ins.c.kind == kind)
    owner: str | None = connection.execute(query.where(sign_ins.c.expires_at > now)).scalar_one_or_none()
    return owner


def links_of(connection: Connection, owners: Sequence[str], now: datetime) -> dict[str, datetime]:
    """Until when the invitation is good that they hold; who holds none is not in it."""
    query = select(sign_ins.c.owner, sign_ins.c.expires_at).where(sign_ins.c.kind == "invite")
    rows = connection.execute(query.where(sign_ins.c.owner.in_(owners), sign_ins.c.expires_at > now))
    return {row.owner: row.expires_at for row in rows}


def take_sign_in(connection: Connection, kind: SignInKind, digest: str, now: datetime) -> str | None:
    """As `find_sign_in`, and it is gone afterwards: of two who ask at once, one gets it."""
    owner = find_sign_in(connection, kind, digest, now)
    gone = connection.execute(delete(sign_ins).where(sign_ins.c.hash == digest, sign_ins.c.kind == kind))
    return owner if gone.rowcount else None


def end_sign_ins(
    connection: Connection, owner: str, kinds: Sequence[SignInKind] = ("ticket", "cookie", "invite", "device")
) -> int:
    """All of somebody's. Returns how many there were."""
    gone = delete(sign_ins).where(sign_ins.c.owner == owner, sign_ins.c.kind.in_(kinds))
    return connection.execute(gone).rowcount


def end_several(connection: Connection, owners: Sequence[str], kind: SignInKind) -> None:
    """Those of one kind, of several people."""
    connection.execute(delete(sign_ins).where(sign_ins.c.owner.in_(owners), sign_ins.c.kind == kind))
