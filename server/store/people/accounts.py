"""Accounts: who may sign in, and as what. A password is kept as its argon2id hash only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from server.core.errors import Conflict, NotFound
from server.core.roles import Role
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import accounts
from server.store.sql.texts import from_json, to_json

ACCOUNT = "acc_"
"""An account's id, and so the owner of its encounters, begins so."""
State = Literal["open", "closed", "waiting"]
"""Of an account; `waiting`: open, and nobody has chosen its password."""
_EDITION = "edition"
"""Stands beside what somebody said of themselves."""


@dataclass(frozen=True)
class Account:
    """Somebody with an account."""

    id: str
    sign_in: str
    """The name they sign in with, folded by `folded`."""
    name: str
    """As others see them; empty once erased."""
    roles: tuple[Role, ...]
    password: str = ""
    """argon2id; empty until they chose one."""
    active: bool = True
    time_percent: int = 100
    """Time accommodation: 150 is time and a half, 0 untimed, 100 none."""
    about: dict[str, Any] = field(default_factory=dict)
    """What they said of themselves, and whether it may be used; JSON-ready."""
    made_at: datetime = field(default_factory=utc_now)
    seen_at: datetime | None = None
    """Last signed in; None: never."""
    edition: int = 1
    """Counts what an administrator changed, so that of two who change it at once the second is told."""

    @property
    def erased(self) -> bool:
        """Nobody's any more; only its id is left."""
        return not self.name

    @property
    def waiting(self) -> bool:
        """It is open, and its password was not chosen yet."""
        return self.active and not self.password

    @property
    def leads(self) -> bool:
        """It can look after the others."""
        return self.active and "administrator" in self.roles


@dataclass(frozen=True)
class Wish:
    """Which accounts somebody looks for; empty fields mean any."""

    text: str = ""
    """Part of a name or a sign-in name, in whatever case."""
    role: str = ""
    state: State | Literal[""] = ""

    def means(self, account: Account) -> bool:
        """Whether it is one of them."""
        right_role = not self.role or self.role in account.roles
        states = {"": True, "open": account.active, "closed": not account.active, "waiting": account.waiting}
        return right_role and states[self.state] and folded(self.text) in f"{folded(account.name)}\n{account.sign_in}"


def folded(sign_in: str) -> str:
    """One name however it is typed: normalised (NFKC), without case, without blanks round it."""
    return unicodedata.normalize("NFKC", sign_in).strip().casefold()


class People:
    """The accounts of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def account(self, account_id: str) -> Account | None:
        """None when there is none."""
        return await self._database.read(lambda connection: find_account(connection, account_id))

    async def named(self, sign_in: str) -> Account | None:
        """By the name they sign in with, however it is typed."""
        return await self._database.read(lambda connection: find_by_sign_in(connection, sign_in))

    async def accounts(self, limit: int = 200, offset: int = 0) -> list[Account]:
        """All of them, by name."""
        return await self._database.read(lambda connection: list_accounts(connection, limit, offset))

    async def search(self, wish: Wish, limit: int, offset: int = 0) -> tuple[list[Account], int]:
        """A page of those that are wished for, by name, and how many there are in all."""
        return await self._database.read(lambda connection: search_accounts(connection, wish, limit, offset))

    async def none_yet(self) -> bool:
        """There is not one account: whoever runs this installation runs it alone."""
        return not await self.accounts(limit=1)

    async def signing_in_as(self, names: Iterable[str]) -> dict[str, Account]:
        """By folded name, those of these names that are taken."""
        wanted = {folded(name) for name in names}
        return await self._database.read(lambda connection: find_by_names(connection, wanted))

    async def several(self, account_ids: Iterable[str]) -> dict[str, Account]:
        """Of these ids, those that are accounts."""
        wanted = sorted(set(account_ids))
        return await self._database.read(lambda connection: find_several(connection, wanted))

    async def add(self, made: Sequence[Account]) -> None:
        """All of them or none. Raises `Conflict` for a name that is taken."""
        await self._database.write(lambda connection: add_accounts(connection, made))

    async def change(self, account_id: str, **values: Any) -> Account:
        """Replace fields of `Account`, and return it. Raises `NotFound`."""
        return await self._database.write(lambda connection: change_account(connection, account_id, **values))

    async def tell(self, account_id: str, decide: Callable[[dict[str, Any]], dict[str, Any]]) -> Account:
        """Have `decide` make what they say of themselves out of what stands there, as one. Raises `NotFound`."""
        return await self._database.write(lambda connection: tell(connection, account_id, decide))


def find_account(connection: Connection, account_id: str, *, lock: bool = False) -> Account | None:
    """With `lock`, nobody else changes it before this transaction ends."""
    query = select(accounts).where(accounts.c.id == account_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else _account(row)


def require_account(connection: Connection, account_id: str) -> Account:
    """To be changed by this transaction, and by no other meanwhile. Raises `NotFound`."""
    found = find_account(connection, account_id, lock=True)
    if found is None:
        raise NotFound("There is no such account.", code="account_not_found")
    return found


def find_by_sign_in(connection: Connection, sign_in: str) -> Account | None:
    return find_by_names(connection, {folded(sign_in)}).get(folded(sign_in))


def list_accounts(connection: Connection, limit: int, offset: int) -> list[Account]:
    query = select(accounts).order_by(accounts.c.name, accounts.c.id).limit(limit).offset(offset)
    return [_account(row) for row in connection.execute(query)]


def search_accounts(connection: Connection, wish: Wish, limit: int, offset: int) -> tuple[list[Account], int]:
    """Looks at every account: letters are folded by Python, because SQLite knows the case of ASCII alone."""
    rows = connection.execute(select(accounts))
    found = sorted(
        (a for row in rows if wish.means(a := _account(row))), key=lambda a: (a.erased, folded(a.name), a.id)
    )
    return found[offset : offset + limit], len(found)


def find_by_names(connection: Connection, names: set[str]) -> dict[str, Account]:
    rows = connection.execute(select(accounts).where(accounts.c.sign_in.in_(sorted(names))))
    return {row.sign_in: _account(row) for row in rows}


def find_several(connection: Connection, wanted: Sequence[str], *, lock: bool = False) -> dict[str, Account]:
    """In the order of their ids, in which `lock` takes them."""
    query = select(accounts).where(accounts.c.id.in_(wanted)).order_by(accounts.c.id)
    rows = connection.execute(query.with_for_update() if lock else query)
    return {row.id: _account(row) for row in rows}


def lock_leaders(connection: Connection) -> list[str]:
    """Ids of those who look after the others, who stay so until this transaction ends."""
    query = select(accounts).where(accounts.c.active, accounts.c.roles.like("%administrator%"))
    rows = connection.execute(query.order_by(accounts.c.id).with_for_update())
    return [row.id for row in rows]


def add_accounts(connection: Connection, made: Sequence[Account]) -> None:
    """Raises `Conflict` for a name that is taken; then none was added."""
    _refuse_taken(connection, {folded(each.sign_in) for each in made})
    connection.execute(insert(accounts), [_row(each) for each in made])


def _refuse_taken(connection: Connection, names: set[str]) -> None:
    for sign_in in sorted(find_by_names(connection, names)):
        taken, mend = f"The sign-in name {sign_in!r} is taken.", "Choose another, or change that account."
        raise Conflict(taken, code="name_taken", field="sign_in", mend=mend)


def change_account(connection: Connection, account_id: str, **values: Any) -> Account:
    """Raises `NotFound`, and `Conflict` for a name that is taken."""
    found = require_account(connection, account_id)
    changed = replace(found, **values)
    if folded(changed.sign_in) != found.sign_in:
        _refuse_taken(connection, {folded(changed.sign_in)})
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(**_row(changed)))
    return changed


def tell(connection: Connection, account_id: str, decide: Callable[[dict[str, Any]], dict[str, Any]]) -> Account:
    """Raises `NotFound`."""
    found = require_account(connection, account_id)
    return change_account(connection, account_id, about=decide(found.about))


def _row(each: Account) -> dict[str, Any]:
    return {
        "id": each.id,
        "sign_in": folded(each.sign_in),
        "name": each.name,
        "roles": " ".join(each.roles),
        "password": each.password,
        "active": each.active,
        "time_percent": each.time_percent,
        "body": to_json(each.about | {_EDITION: each.edition}),
        "made_at": each.made_at,
        "seen_at": each.seen_at,
    }


def _account(row: Row[Any]) -> Account:
    about = from_json(row.body)
    edition = about.pop(_EDITION, 1)
    return Account(
        row.id, row.sign_in, row.name, tuple(row.roles.split()), row.password, row.active, row.time_percent,
        about, row.made_at, row.seen_at, edition,
    )  # fmt: skip
