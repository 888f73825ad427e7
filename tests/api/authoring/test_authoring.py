"""Cases in the browser's hands: written, checked, read by others, approved, met by learners; and what is refused."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.access import Person
from server.api.authoring.files import case_of_file
from server.api.guard import LARGER
from server.api.routes import build_api
from server.api.services import Services
from server.app import with_published
from server.content.folders import Library, yaml_files
from server.content.loader import load_case, load_rubric
from server.content.shelf import Shelf
from server.core.errors import NotFound, RequestError
from server.core.roles import Role
from server.store.authoring.authoring import CaseFile, Shelved
from server.store.sql.clock import utc_now
from tests.api.lab import signed_in_as
from tests.content.planted import ROOT

SMALL = (ROOT / "tests" / "content" / "small-case.yaml").read_text(encoding="utf-8")
FILES = "/api/case-files"


@dataclass
class Desk:
    """Educators at their desks, and a library that grows."""

    api: FastAPI
    given: Services
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def somebody(self, name: str, *roles: Role) -> httpx2.AsyncClient:
        found, _ = await self.stack.enter_async_context(
            signed_in_as(self.api, self.given, roles=roles or ("educator",), name=name, sign_in=name.casefold())
        )
        return found


@pytest.fixture(scope="session")
def shipped() -> Library:
    """One case of the folder is enough here."""
    rubrics = [load_rubric(path) for path in yaml_files(ROOT / "rubrics")]
    case = load_case(ROOT / "personas" / "novak-discharge.yaml")
    return Library({case.case_id: case}, {each.rubric_id: each for each in rubrics})


@pytest_asyncio.fixture
async def desk(api: FastAPI, given: Services, shipped: Library) -> AsyncIterator[Desk]:
    here = Desk(api, replace(given, shelf=Shelf(shipped), personas=ROOT / "personas"))
    api.state.services = here.given
    async with here.stack:
        yield here


async def written(who: httpx2.AsyncClient, text: str = SMALL) -> dict[str, Any]:
    answer = await who.post(FILES, json={"text": text})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def step(who: httpx2.AsyncClient, file: dict[str, Any], name: str, **more: str) -> httpx2.Response:
    edition = (await who.get(f"{FILES}/{file['id']}")).json().get("edition", file["edition"])
    return await who.post(f"{FILES}/{file['id']}/steps", json={"step": name, "edition": edition, **more})


async def published(author: httpx2.AsyncClient, reader: httpx2.AsyncClient, file: dict[str, Any]) -> dict[str, Any]:
    for who, name in ((author, "submitted"), (reader, "approved"), (author, "published")):
        answer = await step(who, file, name)
        assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def lobby(who: httpx2.AsyncClient) -> dict[str, str]:
    return {each["case_id"]: each["status"] for each in (await who.get("/api/cases")).json()}


async def test_from_a_copy_to_a_case_that_learners_meet(desk: Desk) -> None:
    ann, ben, sam = await desk.somebody("Ann"), await desk.somebody("Ben"), await desk.somebody("Sam", "student")
    file = (await ann.post(FILES, json={"copy_of": "novak-discharge"})).json()
    assert (file["case_id"], file["version"], file["status"]) == ("novak-discharge-copy", "0.1.0", "draft")
    assert file["title"] == "Going home tomorrow (copy)"
    assert "# Nobody has reviewed this case yet" in file["text"], "comments come along"
    again = (await ann.post(FILES, json={"copy_of_file": file["id"]})).json()
    assert (again["case_id"], again["title"]) == ("novak-discharge-copy2", "Going home tomorrow (copy 2)")
    assert (await ben.get(f"{FILES}/{file['id']}")).status_code == 404, "a draft is its author's own"
    assert refusal(await step(ben, file, "approved")) == (404, "case_file_not_found")
    assert (await step(ann, file, "submitted")).json()["status"] == "in_review"
    assert refusal(await step(ann, file, "approved")) == (403, "own_case")
    approved = (await step(ben, file, "approved", words="Ready.")).json()
    assert (approved["approved_by"], approved["reviewed"], approved["steps"]) == ("Ben", True, ["refused"])
    assert refusal(await step(ben, file, "published")) == (403, "writers_only")
    assert "novak-discharge-copy" not in await lobby(sam)
    live = (await step(ann, file, "published")).json()
    assert (live["status"], live["published_version"]) == ("published", "0.1.0")
    assert [each["words"] for each in live["remarks"]] == ["Ready."]
    assert (await lobby(sam))["novak-discharge-copy"] == "approved"
    assert (await sam.get("/api/cases/novak-discharge-copy")).json()["title"] == "Going home tomorrow (copy)"


async def test_a_published_case_is_there_after_a_restart_and_an_old_encounter_keeps_its_own(desk: Desk) -> None:
    ann, ben = await desk.somebody("Ann"), await desk.somebody("Ben", "faculty")
    file = await written(ann)
    await published(ann, ben, file)
    first = desk.given.shelf.cases["small-case"]
    assert first.status == "approved"
    old = (await ann.post("/api/encounters", json={"case_id": "small-case"})).json()["id"]
    later = SMALL.replace("Tea at four", "Tea at five")
    seen = (await ann.get(f"{FILES}/{file['id']}")).json()["edition"]
    saved = (await ann.put(f"{FILES}/{file['id']}", json={"edition": seen, "text": later})).json()
    assert (saved["status"], saved["published_version"]) == ("draft", "1.0.0")
    await step(ann, file, "submitted")
    await step(ben, file, "approved")
    assert refusal(await step(ann, file, "published")) == (409, "version_needed")
    again = await with_published(desk.given.shelf.folder, desk.given.store)  # type: ignore[attr-defined]
    assert again.cases["small-case"] == first and again.cases["small-case"].digest == first.digest
    newer = {"edition": saved["edition"] + 2, "text": later.replace("case_version: 1.0.0", "case_version: 1.1.0")}
    assert (await ann.put(f"{FILES}/{file['id']}", json=newer)).status_code == 200
    assert (await published(ann, ben, file))["published_version"] == "1.1.0"
    assert desk.given.shelf.cases["small-case"].title == "Tea at five"
    assert (await desk.given.store.read(old))[0] == first, "what was begun goes on as it was"
    assert (await step(ann, file, "retired")).json()["published_version"] == ""
    assert "small-case" not in await lobby(ann)
    assert refusal(await ann.post("/api/encounters", json={"case_id": "small-case"})) == (409, "case_retired")
    assert "small-case" not in (await with_published(again.folder, desk.given.store)).cases


async def test_another_process_over_the_same_database_learns_of_it_and_reads_no_text_twice(
    desk: Desk, shipped: Library
) -> None:
    ann, ben = await desk.somebody("Ann"), await desk.somebody("Ben")
    beside = replace(desk.given, shelf=await with_published(shipped, desk.given.store))
    there = Desk(build_api(beside), beside)
    async with there.stack:
        sam = await there.somebody("Sam", "student")
        assert "small-case" not in await lobby(sam)
        file = await written(ann)
        await published(ann, ben, file)
        assert (await sam.post("/api/encounters", json={"case_id": "small-case"})).status_code == 201
        first = beside.shelf.cases["small-case"]
        assert (await lobby(sam))["small-case"] == "approved" and beside.shelf.cases["small-case"] is first
        await published(ann, ben, await written(ann, SMALL.replace("case_id: small-case", "case_id: other")))
        assert "other" in await lobby(sam) and beside.shelf.cases["small-case"] is first, "only what is new is read"
        await step(ann, file, "retired")
        assert refusal(await sam.post("/api/encounters", json={"case_id": "small-case"})) == (409, "case_retired")
    await desk.given.store.house.put_rule("shelf", "local", mark="of a broken one")
    await desk.given.store.authoring.add(broken_and_published(), "")
    assert "other" in await lobby(ann) and "cf_broken" in str(desk.given.shelf.problems)  # type: ignore[attr-defined]


def broken_and_published() -> CaseFile:
    """By an older version of the program, to which it was a case."""
    now = utc_now()
    was = (Shelved("broken", "1.0.0", "digest", 1, True),)
    return CaseFile("cf_broken", "local", "title: No case", now, now, status="published", published=1, shelved=was)


async def test_alone_one_approves_ones_own_and_it_stays_unreviewed(desk: Desk, browser: httpx2.AsyncClient) -> None:
    file = await written(browser, SMALL.replace("case_version: 1.0.0", "case_version: 1.0.0\nstatus: approved"))
    live = await published(browser, browser, file)
    assert (live["reviewed"], live["approved"], live["approved_by"]) == (False, True, "")
    assert (await lobby(browser))["small-case"] == "draft", "whatever the text says of itself"


async def test_two_educators_save_the_same_file(desk: Desk) -> None:
    ann, ben = await desk.somebody("Ann"), await desk.somebody("Ben")
    file = await written(ann)
    at = f"{FILES}/{file['id']}"
    assert (await ben.put(at, json={"edition": 1, "text": "mine"})).status_code == 404
    assert refusal(await ann.put(f"{at}/people", json={"people": ["nobody"]})) == (422, "no_educator")
    shared = (await ann.put(f"{at}/people", json={"people": [" BEN"]})).json()
    assert [each["name"] for each in shared["editors"]] == ["Ben"]
    assert (await ben.put(at, json={"edition": 1, "text": SMALL + "# by Ben\n"})).json()["edition"] == 2
    mine = SMALL.replace("Tea at four", "Tea at six")
    assert refusal(await ann.put(at, json={"edition": 1, "text": mine})) == (409, "changed_meanwhile")
    theirs = (await ann.post(f"{at}/compare", json={"edition": 2, "text": mine})).json()["places"]
    told = [(line["kind"], line["old"], line["new"]) for place in theirs for line in place if line["kind"] != "same"]
    assert told == [("changed", "title: Tea at four", "title: Tea at six"), ("gone", "# by Ben", "")]
    assert (await ann.get(f"{at}/editions/2")).json()["author"] == "Ben"
    diff = (await ann.get(f"{at}/diff", params={"old": 1, "new": 2})).json()["places"]
    assert [line["new"] for place in diff for line in place if line["kind"] == "new"] == ["# by Ben"]
    assert (await ann.get(f"{at}/diff", params={"old": 1, "new": 1})).json() == {"places": []}
    assert refusal(await ben.delete(at)) == (403, "owners_only")
    assert (await ann.delete(at)).status_code == 204 and (await ann.get(at)).status_code == 404


@pytest.mark.parametrize("number", [0, -(10**30), 2**31, 2**63, 10**30])
async def test_an_edition_that_no_database_holds(desk: Desk, browser: httpx2.AsyncClient, number: int) -> None:
    at = f"{FILES}/{(await written(browser))['id']}"
    for answer in (
        await browser.get(f"{at}/editions/{number}"),
        await browser.get(f"{at}/diff", params={"old": number, "new": 1}),
        await browser.get(f"{at}/diff", params={"old": 1, "new": number}),
        await browser.post(f"{at}/compare", json={"edition": number, "text": ""}),
        await browser.post(f"{at}/remarks", json={"edition": number, "words": "Hm."}),
        await browser.post(f"{at}/steps", json={"edition": number, "step": "submitted"}),
        await browser.put(at, json={"edition": number, "text": SMALL + "# more\n"}),
    ):
        assert refusal(answer) == (422, "bad_field"), answer.request.url


async def test_who_wrote_does_not_approve_once_they_may_no_longer_write(desk: Desk) -> None:
    ann, ben, eve = [await desk.somebody(name) for name in ("Ann", "Ben", "Eve")]
    file = await written(ann)
    at = f"{FILES}/{file['id']}"
    await ann.put(f"{at}/people", json={"people": ["ben", "eve"]})
    await ben.put(at, json={"edition": 1, "text": SMALL + "# by Ben\n"})
    await ann.put(f"{at}/people", json={"people": []})
    await step(ann, file, "submitted")
    assert (await ben.get(at)).json()["steps"] == ["refused"]
    assert refusal(await step(ben, file, "approved")) == (403, "own_case")
    approved = (await step(eve, file, "approved")).json()
    assert (approved["approved_by"], approved["reviewed"]) == ("Eve", True), "she wrote no word of it"


async def test_remarks_at_a_line(desk: Desk) -> None:
    ann, ben = await desk.somebody("Ann"), await desk.somebody("Ben")
    file = await written(ann)
    at = f"{FILES}/{file['id']}/remarks"
    said = {"words": "Would he <say> this?", "edition": 1, "line": 42, "key": "beats.0.deliver"}
    assert (await ben.post(at, json=said)).status_code == 404
    await step(ann, file, "submitted")
    remark = (await ben.post(at, json=said)).json()[0]
    assert remark | said == remark and (remark["author"], remark["yours"]) == ("Ben", True)
    assert refusal(await ben.post(at, json=said | {"words": " \n"})) == (422, "bad_field")
    settled = (await ann.put(f"{at}/{remark['id']}", json={"settled": True})).json()
    assert [each["settled"] for each in settled] == [True]
    refused = (await step(ben, file, "refused", words="The name is wrong.")).json()
    assert (refused["status"], refused["remarks"][-1]["words"]) == ("draft", "The name is wrong.")


async def test_what_the_check_says_and_where(desk: Desk) -> None:
    ann = await desk.somebody("Ann")
    broken = SMALL.replace("disclosure: if_trust,", "disclosure: if_trusted,")
    told = (await ann.post(f"{FILES}/check", json={"text": broken})).json()
    assert told["sound"] is False
    problem = next(each for each in told["problems"] if each["key"] == "facts.1.disclosure")
    line = broken.splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 :].startswith("if_trusted") and "if_trust" in problem["mend"] + problem["message"]
    assert told["form"]["facts"][1]["disclosure"] == "if_trusted", "the form is there to mend it"
    good = (await ann.post(f"{FILES}/check", json={"text": SMALL})).json()
    assert good["sound"] is True and good["lines"]["facts.1"] == told["lines"]["facts.1"]
    edges = {(each["start"], each["how"], each["end"]) for each in good["edges"]}
    assert {("B1_waiting", "reveals", "F_quarrel"), ("F_quarrel", "comes_after", "B2_letter")} <= edges
    assert good["matrix"]["rows"][0] == {
        "beat": "B1_waiting", "core": True, "objective": "LO1", "items": ["K1"], "debriefed": True,
        "line": good["lines"]["beats.0"],
    }  # fmt: skip
    assert good["matrix"]["gaps"] == ["The debriefing does not come back to B2_letter."]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "empty"),
        ("hello", 1, "mapping"),
        ("a: [1\nb: 2", 1, "the [ of this line is not closed"),
        ("[" * 50_000, 1, "nested deeper than 20"),
        ("a: &a [*a]", 1, "anchors"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("a: 1\na: 2", 2, "given twice"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a:\n\tb: 1", 2, "tab"),
        ("a: x\u202ey", 1, "U+202E"),
        ("title: <script>alert(1)</script>\nfoo: bar", 2, "foo"),
    ],
)
async def test_bad_texts_are_told_with_their_line_and_can_be_kept_as_drafts(
    desk: Desk, browser: httpx2.AsyncClient, text: str, line: int, message: str
) -> None:
    told = (await browser.post(f"{FILES}/check", json={"text": text})).json()
    assert told["sound"] is False
    assert any(each["line"] == line and message in each["message"] + each["key"] for each in told["problems"])


async def test_what_is_never_kept(desk: Desk, browser: httpx2.AsyncClient) -> None:
    file = await written(browser)
    at = f"{FILES}/{file['id']}"
    for text, told in (
        ("a" * 262_145, (413, "too_large")),
        ("é" * 200_000, (413, "too_large")),
        ("a: \u202e", (422, "strange_character")),
    ):
        assert refusal(await browser.put(at, json={"edition": 1, "text": text})) == told
    assert LARGER["/api/case-files"] < 5_000_000
    huge = await browser.post(
        FILES, content=b'{"text": "' + b"a" * 5_000_000, headers={"Content-Type": "application/json"}
    )
    assert refusal(huge) == (413, "too_large")
    assert (await browser.get(at)).json()["text"] == SMALL
    assert refusal(await browser.post(FILES, json={})) == (422, "bad_field")
    assert refusal(await browser.post(FILES, json={"copy_of": "../../etc/passwd"})) == (404, "case_not_found")
    assert refusal(await browser.post(FILES, json={"family": "../novak-discharge"})) == (404, "family_not_found")


async def test_a_broken_text_is_kept_as_a_draft_and_goes_nowhere(desk: Desk, browser: httpx2.AsyncClient) -> None:
    file = await written(browser, "title: Half a case\n")
    assert (file["title"], file["case_id"]) == ("Half a case", "")
    assert refusal(await step(browser, file, "submitted")) == (422, "case_unsound")
    shipped = await written(browser, SMALL.replace("case_id: small-case", "case_id: novak-discharge"))
    assert refusal(await step(browser, shipped, "submitted")) == (409, "id_taken")
    person = Person("local")
    with pytest.raises(RequestError, match="missing"):
        await case_of_file(desk.given, person, file["id"])
    with pytest.raises(NotFound):
        await case_of_file(desk.given, Person("acc_other"), file["id"])
    assert (await case_of_file(desk.given, person, (await written(browser))["id"])).title == "Tea at four"


@pytest.mark.parametrize("written_id", [r"a\q", r"a\9", "12", "' OR 1=1--"])
async def test_a_copy_of_a_draft_whose_id_is_none(desk: Desk, browser: httpx2.AsyncClient, written_id: str) -> None:
    file = await written(browser, f"case_id: {written_id}\n")
    answer = await browser.post(FILES, json={"copy_of_file": file["id"]})
    assert (answer.status_code, answer.json()["text"].startswith("case_id: ")) == (201, True)


async def test_every_family_grows_into_a_case_without_errors(desk: Desk, browser: httpx2.AsyncClient) -> None:
    offered = (await browser.get(f"{FILES}/beginnings")).json()
    assert len(offered) >= 3 and all(each["summary"] for each in offered)
    for each in offered:
        file = (await browser.post(FILES, json={"family": each["id"]})).json()
        told = (await browser.post(f"{FILES}/check", json={"text": file["text"]})).json()
        assert [problem for problem in told["problems"] if not problem["warning"]] == [], each["id"]


async def test_the_form_changes_its_part_alone(desk: Desk, browser: httpx2.AsyncClient) -> None:
    change = {"key": "facts.0.say", "value": "She drives: a lorry."}
    after = (await browser.post(f"{FILES}/edit", json={"text": SMALL, "changes": [change]})).json()["text"]
    assert after == SMALL.replace("My daughter drives a lorry.", '"She drives: a lorry."')
    lost = await browser.post(f"{FILES}/edit", json={"text": SMALL, "changes": [{"key": "facts.9.say", "value": "x"}]})
    assert refusal(lost) == (422, "form_cannot") and lost.json()["field"] == "facts.9.say"
    added = {"key": "beats.0", "do": "add", "value": "x"}
    assert refusal(await browser.post(f"{FILES}/edit", json={"text": SMALL, "changes": [added]})) == (
        422,
        "form_cannot",
    )
    for broken in ("%s%n", "' OR 1=1--", "[" * 50_000):
        answer = await browser.post(f"{FILES}/edit", json={"text": broken, "changes": [change]})
        assert refusal(answer) == (422, "form_cannot")
    assert "facts" in (await browser.get("/api/schema/case")).json()["properties"]
