"""Faculty grade from the queue to the signature and release the marks: one by keyboard alone, and two at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
from tests.browser.looks import in_order
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF
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


@dataclass
class Kept:
    """What is in the lab: the examination, and cookies by name of who is signed in."""

    exam: str
    twice: str
    """The assignment that two people mark."""
    cookies: dict[str, str]


TWICE = f"enc_{'c' * 22}"


async def keep(data: Path) -> Kept:
    """Two attempts at an examination, and one at what two people mark without knowing whose it is."""
    database = Database(open_engines(f"sqlite:///{data / 'bedside.db'}"))
    given = cast("Services", Given(Store(database), Shelf({CASE.case_id: CASE}, {})))
    try:
        berg = await with_account(given, ("faculty",), "Dr Berg")
        course = await a_course(given, berg, "Nursing 2")
        cruz = await with_account(given, ("faculty",), "Dr Cruz")
        await enrolled(given, course.id, cruz, "staff")
        exam = await an_assignment(
            given, course.id, CASE.case_id, title="Exam in May", kind="summative", release="after_signoff"
        )
        both = {"second_marking": True, "names_hidden": True, "release": "after_signoff"}
        twice = await an_assignment(given, course.id, CASE.case_id, title="Marked twice", **both)
        people = {"Dr Berg": berg, "Dr Cruz": cruz}
        for letter, name, assignment in (("a", "Ann", exam), ("b", "Bea", exam), ("c", "Cem", twice)):
            people[name] = await with_account(given, name=name)
            await enrolled(given, course.id, people[name])
            await attempt(given, assignment.id, people[name].id, f"enc_{letter * 22}")
        door = Tickets(given.store)
        return Kept(exam.id, twice.id, {name: await door.admit(person.id) for name, person in people.items()})
    finally:
        database.close()


async def attempt(given: Services, assignment: str, learner: str, encounter_id: str) -> None:
    """Over and reflected on."""
    here = talked(rating=3)
    opened = here.log[0][0]
    assert isinstance(opened, Opened)
    wanted = Wanted(assignment, learner, CASE, replace(opened, encounter_id=encounter_id), lot=0)
    made = await given.store.attempts.begin(wanted, utc_now())
    entries = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(here.log[1:], 2)]
    await given.store.append(made.encounter_id, entries)


@dataclass
class Rooms:
    """The lab, and the browsers of those who are signed in."""

    server: Served
    kept: Kept
    browser: Browser

    @contextmanager
    def of(self, name: str) -> Iterator[BrowserContext]:
        made = self.browser.new_context(base_url=self.server.base, viewport={"width": 1280, "height": 860})
        made.add_cookies([{"name": "bedside", "value": self.kept.cookies[name], "url": self.server.base}])
        yield made
        made.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Rooms]:
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        kept = apart.submit(asyncio.run, keep(data)).result()
    with served(data) as running:
        yield Rooms(running, kept, browser)


@pytest.fixture
def context(lab: Rooms) -> Iterator[BrowserContext]:
    with lab.of("Dr Berg") as made:
        yield made


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


def test_from_the_queue_to_the_release_by_keyboard(context: BrowserContext, lab: Rooms) -> None:
    with watched(context) as berg:
        page, hands = berg.page, Hands(berg.page)
        page.goto(f"/#/grading/{lab.kept.exam}")
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
        release(page, lab.kept.exam)
        page.goto("/#/calibration")
        expect(page.get_by_text("No transcript was marked by two people yet")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.get_by_text("No calibration of this rubric is in force")).to_be_visible()
        accessible(page)


def release(page: Page, assignment: str) -> None:
    """What is signed, and nothing else."""
    page.goto("/#/grading")
    page.locator(f'a[href="#/releasing/{assignment}"]').click()
    expect(page.get_by_text("Signed, and not released: 1")).to_be_visible(timeout=steps.REPLY_MS)
    page.get_by_role("button", name="Release 1 mark").click()
    expect(page.get_by_text("No signed mark waits to be released.")).to_be_visible(timeout=steps.REPLY_MS)


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


def test_two_mark_at_once_blind_to_each_other_and_agree(lab: Rooms) -> None:
    """From both sheets to the learner's report; a sign-in that ends in the middle loses nothing."""
    with (
        lab.of("Dr Berg") as hers,
        lab.of("Dr Cruz") as his,
        watched(hers, "409") as berg,
        watched(his, "401", "409") as cruz,
    ):
        for each in (berg.page, cruz.page):
            each.goto(f"/#/grade/{TWICE}")
            expect(each.get_by_role("heading", name="Learner 1")).to_be_visible(timeout=steps.REPLY_MS)
            assert "Cem" not in each.locator("main").inner_text(), "the assignment hides names"
        first, second = Hands(berg.page), Hands(cruz.page)
        the_whole_before_its_lines(first, "4")
        marks_while_signed_out(second, lab)
        declare_every_line(first, "n")
        first.saved(len(LINES) + 1)
        declare_every_line(second, "u", start=1)
        second.press("l", "2")
        second.saved(len(LINES) + 1)
        assert "good" not in cruz.page.locator("main .grade-steps").inner_text(), "neither sees the other's"
        for hands in (first, second):
            hands.press("s", "Enter")
            expect(hands.page.locator(".mark-state")).to_contain_text("Your marks are in", timeout=steps.REPLY_MS)
        agree_on_everything(cruz.page)
        second.press("Escape", "s", "Enter")
        expect(cruz.page.locator(".mark-state")).to_have_text("Signed by Dr Cruz.", timeout=steps.REPLY_MS)
        berg.page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(berg.page.locator(".mark-state")).to_have_text("Signed by Dr Cruz.", timeout=steps.REPLY_MS)
        release(berg.page, lab.kept.twice)
    with lab.of("Cem") as theirs, watched(theirs) as learner:
        learner.page.goto(f"/#/encounter/{TWICE}/report")
        main = learner.page.locator("main")
        expect(main.get_by_text("Signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
        expect(main.locator(".dimension").first).to_contain_text("We read it again.")


def declare_every_line(hands: Hands, key: str, start: int = 0) -> None:
    """N/A or unrated, without a word; from the first line that has none."""
    hands.press(*["h"] * len(LINES), *["l"] * start)
    for name in LINES[start:]:
        hands.line(name)
        hands.press(key, "l")


def the_whole_before_its_lines(hands: Hands, rating: str) -> None:
    """It stays ticked, is said to be unsaved, and is saved with the last line."""
    page = hands.page
    page.locator(".grade-step", has_text="The whole").click()
    hands.press(rating)
    expect(page.locator("#mark-whole .saved")).to_contain_text("Kept here, not saved yet")
    expect(page.get_by_role("radio", name=f"{rating} good")).to_be_checked()


def marks_while_signed_out(hands: Hands, lab: Rooms) -> None:
    """Whoever does not sign in at once has everything on the page still, also after another transcript."""
    page = hands.page
    page.context.clear_cookies()
    hands.press("u", "c")
    page.keyboard.type("Too short to tell.")
    dialog = page.get_by_role("dialog", name="Please sign in again")
    dialog.get_by_role("button", name="Not now").click(timeout=steps.REPLY_MS)
    note = page.locator(".mark-line.current .saved")
    expect(note).to_contain_text("Not saved", timeout=steps.REPLY_MS)
    page.context.add_cookies([{"name": "bedside", "value": lab.kept.cookies["Dr Cruz"], "url": lab.server.base}])
    page.goto("/#/grading")
    expect(page.get_by_role("heading", name="To grade")).to_be_visible(timeout=steps.REPLY_MS)
    page.goto(f"/#/grade/{TWICE}")
    hands.saved(1)
    page.locator(".grade-step").first.click()
    expect(page.locator(".mark-line.current textarea")).to_have_value("Too short to tell.")


def agree_on_everything(page: Page) -> None:
    """What both gave is there; each line, and the whole, is settled with a reason."""
    expect(page.locator("#mark-sign")).to_contain_text("The markers differ on", timeout=steps.REPLY_MS)
    expect(page.locator(".mark-line.current dl")).to_contain_text("Dr Berg")
    for at, name in enumerate(LINES):
        page.locator(".grade-step").nth(at).click()
        line = page.get_by_role("region", name=name)
        line.get_by_label("Reason").fill("We read it again.")
        line.get_by_role("button", name="We agreed on").click()
        expect(page.locator(".grade-step").nth(at)).not_to_contain_text("differ", timeout=steps.REPLY_MS)
    page.locator(".grade-step", has_text="The whole").click()
    whole = page.locator("#mark-whole")
    expect(whole).to_contain_text("Dr Berg")
    whole.get_by_role("radio", name="3 pass").check()
    whole.get_by_label("Reason").fill("Between ours.")
    in_order(page)
    whole.get_by_role("button", name="We agreed on pass").click()
    expect(whole).to_contain_text("pass, by Dr Cruz: Between ours.", timeout=steps.REPLY_MS)
