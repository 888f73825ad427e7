"""The pages that docs/students.md and the others describe: what is called what on them, and how they look.

Rule: a name that stands **bold** in one of those documents is the name of a heading or a control; the walk in
test_pictures.py must meet it. `python -m tests.browser.pictures` takes the pictures of docs/images again.
"""

from __future__ import annotations

import io
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser.serving import ROOT

DOCS = ROOT / "docs"
WANTED = "BEDSIDE_PICTURES"
"""Set by `main`: the folder that new pictures go to."""
COLOURS = 128
"""Enough for flat pages, and a third of the size."""
WIDTH = 1100
BOLD = re.compile(r"\*\*(.+?)\*\*", re.S)
LINKED = re.compile(r"\]\(images/([\w-]+)\.png\)")
NAMES = """() => [...document.querySelectorAll(
  "h1, h2, h3, h4, legend, label, button, a, summary, caption, th, dt, option, [aria-label], .tag, [role=tab]"
)].filter((each) => each.tagName === "OPTION" || each.checkVisibility()).flatMap((each) => [
  each.getAttribute("aria-label"), each.textContent, each.querySelector("strong")?.textContent,
])"""


@dataclass
class Seen:
    """What a walk has met."""

    names: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """Note every name on the page as it stands."""
        self.names |= {" ".join(name.split()) for name in page.evaluate(NAMES) if name}

    def picture(self, page: Page, name: str, at: Locator | None = None, height: int = 760) -> None:
        """Note the names, and take a picture when pictures are wanted: of the top, or of what begins with `at`."""
        self.look(page)
        self.pictures.add(name)
        if folder := os.environ.get(WANTED):
            _take(page, Path(folder) / f"{name}.png", at, height)


def _take(page: Page, target: Path, at: Locator | None, height: int) -> None:
    before = page.viewport_size
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate("window.scrollTo(0, 0)")
    if at:
        at.evaluate("element => element.scrollIntoView({ block: 'start' })")
    taken = Image.open(io.BytesIO(page.screenshot(caret="hide")))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    if before:
        page.set_viewport_size(before)


def stale(document: str, seen: Seen) -> list[str]:
    """What a document says that the walk has not met."""
    text = (DOCS / document).read_text("utf-8")
    told = {" ".join(name.split()) for name in BOLD.findall(text)}
    missing = [f"no heading or control is called “{name}”" for name in sorted(told) if not _met(name, seen.names)]
    linked = set(LINKED.findall(text))
    missing += [f"nothing takes images/{name}.png" for name in sorted(linked - seen.pictures)]
    kept = {path.stem for path in (DOCS / "images").glob("*.png")}
    missing += [f"images/{name}.png is not there" for name in sorted(linked - kept)]
    return missing


def _met(name: str, names: set[str]) -> bool:
    """As a whole, or as the beginning of a name that goes on with what differs."""
    return name in names or any(each.startswith((f"{name} ", f"{name}:", f"{name}.", f"{name},")) for each in names)


def main(arguments: list[str]) -> int:
    """Walk, and take the pictures again: all, or with `-k faculty` those of one document."""
    os.environ[WANTED] = str(DOCS / "images")
    walk = str(Path(__file__).with_name("test_pictures.py"))
    return int(pytest.main(["-q", "-p", "no:cacheprovider", walk, *arguments]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
