"""An encounter in writing, by keyboard alone; and text that would be markup."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import steps
from tests.browser.chromium import watched

FARTHEST = 80
"""Presses of Tab before something counts as out of reach."""


def tab_to(page: Page, target: Locator) -> None:
    """Walk with Tab until `target` has the focus; every stop on the way must be visible to somebody who looks."""
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def test_keyboard_alone_from_the_lobby_to_the_report(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        page.goto("/")
        press(page, page.get_by_role("link", name=steps.CASE).first)
        expect(page.get_by_role("heading", name=steps.CASE, level=1)).to_be_focused()
        press(page, page.get_by_role("radio", name="By voice"), "ArrowDown")
        expect(page.get_by_role("radio", name="In writing")).to_be_checked()
        press(page, page.get_by_role("button", name="Go in"))
        expect(page.get_by_role("checkbox", name="I have read this")).to_be_focused()
        page.keyboard.press("Space")
        press(page, page.get_by_role("button", name="Go in"))
        in_the_room(page)
        press(page, page.get_by_role("button", name="End", exact=True))
        expect(page.get_by_role("button", name="Stay")).to_be_focused()
        press(page, page.get_by_role("button", name="End and reflect"))
        out_of_the_room(page)


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


def test_words_are_words_and_never_markup(context: BrowserContext) -> None:
    hostile = '<script>document.title="x"</script><img src=x onerror=alert(1)> & "quotes" <b>bold</b>'
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "In writing")
        steps.go_in(page)
        steps.say(page, hostile)
        expect(page.locator(".caption.own .caption-words").first).to_have_text(hostile)
        steps.end(page)
        steps.reflect(page)
        expect(page.locator(".turn.own .turn-words").first).to_have_text(hostile)
        assert page.locator("main script, main img, main b").count() == 0
        assert page.title() != "x"


def test_the_microphone_may_be_refused_and_typing_still_works(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "By voice")
        page.get_by_role("button", name="Check the microphone").click()
        expect(page.locator("main").get_by_text("Or type: it counts the same.")).to_be_visible()
        steps.go_in(page)
        page.get_by_role("button", name="Start talking").click()
        expect(page.locator(".notice")).to_contain_text("Or type: it counts the same.")
        assert steps.say(page, "Good evening, Mrs Novak.")


def test_stopping_costs_nothing_names_somebody_and_can_be_deleted(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "In writing")
        steps.go_in(page)
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("button", name="Resume")).to_be_focused()
        page.get_by_role("button", name="Resume").click()
        expect(page.get_by_role("textbox")).to_be_visible()
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("Stopping costs nothing")
        page.get_by_role("dialog").get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_role("heading", name="Somebody to talk to")).to_be_visible(timeout=steps.REPLY_MS)
        assert page.locator(".dimension").count() == 0
        page.get_by_role("link", name="To the cases").click()
        rows = page.locator(".row-item")
        expect(rows.first).to_contain_text("stopped, not scored")
        before = rows.count()
        rows.first.get_by_role("button", name="Delete").click()
        page.get_by_role("button", name="Delete it").click()
        expect(rows).to_have_count(before - 1)


def test_what_was_done_is_no_quotation_and_the_narrow_report_is_folded(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "In writing")
        steps.go_in(page)
        steps.say(page, "Good evening, Mrs Novak. I am Sam.")
        page.get_by_role("button", name="Wait in silence").click()
        page.wait_for_timeout(4_000)
        steps.say(page, "What are the evenings like?")
        steps.end(page)
        steps.reflect(page)
        deed = page.locator(".quote-words.done").first
        expect(deed).to_contain_text("waits in silence")
        expect(deed).not_to_contain_text("“")
        page.set_viewport_size({"width": 390, "height": 844})
        expect(page.locator(".transcript")).to_be_hidden()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        expect(page.locator(".transcript")).to_be_visible()
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        expect(page.locator(".transcript")).to_be_hidden()
        page.locator("a.quote").first.click()
        expect(page.locator(".turn.found")).to_be_visible()
        page.goto("/")
        expect(page.get_by_role("link", name="Report").first).to_be_visible()
