"""A whole class at once: every fault by line and column, and all of it or nothing."""

import csv
import io

import httpx2
import pytest

from server.api.people.roster_text import MOST_ROWS, read_roster
from server.api.services import Services
from tests.api.lab import a_course, with_account

HEAD = "name,sign_in,roles,course,time_percent\n"
GOOD = HEAD + 'Ann Berry,Ann@uni.example,student,NUR-1,150\n"Ode, Ben",ben,"educator, faculty",nur-1,\n\nCy,cy,,,\n'


async def sent(script: httpx2.AsyncClient, text: str, make: bool = False) -> httpx2.Response:
    return await script.post("/api/accounts/roster", json={"text": text, "make": make})


async def test_it_is_looked_at_and_then_done(script: httpx2.AsyncClient, given: Services) -> None:
    course = await a_course(given, "local", code="NUR-1")
    shown = (await sent(script, GOOD)).json()
    assert (shown["faults"], shown["links"], shown["file"]) == ([], [], "")
    assert [list(row.values()) for row in shown["rows"]] == [
        [2, "Ann Berry", "ann@uni.example", ["student"], "NUR-1", 150, False],
        [3, "Ode, Ben", "ben", ["educator", "faculty"], "nur-1", 100, False],
        [5, "Cy", "cy", ["student"], "", 100, False],
    ]
    assert (await script.get("/api/accounts")).json()["total"] == 0
    done = (await sent(script, GOOD, make=True)).json()
    assert [link["name"] for link in done["links"]] == ["Ann Berry", "Ode, Ben", "Cy"]
    people = await given.store.people.signing_in_as(["ann@uni.example", "ben", "cy"])
    parts = {member.person: member.part for member in await given.store.courses.people(course.id)}
    assert parts == {"local": "staff", people["ann@uni.example"].id: "learner", people["ben"].id: "staff"}
    assert people["ann@uni.example"].time_percent == 150
    ticket = done["links"][0]["address"].partition("ticket=")[2].partition("&")[0]
    read = await script.post("/api/invitations/read", json={"ticket": ticket})
    assert read.json()["sign_in"] == "ann@uni.example"


async def test_the_file_of_links_is_text_to_a_spreadsheet(script: httpx2.AsyncClient) -> None:
    name = '=HYPERLINK("http://evil.example")'
    done = (await sent(script, f"name;sign_in\n{name.replace(chr(34), chr(39))};ann\n@b;+ben\n", make=True)).json()
    rows = list(csv.reader(io.StringIO(done["file"].removeprefix("\ufeff"))))
    assert rows[0] == ["name", "sign_in", "link", "good_until"]
    assert [row[0][:2] for row in rows[1:]] == ["'=", "'@"] and rows[2][1] == "'+ben"
    assert rows[1][2] == done["links"][0]["address"]


async def test_sent_again_it_adds_only_who_is_new(script: httpx2.AsyncClient, given: Services) -> None:
    course = await a_course(given, "local", code="NUR-1")
    ann = await with_account(given, sign_in="ann", name="Ann B.")
    text = HEAD + "Somebody Else,ann,student,NUR-1,150\nBen,ben,student,NUR-1,\n"
    assert [row["here"] for row in (await sent(script, text)).json()["rows"]] == [True, False]
    assert [link["name"] for link in (await sent(script, text, make=True)).json()["links"]] == ["Ben"]
    assert await given.store.people.account(ann.id) == ann
    assert ann.id in {member.person for member in await given.store.courses.people(course.id)}


FAULTY = {
    "an empty file": ("", [(1, ""), (1, "name"), (1, "sign_in")]),
    "a head and nobody": (HEAD, [(2, "")]),
    "no head": ("Ann,ann\n", [(1, "ann"), (1, "ann"), (1, "name"), (1, "sign_in")]),
    "a column missing": ("name,roles\nAnn,student\n", [(1, "sign_in")]),
    "a column more": ("name,sign_in,grade\nAnn,ann,1\n", [(1, "grade")]),
    "a column twice": ("name,sign_in,name\nAnn,ann,Ben\n", [(1, "name")]),
    "a cell more": (HEAD + "Berry, Ann,ann,student,,100\n", [(2, "")]),
    "no name": (HEAD + ",ann,student,,\n", [(2, "name")]),
    "no sign-in name": (HEAD + "Ann\n", [(2, "sign_in")]),
    "a name with a blank": (HEAD + "Ann,ann berry,student,,\n", [(2, "sign_in")]),
    "no such role": (HEAD + "Ann,ann,dean,,\n", [(2, "roles")]),
    "no such time": (HEAD + "Ann,ann,student,,5\nBen,ben,student,,half\n", [(2, "time_percent"), (3, "time_percent")]),
    "twice": (HEAD + "Ann,ann,student,,\nBen,ben,,,\nAnn,ANN,student,,\n", [(4, "sign_in")]),
    "no such course": (HEAD + "Ann,ann,student,NUR-9,\n", [(2, "course")]),
    "a course of two": (HEAD + "Ann,ann,student,TWO,\n", [(2, "course")]),
    "other roles": (HEAD + "Fay,fay,student,,\n", [(2, "roles")]),
    "staff who may open nothing": (HEAD + "Ada,ada,administrator,ONE,\n", [(2, "course")]),
    "closed": (HEAD + "Gus,gus,student,,\n", [(2, "sign_in")]),
    "a quotation mark": (HEAD + '"Ann,ann,student,,\n', [(2, "")]),
    "everything at once": (
        HEAD + ",a b,dean,NUR-9,5\n",
        [(2, "name"), (2, "roles"), (2, "sign_in"), (2, "time_percent")],
    ),
}


@pytest.mark.parametrize("what", FAULTY)
async def test_every_fault_has_its_place(script: httpx2.AsyncClient, given: Services, what: str) -> None:
    for number, code in enumerate(("one", "two", "two")):
        await a_course(given, "local", title=f"Course {number}", code=code)
    await with_account(given, ("faculty",), "Fay", sign_in="fay")
    await with_account(given, ("student",), "Gus", sign_in="gus", active=False)
    text, places = FAULTY[what]
    shown = (await sent(script, text)).json()
    assert [(fault["line"], fault["column"]) for fault in shown["faults"]] == places
    assert all(fault["message"].endswith(".") for fault in shown["faults"])
    refused = await sent(script, text, make=True)
    assert (refused.status_code, refused.json()["field"]) == (422, "text")
    assert f"Line {places[0][0]}" in refused.json()["message"] and "Nobody was added." in refused.json()["message"]
    assert (await script.get("/api/accounts")).json()["total"] == 2


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_as_spreadsheets_save_it(between: str) -> None:
    text = "\ufeff" + "Name,Sign In,Time Percent\r\nAnn,ann,150%\r\n".replace(",", between)
    roster = read_roster(text)
    assert roster.faults == []
    assert [(each.line, each.name, each.sign_in, each.time_percent) for each in roster.lines] == [
        (2, "Ann", "ann", 150)
    ]


async def test_a_thousand_at_once_and_no_more(script: httpx2.AsyncClient) -> None:
    lines = [f"Student {number},s{number},student,," for number in range(MOST_ROWS + 1)]
    shown = (await sent(script, HEAD + "\n".join(lines))).json()
    assert [fault["line"] for fault in shown["faults"]] == [MOST_ROWS + 2]
    done = await sent(script, HEAD + "\n".join(lines[:MOST_ROWS]), make=True)
    assert len(done.json()["links"]) == MOST_ROWS
