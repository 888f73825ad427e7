"""What a page fetches before anything is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CLIENT = Path(__file__).resolve().parents[2] / "web_client"
IMPORT = re.compile(r'^(?:import|export) ?(?:[{*][^;(]*? from )?"(\.[^"]+\.js)"', re.MULTILINE)
EVERYBODYS = {"app", "live", "people", "screens", "student"}
"""Where the way in and the start page stand, and what people are called."""
MOST = 45


def fetched(module: Path, seen: set[Path]) -> Iterator[Path]:
    """A module, and what it imports at its top, and so on."""
    if module in seen:
        return
    seen.add(module)
    yield module
    for name in IMPORT.findall(module.read_text(encoding="utf-8")):
        yield from fetched((module.parent / name).resolve(), seen)


def test_nobody_fetches_the_rooms_that_they_do_not_enter() -> None:
    found = [module.relative_to(CLIENT) for module in fetched(CLIENT / "app" / "main.js", set())]
    assert 10 < len(found) <= MOST
    assert {module.parts[0] for module in found} <= EVERYBODYS, sorted(map(str, found))
