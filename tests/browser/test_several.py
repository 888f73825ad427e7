"""Several people in one room: who speaks is named and marked, who comes in is told, and one of them may end it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.serving import Served, served
from tests.browser.shelf import SMALL_ROOM, folder_of

CASE = "The count is short"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    cases = folder_of(tmp_path_factory.mktemp("cases") / "personas", SMALL_ROOM)
    with served(tmp_path_factory.mktemp("data"), BEDSIDE_PERSONAS_DIR=cases) as running:
        yield running


def the_count_is_called(page: Page) -> None:
    """Somebody says hello, and waits until the sheet is read out and the surgeon has answered it."""
    steps.say(page, "Hello, my name is Sam.")
    expect(page.locator(".caption.thing.said")).to_be_visible(timeout=steps.REPLY_MS)
    expect(page.locator(".caption.theirs.said", has_text="Mr Hale").first).to_be_visible(timeout=steps.REPLY_MS)
    expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=steps.REPLY_MS)


def test_each_speaker_is_named_and_marked_and_who_comes_in_is_told(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page, CASE)
        expect(page.locator(".brief > div", has_text="May come in")).to_contain_text("Sister Obi")
        expect(page.locator(".brief > div", has_text="Also there")).to_contain_text("Count sheet")
        steps.choose(page, "In writing")
        steps.go_in(page)
        here = page.get_by_role("list", name="In the room")
        expect(here.get_by_role("listitem")).to_have_text(["Nadia Haddad", "Mr Hale"])
        the_count_is_called(page)
        marks = {
            page.locator(".caption.theirs.said", has_text=name).first.locator(".person-mark").get_attribute("class")
            for name in ("Nadia Haddad", "Mr Hale", "Count sheet")
        }
        assert len(marks) == 3
        steps.say(page, "Mr Hale, stop please. The count is wrong. This is a safety issue.")
        expect(here.get_by_role("listitem")).to_have_text(["Nadia Haddad", "Mr Hale", "Sister Obi"])
        expect(page.locator("#announcer")).to_contain_text("Sister Obi comes in.")
        steps.fits(page)
        steps.end(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            "Nadia Haddad, Mr Hale and Sister Obi are fictions"
        )
        page.get_by_role("button", name="Show me the report").click()
        expect(page.locator("main").get_by_text("Draft: not signed by faculty")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.locator(".turn.theirs", has_text="Count again.").locator(".turn-who")).to_have_text("Mr Hale")
        expect(page.locator(".moment", has_text="nine of ten")).to_contain_text("Count sheet")
        steps.fits(page)


def test_what_can_be_done_comes_and_goes_and_the_focus_stays(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.enter(page, CASE)
        deeds = page.get_by_role("group", name="What you can do").get_by_role("button")
        expect(deeds).to_have_text(["Lower the drape", "Wait in silence"])
        lower = page.get_by_role("button", name="Lower the drape")
        lower.focus()
        page.keyboard.press("Enter")
        expect(deeds).to_have_text(["Lower the drape", "Raise the drape", "Wait in silence"], timeout=steps.REPLY_MS)
        expect(lower).to_be_focused()


def test_who_is_sent_away_is_told_by_whom_in_the_room_and_afterwards(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.enter(page, CASE)
        for text in (
            "I don't care, Nadia. Be quiet.",
            "Stop complaining, Nadia.",
            "Nadia, get over it.",
            "Nadia, shut up.",
        ):
            if page.get_by_text("ended the conversation").count():
                break
            page.get_by_role("textbox").fill(text)
            page.keyboard.press("Enter")
            page.wait_for_timeout(2_500)
        told = page.locator("main").get_by_text("Nadia Haddad ended the conversation.")
        expect(told).to_be_visible(timeout=steps.REPLY_MS)
        onward = page.get_by_role("button", name="Go on to your reflection")
        expect(onward).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".farewell .eyebrow")).to_have_text("Nadia Haddad ended the conversation.")
        page.get_by_role("button", name="Show me the report").click()
        expect(page.locator(".report-head")).to_contain_text(
            "Nadia Haddad ended the conversation.", timeout=steps.REPLY_MS
        )
        page.goto("/")
        expect(page.locator(".row-item").first).to_contain_text("somebody in the room ended the conversation")


def test_a_variant_has_its_own_names_from_the_door_to_the_report(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page, CASE)
        page.get_by_role("radio", name="Another family").check()
        steps.choose(page, "In writing")
        steps.go_in(page)
        expect(page.get_by_role("list", name="In the room")).to_contain_text("Maria Rossi")
        steps.say(page, "Hello, my name is Sam.")
        expect(page.locator(".caption-name", has_text="Maria Rossi").first).to_be_visible()
        steps.end(page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Maria Rossi")


def test_an_action_whose_moment_has_passed_is_refused_in_a_quiet_line(context: BrowserContext) -> None:
    lines: list[WebSocketRoute] = []

    def join(line: WebSocketRoute) -> None:
        lines.append(line)
        line.connect_to_server()

    with watched(context) as one:
        page = one.page
        page.route_web_socket("**/v1/realtime**", join)
        steps.enter(page, CASE)
        refusal = {"code": "action_not_offered", "message": "This action is not offered now."}
        lines[-1].send(json.dumps({"type": "error", "event_id": "evt_1_1", "error": refusal}))
        expect(page.locator(".notice")).to_contain_text("That is not possible just now.")


def test_aloud_two_people_follow_each_other_and_each_is_captioned(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        steps.to_the_door(page, CASE)
        steps.choose(page, "In writing")
        page.get_by_role("checkbox", name="Let me hear the answers aloud").check()
        steps.go_in(page)
        the_count_is_called(page)
        said = page.locator(".caption.theirs.said")
        expect(said.filter(has_text="Count sheet")).to_contain_text("nine of ten")
        expect(said.filter(has_text="Mr Hale").first).to_contain_text("Count again.")
        expect(page.locator(".caption", has_text="interrupted")).to_have_count(0)
