"""What a course's staff sees of all together: a cohort in figures, a debriefing on the wall; and a proof left alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.chromium import Watched, watched
from tests.browser.lab import Lab
from tests.browser.looks import in_order, unfold
from tests.browser.serving import served
from tests.browser.taught import Taught, taught


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[tuple[Taught, BrowserContext]]:
    """Seven learners who met Mrs Novak, and Dr Berg of the staff."""
    data = tmp_path_factory.mktemp("data")
    with ThreadPoolExecutor(1) as apart:
        made = apart.submit(asyncio.run, taught(data)).result()
    with served(data) as server:
        lab = Lab(server)
        berg = lab.person("Dr Berg", "faculty", "educator")
        lab.ask("POST", f"/api/courses/{made.course}/people", {"sign_ins": [berg.sign_in], "part": "staff"})
        lab.close()
        context = lab.context(browser, berg, viewport={"width": 1280, "height": 860})
        yield made, context
        context.close()


def bookmark(page: Page, encounter_id: str, words: str) -> None:
    """As a grader does, on the turn in hand."""
    page.goto(f"/#/grade/{encounter_id}")
    page.locator(".mark-turns .turn.own", has_text=words).first.click()
    page.locator("summary", has_text="For yourself").click()
    page.get_by_role("button", name="Bookmark the turn").click()
    expect(page.get_by_text("is bookmarked.")).to_be_visible(timeout=steps.REPLY_MS)


def wall_holds_still(page: Page) -> None:
    """Whatever is shown, the buttons are in sight, the newest words too, and the wall has nothing else on it."""
    expect(page.locator(".masthead")).to_be_hidden()
    for width, height in ((1920, 1080), (1280, 720), (1280, 860)):
        page.set_viewport_size({"width": width, "height": height})
        for key in ("ArrowUp", "ArrowDown"):
            page.locator("h1").focus()
            page.keyboard.press(key)
        for one in (page.locator(".wall-controls"), page.locator(".wall-after").last):
            expect(one).to_be_in_viewport(ratio=0.99)
    expect(page.get_by_text("Saved.")).to_be_hidden()


def wall_is_nameless(page: Page, course: Taught) -> None:
    shown = page.locator("main").inner_text()
    assert not [name for each in course.learners for name in each.name.split() if name in shown]


def kept_while_the_line_is_down(berg: Watched) -> None:
    page = berg.page
    berg.expected = ("ERR_FAILED",)
    page.route("**/api/playlists/*", lambda each: each.abort() if each.request.method == "PUT" else each.continue_())
    page.get_by_label("Title").fill("Friday, again")
    expect(page.get_by_text("Not saved; it stays on this page.")).to_be_visible(timeout=steps.REPLY_MS)
    page.evaluate("location.hash = '#/cohorts'")
    expect(page.get_by_role("heading", name="Cohorts")).to_be_visible(timeout=steps.REPLY_MS)
    page.unroute("**/api/playlists/*")
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("Friday, again", timeout=steps.REPLY_MS)
    expect(page.get_by_text("Saved.")).to_be_visible(timeout=steps.REPLY_MS)


def test_from_bookmarks_to_the_wall(course: tuple[Taught, BrowserContext]) -> None:
    made, context = course
    with watched(context) as berg:
        page = berg.page
        bookmark(page, made.encounters[0], "Hello, I'm Zuzana")
        bookmark(page, made.encounters[6], "Hello, I'm Katya")
        page.goto("/#/debriefings")
        in_order(page)
        page.get_by_label("Title").fill("Friday")
        page.get_by_role("button", name="Prepare it").click()
        expect(page.get_by_text("Its learner has not agreed")).to_be_visible(timeout=steps.REPLY_MS)
        page.get_by_role("button", name="Add").click()
        page.get_by_label("Your question to moment 1").fill("What does a first name do here?")
        expect(page.get_by_text("Saved.")).to_be_visible(timeout=steps.REPLY_MS)
        in_order(page)
        page.get_by_role("button", name="Show it to the group").click()
        expect(page.get_by_role("heading", name="Moment 1 of 1")).to_be_focused(timeout=steps.REPLY_MS)
        expect(page.get_by_text("What does a first name do here?")).to_be_visible()
        at = page.locator(".wall-at .wall-words")
        expect(at).to_contain_text("Hello, I'm [the learner].")
        body = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert at.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 1.5 * body
        expect(page.locator(".wall-after")).to_have_count(0)
        page.keyboard.press("ArrowDown")
        expect(page.locator(".wall-after").first).to_be_visible()
        wall_holds_still(page)
        page.get_by_role("button", name="Notes and themes").click()
        page.get_by_label("What the group says to moment 1").fill("It is a beginning.")
        page.keyboard.press("Escape")  # in a field it leaves nothing
        page.get_by_label("A theme that came up").fill("names")
        page.keyboard.press("Enter")
        wall_is_nameless(page, made)
        in_order(page)
        page.get_by_role("button", name="Leave the wall").focus()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Themes: names.")).to_be_visible(timeout=steps.REPLY_MS)
        kept_while_the_line_is_down(berg)
        page.reload()
        expect(page.get_by_text("It is a beginning.")).to_be_visible(timeout=steps.REPLY_MS)


def test_a_cohort_is_read_without_names_at_every_width(course: tuple[Taught, BrowserContext]) -> None:
    made, context = course
    with watched(context) as berg:
        page = berg.page
        page.goto("/#/cohorts")
        page.get_by_role("link", name="Going home").click()
        counted = page.get_by_text("The last scored encounter of each of 7 learners: 0 signed by faculty, 7 drafts")
        expect(counted).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.get_by_label("Marks", exact=True)).to_be_disabled()
        first = page.locator(".plot-row").first
        expect(first).to_contain_text("passed by")
        assert first.locator(".plot rect").count() > 1
        unfold(page)
        expect(page.get_by_role("table", name="What became of each moment")).to_be_visible()
        wall_is_nameless(page, made)
        in_order(page)


def test_a_proof_is_left_and_come_back_to(course: tuple[Taught, BrowserContext]) -> None:
    _, context = course
    with watched(context) as berg:
        page = berg.page
        page.goto("/#/proofs")
        page.get_by_role("button", name="Prove this case").click()
        expect(page.get_by_role("button", name="Stop")).to_be_visible(timeout=steps.REPLY_MS)
        page.goto("/#/cohorts")
        expect(page.get_by_role("heading", name="Cohorts")).to_be_visible(timeout=steps.REPLY_MS)
        page.goto("/#/proofs")
        expect(page.get_by_role("progressbar", name="Proving this case")).to_be_visible(timeout=steps.REPLY_MS)
        in_order(page)
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".task").get_by_text("Stopped before it was done")).to_be_visible(timeout=steps.REPLY_MS)
        expect(page.get_by_role("button", name="Prove it again")).to_be_focused()
