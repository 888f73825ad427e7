"""Every page and every state of a learner's encounter: it fits, axe finds nothing, nothing complains unseen, and all of
it goes without a mouse."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.axe import TELEPHONE, accessible
from tests.browser.chromium import watched
from tests.browser.keyboard import look, press, tab_to
from tests.browser.looks import in_order, unfold
from tests.browser.serving import Served

ZOOMED = {"width": 640, "height": 480}
"""A laptop at twice the size of type, where bars take most of the room."""


@pytest.mark.timeout(180)
def test_an_encounter_from_the_lobby_to_its_report(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        before_it(page)
        in_the_room(page)
        after_it(page)


def before_it(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    in_order(page)
    steps.to_the_door(page)
    steps.choose(page, "By voice")
    page.get_by_role("button", name="Check the microphone").click()
    expect(page.locator("main").get_by_text("Or type: it counts the same.")).to_be_visible()
    unfold(page)
    in_order(page)


def in_the_room(page: Page) -> None:
    steps.choose(page, "In writing")
    steps.go_in(page)
    steps.say(page, "You sound lonely. What are the evenings like?")
    page.locator(".note-drawer > summary").click()
    in_order(page)
    page.locator(".note-drawer > summary").click()
    page.get_by_role("button", name="Invite somebody to watch").click()
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_label("A link to hand over")).to_be_visible()
    accessible(page, widths=(TELEPHONE,))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    accessible(page, widths=(TELEPHONE,))
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="End", exact=True).click()
    accessible(page, widths=(TELEPHONE,))
    page.get_by_role("button", name="End and reflect").click()


def after_it(page: Page) -> None:
    expect(page.get_by_role("heading", name="You are out of the room.")).to_be_visible(timeout=steps.REPLY_MS)
    in_order(page)
    steps.reflect(page)
    expect(page.get_by_label("How would you like to go through it?")).to_be_visible(timeout=steps.REPLY_MS)
    unfold(page)
    in_order(page)


def test_keyboard_alone_from_the_lobby_to_the_report(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.set_viewport_size(ZOOMED)  # type: ignore[arg-type]
        through_the_menu(page)
        past_the_door(page)
        by_the_keys(page)
        press(page, page.get_by_role("button", name="End", exact=True))
        expect(page.get_by_role("button", name="Stay")).to_be_focused()
        press(page, page.get_by_role("button", name="End and reflect"))
        out_again(page)


def through_the_menu(page: Page) -> None:
    """Past everything above by the skip link; through the menu and out of it again."""
    page.goto("/")
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


def past_the_door(page: Page) -> None:
    expect(page.get_by_role("heading", name=steps.CASE, level=1)).to_be_focused()
    press(page, page.get_by_role("radio", name="By voice"), "ArrowDown")
    expect(page.get_by_role("radio", name="In writing")).to_be_checked()
    press(page, page.get_by_role("button", name="Go in"))
    expect(page.get_by_role("checkbox", name="I have read this")).to_be_focused()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Go in"))


def by_the_keys(page: Page) -> None:
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


def out_again(page: Page) -> None:
    expect(page.get_by_role("heading", name="Eileen Novak is a fiction")).to_be_focused(timeout=steps.REPLY_MS)
    tab_to(page, page.get_by_label("What I felt"))
    page.keyboard.type("I wanted to fix it.")
    press(page, page.get_by_role("button", name="Show me the report"))
    expect(page.locator("main").get_by_text("Draft: not signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
    press(page, page.locator("a.quote").first)
    expect(page.locator(".turn.found")).to_be_focused()


def test_signed_out_says_what_to_do(server: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=server.base)
    with watched(context, "401") as one:
        one.page.goto("/")
        expect(one.page.get_by_role("heading", name="Open Bedside with its start link")).to_be_visible()
        in_order(one.page)
        one.page.goto("/#ticket=used-up")
        one.page.reload()
        expect(one.page.get_by_role("heading", name="Open Bedside with its start link")).to_be_visible()
    context.close()


def test_somebody_with_roles_has_their_pages_in_the_head_and_wears_what_they_chose(context: BrowserContext) -> None:
    me = {"id": "p_1", "name": "Ann Berg", "roles": ["student", "educator", "faculty"], "one_person": False}
    with watched(context, "503") as one:
        page = one.page
        page.route("**/api/sign-in", lambda asked: asked.fulfill(json={"accounts": True, "me": me, "why": ""}))
        page.goto("/")
        pages = page.get_by_role("navigation", name="Pages")
        expect(pages.get_by_role("link", name="Cases", exact=True)).to_have_attribute("aria-current", "page")
        pages.get_by_role("link", name="Boards").click()
        expect(pages.get_by_role("link", name="Boards")).to_have_attribute("aria-current", "page")
        page.set_viewport_size({"width": 390, "height": 844})
        expect(pages).to_be_hidden()
        page.get_by_role("button", name="Menu").press("Enter")
        expect(pages).to_be_visible()
        in_order(page)
        page.get_by_role("radio", name="Dark").check()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Menu")).to_be_focused()
        dark = ground(page)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert ground(page) == dark
        page.get_by_role("button", name="Menu").click()
        page.get_by_role("radio", name="Light").check()
        assert ground(page) != dark
        page.route(
            "**/api/sign-out", lambda asked: asked.fulfill(status=503, json={"error": {"message": "Restarting."}})
        )
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_text("You are still signed in. Restarting.")).to_be_visible()


def ground(page: Page) -> Any:
    """The colour that the page stands on."""
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_what_axe_looks_for_is_found(context: BrowserContext) -> None:
    """Pale words in the dark only, and a button without a name."""
    with watched(context) as one:
        page = one.page
        page.goto("/#/join")
        expect(page.get_by_label("The code")).to_be_visible()
        page.evaluate("document.querySelector('h1').style.color = 'light-dark(black, #444)'")
        with pytest.raises(AssertionError, match=r"color-contrast \(serious\) /join at 390, dark: h1"):
            accessible(page, widths=(TELEPHONE,))
        page.evaluate("document.querySelector('main .button').replaceChildren()")
        with pytest.raises(AssertionError, match=r"button-name \(critical\) /join at 390, light"):
            accessible(page, widths=(TELEPHONE,))
