"""Who is let in: accounts made, changed, closed, invited and signed in, each with its audit row in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from server.core.errors import Conflict, NotFound
from server.store.audit import note
from server.store.people.accounts import Account, add_accounts, change_account, find_account
from server.store.people.course_people import Member, add_members
from server.store.people.failed_sign_ins import Try, count_try, forgive
from server.store.people.sign_ins import Secret, add_secrets, end_sign_ins, take_sign_in
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import courses
from server.store.sql.texts import from_json


@dataclass(frozen=True)
class Newcomer:
    """An account to be made, and what lets its owner choose a password."""

    account: Account
    invitation: Secret


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

    async def alter(self, actor: str, account_id: str, **values: Any) -> Account:
        """Replace name, roles and the like. Nobody is admitted to a closed account; opened again, they sign in again.

        Raises `NotFound`, and `Conflict` for a name that is taken.
        """
        return await self._database.write(lambda connection: alter_account(connection, actor, account_id, values))

    async def invite(self, actor: str, account_id: str, invitation: Secret) -> Account:
        """Their password is gone, they are signed out everywhere, and `invitation` lets them choose another.

        Raises `NotFound`, and `Conflict` for a closed account.
        """
        return await self._database.write(lambda connection: invite_again(connection, actor, account_id, invitation))

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

    async def let_in(self, account: Account, tried: Try, secrets: Sequence[Secret]) -> None:
        """The try was right: forget that it was counted, and keep what this browser holds from now on.

        Raises `Conflict` where the account was closed, or its password changed, since it was read.
        """
        await self._database.write(lambda connection: let_in(connection, account, tried, secrets))

    async def end(self, actor: str, owner: str) -> None:
        """Sign somebody out wherever they are signed in."""
        await self._database.write(lambda connection: end_everywhere(connection, actor, owner))


def make_accounts(connection: Connection, actor: str, newcomers: Sequence[Newcomer], members: Sequence[Member]) -> None:
    """In few statements, whatever their number: encounters that run wait for this transaction."""
    if newcomers:
        add_accounts(connection, [each.account for each in newcomers])
        add_secrets(connection, [(each.account.id, each.invitation) for each in newcomers])
        told = [[each.account.id, *each.account.roles] for each in newcomers]
        note(connection, actor, "accounts_made", newcomers[0].account.id if len(newcomers) == 1 else "", made=told)
    add_members(connection, members, actor)


def courses_by_code(connection: Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(courses.c.id, courses.c.body).where(courses.c.open).order_by(courses.c.id)):
        if code := from_json(row.body).get("code", "").casefold():
            found.setdefault(code, []).append(row.id)
    return found


def alter_account(connection: Connection, actor: str, account_id: str, values: dict[str, Any]) -> Account:
    before = _found(connection, account_id)
    after = change_account(connection, account_id, **values)
    if changed := _told(before, after):
        note(connection, actor, "account_changed", account_id, **changed)
    if after.active and not before.active:
        end_sign_ins(connection, account_id)
    return after


def invite_again(connection: Connection, actor: str, account_id: str, invitation: Secret) -> Account:
    if not _found(connection, account_id).active:
        raise Conflict("This account is closed.", code="account_closed", mend="Open it again first.")
    end_sign_ins(connection, account_id)
    add_secrets(connection, [(account_id, invitation)])
    note(connection, actor, "account_invited", account_id)
    return change_account(connection, account_id, password="")


def choose_password(connection: Connection, digest: str, password: str, now: datetime) -> Account | None:
    account_id = take_sign_in(connection, "invite", digest, now)
    account = find_account(connection, account_id) if account_id else None
    if account is None or not account.active:
        return None
    note(connection, account.id, "password_chosen", account.id)
    return change_account(connection, account.id, password=password)


def change_password(connection: Connection, account: Account, password: str) -> Account:
    _require_unchanged(connection, account)
    end_sign_ins(connection, account.id)
    note(connection, account.id, "password_changed", account.id)
    return change_account(connection, account.id, password=password)


def renew(connection: Connection, account: Account, password: str) -> None:
    if _found(connection, account.id).password == account.password:
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
    now = _found(connection, account.id)
    if not now.active or now.password != account.password:
        raise Conflict("This account has just been changed.", code="account_changed", mend="Sign in again.")


def _found(connection: Connection, account_id: str) -> Account:
    found = find_account(connection, account_id)
    if found is None:
        raise NotFound("There is no such account.", code="account_not_found")
    return found


def _told(before: Account, after: Account) -> dict[str, Any]:
    """What the audit says of a change: old and new settings, but no names, which it would keep for ever."""
    pairs: dict[str, list[Any]] = {
        "roles": [list(before.roles), list(after.roles)],
        "active": [before.active, after.active],
        "time_percent": [before.time_percent, after.time_percent],
        "renamed": [False, (before.name, before.sign_in) != (after.name, after.sign_in)],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
