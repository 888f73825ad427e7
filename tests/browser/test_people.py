"""People come in: invited one by one or as a class, with a password of their own, and asked again when it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import watched
from tests.browser.lab import PASSWORD, Lab, Member
from tests.browser.looks import in_order
from tests.browser.serving import Served


@pytest.mark.timeout(180)
def test_somebody_is_invited_and_comes_in(context: BrowserContext, browser: Browser, server: Served) -> None:
    """The owner makes an account and hands the link over; a guessable password is refused beside its box. What happens
    meanwhile is seen in the owner's list when they look at it again, and in the dialog when they save.
    """
    with watched(context, "409") as owner:
        page = owner.page
        page.goto("/#/people")
        expect(page.get_by_text("Nobody has an account yet")).to_be_visible()
        page.get_by_role("button", name="Add somebody").click()
        page.get_by_label("Name, as others see it").fill("Ann Berry")
        page.get_by_label("Name to sign in with").fill("ann.berry@uni.example")
        page.get_by_role("checkbox", name="administrator").check()
        in_order(page)
        page.get_by_role("button", name="Make the account").click()
        link = page.get_by_label("Link for Ann Berry", exact=True).input_value()
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_role("row", name="Ann Berry")).to_contain_text("Waits for a password")
        page.get_by_role("button", name="Change Ann Berry").focus()
        _come_in(browser, server, link)
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.get_by_role("row", name="Ann Berry")).not_to_contain_text("Waits for a password")
        expect(page.get_by_role("button", name="Change Ann Berry")).to_be_focused()
        _change_what_another_changes(page)


def _come_in(browser: Browser, server: Served, link: str) -> None:
    """In a browser of their own, in which nobody is signed in: that is no error, and takes one question."""
    theirs = browser.new_context(base_url=server.base)
    with watched(theirs) as nobody:
        asked: list[str] = []
        nobody.page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
        nobody.page.goto("/")
        expect(nobody.page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert asked == [f"{server.base}/api/sign-in"]
    with watched(theirs, "422", "401") as one:
        _choose_a_password(one.page, link)
        one.page.goto("/#/account")
        expect(one.page.get_by_role("definition").filter(has_text="student, administrator")).to_be_visible()
        in_order(one.page)
        one.page.get_by_role("button", name="Sign out everywhere, here too").click()
        _sign_in_again(one.page)
    theirs.close()


def _change_what_another_changes(page: Page) -> None:
    page.keyboard.press("Enter")
    (found,) = page.request.get("/api/accounts").json()["accounts"]
    change = {"edition": found["edition"], "time_percent": 150}
    origin = page.evaluate("location.origin")
    assert page.request.put(f"/api/accounts/{found['id']}", data=change, headers={"Origin": origin}).ok
    page.get_by_label("Name, as others see it").fill("Ann B. Berry")
    for answer in ("Leave it as it is now", "Do mine all the same"):
        page.get_by_role("button", name="Save the changes").click()
        expect(page.get_by_role("dialog", name="Somebody else has changed")).to_contain_text("time: 150 %")
        in_order(page)
        page.get_by_role("button", name=answer).click()
        if answer.startswith("Leave"):
            expect(page.get_by_role("alert").filter(has_text="Somebody else has changed")).to_be_visible()
            expect(page.get_by_label("Name, as others see it")).to_have_value("Ann B. Berry")
    expect(page.get_by_role("row", name="Ann B. Berry")).to_contain_text("150 %")
    expect(page.get_by_role("button", name="Change Ann B. Berry")).to_be_focused()


def _choose_a_password(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", name="Welcome, Ann Berry")).to_be_visible()
    in_order(page)
    box = page.get_by_label("Your new password")
    box.fill("annberry")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Add another word")).to_be_visible()
    expect(box).to_be_focused()
    box.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/#/")
    assert page.evaluate("history.state") is None and "ticket" not in page.url


def _sign_in_again(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    in_order(page)
    page.get_by_label("Name to sign in with").fill("Ann.Berry@uni.example")
    page.get_by_label("Password", exact=True).fill("not this one at all")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="do not belong together")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


@pytest.mark.timeout(180)
def test_a_class_comes_from_a_file(context: BrowserContext, lab: Lab, tmp_path: Path) -> None:
    lab.ask("POST", "/api/courses", {"title": "Nursing 1", "code": "NUR-1"})
    file = tmp_path / "class.csv"
    file.write_text("name;sign_in;roles;course\nCy Dorn;cy;student;NUR-9\nZoë Ek;zoe;dean;NUR-1\n", encoding="cp1252")
    with watched(context) as one:
        page = one.page
        page.goto("/#/people/roster")
        page.get_by_label("The file").set_input_files(file)
        expect(page.get_by_role("heading", name="2 things have to be mended first")).to_be_visible()
        expect(page.get_by_role("row").filter(has_text="dean")).to_contain_text("3")
        in_order(page)
        text = page.get_by_label("Or paste it here")
        text.fill(text.input_value().replace("NUR-9", "nur-1").replace("dean", "student"))
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_role("row", name="Zoë Ek")).to_contain_text("New")
        page.get_by_role("button", name="Add 2 people").click()
        expect(page.get_by_role("heading", name="2 people are added")).to_be_visible()
        in_order(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the links").click()
        assert "Zoë Ek" in download.value.path().read_text("utf-8")
        page.goto("/#/people")
        page.get_by_label("Name").fill("zoë")
        expect(page.get_by_role("row", name="Cy Dorn")).to_have_count(0)
        expect(page.get_by_role("row", name="Zoë Ek")).to_be_visible()
        in_order(page)
        page.get_by_label("Name").fill("")
        page.get_by_role("button", name="New links for many").click()
        expect(page.get_by_text("2 people have not chosen a password yet.")).to_be_visible()
        in_order(page)
        page.get_by_role("button", name="Make the links").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the links").click()
        assert download.value.path().read_text("utf-8").count("#ticket=") == 2


@pytest.mark.timeout(120)
def test_a_sign_in_that_ends_loses_nothing(context: BrowserContext, browser: Browser, lab: Lab) -> None:
    """In the middle of a form the password is asked for, and what was typed is sent. Closed, the account is out."""
    eve = lab.person("Eve Adler", "administrator")
    theirs = lab.context(browser, eve, viewport={"width": 1280, "height": 860})
    with watched(theirs, "401") as one, watched(context) as owner:
        _add_somebody_meanwhile_signed_out(one.page, eve)
        cookies = theirs.cookies()
        theirs.clear_cookies()
        one.page.get_by_label("Role").select_option("faculty")
        one.page.get_by_role("button", name="Not now").click()
        expect(one.page.get_by_role("status").filter(has_text="Nobody is signed in.")).to_be_visible()
        theirs.add_cookies(cookies)  # type: ignore[arg-type]
        _somebody_else_comes_in(one.page)
        _close(owner.page, eve)
        one.page.goto("/#/account")
        expect(one.page.get_by_text("This account was closed.")).to_be_visible()
    theirs.close()


def _add_somebody_meanwhile_signed_out(page: Page, eve: Member) -> None:
    page.goto("/#/people")
    page.get_by_role("button", name="Add somebody").click()
    page.get_by_label("Name, as others see it").fill("Fay Gale")
    page.get_by_label("Name to sign in with").fill("fay")
    page.context.clear_cookies()
    page.get_by_role("button", name="Make the account").click()
    dialog = page.get_by_role("dialog", name="Please sign in again")
    expect(dialog.get_by_label("Name to sign in with")).to_have_value(eve.sign_in)
    in_order(page)
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Link for Fay Gale", exact=True)).to_be_visible()
    page.get_by_role("button", name="Done").click()


def _somebody_else_comes_in(page: Page) -> None:
    """In another tab of the same browser: this page is told, and sends nothing under their name."""
    other = page.context.new_page()
    other.goto("/#/account")
    expect(other.get_by_role("heading", level=1)).to_be_visible()
    other.evaluate("localStorage.setItem('bedside.who', 'acc_somebody')")
    told = page.get_by_role("dialog", name="Somebody else is signed in now")
    expect(told).to_be_visible()
    other.close()
    told.get_by_role("button", name="Reload the page").click()
    expect(told).to_have_count(0)


def _close(page: Page, eve: Member) -> None:
    page.goto("/#/people")
    page.get_by_role("button", name=f"Change {eve.name}").click()
    in_order(page)
    page.get_by_role("button", name="Close the account").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("row", name=eve.name)).to_contain_text("Closed")
