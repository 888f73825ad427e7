"""A case is pinned by its content: an old encounter keeps the version it was played with."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from server.content.folders import load_library
from server.core.case import Case
from server.core.errors import StoreError
from server.store.encounters.cases import canonical, restored
from server.store.store import Store
from tests.store.samples import opened, sample_case

ROOT = Path(__file__).resolve().parents[3]


def afresh(case: Case) -> str:
    """The digest, computed again from the content."""
    return replace(case).digest


async def test_a_restored_case_has_the_same_digest(store: Store, case: Case) -> None:
    await store.create(case, opened(case), "local")
    again, _ = await store.read(opened(case).encounter_id)
    assert again == case
    assert again.digest == case.digest


@pytest.mark.parametrize("path", sorted((ROOT / "personas").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_case_of_the_house_can_be_pinned(path: Path) -> None:
    for case in load_library(path.parent, ROOT / "rubrics").cases.values():
        again = restored(case.digest, canonical(case))
        assert again == case
        assert again.digest == case.digest


async def test_an_edit_does_not_reach_an_old_encounter(store: Store, case: Case) -> None:
    edited = sample_case(title="The other blanket")
    await store.create(case, opened(case, "enc_old"), "local")
    await store.create(edited, opened(edited, "enc_new"), "local")
    assert (await store.read("enc_old"))[0].title == "The blanket"
    assert (await store.read("enc_new"))[0].title == "The other blanket"


async def test_the_same_content_is_kept_once(store: Store, case: Case) -> None:
    for number in range(3):
        await store.create(case, opened(case, f"enc_{number}"), "local")
    assert await store.database.read(lambda c: c.execute(text("SELECT count(*) FROM cases")).scalar_one()) == 1


def test_a_later_version_with_more_fields_still_knows_it(case: Case) -> None:
    """A field that is left out is one that the version before did not have."""
    older = canonical(case).partition(', "validation_probes": [')[0] + "}"
    digest = hashlib.sha256(older.encode()).hexdigest()
    again = restored(digest, older)
    assert again.validation_probes == ()
    assert again.digest == digest == afresh(again)


def test_a_text_that_is_not_what_its_digest_says_is_refused(case: Case) -> None:
    with pytest.raises(StoreError):
        restored("0" * 64, canonical(case))


def test_a_text_that_is_no_case_is_refused() -> None:
    for body in ('{"case_id": 3}', "[]", "{"):
        with pytest.raises(StoreError) as refused:
            restored(hashlib.sha256(body.encode()).hexdigest(), body)
        assert refused.value.code == "case_unreadable"
