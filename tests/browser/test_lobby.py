"""Many cases: they can be narrowed down to those of one profession, and the page stays as wide as the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served, served
from tests.browser.shelf import SHELF, folder_of


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    every = sorted(SHELF.glob("*.yaml"))
    cases = folder_of(tmp_path_factory.mktemp("cases") / "personas", *every)
    with served(tmp_path_factory.mktemp("data"), BEDSIDE_PERSONAS_DIR=cases) as running:
        yield running


def test_many_cases_are_narrowed_down_by_profession(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.goto("/")
        cards = page.locator(".case-card:visible")
        expect(page.get_by_role("radio", name="All")).to_be_checked()
        every = cards.count()
        page.get_by_role("radio", name="Medicine").check()
        assert 0 < cards.count() < every
        expect(cards.filter(has_text="Nursing")).to_have_count(0)
        page.get_by_role("radio", name="All").check()
        expect(cards).to_have_count(every)
        steps.fits(page)
