"""One visual language: every colour, font and size of type stands in tokens.css, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.serving import ROOT

STYLE = ROOT / "web_client" / "style"
OTHERS = sorted(path for path in STYLE.glob("*.css") if path.name != "tokens.css")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    r"|(?<![-\w])(?:white|black|red|green|blue|gray|grey|orange|yellow)\b(?!-)",
    re.I,
)
FONT = re.compile(r"font-family:(?! (?:inherit|var\())|font:(?! inherit)(?![^;]*var\(--)")
SIZE = re.compile(r"font(?:-size)?:[^;]*[\d.](?:rem|px|pt)\b")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
BLOCK = re.compile(r"\{[^{}]*\}")
CLASS = re.compile(r"\.(?!ace)(-?[a-z_][\w-]*)", re.I)
"""The editor's own are worn by its own script."""
PUT_TOGETHER = ("diff-", "map-", "on-part-", "part-")
"""Beginnings of classes whose end a script adds."""


def declarations(path: Path) -> list[str]:
    """The lines of a style file that set something."""
    text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text("utf-8"))
    return [f"{path.name}:{number}: {line.strip()}" for number, line in enumerate(text.split("\n"), 1) if ":" in line]


@pytest.mark.parametrize("pattern", [COLOUR, FONT, SIZE], ids=["colour", "font", "size of type"])
def test_only_tokens_hold_a(pattern: re.Pattern[str]) -> None:
    literal = [line for path in OTHERS for line in declarations(path) if pattern.search(line.partition(": ")[2])]
    assert literal == [], "put it into web_client/style/tokens.css under a name"


def test_every_token_exists_and_is_used_and_every_style_is_linked() -> None:
    made = set(re.findall(r"^\s+(--[\w-]+):", (STYLE / "tokens.css").read_text(), re.M))
    own = {"--level"}  # set by a script on one element
    used = {(name, path.name) for path in OTHERS for name in re.findall(r"var\((--[\w-]+)", path.read_text())}
    assert {pair for pair in used if pair[0] not in made | own} == set()
    used |= {(name, "tokens.css") for name in re.findall(r"var\((--[\w-]+)", (STYLE / "tokens.css").read_text())}
    assert made - {name for name, _ in used} == set()
    page = (ROOT / "web_client" / "index.html").read_text()
    assert [path.name for path in OTHERS if f"style/{path.name}" not in page] == []


def test_every_class_that_is_styled_is_worn() -> None:
    client = ROOT / "web_client"
    scripts = [path for path in client.rglob("*.js") if path.parent.parent.name != "vendor"]
    worn = set(re.findall(r"[\w-]+", "\n".join(path.read_text("utf-8") for path in (*scripts, client / "index.html"))))
    styled = [(name, path.name) for path in OTHERS for name in CLASS.findall(BLOCK.sub("{}", path.read_text("utf-8")))]
    assert {each for each in styled if each[0] not in worn and not each[0].startswith(PUT_TOGETHER)} == set()
