"""A case on its way to students: copied, broken, mended by the form, reviewed by somebody else, published, met."""

from __future__ import annotations

import re
from dataclasses import asdict

from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.api.tasks.task_list import TaskResult
from server.assess.proving.findings import Finding
from server.assess.proving.report import CAVEAT, Section
from server.store.sql.clock import utc_now
from tests.browser.axe import LAPTOP, accessible
from tests.browser.lab import Lab
from tests.browser.looks import unfold
from tests.browser.serving import Served
from tests.browser.steps import fits

SOON_MS = 15_000
TABS = ("Text", "Form", "Map", "Matrix", "Check", "History", "Reviews")


def opened(context: BrowserContext, complaints: list[str]) -> Page:
    """A page that keeps what the browser complains of, the content security policy among it."""
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def saved(page: Page) -> None:
    expect(page.locator(".author-state")).to_have_text(re.compile(r"Saved\."), timeout=SOON_MS)


def checked(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=re.compile(words)).first).to_be_visible(timeout=SOON_MS)


EDITOR = "ace.edit(document.querySelector('.author-ace'))"


def find(page: Page, words: str) -> None:
    """Put the cursor where the text says this, once the editor is drawn: before that it takes no keys."""
    expect(page.locator(".author-ace.ace_editor .ace_line").first).to_be_visible(timeout=SOON_MS)
    page.evaluate(
        f"words => {{ const editor = {EDITOR}; editor.find(words); editor.clearSelection(); editor.focus(); }}", words
    )


def text_of(page: Page) -> str:
    found: str = page.evaluate(f"{EDITOR}.getValue()")
    return found


def test_from_a_copy_to_a_patient_whom_a_student_meets(server: Served, browser: Browser, lab: Lab) -> None:
    ann, ben, sam = (
        lab.person("Ann Ode", "educator"),
        lab.person("Ben Ode", "educator"),
        lab.person("Sam Ode", "student"),
    )
    lab_has_a_small_case(lab)
    complaints: list[str] = []
    hers, his, theirs = (lab.context(browser, who) for who in (ann, ben, sam))
    page = opened(hers, complaints)
    page.goto("/#/write")
    expect(page.get_by_text("You have not begun a case yet")).to_be_visible()
    page.get_by_label("A case of the library").select_option("bad-news-copy")
    page.get_by_role("button", name="Copy it").click()
    checked(page, "No errors")

    breaks_a_line_and_sees_it_there(page)
    mends_it_by_the_form(page)
    tab(page, "Reviews")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It waits for another educator")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    reads_remarks_and_approves(opened(his, complaints), page.url)
    tab(page, "Text")
    tab(page, "Reviews")
    expect(page.get_by_text("Approved by Ben Ode.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published 0.1.0.", exact=True)).to_be_visible()

    student = opened(theirs, complaints)
    student.goto("/#/cases")
    student.get_by_role("link", name="The day after", exact=True).click()
    expect(student.get_by_role("heading", name="Where your words go")).to_be_visible()
    assert not [each for each in complaints if "404" not in each], complaints
    for context in (hers, his, theirs):
        context.close()


def lab_has_a_small_case(lab: Lab) -> None:
    """In the library, published by whoever owns the installation."""
    file = lab.ask("POST", "/api/case-files", {"family": "bad-news"})
    for step in ("submitted", "approved", "published"):
        file = lab.ask("POST", f"/api/case-files/{file['id']}/steps", {"step": step, "edition": file["edition"]})


def breaks_a_line_and_sees_it_there(page: Page) -> None:
    find(page, "disclosure: if_trust")
    page.keyboard.press("End")
    page.keyboard.type("ed")
    checked(page, "1 error")
    expect(page.locator(".ace_gutter-cell.ace_error, .ace_gutter-cell .ace_error").first).to_be_visible()
    expect(page.locator(".author-here")).to_contain_text("it must be one of: volunteered")
    saved(page)


def mends_it_by_the_form(page: Page) -> None:
    before = text_of(page)
    tab(page, "Form")
    title = page.get_by_label("Title")
    title.fill("The day after")
    title.press("Tab")
    wrong = page.locator("select[aria-invalid=true]")
    expect(page.locator("details:has(select[aria-invalid=true]) > summary")).to_contain_text("1 error")
    expect(wrong).to_be_visible()
    expect(wrong).to_have_value("if_trusted")
    wrong.select_option("if_trust")
    checked(page, "No errors")
    saved(page)
    tab(page, "Text")
    now = text_of(page)
    assert now == before.replace("if_trusted", "if_trust").replace(
        "title: After the round (copy)", "title: The day after"
    )
    page.get_by_role("button", name="Undo").click()
    checked(page, "1 error")
    page.get_by_role("button", name="Redo").click()
    checked(page, "No errors")
    saved(page)


def reads_remarks_and_approves(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("You may read this file and remark on it.")).to_be_visible()
    page.get_by_role("spinbutton", name="Line").fill("12")
    page.get_by_role("textbox", name="Remark").fill("Would she say this?")
    tab(page, "Matrix")
    tab(page, "Reviews")
    expect(page.get_by_role("textbox", name="Remark")).to_have_value("Would she say this?")
    page.get_by_role("button", name="Add the remark").click()
    expect(page.get_by_text("1 open, 0 settled.")).to_be_visible()
    page.get_by_role("button", name="Settle").click()
    expect(page.get_by_text("0 open, 1 settled.")).to_be_visible()
    tab(page, "History")
    page.get_by_role("button", name="What changed").nth(1).click()
    expect(page.get_by_role("heading", name=re.compile("From edition"))).to_be_focused()
    tab(page, "Reviews")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved by Ben Ode.")).to_be_visible()


def test_two_writers_and_an_ended_sign_in_lose_nothing(server: Served, context: BrowserContext, lab: Lab) -> None:
    made = lab.ask("POST", "/api/case-files", {"family": "bad-news"})
    at, page = f"/api/case-files/{made['id']}", context.new_page()
    a_report_of_a_proof(page)
    page.goto(f"/#/write/{made['id']}")
    checked(page, "No errors")
    for name in TABS:
        tab(page, name)
        fits(page)
        accessible(page, widths=(LAPTOP,))
    tab(page, "Text")
    one_undo_for_editor_and_page(page)
    page.get_by_label("Write in a plain text box").check()
    box = page.get_by_role("textbox", name="Text of the case")
    saved(page)
    seen = lab.ask("GET", at)
    assert seen["text"] == made["text"], "everything was undone"
    lab.ask("PUT", at, {"edition": seen["edition"], "text": f"# theirs\n{made['text']}"})
    box.press("Control+Home")
    box.press_sequentially("# mine\n")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Somebody else saved this file")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Compare the two").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("# theirs")
    expect(dialog).to_contain_text("# mine")
    dialog.get_by_role("button", name="Take theirs").click()
    expect(box).to_have_value(re.compile(r"^# theirs\n"))
    box.press("Control+z")
    expect(box).to_have_value(re.compile(r"^# mine\n"))
    saved(page)

    cookies = context.cookies()
    context.clear_cookies()
    box.press("Control+Home")
    box.press_sequentially("# after the sign-in ended\n")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog", name="Please sign in again")).to_be_visible(timeout=SOON_MS)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    page.reload()
    expect(box).to_have_value(re.compile(r"^# after the sign-in ended\n# mine\n"))
    saved(page)
    assert lab.ask("GET", at)["text"].startswith("# after the sign-in ended\n# mine\n")


def a_report_of_a_proof(page: Page) -> None:
    finding = Finding("locked facts leaked", "0", "1", "say each line named above otherwise", ("F_fall in line 12",))
    part = Section("Leaks", ("Fact", "Where"), (("F_fall", "line 12"),))
    now = utc_now()
    view = TaskResult(
        id="tsk_1", kind="prove", about="bad-news", title="Prove bad-news 1.0.0", state="done", ahead=0, silent_s=0,
        done=9, of=9, doing="", why="", page="#/proof/tsk_1", yours=True, made_at=now, moved_at=now, asked={},
        result={
            "case": "bad-news", "title": "After the round", "version": "1.0.0", "quick": False, "proved": False,
            "findings": [asdict(finding)], "sections": [asdict(part)], "caveat": CAVEAT,
        },
    )  # fmt: skip
    page.route("**/api/tasks/tsk_1", lambda asked: asked.fulfill(json=view.model_dump(mode="json")))
    page.route("**/api/tasks?*", lambda asked: asked.fulfill(json=[]))
    page.goto("/#/proof/tsk_1")
    expect(page.get_by_text("To mend it: say each line named above otherwise.")).to_be_visible(timeout=SOON_MS)
    unfold(page)
    expect(page.get_by_role("cell", name="line 12")).to_be_visible()
    accessible(page, widths=(LAPTOP,))
    fits(page)
    page.unroute_all()


def one_undo_for_editor_and_page(page: Page) -> None:
    """Two distant places, typed in without a pause: what the editor's keys take back, the page's button brings."""
    find(page, "title: ")
    page.keyboard.press("End")
    page.keyboard.type("1")
    find(page, "closing_statement: ")
    page.keyboard.press("End")
    page.keyboard.type("2")
    both = text_of(page)
    page.keyboard.press("Control+z")
    one = text_of(page)
    assert (one.count("round1\n"), both.replace("in.2", "in.") == one, both != one) == (1, True, True)
    page.get_by_role("button", name="Undo").click()
    none = text_of(page)
    assert none == one.replace("round1\n", "round\n")
    page.get_by_role("button", name="Redo").click()
    page.locator(".ace_text-input").focus()
    page.keyboard.press("Control+Shift+z")
    assert text_of(page) == both
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert text_of(page) == none


def test_a_press_is_not_lost_to_what_somebody_else_did_meanwhile(
    server: Served, context: BrowserContext, lab: Lab
) -> None:
    """The page was drawn again between the finger's going down and up, and the press went to nobody."""
    made = lab.ask("POST", "/api/case-files", {"family": "bad-news"})
    page = context.new_page()
    page.goto(f"/#/write/{made['id']}/reviews")
    checked(page, "No errors")
    page.get_by_role("textbox", name="Remark").fill("Would she say this?")
    page.get_by_role("button", name="Add the remark").hover()
    page.mouse.down()
    lab.ask("POST", f"/api/case-files/{made['id']}/remarks", {"words": "Theirs.", "edition": 1, "line": 0, "key": ""})
    page.evaluate("[...document.querySelectorAll('[role=tab]')].find(each => each.textContent === 'Reviews').click()")
    expect(page.get_by_text("1 open, 0 settled.")).to_be_visible()
    page.get_by_role("button", name="Add the remark").hover()
    page.mouse.up()
    expect(page.get_by_text("2 open, 0 settled.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Remark")).to_have_value("")
