"""What an earlier version stored is read for ever: its digest stands, and its log replays or says why not."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from server.core.advance import replay
from server.core.errors import StoreError
from server.store.encounters.cases import restored
from server.store.sql.clock import utc_now
from server.store.sql.tables import cases, encounters, events
from server.store.store import Store

STORED = json.loads((Path(__file__).parents[1] / "schema-1.json").read_text(encoding="utf-8"))
ID = "enc_0000000000000000000001"


def plant(connection: Connection, stored: dict[str, Any], owner: str = "local") -> None:
    """The rows as the earlier version left them."""
    now = utc_now()
    body = json.loads(stored["body"])
    case = {"digest": stored["digest"], "case_id": body["case_id"], "version": body["case_version"]}
    connection.execute(insert(cases), {**case, "body": stored["body"], "created_at": now})
    row = {"id": ID, "case_digest": stored["digest"], "portrayal": "teaching", "owner": owner, "ended": "learner"}
    connection.execute(insert(encounters), {**row, "created_at": now})
    for seq, (at_ms, record) in enumerate(stored["log"], 1):
        fields = {name: value for name, value in record.items() if name != "event"}
        entry = {"encounter_id": ID, "seq": seq, "version": 1, "kind": record["event"], "body": json.dumps(fields)}
        connection.execute(insert(events), {**entry, "at_ms": at_ms, "stored_at": now})


def changed(**parts: Any) -> tuple[str, str]:
    """The stored case with other parts: its digest and its text."""
    text = json.dumps(json.loads(STORED["body"]) | parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest(), text


async def test_a_case_of_schema_1_replays_with_the_digest_that_its_log_names(store: Store) -> None:
    await store.database.write(lambda connection: plant(connection, STORED))
    case, entries = await store.read(ID)
    assert case.digest == STORED["digest"] == entries[0].event.case_digest  # type: ignore[union-attr]
    assert case.schema_version == "2", "read as this version would have written it"
    assert replace(case).digest != case.digest, "it would be another, computed again"
    assert [rehearsal.learner for rehearsal in case.rehearsals] == ["skilled"]
    encounter = replay(case, ((entry.event, entry.at_ms) for entry in entries))
    assert (encounter.phase, encounter.ended) == ("reflection", "learner")
    said = [turn.text for turn in encounter.turns if turn.speaker == "learner"]
    assert said == [record["text"] for _, record in STORED["log"] if record["event"] == "Typed"]


def test_every_word_of_it_is_still_there() -> None:
    case = restored(STORED["digest"], STORED["body"])
    told = repr(case)
    written = json.loads(STORED["body"])
    texts = [written["title"], *(fact["say"] for fact in written["facts"]), written["ending"]["success"]]
    assert [text for text in texts if text not in told] == []


@pytest.mark.parametrize("parts", [{"schema_version": "77", "surprise": {"a": 1}}, {"beats": "none"}, {"facts": [{}]}])
def test_one_that_this_version_cannot_read_names_the_remedy(parts: dict[str, Any]) -> None:
    with pytest.raises(StoreError, match="version that played them") as refused:
        restored(*changed(**parts))
    assert refused.value.code == "case_unreadable"


def test_it_is_known_by_its_stored_text_and_not_by_what_it_became() -> None:
    digest, text = changed(title="Another")
    with pytest.raises(StoreError) as refused:
        restored(STORED["digest"], text)
    assert refused.value.code == "case_altered"
    assert restored(digest, text).title == "Another"
