"""What a learner does, step by step, in the words of the page."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page, expect

CASE = "Going home tomorrow"
REPLY_MS = 20_000
NARROW = (390, 320)
"""A telephone, and the narrowest screen on which WCAG 2.2 (1.4.10) wants one direction of scrolling only."""


def to_the_door(page: Page, case: str = CASE) -> None:
    """From the lobby to the prebrief of a case, by its title."""
    page.goto("/")
    page.get_by_role("link", name=case, exact=True).first.click()
    expect(page.get_by_role("heading", name="Where your words go")).to_be_visible()


def choose(page: Page, way: Literal["By voice", "In writing"]) -> None:
    page.get_by_role("radio", name=way).check()


def go_in(page: Page) -> str:
    """Agree and enter; returns the encounter's id."""
    page.get_by_role("checkbox", name="I have read this").check()
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/#/encounter/*")
    expect(page.locator(".state[data-state=listening], .state[data-state=speaking]")).to_be_visible(timeout=REPLY_MS)
    return page.url.rpartition("/")[2]


def theirs(page: Page) -> list[str]:
    """What the people in the room have said, as captioned."""
    return page.locator(".caption.theirs.said[data-state=done] .caption-words").all_text_contents()


def say(page: Page, text: str) -> str:
    """Type something once they have finished, and wait for the whole answer, which is returned."""
    expect(page.locator(".caption.theirs.said[data-state=done]").first).to_be_visible(timeout=REPLY_MS)
    expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=REPLY_MS)
    before = len(theirs(page))
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")
    return answer(page, before)


def answer(page: Page, before: int) -> str:
    """The next reply after `before` of them, when it is complete."""
    done = page.locator(".caption.theirs.said[data-state=done]")
    expect(done.nth(before)).to_be_visible(timeout=REPLY_MS)
    expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=REPLY_MS)
    return theirs(page)[-1]


def end(page: Page) -> None:
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End and reflect").click()
    expect(page.get_by_role("heading", name="You are out of the room.")).to_be_visible(timeout=REPLY_MS)


def enter(page: Page, case: str) -> str:
    """From the lobby into the room of a case, in writing; returns the encounter's id."""
    to_the_door(page, case)
    choose(page, "In writing")
    return go_in(page)


def fits(page: Page) -> None:
    """Nothing is cut off sideways on a telephone."""
    size = page.viewport_size
    for narrow in NARROW:
        page.set_viewport_size({"width": narrow, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{width} pixels too wide at {narrow}"
    if size:
        page.set_viewport_size(size)


def reflect(page: Page) -> None:
    page.get_by_label("How are you leaving that conversation?").fill("A little shaken, and glad.")
    page.get_by_label("What I felt").fill("I wanted to fix it.")
    page.get_by_role("group", name="Exploration").get_by_role("radio", name="2").check()
    page.get_by_role("button", name="Show me the report").click()
    expect(page.locator("main").get_by_text("Draft: not signed by faculty")).to_be_visible(timeout=REPLY_MS)
