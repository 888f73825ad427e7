"""Who is signed in, and the tickets that sign somebody in once. Only hashes of the secrets are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, delete, insert, select

from server.store.tables import sign_ins

SignInKind = Literal["ticket", "cookie"]


def add_sign_in(
    connection: Connection, kind: SignInKind, digest: str, owner: str, now: datetime, expires: datetime
) -> None:
    """Keep one, and forget those that have expired."""
    connection.execute(delete(sign_ins).where(sign_ins.c.expires_at <= now))
    row = {"kind": kind, "hash": digest, "owner": owner, "created_at": now, "expires_at": expires}
    connection.execute(insert(sign_ins), row)


def find_sign_in(connection: Connection, kind: SignInKind, digest: str, now: datetime) -> str | None:
    """Whose it is; None when there is none or it has expired."""
    query = select(sign_ins.c.owner).where(sign_ins.c.hash == digest, sign_ins.c.kind == kind)
    owner: str | None = connection.execute(query.where(sign_ins.c.expires_at > now)).scalar_one_or_none()
    return owner


def take_sign_in(connection: Connection, kind: SignInKind, digest: str, now: datetime) -> str | None:
    """As `find_sign_in`, and it is gone afterwards: of two who ask at once, one gets it."""
    owner = find_sign_in(connection, kind, digest, now)
    gone = connection.execute(delete(sign_ins).where(sign_ins.c.hash == digest, sign_ins.c.kind == kind))
    return owner if gone.rowcount else None
