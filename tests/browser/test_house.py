"""An administrator looks after the house: health, a backup, a freeze, and what was noted of it."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from server.store.house.restoring import examine
from tests.browser.axe import accessible
from tests.browser.serving import Served

TASK_MS = 20_000


def part(page: Page, name: str) -> None:
    """Open one of the parts of the page."""
    page.get_by_role("tab", name=name, exact=True).click()
    expect(page.get_by_role("tabpanel", name=name, exact=True).locator("[aria-busy]")).to_have_count(0)


def test_an_administrators_round(context: BrowserContext, server: Served, pictures: Path) -> None:
    page = context.new_page()
    page.goto("/#/house")
    expect(page.get_by_role("heading", name="House", level=1)).to_be_focused()
    expect(page.get_by_text("bedside backup")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("acting"))).to_contain_text("Ready")
    accessible(page)
    page.screenshot(path=pictures / "health.png", full_page=True)
    file = back_up(page, server)
    freeze(page)
    audit(page, file)
    page.reload()
    expect(page.get_by_role("tab", name="Audit")).to_have_attribute("aria-selected", "true")


def back_up(page: Page, server: Served) -> str:
    """With its bar, and left meanwhile."""
    part(page, "Backups")
    expect(page.get_by_text("No backup yet")).to_be_visible()
    page.get_by_role("button", name="Back up now").click()
    part(page, "Usage")
    expect(page.get_by_text("Nothing yet")).to_be_visible()
    part(page, "Backups")
    link = page.get_by_role("link", name=re.compile(r"bedside-backup$"))
    expect(link).to_be_visible(timeout=TASK_MS)
    name = link.inner_text()
    assert examine(server.data / "backups" / name).manifest.encounters == 0
    expect(page.get_by_text(re.compile(rf"^\./bedside restore '.*{name}' --data"))).to_be_visible()
    accessible(page)
    return name


def freeze(page: Page) -> None:
    part(page, "Freeze")
    ends = page.get_by_label("Ends (your time, needed)")
    expect(ends).to_have_value(f"{datetime.now() + timedelta(days=1):%Y-%m-%dT18:00}")
    ends.fill(f"{datetime.now() - timedelta(days=1):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_text(re.compile("This end has passed"))).to_be_visible()
    ends.fill(f"{datetime.now() + timedelta(days=2):%Y-%m-%dT%H:%M}")
    page.get_by_label("Why, for those who meet it").fill("OSCE week")
    page.get_by_role("button", name="Freeze", exact=True).click()
    expect(page.get_by_text("In force")).to_be_visible()
    expect(page.get_by_text("Whoever has the start link set it.")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Lift the freeze").click()
    page.get_by_role("button", name="Lift it").click()
    expect(page.get_by_text("Nothing is frozen")).to_be_visible()


def audit(page: Page, file: str) -> None:
    part(page, "Audit")
    page.get_by_role("button", name="Verify the chain").click()
    expect(page.get_by_text(re.compile("The chain holds over"))).to_be_visible()
    page.get_by_label("What was done").select_option(label="Backup made")
    page.get_by_label("Who", exact=True).select_option(label="Whoever has the start link")
    page.get_by_label("To (day)").fill(f"{datetime.now():%Y-%m-%d}")
    page.get_by_role("button", name="Show these").click()
    rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(f"Whoever has the start link made the backup {file}.")
    rows.get_by_text("Raw", exact=True).click()
    expect(rows.get_by_text('"action":"backup_made"')).to_be_visible()
    file_link = page.get_by_role("link", name="Download these as CSV")
    expect(file_link).to_have_attribute("href", re.compile("action=backup_made"))
    page.get_by_label("From (day)").fill(f"{datetime.now() + timedelta(days=2):%Y-%m-%d}")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_text("Nothing that fits was noted.")).to_be_visible()
    accessible(page)
