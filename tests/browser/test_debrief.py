"""After the encounter: one moment, tried again and set beside the first time; and writing that keeps itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.looks import in_order

OTHER_CASE = "The count"
HELLO = "Hello Mrs Novak, I'm Jo, one of the student nurses. I'm here to do your evening check before you go."
LONG = "Have you got any pain at the moment, or has it settled down?"
"""More words than she hears without her aid: her answer is the first planted moment."""
QUESTION = "What are the evenings like?"


def meet(page: Page, *texts: str) -> str:
    """One encounter in writing, to its report; returns its id."""
    encounter = steps.enter(page, steps.CASE)
    for text in texts:
        steps.say(page, text)
    steps.end(page)
    steps.reflect(page)
    return encounter


@pytest.mark.timeout(180)
def test_a_moment_is_tried_again_and_both_times_are_shown(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        first = meet(page, HELLO, LONG, "Never mind. Is your bag packed?", "What time is it?")
        moment = page.locator(".one-moment")
        expect(moment.get_by_text("If you look at one thing, look at this")).to_be_visible()
        expect(moment.locator(".ways li")).not_to_have_count(0)
        steps.fits(page)
        moment.get_by_role("link", name="Try this moment again").click()
        expect(page.get_by_role("heading", name="Just before")).to_be_visible()
        expect(page.locator(".just-before li")).not_to_have_count(0)
        in_order(page)
        steps.choose(page, "In writing")
        page.get_by_role("button", name="Go back in").click()
        page.wait_for_url("**/#/encounter/*")
        again = page.url.rpartition("/")[2]
        assert again != first
        expect(page.locator(".caption.own", has_text="I'm Jo")).to_be_visible(timeout=steps.REPLY_MS)
        steps.say(page, "I'll turn the television down and face you. Can you hear me now?")
        page.get_by_role("button", name="End", exact=True).click()
        page.get_by_role("button", name="End and reflect").click()
        page.get_by_label("What did you do otherwise").fill("I faced her.")
        page.get_by_role("button", name="Show me both times").click()
        both = page.locator(".first-and-now")
        expect(both.get_by_role("heading", name="The first time, and now")).to_be_visible(timeout=steps.REPLY_MS)
        expect(both.locator(".two-times").first).to_contain_text("of 4")
        in_order(page)
        both.get_by_role("link", name="The first report").click()
        expect(page.get_by_role("heading", name="Moments you tried again")).to_be_visible()


@pytest.mark.timeout(180)
def test_what_is_written_keeps_itself_and_is_asked_about_next_time(context: BrowserContext) -> None:
    with watched(context) as one:
        page = one.page
        meet(page, HELLO, QUESTION)
        frame = page.get_by_label("How would you like to go through it?")
        expect(frame).to_have_value("PEARLS")
        frame.select_option("gibbs")
        write(page, "Action plan", "I sit down first.")
        write(page, "The last five minutes as Eileen Novak", "I decided to say nothing about the floor.")
        follow_up = page.locator(".follow-ups .field", has_text="I decided to say nothing about the floor.")
        expect(follow_up).to_be_visible()
        follow_up.get_by_role("textbox").fill("That it was hers to say.")
        write(page, "One thing I try next time", "Wait before I answer.")
        write(page, "Take it to the ward", "Sit down with somebody who is packed.")
        expect(follow_up.get_by_text("Saved", exact=True)).to_be_visible()
        steps.fits(page)
        page.reload()
        expect(frame).to_have_value("gibbs", timeout=steps.REPLY_MS)
        expect(page.get_by_label("Action plan")).to_have_value("I sit down first.")
        expect(follow_up.get_by_role("textbox")).to_have_value("That it was hers to say.")
        expect(page.get_by_label("One thing I try next time")).to_have_value("Wait before I answer.")
        steps.to_the_door(page, OTHER_CASE)
        expect(page.locator(".aims")).to_contain_text("Wait before I answer.")
        expect(page.locator(".aims")).to_contain_text("Sit down with somebody who is packed.")
        write(page, "What came of it?", "He talked about his dog.")
        steps.fits(page)
        page.reload()
        expect(page.get_by_label("What came of it?")).to_have_value("He talked about his dog.", timeout=steps.REPLY_MS)


def write(page: Page, label: str, text: str) -> None:
    """Into a box that keeps itself, until it says that it has."""
    field = page.locator(".field.kept", has=page.get_by_label(label))
    field.get_by_role("textbox").fill(text)
    expect(field.get_by_text("Saved", exact=True)).to_be_visible(timeout=steps.REPLY_MS)
