"""Folders of cases for tests that need others than those on the shelf."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.browser.serving import ROOT

SMALL_ROOM = ROOT / "tests" / "content" / "small-room.yaml"
"""Three people, one of whom comes in later, and a count sheet that speaks."""
SHELF = ROOT / "personas"


def folder_of(target: Path, *cases: Path) -> str:
    """`cases` copied into a new folder at `target`; returns its name, for BEDSIDE_PERSONAS_DIR."""
    target.mkdir()
    for case in cases:
        shutil.copy(case, target)
    return str(target)
