"""By voice: a microphone speaks a file, the patient answers aloud, and the report holds what was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser import steps
from tests.browser.chromium import launch, speech_file, watched
from tests.browser.serving import Served

SPOKEN_MS = 4_800
"""From the opening of the microphone until the first clip has been said."""
HEARD = re.compile(r"feeling|going|home|tomorrow")
"""Words of the clip. The browser's own processing of the microphone differs from run to run, and the demonstration
recogniser mishears a word of it now and then; what is proved is that this speech arrived, not how well it is heard."""
SPEECH = Path(__file__).resolve().parent.parent / "speech"


@pytest.fixture(scope="module")
def speaking(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    clips = [SPEECH / "going-home.wav", SPEECH / "on-your-own.wav"]
    running = launch(playwright, speech_file(clips, tmp_path_factory.mktemp("speech") / "microphone.wav"))
    yield running
    running.close()


@pytest.fixture
def voiced(speaking: Browser, server: Served, signed_in: Any) -> Iterator[BrowserContext]:
    made = speaking.new_context(base_url=server.base, storage_state=signed_in, permissions=["microphone"])
    yield made
    made.close()


def test_by_voice_between_two_presses(voiced: BrowserContext) -> None:
    with watched(voiced) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "By voice")
        page.get_by_role("button", name="Check the microphone").click()
        expect(page.locator("main").get_by_text("We hear you. You are ready.")).to_be_visible(timeout=10_000)
        steps.go_in(page)
        expect(page.locator(".state[data-state=listening]")).to_be_visible(timeout=steps.REPLY_MS)
        before = len(steps.theirs(page))
        page.get_by_role("button", name="Start talking").click()
        expect(page.locator(".state[data-state=hearing]")).to_be_visible()
        page.wait_for_timeout(SPOKEN_MS)
        page.get_by_role("button", name="Finish talking").click()
        expect(page.locator(".caption.own.said .caption-words")).to_contain_text(HEARD, timeout=steps.REPLY_MS)
        assert steps.answer(page, before)
        steps.end(page)
        steps.reflect(page)
        expect(page.locator(".turn.own .turn-words").first).to_contain_text(HEARD)


def test_held_by_the_space_bar_on_the_button(voiced: BrowserContext) -> None:
    with watched(voiced) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "By voice")
        page.get_by_role("radio", name="While I hold the button").check()
        page.get_by_role("checkbox", name="Let me hear the answers aloud").uncheck()
        steps.go_in(page)
        page.get_by_role("button", name="Hold to talk").focus()
        page.keyboard.down(" ")
        expect(page.get_by_role("button", name="Let go when you have finished")).to_be_visible()
        page.wait_for_timeout(SPOKEN_MS)
        page.keyboard.up(" ")
        expect(page.locator(".caption.own.said .caption-words")).to_contain_text(HEARD, timeout=steps.REPLY_MS)
        expect(page.get_by_role("button", name="Hold to talk")).to_be_focused()


def test_hands_free_hears_and_may_interrupt(voiced: BrowserContext) -> None:
    """The file begins to speak while the patient still greets: she stops, and her caption says what was heard of it."""
    with watched(voiced) as one:
        page = one.page
        steps.to_the_door(page)
        steps.choose(page, "By voice")
        page.get_by_role("radio", name="All the time").check()
        steps.go_in(page)
        own = page.locator(".caption.own.said[data-state=done]")
        expect(own.first).to_contain_text(HEARD, timeout=steps.REPLY_MS)
        expect(page.locator(".caption.theirs.said").first).to_contain_text("interrupted")
        assert steps.answer(page, 0)
        page.get_by_role("button", name="Turn the microphone off").click()
        expect(page.get_by_role("button", name="Turn the microphone on")).to_be_visible()
