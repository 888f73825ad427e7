"""The learner plays the patient: a card, a talk, questions from the other side, and nothing that is scored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF, folder_of

CASE = "The other chair"
SECRET = "You have told nobody about the blood"
"""Of the card: what is held back."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    cases = folder_of(tmp_path_factory.mktemp("cases") / "personas", SHELF / "the-other-chair.yaml")
    with served(tmp_path_factory.mktemp("data"), BEDSIDE_PERSONAS_DIR=cases) as running:
        yield running


def test_from_the_card_to_ones_own_answers(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.goto("/")
        expect(page.locator(".case-card")).to_contain_text("You play the patient; nothing is scored")
        steps.to_the_door(page, CASE)
        expect(page.locator(".role-card")).to_contain_text(SECRET)
        page.get_by_role("radio", name="A clinician who works well").check()
        steps.choose(page, "In writing")
        steps.fits(page)
        steps.go_in(page)
        page.get_by_text("Your card", exact=True).click()
        expect(page.locator(".role-card")).to_contain_text(SECRET)
        page.get_by_text("Your card", exact=True).click()
        steps.say(page, "Yes, that's me.")
        steps.say(page, "To be honest, I'm frightened of tomorrow.")
        steps.fits(page)
        steps.end(page)
        assert page.get_by_role("radio").count() == 0
        asked = page.get_by_label("Where did you stop telling? What had just been said or done?")
        asked.fill("When the chair stayed empty.")
        steps.fits(page)
        page.get_by_role("button", name="Show me the talk again").click()
        expect(page.locator("main").get_by_text("Nothing is scored here")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.locator(".own-words")).to_contain_text("When the chair stayed empty.")
        expect(page.locator(".turn.own", has_text="frightened of tomorrow")).to_be_visible()
        assert page.locator(".dimension, .moment, .timeline").count() == 0
        steps.fits(page)
