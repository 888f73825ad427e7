"""axe-core in the page: what a machine can find against WCAG 2.2 AA, at every width, light and dark.

axe-core is a development dependency of package.json (MPL-2.0, unchanged, never served). The browser's own debugger
evaluates it, so the content security policy stays as it is. What no machine finds is in docs/accessibility.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.serving import ROOT

TELEPHONE, LAPTOP, WALL = 390, 1280, 1920
WIDTHS = (TELEPHONE, LAPTOP, WALL)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
GRAVE = ("serious", "critical")
COLOURS = ["color-contrast", "link-in-text-block"]
"""What dark changes of a page that was looked at in light."""
SIZES = ["target-size", "scrollable-region-focusable"]
"""What the wall changes of a page that was looked at on a laptop: the same things in the same colours, larger."""
RUN = """async ({ tags, rules }) => {
  const wish = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
  const more = { rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
  const found = await axe.run(document, { runOnly: wish, preload: { assets: ["media"] }, ...more });
  return found.violations.map(({ id, impact, help, helpUrl, nodes }) => ({
    id, impact, help, helpUrl, nodes: nodes.map((node) => ({ where: node.target.join(" "), how: node.failureSummary })),
  }));
}"""


@cache
def source() -> str:
    """axe-core as installed from package-lock.json."""
    file = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        raise AssertionError("axe-core is missing: run `python -m tools.node`, which installs package-lock.json")
    return file.read_text("utf-8")


def accessible(page: Page, *, widths: tuple[int, ...] = WIDTHS) -> None:
    """Nothing serious or critical is found on the page as it stands: everything in light; in dark and on the wall, what
    they change.

    Raises `AssertionError` with rule, impact, place and remedy of every finding.
    """
    with _as_it_was(page):
        looks = [(width, scheme) for width in widths for scheme in SCHEMES if not (width == WALL and scheme == "dark")]
        found = [line for width, scheme in looks for line in _looked(page, width, scheme)]
    assert not found, "\n".join(["axe found:", *dict.fromkeys(found)])


@contextmanager
def _as_it_was(page: Page) -> Iterator[None]:
    size = page.viewport_size
    yield
    page.emulate_media(color_scheme="null", reduced_motion="null")
    if size:
        page.set_viewport_size(size)


def _looked(page: Page, width: int, scheme: Literal["light", "dark"]) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if not page.evaluate("'axe' in window"):
        page.evaluate(source())
    rules = COLOURS if scheme == "dark" else SIZES if width == WALL else []
    for finding in page.evaluate(RUN, {"tags": TAGS, "rules": rules}):
        if finding["impact"] in GRAVE:
            yield from _lines(finding, f"{page.url.rpartition('/#')[2]} at {width}, {scheme}")


def _lines(finding: dict[str, Any], seen: str) -> Iterator[str]:
    """One line a place: rule, impact, where, how to mend it."""
    for node in finding["nodes"]:
        how = " ".join(str(node["how"]).split())
        yield f"- {finding['id']} ({finding['impact']}) {seen}: {node['where']}\n    {how}\n    {finding['helpUrl']}"
