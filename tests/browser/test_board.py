"""A cohort's reflection board: made and shown on a wall, entered with a code, written on, asked further, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.chromium import watched
from tests.browser.looks import in_order
from tests.browser.serving import Served

TITLE = "Week 3: going home"
QUOTED = "I decided to say nothing while the silence grew."
WROTE = f"She looked at the <b>window</b>.\n{QUOTED} Then she told me about her sister."
ANSWER = "It was mine. I wanted it to be over."


@pytest.fixture
def elsewhere(server: Served, browser: Browser) -> Iterator[BrowserContext]:
    """Another browser, in which nobody is signed in."""
    made = browser.new_context(base_url=server.base, viewport={"width": 390, "height": 844})
    yield made
    made.close()


def make_board(page: Page, title: str = TITLE) -> str:
    """From the lobby; returns the code."""
    page.goto("/")
    page.get_by_role("link", name="Reflection boards").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("What they are asked to write about").fill("One moment in which you did not know what to say.")
    page.get_by_label("Themes of the course").fill("silence, bad news, honesty")
    in_order(page)
    page.get_by_role("button", name="Make the board").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=steps.REPLY_MS)
    page.get_by_role("button", name="Make a code").click()
    expect(page.locator(".board-address")).to_have_text(f"{page.url.partition('#')[0]}#/join")
    return page.locator(".board-code").inner_text()


def come_in(page: Page, code: str, title: str = TITLE) -> None:
    """By keyboard alone: a slip first, then as one types on a telephone."""
    page.goto("/#/join")
    expect(page.get_by_label("The code")).to_be_focused(timeout=steps.REPLY_MS)
    page.keyboard.type("AAAA AAAA AAAA")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("No open board has this code", timeout=steps.REPLY_MS)
    in_order(page)
    page.keyboard.type(code.replace("-", " ").lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=steps.REPLY_MS)
    expect(page.get_by_text("One moment in which you did not know what to say.")).to_be_visible()
    expect(page.get_by_text("This board is yours")).to_have_count(0)


def post_of(page: Page, words: str) -> str:
    """Where a post that holds these words stands."""
    row = page.locator("[data-post]", has=page.locator(".board-text", has_text=words)).last
    return f'[data-post="{row.get_attribute("data-post", timeout=steps.REPLY_MS)}"]'


def write_and_answer(page: Page) -> None:
    """A post, and an answer to what is asked about it."""
    page.get_by_label("Your name here").fill("Ann")
    page.get_by_label("What you write").fill(WROTE)
    page.get_by_role("button", name="Post", exact=True).click()
    post = page.locator(post_of(page, QUOTED))
    expect(post).to_be_focused(timeout=steps.REPLY_MS)
    expect(page.get_by_label("What you write")).to_have_value("")
    expect(post.locator(".board-text")).to_have_text(WROTE, use_inner_text=True)
    asked = post.locator(".board-questions > li")
    assert 1 <= asked.count() <= 3
    question = asked.filter(has_text=f"You wrote: “{QUOTED}” A theme of this course is silence.")
    question.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(ANSWER)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    answer = post.locator(".board-answer")
    expect(answer.locator(".board-text")).to_have_text(ANSWER, timeout=steps.REPLY_MS)
    expect(answer.locator(".board-question")).to_contain_text(QUOTED)


def both_are_there(page: Page, pictures: Path) -> None:
    """What the owner sees after looking again; on a wall, and on a telephone."""
    page.get_by_role("button", name="Look again").click()
    post = page.locator(".board-post")
    expect(post).to_have_count(1, timeout=steps.REPLY_MS)
    expect(post).to_contain_text(QUOTED)
    expect(post.locator(".board-answer")).to_contain_text(ANSWER)
    page.screenshot(path=pictures / "owner-1280.png", full_page=True)
    in_order(page)


def test_a_board_from_its_code_to_what_is_taken_back(
    context: BrowserContext, elsewhere: BrowserContext, pictures: Path
) -> None:
    with watched(context) as owner, watched(elsewhere, "404", "403") as member:
        page, other = owner.page, member.page
        code = make_board(page)
        come_in(other, code)
        write_and_answer(other)
        both_are_there(page, pictures)
        in_order(other)
        other.screenshot(path=pictures / "member-390.png", full_page=True)
        other.goto("/#/")
        expect(other.get_by_role("heading", name="You are here for one board")).to_be_visible(timeout=steps.REPLY_MS)
        other.get_by_role("link", name="Back to the board").click()
        page.locator(post_of(page, QUOTED)).get_by_role("button", name="Take back the post of Ann").first.click()
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_text("Nothing is written yet.")).to_be_visible(timeout=steps.REPLY_MS)
        page.get_by_role("button", name="Close the board").click()
        other.get_by_role("button", name="Look again").click()
        expect(other.get_by_text("This board is closed")).to_be_visible(timeout=steps.REPLY_MS)
        expect(other.get_by_text(ANSWER)).to_have_count(0)
        expect(other.get_by_role("button", name="Post", exact=True)).to_be_hidden()


def test_what_is_half_written_outlasts_the_next_look(context: BrowserContext, elsewhere: BrowserContext) -> None:
    """The page looks by itself; whoever writes is not disturbed, not even when the post is taken back meanwhile."""
    with watched(context) as owner, watched(elsewhere, "404") as member:
        page, other = owner.page, member.page
        other.clock.install()
        code = make_board(page, "Week 4")
        come_in(other, code, "Week 4")
        page.get_by_label("What you write").fill("It was quiet.")
        page.get_by_role("button", name="Post", exact=True).click()
        expect(page.locator(".board-post")).to_contain_text("runs this board", timeout=steps.REPLY_MS)
        other.clock.fast_forward(15_000)
        post = other.locator(post_of(other, "It was quiet."))
        post.get_by_role("button", name="Answer the post of Somebody").click()
        other.keyboard.type("For whom")
        page.get_by_role("button", name="Take back").click()
        page.get_by_role("button", name="Take it back").click()
        expect(page.get_by_text("Nothing is written yet.")).to_be_visible(timeout=steps.REPLY_MS)
        other.clock.fast_forward(15_000)
        expect(post).to_contain_text("This post was taken back", timeout=steps.REPLY_MS)
        expect(post).not_to_contain_text("It was quiet.")
        expect(post.get_by_role("textbox")).to_be_focused()
        expect(post.get_by_role("textbox")).to_have_value("For whom")
        page.get_by_role("button", name="Delete this board").click()
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_role("heading", name="Your boards")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.get_by_role("link", name="Open Week 4")).to_have_count(0)
