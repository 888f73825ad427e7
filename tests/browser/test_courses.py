"""An educator's course: made, filled with people, given an assignment; where everybody stands, and marks released."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.lab import Lab, Member
from tests.browser.looks import in_order
from tests.browser.steps import choose, end, go_in

CASE = "novak-discharge"


@pytest.fixture(scope="module")
def teacher(lab: Lab) -> Member:
    return lab.person("Dr Cole", "educator", "faculty")


@pytest.fixture(scope="module")
def ann(lab: Lab) -> Member:
    return lab.person("Ann Lind", "student")


@pytest.fixture
def page(lab: Lab, teacher: Member, browser: Browser) -> Iterator[Page]:
    context = lab.context(browser, teacher, viewport={"width": 1280, "height": 860})
    yield context.new_page()
    context.close()


def test_a_course_from_nothing_to_where_everybody_stands(page: Page, lab: Lab, ann: Member, browser: Browser) -> None:
    page.goto("/#/courses")
    expect(page.get_by_text("No course yet")).to_be_visible()
    page.get_by_label("Name of the course").fill("Nursing, year 1")
    page.get_by_label("Groups").fill("Monday, Tuesday")
    page.get_by_role("button", name="Make the course").click()
    expect(page.get_by_role("heading", name="Nursing, year 1")).to_be_visible()
    expect(page.get_by_text("Nothing is asked of this course yet")).to_be_visible()

    page.get_by_role("tab", name="People").click()
    names = page.get_by_label("Names they sign in with")
    names.fill(f"{ann.sign_in}\nnobody.at.all")
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("alert").filter(has_text="nobody.at.all")).to_be_visible()
    expect(names).to_have_value(f"{ann.sign_in}\nnobody.at.all")
    names.fill(ann.sign_in)
    page.get_by_label("Group", exact=True).select_option("Monday")
    page.get_by_role("button", name="Add them").click()
    page.get_by_role("button", name="Change Ann Lind").click()
    page.get_by_label("Time in this course").select_option("1.5 times")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row", name="Ann Lind")).to_contain_text("1.5 times the usual time")
    in_order(page)

    page.get_by_role("tab", name="Assignments").click()
    page.get_by_role("link", name="New assignment").click()
    page.get_by_label("Title").fill("Meet Mrs Novak")
    page.get_by_label("Case", exact=True).select_option(CASE)
    page.get_by_label("Equivalent case").select_option("angry-relative")
    expect(page.get_by_label("Rubric", exact=True).locator("option")).not_to_have_count(0)
    page.get_by_label("Kind").select_option("summative")
    page.get_by_label("Learners see their report").select_option("after_signoff")
    page.get_by_label("Nothing yet; their own report later").check()
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("alert").filter(has_text="approval")).to_be_visible()
    expect(page.get_by_label("Reference of the ethics approval")).to_be_focused()
    page.get_by_label("Nothing yet; their own report later").uncheck()
    page.get_by_role("button", name="Show it").click()
    seen = page.get_by_role("region", name="As a student sees it")
    expect(seen).to_contain_text("counts towards a grade")
    expect(seen).to_contain_text("Dr Cole")
    expect(seen).to_contain_text("Somebody will phone you")
    in_order(page)
    page.get_by_label("Who sees it").select_option("Its learners: published")
    page.get_by_role("button", name="Save the assignment").click()
    expect(page.get_by_role("heading", name="Meet Mrs Novak")).to_be_visible()
    expect(page.get_by_role("row", name="Ann Lind")).to_contain_text("Not begun")

    finished(lab, ann, browser)
    page.reload()
    row = page.get_by_role("row", name="Ann Lind")
    expect(row).to_contain_text("Reflected")
    expect(page.get_by_text("numbers to whoever marks them")).to_be_visible()
    expect(row.get_by_role("link")).to_have_count(0)
    row.get_by_role("button", name="Hold attempt 1 of Ann Lind").click()
    page.get_by_role("button", name="Put on hold").click()
    expect(row).to_contain_text("on hold")
    in_order(page)
    page.get_by_role("link", name="Change the assignment").click()
    expect(page.get_by_text("Attempts made: 1.")).to_be_visible()
    page.get_by_label("Kind").select_option("formative")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Somebody has begun")).to_be_visible()
    expect(page.get_by_label("Kind")).to_be_focused()


def finished(lab: Lab, ann: Member, browser: Browser) -> None:
    """She does what she is asked to, and is told when she will see her marks."""
    context = lab.context(browser, ann)
    page = context.new_page()
    page.goto("/#/assignments")
    page.get_by_role("link", name="Meet Mrs Novak", exact=True).click()
    choose(page, "In writing")
    go_in(page)
    end(page)
    page.get_by_role("button", name="Show me the report").click()
    expect(page.locator("main").get_by_text("once staff of your course have signed")).to_have_count(1)
    expect(page.get_by_role("heading", name="What your marks will be about")).to_be_visible()
    nothing = page.get_by_text("The report holds nothing").or_(page.get_by_text("no answer followed"))
    found = page.get_by_role("columnheader", name="The report").or_(
        page.get_by_role("button", name="See: What the report")
    )
    expect(nothing.or_(found)).to_have_count(0)
    expect(page.locator(".timeline-lanes").get_by_text("Moments")).to_have_count(0)
    context.close()
