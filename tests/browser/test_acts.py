"""A story in two parts: what the first hands on is told before the second, and can be left out or forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF, folder_of

FIRST = "The count"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    cases = folder_of(
        tmp_path_factory.mktemp("cases") / "personas", SHELF / "or-count.yaml", SHELF / "or-disclosure.yaml"
    )
    with served(tmp_path_factory.mktemp("data"), BEDSIDE_PERSONAS_DIR=cases) as running:
        yield running


def test_from_the_first_part_to_the_second_and_its_memory_put_back(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.goto("/")
        cards = page.locator(".case-card")
        expect(cards.nth(0)).to_contain_text("Part 1 of 2: The count")
        expect(cards.nth(1)).to_contain_text("Part 2 of 2: The count")
        cards.nth(1).get_by_role("link").click()
        expect(page.locator("main")).to_contain_text("You have not played the part before this one.")
        steps.enter(page, FIRST)
        steps.say(page, "Good morning, Mr Farahani. My name is Aisha, I'm the student nurse in here.")
        page.get_by_role("button", name="Come round the drape to his head").click()
        steps.say(page, "I'm on your side of the cloth now. How are you doing up here?")
        steps.fits(page)
        steps.end(page)
        page.get_by_role("button", name="Show me the report").click()
        page.get_by_role("link", name="Go on to the next part").click(timeout=steps.REPLY_MS)
        expect(page.locator("main").get_by_text("How far Mr Farahani trusts you")).to_be_visible()
        without = page.get_by_role("checkbox", name="Begin without it this time")
        without.check()
        steps.choose(page, "In writing")
        with page.expect_response(
            lambda answer: answer.url.endswith("/api/encounters") and answer.status == 201
        ) as opened:
            steps.go_in(page)
        assert opened.value.json()["carried"] == []
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto("/")
        page.locator(".case-card").nth(1).get_by_role("link").click()
        with page.expect_response(
            lambda answer: answer.url.endswith("/api/encounters") and answer.status == 201
        ) as opened:
            steps.go_in(page)
        assert [item["id"] for item in opened.value.json()["carried"]] == ["trust"]
        page.goto("/")
        page.locator(".case-card").nth(1).get_by_role("link").click()
        page.get_by_role("button", name="Forget it").click()
        page.get_by_role("dialog").get_by_role("button", name="Forget it").click()
        expect(page.locator("main").get_by_text("Forgotten. This part begins as it is written.")).to_be_visible()
        steps.fits(page)
