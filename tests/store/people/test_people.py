"""Accounts, and what stands at the door: all or nothing, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, text

from server.core.errors import Conflict, NotFound
from server.core.roles import Role
from server.store.courses.courses import Course
from server.store.people import failed_sign_ins
from server.store.people.accounts import Account, Wish, folded
from server.store.people.administering import Newcomer
from server.store.people.course_people import Member
from server.store.people.failed_sign_ins import MOST_OF_BOTH, MOST_OF_NAME, WINDOW, Try
from server.store.people.sign_ins import KEPT_AFTER, Secret, SignInKind
from server.store.sql.tables_of_a_lab import failed_sign_ins as failed_rows
from server.store.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=12)


def account(name: str, *roles: Role, **values: object) -> Account:
    made = Account(f"acc_{name}", name, name.title(), roles or ("student",), made_at=NOW)
    return replace(made, **values)  # type: ignore[arg-type]


def secret(kind: SignInKind, digest: str, until: datetime = LATER) -> Secret:
    return Secret(kind, digest, NOW, until)


def newcomer(name: str, **values: object) -> Newcomer:
    return Newcomer(account(name, **values), secret("invite", f"link of {name}"))


async def actions(store: Store) -> list[str]:
    return [row.action for row in reversed(await store.audit.rows())]


async def signed_in(store: Store, digest: str, kind: SignInKind = "cookie", now: datetime = NOW) -> str | None:
    return await store.find_sign_in(kind, digest, now)


async def test_accounts_come_back_as_they_were_made(store: Store) -> None:
    ann, zoe = account("ann", about={"pronouns": "she"}), account("zoë", "educator", "faculty", password="$argon2id$x")
    await store.people.add([zoe, ann])
    assert await store.people.accounts() == [ann, zoe] and await store.people.accounts(limit=1, offset=1) == [zoe]
    assert await store.people.account("acc_ann") == ann and await store.people.account("acc_ben") is None
    assert await store.people.named(" ZOE\u0308 ") == zoe
    assert await store.people.signing_in_as(["ANN", "ben"]) == {"ann": ann}
    assert await store.people.search(Wish("ZOË", "faculty", "open"), 10) == ([zoe], 1)
    assert await store.people.search(Wish(role="student"), 0) == ([], 1)
    older = text("UPDATE accounts SET body = '{}'")
    await store.database.write(lambda connection: connection.execute(older))
    assert {each.edition for each in await store.people.accounts()} == {1}, "made before accounts had editions"


@pytest.mark.parametrize(
    ("typed", "kept"), [(" Ann@Uni.EXAMPLE\n", "ann@uni.example"), ("\uff21nn", "ann"), ("ß", "ss")]
)
def test_one_name_however_it_is_typed(typed: str, kept: str) -> None:
    assert folded(typed) == kept


async def test_a_class_is_made_whole_or_not_at_all(store: Store) -> None:
    await store.people.add([account("ben")])
    await store.courses.add(Course("crs_1", "local", "Year 1", code="NUR-1"))
    members = [Member("crs_1", "acc_ann", "learner")]
    with pytest.raises(Conflict, match="'ben' is taken"):
        await store.admissions.make("local", [newcomer("ann"), newcomer("ben", id="acc_other")], members)
    assert [each.id for each in await store.people.accounts()] == ["acc_ben"]
    assert await signed_in(store, "link of ann", "invite") is None
    await store.admissions.make("local", [newcomer("ann")], members)
    assert await signed_in(store, "link of ann", "invite") == "acc_ann"
    assert [each.person for each in await store.courses.people("crs_1")] == ["acc_ann", "local"]
    assert await store.admissions.courses_by_code() == {"nur-1": ["crs_1"]}


async def test_of_two_who_choose_by_one_link_one_does(store: Store) -> None:
    await store.admissions.make("local", [newcomer("ann")])
    chosen = await asyncio.gather(*[store.admissions.choose("link of ann", word, NOW) for word in ("one", "two")])
    assert [each is None for each in chosen].count(True) == 1
    found = await store.people.account("acc_ann")
    assert found in chosen and await actions(store) == ["accounts_made", "password_chosen"]


async def test_an_account_that_was_closed_holds_nothing_any_more(store: Store) -> None:
    await store.admissions.make("local", [newcomer("ann"), newcomer("ben")])
    for kind in ("cookie", "device"):
        await store.add_sign_in(kind, f"{kind} of ann", "acc_ann", NOW, LATER)
        await store.add_sign_in(kind, f"{kind} of ben", "acc_ben", NOW, LATER)
    await store.admissions.alter("local", "acc_ann", 1, active=False)
    assert await store.admissions.choose("link of ann", "x", NOW) is None
    with pytest.raises(Conflict, match="closed"):
        await store.admissions.invite("local", "acc_ann", secret("invite", "another"))
    await store.admissions.alter("local", "acc_ann", 2, active=True)
    left = [
        [await signed_in(store, f"{kind} of {who}", kind) for kind in ("cookie", "device")] for who in ("ann", "ben")
    ]
    assert left == [[None, None], ["acc_ben", "acc_ben"]]
    with pytest.raises(NotFound):
        await store.admissions.alter("local", "acc_cy", 1, active=False)


async def test_what_people_say_and_what_administrators_change_do_not_undo_each_other(store: Store) -> None:
    """All of it stands in one row."""
    await store.people.add([account("ann", about={"kept": True})])
    said = [store.people.tell("acc_ann", partial(_say, f"said {number}")) for number in range(10)]
    await asyncio.gather(*said, store.admissions.alter("local", "acc_ann", 1, time_percent=150))
    found = await store.people.account("acc_ann")
    assert found is not None
    assert (len(found.about), found.time_percent, found.edition) == (11, 150, 2)
    with pytest.raises(Conflict, match="Somebody else has changed"):
        await store.admissions.alter("local", "acc_ann", 1, name="Late")
    with pytest.raises(NotFound):
        await store.people.tell("acc_ben", partial(_say, "late"))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_processes_undo_nothing_of_each_other(store: Store, url: str) -> None:
    """What one writes for SQLite, two write for PostgreSQL: rows are locked, and a link is good once all the same."""
    names = [f"p{number}" for number in range(10)]
    await store.people.add([account(name, "administrator") for name in ("one", "two")])
    await store.admissions.make("local", [newcomer(name) for name in names])
    other = await Store.open(url)
    try:
        both = list(enumerate((store, other)))
        said = [each.people.tell("acc_p0", partial(_say, f"{n} {at}")) for n in range(10) for at, each in both]
        assert max(len(each.about) for each in await asyncio.gather(*said)) == len(said)
        chosen = [each.admissions.choose(f"link of {name}", f"{at}", NOW) for name in names for at, each in both]
        assert sum(each is not None for each in await asyncio.gather(*chosen)) == len(names)
        for edition in range(1, 12, 2):
            closing = [
                store.admissions.alter("acc_one", "acc_two", edition, active=False),
                other.admissions.alter("acc_two", "acc_one", edition, active=False),
            ]
            closed = await asyncio.gather(*closing, return_exceptions=True)
            assert sorted(type(each).__name__ for each in closed) == ["Account", "Conflict"]
            await _open_again(store)
    finally:
        await other.close()


async def _open_again(store: Store) -> None:
    """So that both are two editions on."""
    for each in (await store.people.several(["acc_one", "acc_two"])).values():
        after = await store.admissions.alter("local", each.id, each.edition, active=True)
        if each.active:
            await store.admissions.alter("local", each.id, after.edition, active=True)


def _say(word: str, about: dict[str, Any]) -> dict[str, Any]:
    return about | {word: True}


async def test_nobody_comes_in_by_what_has_just_changed(store: Store) -> None:
    """The password was looked at while it was being replaced, or the account closed: the cookie is not kept."""
    ann, ben, tried = account("ann", password="old"), account("ben", password="old"), Try.of("ann", "here")
    await store.people.add([ann, ben])
    await store.admissions.alter("local", ben.id, 1, active=False)
    with pytest.raises(Conflict):
        await store.admissions.let_in(ben, tried, [secret("cookie", "cookie")])
    with pytest.raises(Conflict):
        await store.admissions.change_password(ben, "new")
    await store.admissions.invite("local", ann.id, secret("invite", "link"))
    with pytest.raises(Conflict):
        await store.admissions.let_in(ann, tried, [secret("cookie", "cookie")])
    with pytest.raises(Conflict):
        await store.admissions.change_password(ann, "new")
    await store.admissions.renew(ann, "renewed")
    assert await signed_in(store, "cookie") is None
    found = await store.people.account(ann.id)
    assert found is not None and found.password == ""


async def test_an_ended_sign_in_is_told_from_one_that_ran_out(store: Store) -> None:
    await store.add_sign_in("cookie", "ran out", "acc_ann", NOW, NOW + timedelta(hours=1))
    await store.add_sign_in("cookie", "other", "acc_ben", LATER, LATER + timedelta(hours=1))
    assert await signed_in(store, "ran out", now=LATER) is None and await signed_in(store, "ran out") == "acc_ann"
    await store.add_sign_in("device", "her browser", "acc_ann", NOW, LATER)
    await store.admissions.end("local", "acc_ann")
    assert await signed_in(store, "ran out") is None
    assert await signed_in(store, "her browser", "device") is None, "nor is it hers to try passwords in"
    await store.add_sign_in("cookie", "later", "acc_ben", LATER + KEPT_AFTER + timedelta(hours=1), LATER)
    assert await signed_in(store, "other", now=LATER) is None, "a day after it ran out it is forgotten"


async def failing(store: Store, tried: Try, times: int, now: datetime = NOW) -> list[int]:
    return [await store.admissions.count_try(tried, now) for _ in range(times)]


async def remembered(store: Store) -> int:
    return await store.database.read(lambda connection: len(connection.execute(select(failed_rows)).all()))


async def test_tries_are_counted_by_name_and_place(store: Store) -> None:
    here, there = Try.of("ann", "here"), Try.of("ann", "there")
    assert await failing(store, here, MOST_OF_BOTH) == [0] * MOST_OF_BOTH
    assert await failing(store, here, 1, NOW + timedelta(minutes=5)) == [600]
    assert await failing(store, there, 1) == [0], "elsewhere there is room"
    await store.people.add([account("ann")])
    await store.admissions.let_in(account("ann"), here, [secret("cookie", "cookie")])
    assert await failing(store, here, 1) == [0], "who was right begins anew"
    assert await remembered(store) == 2
    assert await failing(store, here, 1, NOW + WINDOW) == [0]
    assert await remembered(store) == 1, "what is older than the window is gone"


async def test_a_name_and_a_place_have_limits_of_their_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Try.of("ann", f"place {number}") for number in range(MOST_OF_NAME + 1)]
    assert [await store.admissions.count_try(each, NOW) for each in many] == [0] * MOST_OF_NAME + [900]
    known = Try.of("ann", "her browser", known=True)
    assert await failing(store, known, MOST_OF_BOTH + 1) == [0] * MOST_OF_BOTH + [900]
    monkeypatch.setattr(failed_sign_ins, "MOST_FROM", 3)
    crowd = [Try.of(f"name {number}", "campus") for number in range(4)]
    assert [await store.admissions.count_try(each, NOW) for each in crowd] == [0, 0, 0, 900]


async def test_a_hundred_tries_at_once_are_a_hundred(store: Store) -> None:
    """Each is counted before its password is looked at."""
    waits = await asyncio.gather(*[store.admissions.count_try(Try.of("ann", "here"), NOW) for _ in range(100)])
    assert waits.count(0) == MOST_OF_BOTH


async def test_an_account_is_locked_before_what_lets_somebody_in(store: Store) -> None:
    """Whoever chooses a password and whoever renews their link wait for each other, in one order: neither for ever."""
    await store.admissions.make("local", [newcomer("ann"), newcomer("ben")])
    said: list[str] = []
    async with asyncio.timeout(60):
        for deed in (
            lambda: store.admissions.choose("link of ann", "x", NOW),
            lambda: store.admissions.invite("local", "acc_ann", secret("invite", "again")),
            lambda: store.admissions.renew_links("local", {"acc_ben": secret("invite", "new")}),
            lambda: store.erasure.erase_person("acc_ben", "local"),
        ):
            said.clear()
            with listening(said):
                await deed()
            locked = next(at for at, words in enumerate(said) if "FROM accounts" in words)
            assert locked < next(at for at, words in enumerate(said) if words.startswith("DELETE FROM sign_ins"))


@contextmanager
def listening(said: list[str]) -> Iterator[None]:
    """Every statement, in order."""

    def note(*told: Any) -> None:
        said.append(" ".join(str(told[2]).split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)
