"""The line is cut in the middle of an encounter; what was typed meanwhile arrives once."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, WebSocketRoute, expect

from tests.browser import steps
from tests.browser.chromium import watched


def test_a_cut_line_comes_back_and_nothing_is_lost(context: BrowserContext) -> None:
    lines: list[WebSocketRoute] = []
    barred = False

    def join(line: WebSocketRoute) -> None:
        if barred:
            line.close(code=1012, reason="the test cuts the line")
            return
        lines.append(line)
        line.connect_to_server()

    with watched(context) as one:
        page = one.page
        page.route_web_socket("**/v1/realtime**", join)
        steps.to_the_door(page)
        steps.choose(page, "In writing")
        steps.go_in(page)
        steps.say(page, "Good evening, Mrs Novak.")
        before = len(steps.theirs(page))
        barred = True
        lines[-1].close(code=1012, reason="the test cuts the line")
        expect(page.locator(".state[data-state=reconnecting]")).to_be_visible()
        page.get_by_role("textbox").fill("Are you comfortable?")
        page.keyboard.press("Enter")
        expect(page.locator("main").get_by_text("being sent")).to_be_visible()
        barred = False
        assert steps.answer(page, before)
        expect(page.locator("main").get_by_text("Are you comfortable?")).to_have_count(1)
        expect(page.locator("main").get_by_text("Good evening, Mrs Novak.")).to_have_count(1)
        assert len(lines) == 2


def test_a_reload_shows_what_was_said_and_goes_on(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "In writing")
        steps.go_in(page)
        reply = steps.say(page, "Good evening, Mrs Novak.")
        page.reload()
        expect(page.locator("main").get_by_text("Good evening, Mrs Novak.")).to_have_count(1)
        expect(page.locator(".caption.theirs", has_text=reply).first).to_be_visible()
        page.get_by_role("button", name="Resume").click()
        assert steps.say(page, "Are you comfortable?")
        page.go_back()
        expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_visible()
        expect(page.get_by_role("link", name="Resume").first).to_be_visible()
