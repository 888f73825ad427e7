"""Somebody watches: invited by the learner, filling in the rubric, comparing it; or of the staff, with cues, notes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.axe import LAPTOP, accessible
from tests.browser.chromium import Watched, watched
from tests.browser.lab import Lab
from tests.browser.looks import in_order
from tests.browser.serving import Served

DAFT = "Do you think I'm daft"


@pytest.fixture
def elsewhere(server: Served, browser: Browser) -> Iterator[BrowserContext]:
    """Another browser, in which nobody is signed in."""
    made = browser.new_context(base_url=server.base, viewport={"width": 1280, "height": 860})
    yield made
    made.close()


def invitation(page: Page) -> str:
    """The learner makes a link, in the room; the dialog is closed again."""
    page.get_by_role("button", name="Invite somebody to watch").click()
    page.get_by_role("button", name="Make an invitation").click()
    link = page.get_by_label("A link to hand over").input_value()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    return link


def in_the_room(one: Watched) -> Page:
    steps.enter(one.page, steps.CASE)
    steps.say(one.page, "Good evening, Mrs Novak. I am Sam.")
    return one.page


def test_watching_live_filling_in_the_rubric_and_comparing(context: BrowserContext, elsewhere: BrowserContext) -> None:
    with watched(context) as learner, watched(elsewhere, "409", "403") as observer:
        page, other = in_the_room(learner), observer.page
        other.goto(invitation(page))
        expect(page.get_by_role("button", name="1 person is watching")).to_be_visible(timeout=steps.REPLY_MS)
        assert "ticket" not in other.url
        expect(other.locator(".caption", has_text="Good evening, Mrs Novak. I am Sam.")).to_be_visible()
        steps.say(page, "You sound lonely. What are the evenings like?")
        expect(other.locator(".caption.own", has_text="You sound lonely.")).to_be_visible(timeout=steps.REPLY_MS)
        assert other.get_by_role("button", name="Send").count() == 0
        assert other.get_by_role("button", name="End").count() == 0
        marks(other)
        in_order(other)
        other.goto("/#/")
        expect(other.get_by_role("heading", name="You are here to watch")).to_be_visible()
        other.get_by_role("link", name="Back to watching").click()
        expect(other.get_by_role("group", name="Exploration").get_by_role("radio", name="3")).to_be_checked()
        steps.end(page)
        other.get_by_role("button", name="Compare with the draft").click(timeout=steps.REPLY_MS)
        other.get_by_role("dialog").get_by_role("button", name="Compare").click()
        expect(other.get_by_role("alert").filter(has_text="still writing")).to_be_visible()
        steps.reflect(page)
        compared(other)
        page.reload()
        expect(page.get_by_role("heading", name="What your observer saw")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.locator("main").get_by_text("She asked, and waited.")).to_be_visible()
        steps.fits(page)


def marks(page: Page) -> None:
    """A level, a quoted turn and a note; they are kept by themselves."""
    group = page.get_by_role("group", name="Exploration")
    group.get_by_role("radio", name="3").check()
    group.get_by_role("button", name="Quote turns for this").click()
    page.get_by_role("button", name="Quote for Exploration: You sound lonely.").click(timeout=steps.REPLY_MS)
    expect(group.locator(".picked")).to_contain_text("You sound lonely.")
    page.get_by_label("Notes, for the learner").fill("She asked, and waited.")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible(timeout=steps.REPLY_MS)


def compared(page: Page) -> None:
    page.get_by_role("button", name="Compare with the draft").click()
    page.get_by_role("dialog").get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Yours beside the draft")).to_be_focused(timeout=steps.REPLY_MS)
    row = page.get_by_role("row").filter(has_text="Exploration")
    expect(row.get_by_role("cell").first).to_have_text("3")
    expect(page.get_by_role("group", name="Exploration").get_by_role("radio", name="3")).to_be_disabled()
    in_order(page)


def test_who_is_sent_away_sees_nothing_more(context: BrowserContext, elsewhere: BrowserContext) -> None:
    with watched(context) as learner, watched(elsewhere, "404", "401") as observer:
        page, other = in_the_room(learner), observer.page
        link = invitation(page)
        other.goto(link)
        page.get_by_role("button", name="1 person is watching").click(timeout=steps.REPLY_MS)
        page.get_by_role("button", name="Take back invitation 1").click()
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("button", name="Invite somebody to watch")).to_be_visible(timeout=steps.REPLY_MS)
        gone = other.get_by_role("heading", name="This invitation does not open the door")
        expect(gone).to_be_visible(timeout=steps.REPLY_MS)
        assert other.locator(".caption").count() == 0


def test_an_invitation_does_not_sign_anybody_out(context: BrowserContext) -> None:
    with watched(context, "409") as one:
        page = in_the_room(one)
        link = invitation(page)
        page.goto("about:blank")
        page.goto(link)
        expect(page.locator(".note")).to_contain_text("private window")
        page.goto("/#/")
        expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_visible()


# a teacher watches, and may bring moments forward


@pytest.fixture
def both(server: Served, browser: Browser) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """A student of a course, and a teacher of it."""
    lab = Lab(server)
    student, teacher = lab.person("Sam Poe", "student"), lab.person("Dr Berg", "faculty")
    course = lab.course("Nursing 1", (student, "learner"), (teacher, "staff"))
    lab.assignment(course, "novak-discharge")
    size = {"width": 1280, "height": 860}
    contexts = lab.context(browser, student, viewport=size), lab.context(browser, teacher, viewport=size)
    yield contexts
    for context in contexts:
        context.close()
    lab.close()


def test_a_moment_is_brought_forward_and_the_learner_sees_nothing_of_it(
    both: tuple[BrowserContext, BrowserContext],
) -> None:
    with watched(both[0]) as student, watched(both[1]) as teacher:
        page, other = student.page, teacher.page
        page.goto("/#/assignments")
        page.get_by_role("link", name="Week 3", exact=True).click()
        steps.choose(page, "In writing")
        encounter = steps.go_in(page)
        other.goto("/#/running")
        other.get_by_role("link", name="Watch Sam Poe: Going home tomorrow").click(timeout=steps.REPLY_MS)
        assert other.url.endswith(f"/#/watch/{encounter}")
        expect(page.get_by_role("button", name="1 person is watching")).to_be_visible(timeout=steps.REPLY_MS)
        expect(other.get_by_text("Sam Poe", exact=True).first).to_be_visible()
        taken_back(page, other)
        brought_forward(page, other)
        noted(other)
        accessible(other, widths=(LAPTOP,))
        steps.fits(other)
        steps.end(page)
        steps.reflect(page)
        expect(page.locator(".moment", has_text=DAFT)).to_contain_text("brought forward by somebody who watched")
        expect(other.locator(".watch-state")).to_have_text("The encounter is over.", timeout=steps.REPLY_MS)
        expect(other.get_by_role("heading", name="Bring a moment forward")).to_be_hidden()


def taken_back(page: Page, other: Page) -> None:
    """While it waits; the learner's page says nothing, and the moment may be brought forward again."""
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(other.locator(".watch-state")).to_have_text("Paused. The clock stands still.", timeout=steps.REPLY_MS)
    other.get_by_role("button", name=f"Bring it forward: {DAFT}").click()
    other.get_by_role("button", name=f"Take it back: {DAFT}").click(timeout=steps.REPLY_MS)
    expect(other.get_by_role("status").filter(has_text="was taken back")).to_be_visible(timeout=steps.REPLY_MS)
    page.get_by_role("button", name="Resume", exact=True).click()


def brought_forward(page: Page, other: Page) -> None:
    """By keyboard; the button keeps the focus and says what became of it."""
    cue = other.get_by_role("button", name=f"Bring it forward: {DAFT}")
    expect(cue).to_be_visible(timeout=steps.REPLY_MS)
    assert DAFT not in page.locator("body").inner_text()
    cue.focus()
    other.keyboard.press("Enter")
    expect(page.locator(".caption.theirs.said", has_text=DAFT)).to_be_visible(timeout=steps.REPLY_MS)
    expect(other.get_by_role("status").filter(has_text="was heard")).to_be_visible(timeout=steps.REPLY_MS)
    expect(cue).to_be_focused()
    expect(cue).to_have_attribute("aria-disabled", "true")
    shown = page.locator("main").inner_text()  # screen readers are told of it beside that
    assert shown.count(DAFT) == 1, "as a caption, and nowhere else"
    assert "forward" not in shown and "cue" not in shown.lower()
    steps.say(page, "It makes sense to be frightened after what happened.")


def noted(other: Page) -> None:
    """A line and a bookmark, with the encounter's time; they are there when the page is opened again."""
    other.get_by_label("A line about now").fill("Waited, and let her speak.")
    other.keyboard.press("Enter")
    expect(other.get_by_role("status").filter(has_text="Noted at 0:")).to_be_visible(timeout=steps.REPLY_MS)
    other.get_by_role("button", name="Bookmark now").click()
    expect(other.get_by_role("status").filter(has_text="Bookmarked at 0:")).to_be_visible(timeout=steps.REPLY_MS)
    other.reload()
    kept = other.locator(".note-row")
    expect(kept.first).to_contain_text("Waited, and let her speak.", timeout=steps.REPLY_MS)
    expect(kept).to_have_count(2)
