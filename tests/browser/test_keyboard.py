"""A whole encounter, from the start link to the report, without a mouse."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.keyboard import look, press, tab_to
from tests.browser.serving import served

ZOOMED = {"width": 640, "height": 480}
"""A laptop at twice the size of type, where bars take most of the room."""


def test_keyboard_alone_from_the_start_link_to_the_report(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as server:
        context = browser.new_context(base_url=server.base, viewport=ZOOMED)  # type: ignore[arg-type]
        with watched(context) as one:
            page = one.page
            page.goto(server.link)
            in_the_lobby(page)
            at_the_door(page)
            in_the_room(page)
            press(page, page.get_by_role("button", name="End", exact=True))
            expect(page.get_by_role("button", name="Stay")).to_be_focused()
            press(page, page.get_by_role("button", name="End and reflect"))
            out_of_the_room(page)
        context.close()


def in_the_lobby(page: Page) -> None:
    """Past everything above by the skip link; through the menu and out of it again."""
    expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    look(page)
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, page.get_by_role("navigation", name="Pages").get_by_role("link", name="Boards"))
    expect(page.get_by_role("heading", name="Reflection boards", level=1)).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_focused()
    press(page, page.get_by_role("link", name=steps.CASE).first)


def at_the_door(page: Page) -> None:
    expect(page.get_by_role("heading", name=steps.CASE, level=1)).to_be_focused()
    press(page, page.get_by_role("radio", name="By voice"), "ArrowDown")
    expect(page.get_by_role("radio", name="In writing")).to_be_checked()
    press(page, page.get_by_role("button", name="Go in"))
    expect(page.get_by_role("checkbox", name="I have read this")).to_be_focused()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Go in"))


def in_the_room(page: Page) -> None:
    box = page.get_by_role("textbox")
    expect(box).to_be_visible()
    for text in ("Good evening, I am Sam.", "What are you most worried about?", "You sound lonely."):
        before = len(steps.theirs(page))
        tab_to(page, box)
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        assert steps.answer(page, before)
        expect(box).to_be_focused()
    press(page, page.get_by_role("button", name="Sit down beside her"))
    expect(page.locator(".caption.own.action")).to_be_visible()


def out_of_the_room(page: Page) -> None:
    expect(page.get_by_role("heading", name="Eileen Novak is a fiction")).to_be_focused(timeout=steps.REPLY_MS)
    tab_to(page, page.get_by_label("What I felt"))
    page.keyboard.type("I wanted to fix it.")
    press(page, page.get_by_role("button", name="Show me the report"))
    expect(page.locator("main").get_by_text("Draft: not signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
    press(page, page.locator("a.quote").first)
    expect(page.locator(".turn.found")).to_be_focused()
