"""The page that shows three prompts says what the core composes today."""

from __future__ import annotations

from tests.logs.prompts import PAGE, page
from tests.logs.recording import the_case


def test_the_page_is_what_the_core_composes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m tests.logs.record` and read the diff"


def test_the_fall_is_in_the_third_prompt_only() -> None:
    fall = the_case().fact("F_fall").say
    first, second, third = page().split("\n## ")[1:]
    assert fall not in first and "`F_fall`" in first
    assert fall not in second and "`F_fall`" in second
    assert fall in third and "`F_fall`" not in third
