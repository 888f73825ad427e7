"""An author tries a case out: beside the room the inside of the case, a jump, a forced moment, and why each came."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import steps
from tests.browser.axe import LAPTOP, accessible
from tests.browser.chromium import watched
from tests.browser.looks import unfold

FLOOR = "You'll not write that down, will you?"


def moment(page: Page, name: str) -> Locator:
    """What the pane says of one moment."""
    return page.locator(".inside-row").filter(has=page.get_by_role("heading", name=name, exact=True))


def test_an_author_sees_why_forces_a_moment_and_jumps(context: BrowserContext) -> None:
    with watched(context) as author:
        page = author.page
        page.goto("/#/try/novak-discharge")
        expect(page.get_by_role("heading", name="Trying out: Going home tomorrow")).to_be_focused(
            timeout=steps.REPLY_MS
        )
        expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=steps.REPLY_MS)
        expect(moment(page, "B4_the_floor")).to_contain_text("Waits for fact_revealed:F_fall.", timeout=steps.REPLY_MS)
        page.get_by_role("button", name="Force B4_the_floor").click()
        expect(page.locator(".caption.theirs.said", has_text=FLOOR)).to_be_visible(timeout=steps.REPLY_MS)
        expect(moment(page, "B4_the_floor")).to_contain_text("It came because you forced it.")
        expect(moment(page, "B4_the_floor")).to_contain_text("Lies open")
        jump(page, "3")
        expect(moment(page, "B1_bluff")).to_contain_text("It came because its time had come.", timeout=steps.REPLY_MS)
        jump(page, "1")
        expect(page.get_by_text("The clock only moves forward.")).to_be_visible()
        steps.say(page, "What are the evenings like?")
        page.get_by_role("tab", name="What changed").click()
        newest = page.get_by_role("tabpanel", name="What changed").get_by_role("listitem").first
        expect(newest).to_contain_text("What are the evenings like?")
        expect(newest).to_contain_text("open question")
        by_keyboard(page)
        unfold(page)
        accessible(page, widths=(LAPTOP,))
        steps.fits(page)


def jump(page: Page, minute: str) -> None:
    page.get_by_label("Jump to minute").fill(minute)
    page.keyboard.press("Enter")


def by_keyboard(page: Page) -> None:
    """From tab to tab with the arrows, and to what is in them."""
    page.get_by_role("tab", name="What changed").focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Moments")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Facts")).to_contain_text("F_fall")
    expect(page.get_by_role("tabpanel", name="Facts")).to_contain_text("Nobody has asked for it")
