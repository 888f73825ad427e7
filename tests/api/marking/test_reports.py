"""The report over HTTP: after the reflection, to its owner, as a page that nothing can be put into."""

from dataclasses import replace

import httpx2
import pytest

from server.api.routes import build_api
from server.api.services import Services
from server.assess.reporting.pdf import NO_PANGO, PdfPress
from server.assess.reporting.report import policy
from server.core.errors import EngineMissing
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.house import TOKEN


async def reflected(given: Services, script: httpx2.AsyncClient) -> str:
    """The address of an encounter that is over."""
    encounter_id = await made(script)
    await played(given, encounter_id)
    await script.post(f"/api/encounters/{encounter_id}/reflection", json={"felt": "<b>cold</b>"})
    return f"/api/encounters/{encounter_id}"


@pytest.mark.parametrize("form", ["report.html", "report.pdf"])
async def test_it_comes_after_the_reflection(given: Services, script: httpx2.AsyncClient, form: str) -> None:
    encounter_id = await made(script)
    early = await script.get(f"/api/encounters/{encounter_id}/{form}")
    assert (early.status_code, early.json()["code"]) == (409, "not_ended")
    await played(given, encounter_id)
    early = await script.get(f"/api/encounters/{encounter_id}/{form}")
    assert (early.status_code, early.json()["code"]) == (409, "reflection_first")


async def test_the_page_may_do_nothing(given: Services, script: httpx2.AsyncClient) -> None:
    answer = await script.get(f"{await reflected(given, script)}/report.html", params={"for_whom": "Ann <Other>"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.headers["content-security-policy"] == policy()
    assert answer.headers["cache-control"] == "no-store"
    assert "&lt;b&gt;cold&lt;/b&gt;" in answer.text
    assert "Ann &lt;Other&gt;" in answer.text


async def test_it_is_printed(given: Services, script: httpx2.AsyncClient) -> None:
    answer = await script.get(f"{await reflected(given, script)}/report.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"].startswith("attachment; filename=report-enc_")
    assert answer.content.startswith(b"%PDF")


async def test_without_the_library_it_says_what_mends_it(given: Services) -> None:
    class Pressless(PdfPress):
        async def print(self, html: str) -> bytes:
            raise EngineMissing(NO_PANGO, code="no_pango")

    house = replace(given, press=Pressless())
    async with client(build_api(house), Authorization=f"Bearer {TOKEN}") as script:
        answer = await script.get(f"{await reflected(house, script)}/report.pdf")
    assert (answer.status_code, answer.json()["code"]) == (503, "no_pango")
    assert "apt-get install" in answer.json()["message"]


async def test_a_name_has_a_length(given: Services, script: httpx2.AsyncClient) -> None:
    path = await reflected(given, script)
    answer = await script.get(f"{path}/report.html", params={"for_whom": "x" * 81})
    assert (answer.status_code, answer.json()["field"]) == (422, "for_whom")
