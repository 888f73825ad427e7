"""Cases on the way: whole and free of errors, and in no library until they are settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.content.check import check
from server.content.library import load_library

ROOT = Path(__file__).resolve().parents[2]
DRAFTS = sorted((ROOT / "personas" / "drafts").glob("*.yaml"))


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_is_free_of_errors(path: Path) -> None:
    assert [str(problem) for problem in check([path], ROOT / "rubrics") if not problem.warning] == []


def test_drafts_are_in_no_library() -> None:
    cases = load_library(ROOT / "personas", ROOT / "rubrics").cases
    assert DRAFTS and not {path.stem for path in DRAFTS} & set(cases)
