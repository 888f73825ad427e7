"""A member of the faculty grades from the queue to the signature and releases the marks, by keyboard alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.api.services import Services
from server.api.tickets import Tickets
from server.content.loader import load_case
from server.core.events import Ended, Entered, Opened, Reflected
from server.core.log import Entry
from server.store.courses.attempts import Wanted
from server.store.sql.clock import utc_now
from server.store.sql.database import Database, open_engines
from server.store.store import Store
from tests.api.house import Shelf
from tests.api.lab import a_course, an_assignment, enrolled, with_account
from tests.browser import steps
from tests.browser.axe import accessible
from tests.browser.chromium import watched
from tests.browser.library import SHELF
from tests.browser.looks import in_order
from tests.browser.serving import Served, served
from tests.core.rooms import Room, room

CASE = load_case(SHELF / "novak-discharge.yaml")
SAID = ("Good evening Mrs Novak, I am Sam.", "You sound lonely. What are the evenings like?", "Don't worry about it.")
LINES = ("Responsiveness", "Understanding", "Validation and respect", "Exploration", "Support and partnership",
         "Freedom from blockers")  # fmt: skip


@dataclass
class Given:
    """As much of the services as making a lab needs."""

    store: Store
    shelf: Shelf


def talked(rating: int) -> Room:
    """A short talk in writing, over and reflected on."""
    here = room(CASE).take(Entered()).hears_it_all()
    for words in SAID:
        here.says(words)
    return here.take(Ended("learner")).take(Reflected(self_rating={"responsiveness": rating}))


async def keep(data: Path) -> str:
    """Two attempts at an examination, and the cookie of whoever grades them."""
    database = Database(open_engines(f"sqlite:///{data / 'bedside.db'}"))
    given = cast("Services", Given(Store(database), Shelf({CASE.case_id: CASE}, {})))
    try:
        berg = await with_account(given, ("faculty",), "Dr Berg")
        course = await a_course(given, berg, "Nursing 2")
        terms = {"title": "Exam in May", "kind": "summative", "release": "after_signoff"}
        exam = await an_assignment(given, course.id, CASE.case_id, **terms)
        for letter, name in zip("ab", ("Ann", "Bea"), strict=True):
            learner = await with_account(given, name=name)
            await enrolled(given, course.id, learner)
            here = talked(rating=3)
            opened = here.log[0][0]
            assert isinstance(opened, Opened)
            wanted = Wanted(exam.id, learner.id, CASE, replace(opened, encounter_id=f"enc_{letter * 22}"), lot=0)
            made = await given.store.attempts.begin(wanted, utc_now())
            entries = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(here.log[1:], 2)]
            await given.store.append(made.encounter_id, entries)
        return await Tickets(given.store).admit(berg.id)
    finally:
        database.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        cookie = apart.submit(asyncio.run, keep(data)).result()
    with served(data) as running:
        yield running, cookie


@pytest.fixture
def context(lab: tuple[Served, str], browser: Browser) -> Iterator[BrowserContext]:
    server, cookie = lab
    made = browser.new_context(base_url=server.base, viewport={"width": 1280, "height": 860})
    made.add_cookies([{"name": "bedside", "value": cookie, "url": server.base}])
    yield made
    made.close()


class Hands:
    """Somebody at the keyboard, whose presses are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def line(self, name: str) -> None:
        """The line in hand, and no other, is there; what was given on it is saved."""
        expect(self.page.locator(".mark-line:visible legend")).to_have_text(name)

    def saved(self, many: int) -> None:
        expect(self.page.locator(".grade-step.done")).to_have_count(many, timeout=steps.REPLY_MS)


def mark_every_line(hands: Hands) -> None:
    """From the talk, without leaving it: words of a turn, whole turns, levels, and the next line each time."""
    page = hands.page
    hands.line(LINES[0])
    hands.press("t")
    own = page.locator(".mark-turns .turn.own", has_text="You sound lonely")
    while "current" not in (own.get_attribute("class") or ""):
        hands.press("j")
    hands.press("ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "e", "3")
    expect(page.locator(".mark-line.current .picked q")).to_have_text("You sound lonely.")
    for number, name in enumerate(LINES[1:], 2):
        hands.press("l")
        hands.line(name)
        hands.press("e", str(number % 5))
    hands.saved(len(LINES))


def test_from_the_queue_to_the_release_by_keyboard(context: BrowserContext) -> None:
    with watched(context) as berg:
        page, hands = berg.page, Hands(berg.page)
        page.goto("/#/grading")
        expect(page.locator("main").get_by_text("0 of 2 signed")).to_be_visible(timeout=steps.REPLY_MS)
        assert "Ann" not in page.locator("main").inner_text(), "an examination hides names"
        in_order(page)
        page.get_by_role("link", name="Grade the next one").focus()
        hands.press("Enter")
        expect(page.get_by_role("heading", name="Learner 1")).to_be_visible(timeout=steps.REPLY_MS)
        mark_every_line(hands)
        hands.press("l", "4")
        expect(page.get_by_role("radio", name="4 good")).to_be_checked(timeout=steps.REPLY_MS)
        hands.saved(len(LINES) + 1)
        hands.press("s", "Enter")
        expect(page.locator(".mark-line:visible")).to_contain_text("The draft", timeout=steps.REPLY_MS)
        hands.press("s", "Enter")
        expect(page.locator(".mark-state")).to_have_text("Signed by Dr Berg.", timeout=steps.REPLY_MS)
        hands.press("Enter")
        expect(page.get_by_role("heading", name="Learner 2")).to_be_visible(timeout=steps.REPLY_MS)
        assert hands.presses <= 32, f"{hands.presses} keys from the queue to the next transcript"
        expect(page.locator("main").get_by_text("1 of 2 signed")).to_be_visible()
        release(page)


def release(page: Page) -> None:
    """What is signed, and nothing else."""
    page.goto("/#/grading")
    page.get_by_role("link", name="Release marks").click()
    expect(page.get_by_text("Signed, and not released: 1")).to_be_visible(timeout=steps.REPLY_MS)
    page.get_by_role("button", name="Release 1 mark").click()
    expect(page.get_by_text("No signed mark waits to be released.")).to_be_visible(timeout=steps.REPLY_MS)
    page.goto("/#/calibration")
    expect(page.get_by_text("No transcript was marked by two people yet")).to_be_visible(timeout=steps.REPLY_MS)
    accessible(page)


def test_comments_are_used_again_and_notes_are_ones_own(context: BrowserContext) -> None:
    with watched(context) as berg:
        page = berg.page
        page.goto(f"/#/grade/enc_{'b' * 22}")
        expect(page.get_by_role("heading", name="Learner 2")).to_be_visible(timeout=steps.REPLY_MS)
        hands = Hands(page)
        hands.press("c")
        page.keyboard.type("You passed the cue by.")
        hands.press("Escape", "1", "m")
        page.get_by_role("button", name="Keep this line's comment for me").click()
        expect(page.get_by_role("button", name="You passed the cue by.", exact=True)).to_be_visible(
            timeout=steps.REPLY_MS
        )
        page.get_by_role("textbox", name="Comment", exact=True).fill("")
        page.get_by_role("button", name="You passed the cue by.", exact=True).click()
        expect(page.get_by_role("textbox", name="Comment", exact=True)).to_have_value("You passed the cue by.")
        hands.press("Escape", "b")
        expect(page.get_by_text("For yourself (1)")).to_be_visible(timeout=steps.REPLY_MS)
        hands.saved(1)
        page.reload()
        expect(page.get_by_text("For yourself (1)")).to_be_visible(timeout=steps.REPLY_MS)
        hands.line(LINES[1])
        hands.press("h")
        expect(page.get_by_role("textbox", name="Comment", exact=True)).to_have_value("You passed the cue by.")
