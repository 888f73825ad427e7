"""The log: what is acknowledged is there, in order, without a gap; what is refused left no trace."""

import asyncio
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from sqlalchemy import text

from server.core.case import Case
from server.core.errors import NotFound, StoreError
from server.core.events import EVENTS, Event, Opened, Reflected, Typed
from server.core.log import Entry
from server.store.store import Store
from tests.store.samples import entries, opened

ID = "enc_0000000000000000000001"


async def begin(store: Store, case: Case, encounter_id: str = ID) -> None:
    await store.create(case, opened(case, encounter_id), "local")


def typed(number: int) -> list[Typed]:
    return [Typed(f"item_{n}", f"word {n}") for n in range(number)]


async def stored(store: Store, encounter_id: str = ID) -> list[Entry]:
    return (await store.read(encounter_id))[1]


async def test_a_log_reads_back_as_it_was_written(store: Store, case: Case) -> None:
    await begin(store, case)
    written = entries(2, typed(5))
    await store.append(ID, written[:2])
    await store.append(ID, written[2:])
    read_case, read = await store.read(ID)
    assert read == [Entry(1, opened(case), 0), *written]
    assert read_case == case


def any_value(hint: Any) -> Any:
    """Some value of a field's type."""
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    return {int: 7, str: "a word"}.get(hint, {"validation": 3})


@pytest.mark.parametrize("name", EVENTS)
async def test_every_event_survives_the_store(store: Store, case: Case, name: str) -> None:
    """Discovered, not listed: an event that is added is tested."""
    kind = EVENTS[name]
    hints = get_type_hints(kind)
    event: Event = kind(**{field.name: any_value(hints[field.name]) for field in fields(kind)})
    await begin(store, case)
    await store.append(ID, [Entry(2, event, 2**40)])
    assert (await stored(store))[1] == Entry(2, event, 2**40)


@pytest.mark.parametrize("seqs", [[1], [2, 2], [3], [3, 4], [2, 4], [4, 3, 2], [0], [-1]])
async def test_what_does_not_continue_the_log_is_refused_whole(store: Store, case: Case, seqs: list[int]) -> None:
    await begin(store, case)
    with pytest.raises(StoreError) as refused:
        await store.append(ID, [Entry(seq, Typed(f"i{seq}", "x"), 5) for seq in seqs])
    assert refused.value.code == "log_conflict"
    assert len(await stored(store)) == 1


async def test_one_bad_entry_takes_its_whole_batch_with_it(store: Store, case: Case) -> None:
    await begin(store, case)
    with pytest.raises(StoreError):
        await store.append(ID, entries(2, [Typed("a", "fine"), Typed("b", "half \ud800 a character")]))
    assert len(await stored(store)) == 1
    await store.append(ID, entries(2, [Typed("a", "fine")]))
    assert len(await stored(store)) == 2


async def test_an_empty_append_changes_nothing(store: Store, case: Case) -> None:
    await begin(store, case)
    await store.append(ID, [])
    assert len(await stored(store)) == 1


async def test_of_two_who_write_the_same_number_one_wins(url: str, store: Store, case: Case) -> None:
    """In one process or, with PostgreSQL, in two."""
    await begin(store, case)
    other = await Store.open(url) if url.startswith("postgresql") else store
    for seq in range(2, 22):
        both = [each.append(ID, [Entry(seq, Typed(f"{n}", "x"), seq)]) for n, each in enumerate((store, other))]
        outcomes = await asyncio.gather(*both, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "StoreError"]
    assert [entry.seq for entry in await stored(store)] == list(range(1, 22))
    await other.close()


async def test_many_encounters_write_at_once(store: Store, case: Case) -> None:
    """Grouped into few commits, and each log is whole."""
    ids = [f"enc_{number:022}" for number in range(12)]

    async def live(encounter_id: str) -> None:
        await begin(store, case, encounter_id)
        for entry in entries(2, typed(10)):
            await store.append(encounter_id, [entry])

    await asyncio.gather(*map(live, ids))
    assert [len(await stored(store, encounter_id)) for encounter_id in ids] == [11] * 12


@pytest.mark.parametrize(
    "words",
    [
        "",
        "naïve, здравствуй, 你好 🩺",
        "e\u0301 stays as it came",
        "line\nand\u2028separator\t",
        "\\u0000",
        "'; DROP TABLE events; --",
    ],
)
async def test_both_databases_keep_the_same_words(store: Store, case: Case, words: str) -> None:
    await begin(store, case)
    event = Reflected(reactions=words, self_rating={"responsiveness": 3})
    await store.append(ID, entries(2, [event]))
    assert (await stored(store))[1].event == event


@pytest.mark.parametrize("words", ["a\x00b", "\ud800", "back\\\x00slash"])
async def test_both_databases_refuse_the_same_words(store: Store, case: Case, words: str) -> None:
    await begin(store, case)
    with pytest.raises(StoreError) as refused:
        await store.append(ID, entries(2, [Typed("a", words)]))
    assert refused.value.code == "bad_text"
    assert words not in str(refused.value)


async def test_an_encounter_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.read(ID)
    with pytest.raises(NotFound):
        await store.append(ID, entries(1, [Typed("a", "x")]))
    with pytest.raises(NotFound):
        await store.erase(ID)


async def test_an_id_is_used_once(store: Store, case: Case) -> None:
    await begin(store, case)
    with pytest.raises(StoreError):
        await begin(store, case)
    assert len(await stored(store)) == 1


async def test_an_encounter_names_the_case_it_plays(store: Store, case: Case) -> None:
    with pytest.raises(StoreError):
        await store.create(case, Opened(ID, case.case_id, case.case_version, "another digest"), "local")
    with pytest.raises(NotFound):
        await store.read(ID)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("DELETE FROM events WHERE seq = 2", "log_gap"),
        ("UPDATE events SET kind = 'Telepathy' WHERE seq = 2", "log_unreadable"),
        ("UPDATE events SET body = '{' WHERE seq = 2", "log_unreadable"),
        ("UPDATE events SET version = 99 WHERE seq = 2", "log_version"),
        ("UPDATE cases SET body = replace(body, 'Ada', 'Eve')", "case_altered"),
    ],
)
async def test_a_log_that_somebody_changed_is_not_played(store: Store, case: Case, change: str, code: str) -> None:
    await begin(store, case)
    await store.append(ID, entries(2, typed(2)))
    await store.database.write(lambda connection: connection.execute(text(change)).close())
    with pytest.raises(StoreError) as refused:
        await store.read(ID)
    assert refused.value.code == code
