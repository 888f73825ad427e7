"""What is looked at on every page: it fits, and axe finds nothing."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import steps
from tests.browser.axe import accessible


def in_order(page: Page) -> None:
    """Accessible at every width, light and dark; nothing is cut off sideways, down to 320 px."""
    accessible(page)
    steps.fits(page)


def unfold(page: Page) -> None:
    """Open whatever opens, so that it is looked at too."""
    page.locator("main details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
