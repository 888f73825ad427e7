"""Ordinary student English, against a careful reader's judgement: what is found, and what is blamed wrongly.

The sentences stand in `student_english.yaml`. They were written before the rules were run on them and then used to mend
the rules, so they are development data: the floors below keep the rules from getting worse, and prove no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.core.lexicon import content_stems
from server.core.moves import ACKNOWLEDGES, BLOCKERS, MOVES, Context, observe

SENTENCES = Path(__file__).with_name("student_english.yaml")
MEETING = ACKNOWLEDGES | {"names_wrong_feeling", "apologises"}
"""Moves that answer a feeling: judged in full, as blockers are."""
FLOORS = {"blockers": (0.95, 0.85), "meeting": (0.90, 0.85)}
"""Least precision and recall."""


@cache
def sheet() -> dict[str, Any]:
    return dict(yaml.safe_load(SENTENCES.read_text(encoding="utf-8")))


def context(name: str | None) -> Context:
    if not name:
        return Context()
    cue = sheet()["cues"][name]
    said, story, topics = cue["said"], content_stems(f"{cue['story']} {cue['said']}"), content_stems(cue["topics"])
    return Context(said, frozenset(cue["feelings"]), topics, open_cue=True, story=story)


def found(row: dict[str, Any]) -> set[str]:
    return {observation.move for observation in observe(row["say"], context(row.get("cue")))}


def counts(judged: frozenset[str] | set[str]) -> tuple[int, int, int]:
    """Found rightly, found wrongly, and missed."""
    right = wrong = missed = 0
    for row in sheet()["says"]:
        made, must, may = found(row) & judged, set(row.get("makes", ())) & judged, set(row.get("may", ()))
        right, wrong, missed = right + len(made & must), wrong + len(made - must - may), missed + len(must - made)
    return right, wrong, missed


def rates(judged: frozenset[str] | set[str]) -> tuple[float, float]:
    """Precision and recall."""
    right, wrong, missed = counts(judged)
    return right / (right + wrong), right / (right + missed)


def named() -> Iterator[tuple[str, dict[str, Any]]]:
    for row in sheet()["says"]:
        if row.get("makes") or row.get("never"):
            yield row["say"], row


@pytest.mark.parametrize(("kind", "judged"), [("blockers", BLOCKERS), ("meeting", MEETING)])
def test_the_rules_stay_above_their_floors(kind: str, judged: frozenset[str]) -> None:
    precision, recall = rates(judged)
    assert precision >= FLOORS[kind][0], f"precision {precision:.3f}"
    assert recall >= FLOORS[kind][1], f"recall {recall:.3f}"


def test_there_are_enough_sentences_and_they_name_moves_that_exist() -> None:
    rows = sheet()["says"]
    assert len(rows) >= 150
    assert {move for row in rows for part in ("makes", "may", "never") for move in row.get(part, ())} <= set(MOVES)


def made(text: str, cue: str | None = None) -> set[str]:
    return found({"say": text, "cue": cue})


def test_quotes_are_exact_where_lower_case_has_another_length() -> None:
    text = "\u0130\u0130\u0130\u0130 I'm sorry, you must be lonely."
    assert "I'm sorry" in {seen.quote for seen in observe(text, Context())}


def test_what_is_typed_without_apostrophes_is_the_same() -> None:
    for row in sheet()["says"]:
        bare = row["say"].replace("'", "")
        assert made(bare, row.get("cue")) & BLOCKERS == found(row) & BLOCKERS, row["say"]


@pytest.mark.parametrize("row", [row for row in sheet()["says"] if "sees_to_urgent" in row.get("makes", ())])
def test_what_cannot_wait_is_no_blocker(row: dict[str, Any]) -> None:
    assert "sees_to_urgent" in found(row)
    assert not found(row) & BLOCKERS


def test_abuse_stays_abuse_beside_something_urgent() -> None:
    assert "dismisses" in made("Shut up, you're bleeding.")


@pytest.mark.parametrize("row", [row for row in sheet()["says"] if row.get("never")])
def test_what_only_looks_alike(row: dict[str, Any]) -> None:
    assert not found(row) & set(row["never"])


@pytest.mark.parametrize("cue", ["daft", "secret"])
def test_no_means_what_was_asked(cue: str) -> None:
    answer = {"daft": "validates", "secret": "promises_secrecy"}[cue]
    assert made("No, of course not.", cue) & (BLOCKERS | MEETING) == {answer}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("You don't sound frightened to me.", "daft"),
        ("you shouldn't be frightened", "daft"),
        ("there's no need to be lonely", "quiet"),
    ],
)
def test_a_feeling_argued_away_is_not_named(text: str, cue: str) -> None:
    assert "minimises" in made(text, cue)
    assert "names_feeling" not in made(text, cue)


def test_the_core_knows_no_case() -> None:
    rooms = Path(observe.__code__.co_filename).parent
    rules = "".join(path.read_text(encoding="utf-8") for path in rooms.glob("rules_*.py")).lower()
    rules += "".join((rooms / f"{name}.py").read_text(encoding="utf-8").lower() for name in ("asking", "feelings"))
    assert not [name for name in ("novak", "eileen", "|tom|", "|jean|") if name in rules]
