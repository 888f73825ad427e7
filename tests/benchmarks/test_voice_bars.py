"""A result of the voice benchmark: its verdicts follow from its numbers, and one that lacks something is refused."""

import copy
from dataclasses import asdict
from typing import Any

import pytest

from benchmarks.voice_bars import BARS, BY_NAME, faults, row


def result() -> dict[str, Any]:
    """A whole result in which every bar is just held."""
    rows = [
        asdict(row(bar.name, bar.limit * (100 if bar.on == "ratio" else 1), n=3, note="how", peer=100.0))
        for bar in BARS
    ]
    return {"machine": {"cores": 2}, "versions": {"bedside": "0"}, "command": "c", "rows": rows, "failed": []}


def test_a_bar_holds_up_to_its_limit_and_no_further() -> None:
    assert row("duck", 280.0, n=20, note="n").holds
    assert not row("duck", 280.001, n=20, note="n").holds
    held = row("detecting", 2.5, n=5, note="n", peer=10.0)
    assert (held.ratio, held.bar_on, held.holds) == (0.25, "ratio", True)
    assert not row("detecting", 2.52, n=5, note="n", peer=10.0).holds
    assert not row("detecting", 0.0, n=5, note="n").holds, "a ratio without a peer holds nothing"
    assert row("ghost_turns", 0, n=5, note="n").holds


def test_a_whole_result_has_no_faults() -> None:
    assert faults(result()) == []


@pytest.mark.parametrize("lost", ["machine", "versions", "command", "rows", "failed"])
def test_a_result_without_a_part_is_refused(lost: str) -> None:
    broken = result()
    del broken[lost]
    assert any(lost in fault for fault in faults(broken))


@pytest.mark.parametrize("lost", sorted(asdict(row("duck", 1.0, n=1, note="n"))))
def test_a_row_without_a_field_is_refused(lost: str) -> None:
    broken = result()
    del broken["rows"][3][lost]
    assert faults(broken)


CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "a verdict against the numbers": ({"ours": 400.0}, "`holds` is True"),
    "a bar made looser": ({"bar": 500}, "`bar` is 500"),
    "a bar on something else": ({"bar_on": "ratio"}, "`bar_on` is 'ratio'"),
    "another unit": ({"unit": "s"}, "`unit` is 's'"),
    "a ratio that is not theirs": ({"ratio": 0.1}, "`ratio` is 0.1"),
    "nothing measured": ({"n": 0}, "neither how often"),
    "no word on how": ({"note": ""}, "neither how often"),
    "a truth value for a number": ({"ours": True}, "lacks ours"),
    "a text for a number": ({"ours": "280"}, "lacks ours"),
    "an unknown figure": ({"name": "speed"}, "no known figure"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_row_that_contradicts_itself_or_the_bars_is_refused(name: str) -> None:
    change, told = CHANGES[name]
    broken = result()
    place = [each["name"] for each in broken["rows"]].index("duck")
    broken["rows"][place] |= change
    assert any(told in fault for fault in faults(broken)), faults(broken)


def test_missing_double_and_failed_rows_are_refused() -> None:
    short, double, failed = result(), result(), result()
    gone = short["rows"].pop()
    double["rows"].append(copy.deepcopy(gone))
    failed["failed"] = [{"name": "heard", "why": "it stopped"}]
    assert faults(short) == [f"there is no row {gone['name']}"]
    assert faults(double) == [f"row {gone['name']} is there twice"]
    assert faults(failed) == ["not measured: heard"]
    assert faults([]) and faults({"rows": [1]})


def test_every_bar_of_the_path_is_here() -> None:
    """The bars that were agreed on; a looser one is a decision, not an edit."""
    agreed = {
        "orchestration": 0.25, "detecting": 0.25, "idle_memory": 0.1, "loop_lag": 20, "first_audio_15": 0.5,
        "first_audio_45": 0.5, "freed_cpu": 50, "duck": 280, "heard_flite": 1, "heard_espeak": 1, "heard_piper": 1,
        "resampling_in": 15, "resampling_out": 15, "ghost_turns": 0, "hour_memory": 5, "embedded_answer": 400,
    }  # fmt: skip
    assert {name: bar.limit for name, bar in BY_NAME.items()} == agreed
