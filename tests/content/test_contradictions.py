"""When do two conditions never hold together?"""

from __future__ import annotations

import pytest

from server.content.contradictions import clash

NEVER = [
    ("trust >= 5", "trust <= 3"), ("trust > 4", "trust < 5"), ("trust == 4", "trust != 4"), ("trust > 4", "trust == 4"),
    ("trust >= 5", "not trust >= 5"), ("mood == 'low'", "mood == 'high'"), ("mood == 'low'", "mood != 'low'"),
    ("present:son", "not present:son"), ("beat_addressed:B1", "not beat_heard:B1"),
    ("beat_missed:B1", "beat_addressed:B1"),
    ("turn >= 3", "turn < 3"), ("trust >= 2 and present:son", "trust >= 3 and not present:son"),
]  # fmt: skip
SOMETIMES = [
    ("trust >= 5", "trust <= 5"), ("trust > 3", "trust < 5"), ("trust >= 5", "distress <= 3"),
    ("minute > 2", "minute < 3"),
    ("mood == 'low'", "mood != 'high'"), ("present:son", "not present:aunt"), ("fact_revealed:F1", "not asked:F1"),
    ("beat_heard:B1", "not beat_addressed:B1"), ("not present:son", "not present:son"), ("trust >=", "trust <= 3"),
]  # fmt: skip


@pytest.mark.parametrize("texts", NEVER, ids=" | ".join)
def test_never_together_whichever_stands_first(texts: tuple[str, str]) -> None:
    assert clash(texts) is not None
    assert clash(texts[::-1]) is not None


@pytest.mark.parametrize("texts", SOMETIMES, ids=" | ".join)
def test_possible_together(texts: tuple[str, str]) -> None:
    assert clash(texts) is None
