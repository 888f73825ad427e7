"""A student with an account, on a telephone: from what is due to a report, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import accessible
from tests.browser.lab import Lab, Member
from tests.browser.steps import choose, end, fits, go_in, reflect, say

TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def ann(lab: Lab) -> Member:
    """With time and a half and two assignments, of which one opens when she has long retired."""
    ann, hale = lab.person("Ann Reed", "student", time_percent=150), lab.person("Dr Hale", "faculty")
    course = lab.course("Nursing 2", (ann, "learner"), (hale, "staff"))
    told = "The evening before she goes home."
    lab.assignment(course, "novak-discharge", instructions=told, equivalent="angry-relative")
    later = {"opens": "2099-01-10T09:00", "closes": "2099-01-12T17:00", "zone": "Europe/Berlin"}
    lab.assignment(course, "angry-relative", title="Station 4", kind="summative", attempts=1, **later)
    return ann


@pytest.fixture
def page(lab: Lab, ann: Member, browser: Browser) -> Iterator[Page]:
    context = lab.context(browser, ann, viewport=TELEPHONE)
    yield context.new_page()
    context.close()


def test_from_what_is_due_to_the_report(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Your assignments")).to_be_visible()
    expect(page.locator(".assignment-card", has_text="Station 4")).to_contain_text("Summative: it counts")
    accessible(page)
    fits(page)

    page.get_by_role("link", name="Week 3", exact=True).click()
    told = page.locator("section.card", has_text="Week 3, for Nursing 2")
    expect(told).to_contain_text("Formative: for learning")
    expect(told).to_contain_text("1.5 times the usual time, as agreed")
    expect(page.locator("section", has=page.get_by_role("heading", name="Where your words go"))).to_contain_text(
        "Dr Hale"
    )
    expect(page.get_by_label("How much time do you need?")).to_have_count(0)
    accessible(page)
    expect(page.get_by_role("heading", name="What the report looks at")).to_be_visible()
    expect(page.get_by_text("Each has five levels")).to_be_hidden()
    page.get_by_role("link", name="“Somebody will phone you”").click()
    expect(page.get_by_text("This is the equivalent case")).to_be_visible()
    expect(page.get_by_role("button", name="Go in")).to_be_visible()
    fits(page)
    expect(page.get_by_role("link", name="“Going home tomorrow”")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("This is the equivalent case")).to_have_count(0)

    choose(page, "In writing")
    going = go_in(page)
    say(page, "Good evening, Mrs Novak. May I sit with you for a moment?")
    page.go_back()
    page.get_by_role("link", name="Go on (Week 3)").click()
    page.wait_for_url(f"**/{going}")
    page.get_by_role("button", name="Resume").click()
    say(page, "You have packed already. How are you feeling about tomorrow?")
    end(page)
    reflect(page)

    expect(page.get_by_text("Made for Week 3, Nursing 2. Its staff can read it.")).to_be_visible()
    expect(page.get_by_text("Ask somebody to mark this")).to_have_count(0)
    expect(page.get_by_text("Practice: only you see this. Show it to a course")).to_have_count(0)
    page.goto("/#/my-data")
    expect(page.get_by_role("row", name="Going home tomorrow")).to_contain_text("Made for an assignment")
    expect(page.get_by_text("There is no practice to delete.")).to_be_visible()
    accessible(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Everything, as one file (JSON)").click()
    assert "You have packed already." in file.value.path().read_text()
    page.goto("/#/assignments")
    expect(page.locator(".assignment-card", has_text="Week 3")).to_contain_text("Attempts: 1 of 2 left")


def test_an_assignment_that_is_not_open_says_when(page: Page) -> None:
    page.goto("/#/assignments")
    page.get_by_role("link", name="Look at it (Station 4)").click()
    expect(page.get_by_role("heading", name="Not now")).to_be_visible()
    expect(page.locator("section.card", has_text="Not now")).to_contain_text("10 January 2099")
    expect(page.get_by_role("button", name="Go in")).to_have_count(0)


def test_practice_is_private_until_it_is_shown(page: Page) -> None:
    page.goto("/#/cases")
    page.get_by_role("link", name="Going home tomorrow", exact=True).first.click()
    choose(page, "In writing")
    go_in(page)
    say(page, "Good evening.")
    end(page)
    reflect(page)
    page.get_by_text("Practice: only you see this. Show it to a course").click()
    page.get_by_role("button", name="Show it to Nursing 2").click()
    expect(page.get_by_text("Practice, shown to the staff of Nursing 2")).to_be_visible()
    page.get_by_role("button", name="Stop showing it").click()
    expect(page.get_by_text("Practice: only you see this. Show it to a course")).to_be_visible()
