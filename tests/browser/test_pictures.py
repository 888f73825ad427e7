"""Every screen, narrow and wide, light and dark: nothing is cut off sideways, and nothing complains."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served

WIDTHS = (390, 1280)
NARROWEST = 320
"""Where WCAG 2.2 (1.4.10) still wants one direction of scrolling only."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Camera:
    """Takes the same page in every size and scheme."""

    def __init__(self, page: Page, folder: Path) -> None:
        self._page = page
        self._folder = folder

    def take(self, name: str) -> None:
        for width in WIDTHS:
            self._page.set_viewport_size({"width": width, "height": 844})
            for scheme in SCHEMES:
                self._page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self._page.screenshot(path=self._folder / f"{name}-{width}-{scheme}.png", full_page=True)
            self._fits(name)
        self._page.set_viewport_size({"width": NARROWEST, "height": 640})
        self._fits(name)

    def _fits(self, name: str) -> None:
        width = self._page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{name} is {width} pixels too wide"


@pytest.mark.timeout(180)
def test_every_screen(server: Served, browser: Browser, signed_in: Any, pictures: Path) -> None:
    context = browser.new_context(base_url=server.base, storage_state=signed_in)
    with watched(context) as one:
        page, camera = one.page, Camera(one.page, pictures)
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        camera.take("1-lobby")
        steps.to_the_door(page)
        camera.take("2-prebrief")
        steps.choose(page, "In writing")
        steps.go_in(page)
        for text in ("Good evening, Mrs Novak. I am Sam.", "You sound lonely. What are the evenings like?"):
            steps.say(page, text)
        camera.take("3-encounter")
        steps.end(page)
        camera.take("4-reflection")
        steps.reflect(page)
        camera.take("5-report")
    context.close()
    assert len(list(pictures.iterdir())) == 5 * len(WIDTHS) * len(SCHEMES)


def test_signed_out_says_what_to_do(server: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=server.base)
    with watched(context, "401") as one:
        one.page.goto("/")
        expect(one.page.get_by_role("heading", name="Open Bedside with its start link")).to_be_visible()
        one.page.goto("/#ticket=used-up")
        one.page.reload()
        expect(one.page.get_by_role("heading", name="Open Bedside with its start link")).to_be_visible()
    context.close()
