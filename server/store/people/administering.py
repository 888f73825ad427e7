"""What an administrator does with accounts: made, changed, closed and invited, each with its audit row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server.core.errors import Conflict
from server.store.audit import note
from server.store.people.accounts import (
    ACCOUNT,
    Account,
    add_accounts,
    change_account,
    find_several,
    lock_leaders,
    require_account,
)
from server.store.people.course_people import Member, add_members
from server.store.people.sign_ins import Secret, add_secrets, end_several, end_sign_ins
from server.store.sql.tables_of_a_lab import courses
from server.store.sql.texts import from_json


@dataclass(frozen=True)
class Newcomer:
    """An account to be made, and what lets its owner choose a password."""

    account: Account
    invitation: Secret


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


def alter_account(connection: Connection, actor: str, account_id: str, edition: int, values: dict[str, Any]) -> Account:
    leaders = lock_leaders(connection) if {"active", "roles"} & values.keys() else []
    before = require_account(connection, account_id)
    _refuse_erased(before)
    if before.edition != edition:
        says, mend = "Somebody else has changed this account since you opened it.", "Open it again, and look first."
        raise Conflict(says, code="changed_meanwhile", mend=mend)
    after = change_account(connection, account_id, **values, edition=edition + 1)
    if before.leads and not after.leads and actor.startswith(ACCOUNT):
        _require_leader({*leaders} - {account_id})
    if changed := _told(before, after):
        note(connection, actor, "account_changed", account_id, **changed)
    if after.active and not before.active:
        end_sign_ins(connection, account_id)
    return after


def invite_again(connection: Connection, actor: str, account_id: str, invitation: Secret) -> Account:
    found = require_account(connection, account_id)
    _refuse_erased(found)
    if not found.active:
        raise Conflict("This account is closed.", code="account_closed", mend="Open it again first.")
    end_sign_ins(connection, account_id)
    add_secrets(connection, [(account_id, invitation)])
    note(connection, actor, "account_invited", account_id)
    return change_account(connection, account_id, password="")


def renew_links(connection: Connection, actor: str, invitations: dict[str, Secret]) -> dict[str, Account]:
    """By id, those of these who wait for a password: they hold the new link, and no other. Nobody else is touched."""
    there = find_several(connection, sorted(invitations), lock=True)
    waiting = {name: each for name, each in there.items() if each.waiting}
    if waiting:
        end_several(connection, sorted(waiting), "invite")
        add_secrets(connection, [(name, invitations[name]) for name in waiting])
        note(connection, actor, "accounts_invited", invited=sorted(waiting))
    return waiting


def _refuse_erased(found: Account) -> None:
    if found.erased:
        raise Conflict("This account was erased.", code="account_erased", mend="Make a new one.")


def _require_leader(leaders: set[str]) -> None:
    """Two administrators may be closing each other at this very moment."""
    if not leaders:
        says = "Nobody would be left who can look after accounts."
        raise Conflict(says, code="last_administrator", mend="Make somebody else an administrator first.")


def _told(before: Account, after: Account) -> dict[str, Any]:
    """What the audit says of a change: old and new settings, but no names, which it would keep for ever."""
    pairs: dict[str, list[Any]] = {
        "roles": [list(before.roles), list(after.roles)],
        "active": [before.active, after.active],
        "time_percent": [before.time_percent, after.time_percent],
        "renamed": [False, (before.name, before.sign_in) != (after.name, after.sign_in)],
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
