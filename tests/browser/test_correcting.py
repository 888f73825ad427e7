"""The report of a spoken encounter: doubtful words are marked, and what was misheard is put right by keyboard alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from server.content.loader import load_case
from server.core.events import Ended, Entered, Opened, Reflected, SpeechBegan, SpeechEnded, SpeechHeard
from server.core.log import Entry
from server.store.sql.database import Database, open_engines
from server.store.store import Store
from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF
from tests.core.rooms import Room, room

ID = "enc_" + "c" * 22
REPORT = f"/#/encounter/{ID}/report"


def spoken() -> Room:
    """A short talk aloud, over and reflected on. Half of the second turn was heard with doubt."""
    here = room(load_case(SHELF / "novak-discharge.yaml"))
    here.take(Entered()).hears_it_all(ms=1_500)
    for clip, text, percents in (
        ("clip_1", "Good morning Mrs Novak", ()),
        ("clip_2", "you sound very lovely at home", (90, 88, 40, 20, 91, 95)),
        ("clip_3", "what is it like in the evening", ()),
    ):
        here.take(SpeechBegan(clip)).take(SpeechEnded(clip, 2_000), after_ms=2_600)
        here.take(SpeechHeard(clip, text, 85, percents)).hears_it_all(ms=1_500)
    return here.take(Ended("learner")).take(Reflected())


async def keep(data: Path) -> None:
    here, case = spoken(), load_case(SHELF / "novak-discharge.yaml")
    opened = here.log[0][0]
    assert isinstance(opened, Opened)
    database = Database(open_engines(f"sqlite:///{data / 'bedside.db'}"))
    try:
        store = Store(database)
        await store.create(case, replace(opened, encounter_id=ID), "local")
        await store.append(ID, [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(here.log[1:], 2)])
    finally:
        database.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, keep(data)).result()
    with served(data) as running:
        yield running


def test_doubt_is_shown_and_put_right_by_keyboard(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.goto(REPORT)
        turn = page.locator(".turn.own", has_text="very lovely")
        expect(turn.locator(".doubtful")).to_have_text("very lovely (heard with doubt, not counted)")
        expect(turn.locator(".turn-mark")).to_contain_text("underlined with dots")
        expect(page.locator(".facts").last).to_contain_text("Times they began before you had finished")
        turn.locator("summary").focus()
        page.keyboard.press("Enter")
        steps.fits(page)
        turn.get_by_label("From", exact=True).focus()
        page.keyboard.type("4")
        page.keyboard.press("Tab")
        page.keyboard.type("4")
        expect(turn.get_by_role("textbox")).to_have_value("lovely")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type("lonely")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        note = page.locator(".correction")
        expect(note).to_contain_text("Where “lovely” was heard, you said “lonely”", timeout=steps.REPLY_MS)
        expect(note).to_contain_text("Not settled yet")
        expect(page.locator(".turn.own.found")).to_contain_text("very lovely")
        steps.fits(page)
        page.get_by_role("button", name="Accept").click()
        expect(note).to_contain_text("Accepted: this is what counts.", timeout=steps.REPLY_MS)
        expect(page.locator(".turn.own .turn-words", has_text="very lovely")).to_be_visible()
        assert page.get_by_role("button", name="Accept").count() == 0


def test_what_cannot_be_sent_says_why_and_loses_nothing(context: BrowserContext) -> None:
    with watched(context, "422") as one:
        page = one.page
        page.goto(REPORT)
        turn = page.locator(".turn.own", has_text="in the evening")
        turn.locator("summary").click()
        turn.get_by_role("button", name="Send the correction").click()
        expect(turn.get_by_role("alert")).to_contain_text("These are the words that were heard.")
        expect(turn.get_by_role("textbox")).to_have_value("what is it like in the evening")
