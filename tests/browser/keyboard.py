"""The page by keyboard alone, looked at on the way: the focus is seen, and nothing covers it (WCAG 2.4.7, 2.4.11)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FARTHEST = 80
"""Presses of Tab before something counts as out of reach."""
LOOK = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return "";
  const called = stop.getAttribute("aria-label") ?? stop.textContent ?? "";
  const name = `${stop.tagName.toLowerCase()} "${called.trim().slice(0, 40)}"`;
  const framed = [stop, stop.closest(".mark")].some((each) => {
    const looks = each && getComputedStyle(each);
    return looks && looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) >= 2;
  });
  if (!framed) return `${name}: the focus is not seen`;
  const between = (from, to, part) => Math.max(0, from) + (to - Math.max(0, from)) * part;
  const seen = [...stop.getClientRects()].some((box) => [0.25, 0.5, 0.75].some((part) => {
    const [right, bottom] = [Math.min(innerWidth, box.right), Math.min(innerHeight, box.bottom)];
    const top = document.elementFromPoint(between(box.left, right, part), between(box.top, bottom, part));
    return top && (stop.contains(top) || (top.contains(stop) && top.closest(".mark")));
  }));
  return seen ? "" : `${name}: something lies over it`;
}"""


def look(page: Page) -> None:
    """Where the focus is now: framed, and not covered."""
    wrong = page.evaluate(LOOK)
    assert not wrong, f"{page.url.rpartition('/#')[2]}: {wrong}"


def tab_to(page: Page, target: Locator) -> None:
    """Walk with Tab until `target` has the focus; every stop on the way is looked at."""
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        look(page)
    raise AssertionError("the keyboard does not reach it")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Walk there, and press."""
    tab_to(page, target)
    page.keyboard.press(key)
