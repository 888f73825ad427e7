"""A proof as a long task: what its page is told, and who may have one made."""

import json
import pickle
from dataclasses import replace

import pytest
from fastapi import FastAPI

from server.api.services import Services
from server.api.tasks import proving
from tests.api.house import Shelf
from tests.api.lab import signed_in_as
from tests.assess.proofs import LEAST, LIBRARY, NOVAK, RUBRIC, SECRET, played


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(LIBRARY.cases, LIBRARY.rubrics)


def test_the_report_says_what_does_not_hold_where_it_stands_and_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "QUICK", replace(LEAST, variants=False))
    told: list[tuple[int, int, str]] = []
    leaky = played(NOVAK, opening_statement=f"Hello. {SECRET}")
    asked = pickle.loads(pickle.dumps((proving.prove_here, (leaky, RUBRIC, (NOVAK,), True))))  # noqa: S301
    report = json.loads(json.dumps(asked[0](lambda *parts: told.append(parts), *asked[1])))
    finding = next(each for each in report["findings"] if each["what"] == "locked facts leaked")
    assert not report["proved"] and finding["mend"].startswith("say each line named above otherwise")
    assert any("opening_statement" in where and "F_fall" in where for where in finding["where"])
    assert {each["title"] for each in report["sections"]} >= {"Thresholds", "Leaks"}
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert all(0 <= done < of for done, of, _ in told) and told[-1][2] == "rehearsals"


async def test_a_proof_is_for_those_who_write_or_teach_and_of_what_there_is(api: FastAPI, given: Services) -> None:
    async with (
        signed_in_as(api, given, ("educator",)) as (ann, _),
        signed_in_as(api, given, ("student",), "Bob") as (bob, _),
        signed_in_as(api, given, ("administrator",), "Root") as (root, _),
    ):
        wish = {"kind": "prove", "about": "novak-discharge"}
        refused = [
            await bob.post("/api/tasks", json=wish),
            await root.post("/api/tasks", json=wish),
            await root.get("/api/tasks?kind=prove&about=novak-discharge"),
            await ann.post("/api/tasks", json={**wish, "about": "nobody"}),
            await ann.post("/api/tasks", json={**wish, "about": "cf_of-somebody-else"}),
            await ann.post("/api/tasks", json={**wish, "asked": {"quick": "yes"}}),
        ]
        assert [each.status_code for each in refused] == [403, 403, 403, 404, 404, 422]
        assert (await ann.get("/api/tasks?kind=prove&about=novak-discharge")).json() == []
        broken = (await ann.post("/api/case-files", json={"text": "title: Half a case"})).json()["id"]
        shown = await ann.get(f"/api/tasks?kind=prove&about={broken}")
        assert (shown.status_code, shown.json()) == (200, []), "earlier proofs are found while the text is broken"
        begun = await ann.post("/api/tasks", json={**wish, "about": broken})
        assert (begun.status_code, begun.json()["code"]) == (422, "case_unsound")
        assert (await bob.get(f"/api/tasks?kind=prove&about={broken}")).status_code == 403
