"""Faculty mark by keyboard alone, from the link to the signature; the learner appeals and is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.content.loader import load_case
from server.core.events import Ended, Entered, Opened, Reflected
from server.core.log import Entry
from server.store.sql.database import Database, open_engines
from server.store.store import Store
from tests.browser import steps
from tests.browser.axe import accessible
from tests.browser.chromium import watched
from tests.browser.looks import in_order
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF
from tests.core.rooms import Room, room

SIGNED, OFFLINE, OWN = (f"enc_{letter * 22}" for letter in "mod")
SAID = ("Good evening Mrs Novak, I am Sam.", "You sound lonely. What are the evenings like?", "Don't worry about it.")


def talked() -> Room:
    """A short talk in writing, over and reflected on."""
    here = room(load_case(SHELF / "novak-discharge.yaml")).take(Entered()).hears_it_all()
    for words in SAID:
        here.says(words)
    return here.take(Ended("learner")).take(Reflected())


async def keep(data: Path) -> None:
    here, case = talked(), load_case(SHELF / "novak-discharge.yaml")
    opened = here.log[0][0]
    assert isinstance(opened, Opened)
    database = Database(open_engines(f"sqlite:///{data / 'bedside.db'}"))
    try:
        store = Store(database)
        for encounter_id in (SIGNED, OFFLINE, OWN):
            await store.create(case, replace(opened, encounter_id=encounter_id), "local")
            entries = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(here.log[1:], 2)]
            await store.append(encounter_id, entries)
    finally:
        database.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, keep(data)).result()
    with served(data) as running:
        yield running


@pytest.fixture
def elsewhere(server: Served, browser: Browser) -> Iterator[BrowserContext]:
    """Another browser, in which nobody is signed in."""
    made = browser.new_context(base_url=server.base, viewport={"width": 1280, "height": 860})
    yield made
    made.close()


def report(encounter_id: str) -> str:
    return f"/#/encounter/{encounter_id}/report"


def link_for(page: Page, encounter_id: str, name: str = "Dr Berg") -> str:
    """The learner asks somebody to mark, on the report."""
    page.goto(report(encounter_id))
    page.get_by_text("Ask somebody to mark this").click(timeout=steps.REPLY_MS)
    page.get_by_label("Their name, as it stands beside their marks").fill(name)
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label(f"A link for {name}").input_value(timeout=steps.REPLY_MS)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def saved(page: Page, name: str) -> None:
    group = page.get_by_role("group", name=name)
    expect(group.locator(".saved")).to_have_text("Saved.", timeout=steps.REPLY_MS)


def mark_all(page: Page) -> None:
    """Six questions by keyboard: words of a turn, a whole turn, a comment, and the two declarations."""
    expect(page.get_by_role("heading", name="What was said")).to_be_visible(timeout=steps.REPLY_MS)
    press(page, "3")
    first = page.get_by_role("group", name="Responsiveness")
    expect(first.locator(".saved")).to_contain_text("quote the words it rests on")
    own = page.locator(".mark-turns .turn.own", has_text="You sound lonely")
    press(page, "t")
    while "current" not in (own.get_attribute("class") or ""):
        press(page, "j")
    press(page, "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "e")
    expect(first.locator(".picked q")).to_have_text("You sound lonely.")
    saved(page, "Responsiveness")
    press(page, "t", "j", "2", "e")
    expect(page.get_by_role("group", name="Understanding").locator(".picked q")).to_have_text(SAID[1])
    press(page, "j", "1", "c")
    page.keyboard.type("Nothing of it in turns 1 to 6.")
    press(page, "Escape", "j", "n", "j", "u", "j", "0", "c")
    page.keyboard.type("Told not to worry.")
    press(page, "Escape")
    for name in ("Understanding", "Validation and respect", "Exploration", "Support and partnership", "Freedom from"):
        saved(page, name)


def decide_and_sign(page: Page) -> None:
    """In sight of the draft: accept one line, change one, refuse one, sign; without a mouse."""
    press(page, "s")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=steps.REPLY_MS)
    press(page, "Shift+Tab", "Enter")
    line = page.get_by_role("region", name="Responsiveness")
    expect(line).to_contain_text("The draft", timeout=steps.REPLY_MS)
    press(page, "a")
    expect(line).to_contain_text("the draft, accepted", timeout=steps.REPLY_MS)
    press(page, "Escape", "j", "3")
    page.keyboard.type("She named it, and asked.")
    press(page, "Enter")
    expect(page.get_by_role("region", name="Understanding")).to_contain_text("Stands: 3 of 4", timeout=steps.REPLY_MS)
    press(page, "Escape", "j", "r")
    page.keyboard.type("I read it so.")
    press(page, "Enter")
    expect(page.get_by_role("region", name="Validation")).to_contain_text("against the draft", timeout=steps.REPLY_MS)
    press(page, "Escape", "s")
    expect(page.get_by_label("Your name, as it stands under the record")).to_be_focused()
    press(page, "End", "Enter")
    expect(page.locator(".mark-state")).to_have_text("Signed by Dr Berg.", timeout=steps.REPLY_MS)


def test_from_the_link_to_the_signature_by_keyboard(context: BrowserContext, elsewhere: BrowserContext) -> None:
    with watched(context) as learner, watched(elsewhere, "403") as faculty:
        page, other = learner.page, faculty.page
        link = link_for(page, SIGNED)
        other.goto(link)
        mark_all(other)
        assert "ticket" not in other.url
        assert other.get_by_text("The draft", exact=True).count() == 0
        in_order(other)
        press(other, "?")
        expect(other.get_by_role("dialog", name="Keys")).to_be_visible()
        accessible(other)
        press(other, "Escape")
        page.reload()
        expect(page.locator("main").get_by_text("Waiting for your faculty")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.get_by_role("heading", name="What your marks will be about")).to_be_visible()
        expect(page.locator(".level")).to_have_count(0)
        decide_and_sign(other)
        in_order(other)
        other.goto("/#/")
        expect(other.get_by_role("heading", name="You are here to mark")).to_be_visible()
        other.get_by_role("link", name="Back to marking").click()
        appeal(page)
        answer(other)
        page.reload()
        expect(page.locator("main").get_by_text("Dr Berg: It is the third turn.")).to_be_visible(timeout=steps.REPLY_MS)
        steps.fits(page)


def appeal(page: Page) -> None:
    """The learner, about one signed line."""
    page.reload()
    expect(page.locator("main").get_by_text("Signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
    row = page.locator(".dimension", has_text="Freedom from blockers")
    expect(row).to_contain_text("The program's draft was")
    row.get_by_text("Appeal this line").click()
    which = row.locator("option", has_text=SAID[2]).get_attribute("value")
    row.get_by_label("The turn that matters most here").select_option(which)
    row.get_by_label("Why it should be looked at again").fill("I meant it kindly.")
    row.get_by_role("button", name="Send the appeal").click()
    expect(page.locator(".dimension", has_text="I meant it kindly.")).to_be_visible(timeout=steps.REPLY_MS)
    in_order(page)


def answer(page: Page) -> None:
    """It stays, with a reason."""
    page.reload()
    line = page.get_by_role("region", name="Freedom from blockers")
    expect(line).to_contain_text("I meant it kindly.", timeout=steps.REPLY_MS)
    line.get_by_label("Reason").fill("It is the third turn.")
    line.get_by_role("button", name="It stays, for this reason").click()
    expect(page.locator(".mark-state")).to_have_text("Signed by Dr Berg.", timeout=steps.REPLY_MS)
    expect(page.get_by_text("I meant it kindly.")).to_have_count(0)


def test_nothing_is_lost_while_the_line_is_down(context: BrowserContext, elsewhere: BrowserContext) -> None:
    with watched(context) as learner, watched(elsewhere, "ERR_INTERNET_DISCONNECTED") as faculty:
        other = faculty.page
        other.goto(link_for(learner.page, OFFLINE))
        expect(other.get_by_role("heading", name="What was said")).to_be_visible(timeout=steps.REPLY_MS)
        elsewhere.set_offline(True)
        press(other, "n", "j", "u")
        note = other.get_by_role("group", name="Responsiveness").locator(".saved")
        expect(note).to_contain_text("the server does not answer", timeout=steps.REPLY_MS)
        elsewhere.set_offline(False)
        for name in ("Responsiveness", "Understanding"):
            saved(other, name)
        other.reload()
        group = other.get_by_role("group", name="Responsiveness")
        expect(group.get_by_role("radio", name="N/A")).to_be_checked(timeout=steps.REPLY_MS)
        expect(other.get_by_role("group", name="Understanding").get_by_role("radio", name="unrated")).to_be_checked()


def test_whoever_is_at_home_may_mark_under_a_typed_name(context: BrowserContext) -> None:
    with watched(context, "422") as one:
        page = one.page
        page.goto(f"/#/mark/{OWN}")
        expect(page.get_by_role("heading", name="What was said")).to_be_visible(timeout=steps.REPLY_MS)
        press(page, "n")
        note = page.get_by_role("group", name="Responsiveness").locator(".saved")
        expect(note).to_contain_text("A name stands beside every mark", timeout=steps.REPLY_MS)
        page.get_by_label("Your name, as it stands beside your marks").fill("Sister Day")
        press(page, "Tab")
        saved(page, "Responsiveness")
        page.goto(report(OWN))
        expect(page.locator("main").get_by_text("You are marking this encounter yourself.").first).to_be_visible()
        page.get_by_text("Ask somebody to mark this").click()
        page.get_by_role("link", name="Or mark it yourself").click()
        page.get_by_role("button", name="Do not mark after all").click()
        page.get_by_role("button", name="Do not mark it").click()
        expect(page.locator("main").get_by_text("Draft: not signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
