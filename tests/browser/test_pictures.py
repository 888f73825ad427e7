"""The four documents for people say what the pages show: each walk goes where its document goes.

`python -m tests.browser.pictures` takes the pictures again; look at them before they are committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.api.tickets import Tickets
from server.store.sql.database import Database, open_engines
from server.store.store import Store
from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.lab import Lab, Member
from tests.browser.pictures import Seen, stale
from tests.browser.serving import Served, served
from tests.browser.taught import taught
from tests.browser.test_grading import Hands, keep, mark_every_line

LONG = "Have you got any pain at the moment, or has it settled down? I have your tablets here for the evening."
WORDS = (
    "Good evening Mrs Novak, I am Sam, one of the student nurses.",
    LONG,
    "You sound lonely. What are the evenings like?",
)


@dataclass(frozen=True)
class Cookies:
    """Sign-ins of people whose work was there before the server."""

    berg: str
    """Teaches both courses, and has an examination to grade."""
    skilled: str
    """A learner who met Mrs Novak well."""
    encounter: str
    """In which they did."""


@dataclass(frozen=True)
class House:
    """One course with everybody in it."""

    lab: Lab
    ann: Member
    hale: Member
    eve: Member
    kim: Member
    cookies: Cookies

    def context(self, browser: Browser, cookie: str) -> BrowserContext:
        """A browser with a sign-in that was made beforehand."""
        made = browser.new_context(base_url=self.lab.base, viewport={"width": 1100, "height": 760})
        made.add_cookies([{"name": "bedside", "value": cookie, "url": self.lab.base}])
        return made


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        cookies = apart.submit(asyncio.run, seeded(data)).result()
    with served(data) as server:
        yield from moved_in(server, cookies)


async def seeded(data: Path) -> Cookies:
    """An examination to grade, and a cohort that has met somebody, of which one is skilled."""
    berg = (await keep(data)).cookies["Dr Berg"]
    with tickets(data) as of_berg:
        owner = await of_berg.owner(berg) or ""
    cohort = await taught(data, owner=owner)
    with tickets(data) as of_learner:
        return Cookies(berg, await of_learner.admit(cohort.learners[0].id), cohort.encounters[0])


@contextmanager
def tickets(data: Path) -> Iterator[Tickets]:
    """Sign-ins of a data folder that nobody serves yet."""
    database = Database(open_engines(f"sqlite:///{data / 'bedside.db'}"))
    try:
        yield Tickets(Store(database))
    finally:
        database.close()


def moved_in(server: Served, cookies: Cookies) -> Iterator[House]:
    lab = Lab(server)
    ann, hale = lab.person("Ann Reed", "student"), lab.person("Dr Hale", "faculty")
    eve, kim = lab.person("Eve Lind", "educator"), lab.person("Kim Aas", "administrator")
    course = lab.course("Nursing 2", (ann, "learner"), (hale, "staff"), (eve, "staff"))
    lab.assignment(course, "novak-discharge")
    yield House(lab, ann, hale, eve, kim, cookies)
    lab.close()


def test_students(house: House, browser: Browser) -> None:
    seen = Seen()
    context = house.lab.context(browser, house.ann, viewport={"width": 1100, "height": 760})
    with watched(context) as one:
        page = one.page
        due(page, seen)
        met(page, seen)
        looked_back(page, seen)
    context.close()
    context = house.context(browser, house.cookies.skilled)
    with watched(context) as one:
        one.page.goto(f"/#/encounter/{house.cookies.encounter}/report")
        over_time = one.page.get_by_role("heading", name="The talk over time")
        expect(over_time).to_be_visible(timeout=steps.REPLY_MS)
        seen.picture(one.page, "report", over_time, height=1300)
    context.close()
    assert stale("students.md", seen) == []


def due(page: Page, seen: Seen) -> None:
    page.goto("/")
    page.get_by_role("heading", name="Your assignments").wait_for()
    seen.picture(page, "student-assignments")
    page.get_by_role("link", name="Week 3", exact=True).click()
    expect(page.get_by_role("heading", name="Where your words go")).to_be_visible()
    steps.choose(page, "By voice")
    seen.picture(page, "student-before")
    steps.choose(page, "In writing")


def met(page: Page, seen: Seen) -> None:
    steps.go_in(page)
    for words in WORDS:
        steps.say(page, words)
    seen.picture(page, "student-room")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    seen.look(page)
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="End", exact=True).click()
    seen.look(page)
    page.get_by_role("button", name="End and reflect").click()
    expect(page.get_by_role("heading", name="You are out of the room.")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "student-reflection")
    steps.reflect(page)


def looked_back(page: Page, seen: Seen) -> None:
    expect(page.get_by_label("How would you like to go through it?")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "student-report")
    page.goto("/#/my-data")
    expect(page.get_by_role("heading", name="My data")).to_be_visible()
    seen.picture(page, "student-data")


PARTS = ("Backups", "Keeping", "Freeze", "Audit", "Usage")
CLASS = "name,sign in,roles\nBea Holm,bea.holm,student\nCem Ito,cem.ito,student\n"


def test_administrators(house: House, browser: Browser) -> None:
    seen = Seen()
    context = house.lab.context(browser, house.kim, viewport={"width": 1100, "height": 760})
    with watched(context) as one:
        people(one.page, seen)
        premises(one.page, seen)
    context.close()
    assert stale("administrators.md", seen) == []


def people(page: Page, seen: Seen) -> None:
    page.goto("/#/people")
    expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()
    seen.picture(page, "administrator-people")
    page.get_by_role("link", name="Add a class from a file").click()
    page.get_by_label("Or paste it here").fill(CLASS)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
    seen.picture(page, "administrator-roster", page.get_by_role("heading", name="What it would do"))
    page.get_by_role("button", name="Add 2 people").click()
    expect(page.get_by_role("button", name="Download the links")).to_be_visible(timeout=steps.REPLY_MS)
    seen.look(page)


def premises(page: Page, seen: Seen) -> None:
    page.goto("/#/house")
    expect(page.get_by_role("tabpanel", name="Health").locator("h2, h3").first).to_be_visible()
    seen.picture(page, "administrator-house", height=590)
    for part in PARTS:
        page.get_by_role("tab", name=part, exact=True).click()
        panel = page.get_by_role("tabpanel", name=part, exact=True)
        expect(panel.locator("[aria-busy]")).to_have_count(0)
        expect(panel.locator("h2, h3, .button").first).to_be_visible()
        seen.look(page)


def test_faculty(house: House, browser: Browser) -> None:
    seen = Seen()
    context = house.context(browser, house.cookies.berg)
    with watched(context) as one:
        graded(one.page, seen)
    context.close()
    assert stale("faculty.md", seen) == []


def graded(page: Page, seen: Seen) -> None:
    page.goto("/#/grading")
    expect(page.get_by_role("heading", name="To grade")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "faculty-queue")
    exam = page.locator("option", has_text="Exam in May").get_attribute("value")
    page.get_by_label("Assignment", exact=True).select_option(exam)
    expect(page.locator("main").get_by_text("0 of 2 signed")).to_be_visible(timeout=steps.REPLY_MS)
    page.get_by_role("link", name="Grade the next one").click()
    expect(page.get_by_role("heading", name="Learner 1")).to_be_visible(timeout=steps.REPLY_MS)
    hands = Hands(page)
    mark_every_line(hands)
    seen.picture(page, "faculty-marking", page.get_by_role("heading", name="What was said"))
    hands.press("l", "4")
    hands.saved(7)
    seen.look(page)
    hands.press("s", "Enter")
    expect(page.locator(".mark-line:visible")).to_contain_text("The draft", timeout=steps.REPLY_MS)
    seen.picture(page, "faculty-draft", page.get_by_role("heading", name="What was said"))
    hands.press("s", "Enter")
    expect(page.locator(".mark-state")).to_have_text("Signed by Dr Berg.", timeout=steps.REPLY_MS)
    seen.look(page)
    page.goto("/#/grading")
    page.get_by_role("link", name="Release marks").first.click()
    expect(page.get_by_text("Signed, and not released: 1")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "faculty-release")
    page.goto("/#/calibration")
    expect(page.get_by_role("heading", name="Calibration", exact=True)).to_be_visible(timeout=steps.REPLY_MS)
    seen.look(page)
    page.goto("/#/cohorts")
    page.locator("main").get_by_role("link", name="Going home").click()
    expect(page.get_by_role("heading", name="Which moments were met, and which were missed")).to_be_visible()
    seen.picture(page, "faculty-cohort", page.locator("main h2").first)
    page.goto("/#/debriefings")
    page.get_by_label("Title").fill("What silence did")
    seen.look(page)
    page.get_by_role("button", name="Prepare it").click()
    expect(page.get_by_role("heading", name="What silence did")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "faculty-debriefing")


TABS = ("Form", "Map", "Matrix", "Check", "History", "Reviews")


def test_educators(house: House, browser: Browser) -> None:
    seen = Seen()
    context = house.lab.context(browser, house.eve, viewport={"width": 1100, "height": 760})
    with watched(context) as one:
        written(one.page, seen)
        tried(one.page, seen)
        taught_by(one.page, seen)
    context.close()
    assert stale("educators.md", seen) == []


def written(page: Page, seen: Seen) -> None:
    page.goto("/#/write")
    expect(page.get_by_role("heading", name="Cases to write")).to_be_visible()
    seen.picture(page, "educator-cases")
    page.get_by_label("A family of conversations").select_option(index=1)
    page.get_by_role("button", name="Grow it").click()
    expect(page.get_by_role("tab", name="Text")).to_be_visible(timeout=steps.REPLY_MS)
    for tab in TABS:
        page.get_by_role("tab", name=tab, exact=True).click()
        expect(page.get_by_role("tabpanel", name=tab, exact=True).locator("h2, h3, p, button").first).to_be_visible()
        seen.look(page)
    page.get_by_role("tab", name="Text").click()
    expect(page.locator(".author-editor").first).to_be_visible()
    seen.picture(page, "educator-editor")


def tried(page: Page, seen: Seen) -> None:
    page.get_by_role("link", name="Play with a debug pane").click()
    expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "educator-try")
    page.goto("/#/proofs")
    expect(page.get_by_role("heading", name="Prove a case")).to_be_visible(timeout=steps.REPLY_MS)
    seen.look(page)


def taught_by(page: Page, seen: Seen) -> None:
    page.goto("/#/courses")
    expect(page.get_by_role("button", name="Make the course")).to_be_visible(timeout=steps.REPLY_MS)
    seen.look(page)
    page.get_by_role("link", name="Nursing 2", exact=True).click()
    expect(page.get_by_role("tab", name="Assignments")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "educator-course")
    page.get_by_role("link", name="Week 3", exact=True).click()
    expect(page.get_by_role("heading", name="Where everybody stands")).to_be_visible(timeout=steps.REPLY_MS)
    seen.look(page)
    page.go_back()
    page.get_by_role("link", name="New assignment").click()
    page.get_by_label("Title").fill("Meet Mrs Novak")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("region", name="As a student sees it")).to_be_visible(timeout=steps.REPLY_MS)
    seen.picture(page, "educator-assignment")
