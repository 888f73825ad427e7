"""Case files: every save an edition, nobody's work overwritten, and what must hold before learners meet a case."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from server.core.errors import BedsideError, Busy, Conflict, NotAllowed, NotFound
from server.store.authoring.authoring import CaseFile, CaseRemark, Written
from server.store.authoring.case_files import MOST_FILES, MOST_SAVES, _row
from server.store.house.rules import Freeze
from server.store.sql.clock import utc_now
from server.store.sql.tables_of_a_lab import case_editions, case_files
from server.store.store import Store

ANN, BEN, CLARE = "acc_ann", "acc_ben", "acc_clare"


def written(text: str = "one", version: str = "1.0.0", case_id: str = "tea") -> Written:
    return Written(text, case_id, "Tea at four", version, f"digest of {text}")


def file(file_id: str = "cf_1", **changes: object) -> CaseFile:
    now = utc_now()
    made = CaseFile(file_id, ANN, "one", now, now, case_id="tea", title="Tea at four", version="1.0.0")
    return replace(made, **changes)  # type: ignore[arg-type]


async def code(awaited: object) -> str:
    with pytest.raises(BedsideError) as refused:
        await awaited  # type: ignore[misc]
    return refused.value.code


async def met(store: Store) -> list[str]:
    """What learners meet, by the texts."""
    files = [file for file in await store.authoring.shelved() if file.published]
    return [(await store.authoring.edition(file.id, file.published)).text for file in files]


async def on_the_way(store: Store, *steps: str, seen: int = 1, text: Written | None = None) -> CaseFile:
    """Taken by who may take them."""
    here = await store.authoring.file("cf_1")
    for step in steps:
        who = BEN if step in ("approved", "refused") else ANN
        here = await store.authoring.take("cf_1", who, seen, step, text or written())  # type: ignore[arg-type]
        seen = here.edition
    assert here is not None
    return here


async def test_every_save_is_an_edition_and_nobody_overwrites_what_they_did_not_see(store: Store) -> None:
    authoring = store.authoring
    await authoring.add(file(editors=(CLARE,)), "d1")
    second = await authoring.save("cf_1", CLARE, 1, written("two"))
    assert (second.edition, second.status, second.text) == (2, "draft", "two")
    assert await code(authoring.save("cf_1", ANN, 1, written("three"))) == "changed_meanwhile"
    assert (await authoring.save("cf_1", ANN, 2, written("two"))).edition == 2, "nothing new"
    await authoring.add(file("cf_2"), "d1")
    broken = await authoring.save("cf_2", ANN, 1, Written("cannot be read"))
    assert (broken.title, broken.case_id, broken.version) == ("Tea at four", "tea", "1.0.0"), "it keeps its name"
    assert (await authoring.save("cf_1", ANN, 1, written("two"))).edition == 2, "an answer that got lost"
    assert [(each.edition, each.author) for each in await authoring.editions("cf_1")] == [(2, CLARE), (1, ANN)]
    assert (await authoring.edition("cf_1", 1)).text == "one"
    both = [authoring.save("cf_1", who, 2, written(f"by {who}")) for who in (ANN, CLARE)]
    told = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["CaseFile", "Conflict"]


async def test_a_draft_is_its_writers_own(store: Store) -> None:
    authoring = store.authoring
    await authoring.add(file(), "d1")
    await authoring.add(file("cf_2", owner=BEN, status="in_review"), "d1")
    assert [each.id for each in await authoring.files_for(BEN)] == ["cf_2"]
    assert {each.id for each in await authoring.files_for(ANN)} == {"cf_1", "cf_2"}
    assert await code(authoring.save("cf_1", BEN, 1, written("mine"))) == "case_file_not_found"
    assert await code(authoring.save("cf_2", ANN, 1, written("mine"))) == "writers_only"
    assert await code(authoring.share("cf_1", BEN, [BEN])) == "case_file_not_found"
    await authoring.share("cf_1", ANN, [BEN, BEN, ANN])
    assert {each.id for each in await authoring.files_for(BEN)} == {"cf_1", "cf_2"}
    assert (await authoring.save("cf_1", BEN, 1, written("together"))).writers == (ANN, BEN)
    assert await code(authoring.share("cf_1", BEN, [])) == "owners_only"


async def test_the_way_to_learners_and_back(store: Store) -> None:
    await store.authoring.add(file(), "d1")
    assert await code(on_the_way(store, "published")) == "wrong_status"
    approved = await on_the_way(store, "submitted", "approved")
    assert (approved.status, approved.approved_by, approved.reviewed) == ("approved", BEN, True)
    changed = await store.authoring.save("cf_1", ANN, approved.edition, written("two"))
    assert (changed.status, changed.approved_by, changed.reviewed) == ("draft", "", False), "somebody looks again"
    live = await on_the_way(store, "submitted", "approved", "published", seen=changed.edition, text=written("two"))
    assert await met(store) == ["two"]
    assert await code(store.authoring.remove("cf_1", ANN)) == "was_published"
    mark = await store.authoring.shelf_mark()
    later = await store.authoring.save("cf_1", ANN, live.edition, written("three", "1.0.1"))
    assert await met(store) == ["two"], "learners meet what was published"
    assert mark and await store.authoring.shelf_mark() == mark, "other processes have nothing to read"
    await store.authoring.take("cf_1", ANN, later.edition, "retired", written("three", "1.0.1"))
    assert await met(store) == []
    assert await store.authoring.shelf_mark() not in ("", mark)
    assert [(each.id, each.published, each.text) for each in await store.authoring.shelved()] == [("cf_1", 0, "")]
    rows = await store.audit.rows()
    assert [row.action for row in reversed(rows)] == [
        "case_approved",
        "case_approved",
        "case_published",
        "case_retired",
    ]
    assert "Tea" not in str([row.body for row in rows])


async def test_what_somebody_approves_of_their_own_is_not_called_reviewed(store: Store) -> None:
    await store.authoring.add(file(owner="local"), "d1")
    seen = (await store.authoring.take("cf_1", "local", 1, "submitted", written())).edition
    assert (await store.authoring.take("cf_1", "local", seen, "approved", written())).reviewed is False
    await store.authoring.add(file("cf_2", editors=(BEN,)), "d1")
    saved = await store.authoring.save("cf_2", BEN, 1, written("two"))
    await store.authoring.share("cf_2", ANN, [])
    seen = (await store.authoring.take("cf_2", ANN, saved.edition, "submitted", written("two"))).edition
    assert (await store.authoring.take("cf_2", BEN, seen, "approved", written("two"))).reviewed is False, (
        "he wrote of it"
    )


@pytest.mark.parametrize(
    ("version", "refused"),
    [("1.0.0", "version_needed"), ("0.9.9", "version_needed"), ("1.0.1", ""), ("1.10.0", ""), ("2.0.0", "")],
)
async def test_another_text_needs_a_higher_version(store: Store, version: str, refused: str) -> None:
    await store.authoring.add(file(), "d1")
    live = await on_the_way(store, "submitted", "approved", "published")
    text = written("two", version)
    changed = await store.authoring.save("cf_1", ANN, live.edition, text)
    going = on_the_way(store, "submitted", "approved", "published", seen=changed.edition, text=text)
    if refused:
        assert await code(going) == refused
        assert await met(store) == ["one"]
    else:
        assert [each.version for each in (await going).shelved] == ["1.0.0", version]


async def test_a_case_id_belongs_to_one_file_and_a_freeze_holds(store: Store) -> None:
    await store.authoring.add(file(), "d1")
    await on_the_way(store, "submitted", "approved", "published")
    await store.authoring.add(file("cf_2", status="approved"), "d1")
    assert await code(store.authoring.take("cf_2", ANN, 1, "published", written())) == "id_taken"
    now = utc_now()
    await store.house.put_freeze(Freeze(now - timedelta(hours=1), now + timedelta(hours=1), ("cases",)), "local")
    frozen = store.authoring.take("cf_2", ANN, 1, "published", written(case_id="other"))
    assert await code(frozen) == "frozen"
    assert len(await met(store)) == 1


async def test_too_many_and_too_fast(store: Store) -> None:
    await store.authoring.add(file(), "d1")
    row = {"file_id": "cf_1", "author": ANN, "step": "saved", "text": "", "digest": "", "made_at": utc_now()}
    rows = [{**row, "edition": number} for number in range(1001, 1000 + MOST_SAVES)]
    await store.database.write(lambda c: c.execute(case_editions.insert(), rows))
    with pytest.raises(Busy, match="200 saves"):
        await store.authoring.save("cf_1", ANN, 1, written("two"))
    assert await code(store.authoring.add(file("cf_2"), "d1")) == "slow_down"
    long_ago = utc_now() - timedelta(minutes=2)
    await store.database.write(lambda c: c.execute(update(case_editions).values(made_at=long_ago)))
    await store.authoring.save("cf_1", ANN, 1, written("two"))
    kept = {each.edition for each in await store.authoring.editions("cf_1")}
    assert {1, 2} <= kept and len(kept) <= 4, "of what an editor saves by itself, a few are kept"
    with pytest.raises(Conflict, match=f"quota: {MOST_FILES}"):
        await crowd(store)


async def crowd(store: Store) -> None:
    """One file more than may be."""
    rows = [_row(file(f"cf_{number:03}")) for number in range(100, 100 + MOST_FILES - 1)]
    await store.database.write(lambda c: c.execute(case_files.insert(), rows))
    await store.authoring.add(file("cf_more"), "d1")


async def test_remarks_are_kept_with_their_place_and_ticked_off(store: Store) -> None:
    await store.authoring.add(file(), "d1")
    remark = CaseRemark("crm_1", "cf_1", BEN, "Is this <likely>?", utc_now(), 1, 7, "beats.0")
    await store.authoring.remark(remark)
    assert await store.authoring.remarks("cf_1") == [remark]
    await store.authoring.settle("cf_1", "crm_1", True)
    assert await store.authoring.remarks("cf_1") == [replace(remark, settled=True)]
    with pytest.raises(NotFound):
        await store.authoring.settle("cf_2", "crm_1", True)
    await store.authoring.take("cf_1", ANN, 1, "submitted", written())
    with pytest.raises(NotAllowed):
        await store.authoring.remove("cf_1", BEN)
    await store.authoring.remove("cf_1", ANN)
    assert await store.authoring.remarks("cf_1") == [] and await store.authoring.editions("cf_1") == []


async def test_the_audit_names_a_case_whose_text_has_lost_its_id(store: Store) -> None:
    await store.authoring.add(file(), "d1")
    live = await on_the_way(store, "submitted", "approved", "published")
    broken = await store.authoring.save("cf_1", ANN, live.edition, written("[", "", ""))
    await store.authoring.take("cf_1", ANN, broken.edition, "retired", written("[", "", ""))
    row = (await store.audit.rows())[0]
    assert (row.action, row.body["case"]) == ("case_retired", "tea")
