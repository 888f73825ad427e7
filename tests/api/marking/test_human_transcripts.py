"""A transcript of people over the API: scored for this answer, and kept nowhere."""

import httpx2
import pytest

from server.api.guard import LARGER
from server.store.sql.tables_of_a_lab import metadata
from server.store.store import Store

TEXT = (
    "Patient: It's not been the same since he died.\n"
    "Nurse: You sound lonely. What are the evenings like?\n"
    "Patient: Quiet.\n"
    "Nurse: Quiet. Can I get you anything for the night?\n"
)


async def post(client: httpx2.AsyncClient, **body: object) -> httpx2.Response:
    return await client.post("/api/transcripts", json={"text": TEXT, "rubric": "small", **body})


async def test_it_is_scored_and_said_to_be_kept_nowhere(script: httpx2.AsyncClient, store: Store) -> None:
    answer = await post(script)
    card = answer.json()
    assert answer.status_code == 200 and card["kept"] is False
    assert card["provenance"]["opportunities"] == "proposed"
    assert [line["beat"] for line in card["opportunities"]] == ["proposed_line_1"]
    assert {d["id"]: d["level"] for d in card["dimensions"]}["understanding"] == 3
    rows = store.database.writer.submit(
        lambda c: {t.name: len(c.execute(t.select()).fetchall()) for t in metadata.sorted_tables}
    ).result()
    assert not any(rows.values())


async def test_captions_are_taken(script: httpx2.AsyncClient) -> None:
    cues = ("<v Patient>I'm frightened of the stairs.", "<v Nurse>Oh.")
    vtt = "WEBVTT\n" + "".join(f"\n00:0{n}.000 --> 00:0{n}.900\n{cue}\n" for n, cue in enumerate(cues))
    answer = await post(script, text=vtt, format="vtt")
    assert answer.status_code == 200
    assert {d["status"] for d in answer.json()["dimensions"]} == {"not_applicable"}, "one turn is no conversation"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"text": "no labels at all"}, 422, "unreadable_transcript"),
        ({"text": "{", "format": "json"}, 422, "unreadable_transcript"),
        ({"text": "Ann: Hi.\nBob: Hi."}, 422, "unreadable_transcript"),
        ({"text": ""}, 422, "bad_field"),
        ({"format": "docx"}, 422, "bad_field"),
        ({"rubric": "none-such"}, 404, "rubric_not_found"),
        ({"keep": True}, 422, "bad_field"),
    ],
)
async def test_what_cannot_be_scored_is_named(
    script: httpx2.AsyncClient, changes: dict[str, object], status: int, code: str
) -> None:
    answer = await post(script, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_nothing_of_what_was_said_is_in_a_refusal(script: httpx2.AsyncClient) -> None:
    answer = await post(script, text="Ann: My secret is out.\nBob: A second secret.\nmore of it")
    assert "secret" not in answer.text


async def test_five_megabytes_are_refused(script: httpx2.AsyncClient) -> None:
    answer = await post(script, text="Nurse: hello\n" * 400_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert LARGER["/api/transcripts"] < 5_000_000


async def test_somebody_unknown_may_not(anonymous: httpx2.AsyncClient) -> None:
    assert (await post(anonymous)).status_code == 401
