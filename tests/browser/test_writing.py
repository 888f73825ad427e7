"""An encounter in writing: text that would be markup, a microphone that is refused, a stop, a silence."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser import steps
from tests.browser.chromium import watched


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
