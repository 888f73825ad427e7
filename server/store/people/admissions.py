"""Who is let in: the door's own books, each entry with its audit row in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.core.errors import Conflict
from server.store.audit import note
from server.store.people.accounts import Account, change_account, require_account
from server.store.people.administering import (
    Newcomer,
    alter_account,
    courses_by_code,
    invite_again,
    make_accounts,
    renew_links,
)
from server.store.people.course_people import Member
from server.store.people.failed_sign_ins import Try, count_try, forgive
from server.store.people.sign_ins import Secret, add_secrets, end_sign_ins, find_sign_in, links_of, take_sign_in
from server.store.sql.database import Database


class Admissions:
    """The door's own books. Every method raises `StoreError` when the database fails; then nothing was done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, actor: str, newcomers: Sequence[Newcomer], members: Sequence[Member] = ()) -> None:
        """All of it or nothing; `members` come into their courses. Raises `Conflict` for a name that is taken."""
        await self._database.write(lambda connection: make_accounts(connection, actor, newcomers, members))

    async def courses_by_code(self) -> dict[str, list[str]]:
        """Ids of open courses by what a university calls them, folded."""
        return await self._database.read(courses_by_code)

    async def alter(self, actor: str, account_id: str, edition: int, **values: Any) -> Account:
        """Replace name, roles and the like. Nobody is admitted to a closed account; opened again, they sign in again.

        Raises `NotFound`, and `Conflict` for an edition that is not the last, for a name that is taken, for what was
        erased, and where one account would take the last administrator away.
        """

        def unit(connection: Connection) -> Account:
            return alter_account(connection, actor, account_id, edition, values)

        return await self._database.write(unit)

    async def invite(self, actor: str, account_id: str, invitation: Secret) -> Account:
        """Their password is gone, they are signed out everywhere, and `invitation` lets them choose another.

        Raises `NotFound`, and `Conflict` for a closed account.
        """
        return await self._database.write(lambda connection: invite_again(connection, actor, account_id, invitation))

    async def renew_links(self, actor: str, invitations: dict[str, Secret]) -> dict[str, Account]:
        """By id, those of these who have not chosen a password: only the new link lets them. Others keep what they
        have.
        """
        return await self._database.write(lambda connection: renew_links(connection, actor, invitations))

    async def links(self, account_ids: Sequence[str], now: datetime) -> dict[str, datetime]:
        """Until when the link is good that somebody holds; who holds none is not in it."""
        return await self._database.read(lambda connection: links_of(connection, account_ids, now))

    async def choose(self, digest: str, password: str, now: datetime) -> Account | None:
        """Use an invitation up: from now on `password` (its hash) lets them in. None where it is not good."""
        return await self._database.write(lambda connection: choose_password(connection, digest, password, now))

    async def change_password(self, account: Account, password: str) -> Account:
        """They chose another (its hash), and are signed out everywhere. Raises `Conflict` where it just changed."""
        return await self._database.write(lambda connection: change_password(connection, account, password))

    async def renew(self, account: Account, password: str) -> None:
        """Keep another hash of the same password, unless it has just changed."""
        await self._database.write(lambda connection: renew(connection, account, password))

    async def count_try(self, tried: Try, now: datetime) -> int:
        """Count a try to sign in as failed, and return 0; or the seconds until one more is taken."""
        return await self._database.write(lambda connection: count_try(connection, tried, now))

    async def forgive(self, tried: Try) -> None:
        """The try was right: forget that it was counted."""
        await self._database.write(lambda connection: forgive(connection, tried))

    async def let_in(self, account: Account, tried: Try, secrets: Sequence[Secret]) -> None:
        """The try was right: forget that it was counted, and keep what this browser holds from now on.

        Raises `Conflict` where the account was closed, or its password changed, since it was read.
        """
        await self._database.write(lambda connection: let_in(connection, account, tried, secrets))

    async def end(self, actor: str, owner: str) -> None:
        """Sign somebody out wherever they are signed in."""
        await self._database.write(lambda connection: end_everywhere(connection, actor, owner))


def choose_password(connection: Connection, digest: str, password: str, now: datetime) -> Account | None:
    account_id = find_sign_in(connection, "invite", digest, now)
    account = require_account(connection, account_id) if account_id else None  # first, as whoever renews links does
    if account is None or not take_sign_in(connection, "invite", digest, now) or not account.active:
        return None
    note(connection, account.id, "password_chosen", account.id)
    return change_account(connection, account.id, password=password)


def change_password(connection: Connection, account: Account, password: str) -> Account:
    _require_unchanged(connection, account)
    end_sign_ins(connection, account.id)
    note(connection, account.id, "password_changed", account.id)
    return change_account(connection, account.id, password=password)


def renew(connection: Connection, account: Account, password: str) -> None:
    if require_account(connection, account.id).password == account.password:
        change_account(connection, account.id, password=password)


def let_in(connection: Connection, account: Account, tried: Try, secrets: Sequence[Secret]) -> None:
    _require_unchanged(connection, account)
    forgive(connection, tried)
    add_secrets(connection, [(account.id, each) for each in secrets])
    change_account(connection, account.id, seen_at=secrets[0].made)
    note(connection, account.id, "signed_in", account.id)


def end_everywhere(connection: Connection, actor: str, owner: str) -> None:
    end_sign_ins(connection, owner, ("cookie", "device"))
    note(connection, actor, "signed_out_everywhere", owner)


def _require_unchanged(connection: Connection, account: Account) -> None:
    now = require_account(connection, account.id)
    if not now.active or now.password != account.password:
        raise Conflict("This account has just been changed.", code="account_changed", mend="Sign in again.")
