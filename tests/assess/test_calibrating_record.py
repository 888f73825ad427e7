"""What was decided, kept and followed: in drafts of the same rubric and rater, and in no other."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from server.assess.calibrating import record
from server.assess.calibrating.record import (
    FILE,
    Calibration,
    Ruling,
    calibrated,
    keep_calibration,
    kept_stopped,
    not_in_force,
    rater_of,
    read_calibrations,
    withdraw_calibration,
)
from server.assess.draft import Drafts, draft
from server.content.loader import load_case, load_rubric
from server.core.errors import SetupError
from server.core.rehearsing import rehearse
from server.core.scoring.scorecard import Evidence, Rating, Scorecard
from server.core.scoring.scoring import SCORER
from server.store.store import Store
from tests.assess.test_draft import ID, RUBRIC, ended
from tests.store.samples import opened, sample_case

ROOT = Path(__file__).resolve().parent.parent.parent
STOP = Ruling("stopped", "agreement .31 against your faculty's .58, n 34", 34, 0.31, 0.58)
MOVE = Ruling("recalibrated", "…", 34, 0.6, 0.58, {"0": 0, "1": 0, "2": 1, "3": 2, "4": 3}, "-1")
MADE = Calibration("small", RUBRIC.digest, SCORER, "2026-11-22", 34, 2, "…", {"understanding": STOP, "blockers": MOVE})
QUOTE = (Evidence("turn_1", "learner", "That sounds frightening", "said"),)
RATINGS = (
    Rating("responsiveness", 2, "rated", QUOTE, "Half were met."),
    Rating("understanding", 3, "rated", QUOTE, "Named a feeling."),
    Rating("blockers", 4, "rated", QUOTE, "None."),
)
CARD = Scorecard("draft", {"id": "small", "digest": RUBRIC.digest}, RATINGS, (), {"rater": SCORER})


def by_id(card: Scorecard) -> dict[str, Rating]:
    return {rating.id: rating for rating in card.dimensions}


def test_a_stopped_dimension_is_left_to_a_person_and_says_why() -> None:
    stopped = by_id(calibrated(CARD, MADE))["understanding"]
    assert (stopped.level, stopped.status, stopped.evidence) == (None, "unrated", ())
    assert "stopped by your calibration of 2026-11-22" in stopped.rationale.lower()
    assert "agreement .31 against your faculty's .58, n 34" in stopped.rationale


def test_a_recalibrated_level_says_what_the_rules_gave() -> None:
    moved = by_id(calibrated(CARD, MADE))["blockers"]
    assert (moved.level, moved.status, moved.evidence) == (3, "rated", QUOTE)
    assert moved.rationale == "None. Recalibrated by -1 on 2026-11-22 to your faculty's marks (n 34): 4 to 3."


def test_what_was_not_ruled_on_and_what_did_not_apply_stay() -> None:
    none = replace(CARD, dimensions=(*RATINGS[:1], Rating("understanding", None, "not_applicable", (), "No cue.")))
    assert calibrated(none, MADE).dimensions == none.dimensions
    assert calibrated(CARD, MADE).provenance["calibration"] == "2026-11-22"


def test_what_was_stopped_stays_with_a_person_whatever_rates_it_next() -> None:
    """A model's card does not bring back by the back door what faculty took from the rules; nor is it shifted."""
    model = replace(CARD, provenance={"rater": "model-1"})
    kept = by_id(kept_stopped(model, MADE))
    assert (kept["understanding"].level, kept["understanding"].status) == (None, "unrated")
    assert kept["blockers"] == RATINGS[2]
    assert kept_stopped(replace(model, rubric={"digest": "another"}), MADE).dimensions == RATINGS
    assert kept_stopped(model, None) is model


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (replace(CARD, rubric={"digest": "another"}), "another version of this rubric"),
        (replace(CARD, provenance={"rater": "lexical-99"}), f"made for {SCORER}, and drafts are by lexical-99"),
    ],
)
def test_after_a_change_it_is_ignored_and_said_to_be(changed: Scorecard, why: str) -> None:
    found = calibrated(changed, MADE)
    assert found.dimensions == changed.dimensions
    assert (
        why in found.provenance["calibration_ignored"] and "calibrate again" in found.provenance["calibration_ignored"]
    )


def test_without_one_and_where_nothing_was_scored_nothing_changes() -> None:
    assert calibrated(CARD, None) is CARD
    stopped = replace(CARD, status="not_scored", dimensions=())
    assert calibrated(stopped, MADE) is stopped


def test_what_is_kept_is_read_again_and_the_one_before_stays(tmp_path: Path) -> None:
    assert read_calibrations(tmp_path) == {}
    keep_calibration(tmp_path / "new", MADE)
    keep_calibration(tmp_path / "new", replace(MADE, made="2026-12-01", by="Ada"))
    assert read_calibrations(tmp_path / "new") == {"small": replace(MADE, made="2026-12-01", by="Ada")}
    assert withdraw_calibration(tmp_path / "new", "small") and not withdraw_calibration(tmp_path / "new", "small")
    assert read_calibrations(tmp_path / "new") == {}
    earlier = json.loads((tmp_path / "new" / FILE).read_text())["earlier"]
    assert [each["made"] for each in earlier] == ["2026-11-22", "2026-12-01"]


def test_of_two_who_write_at_once_none_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each stops between reading and writing until the other has read too, or until it is clear that it waits."""
    both, write = threading.Barrier(2), record._write
    errors: list[Exception] = []

    def late(path: Path, text: str) -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)
        write(path, text)

    def keep(name: str) -> None:
        try:
            keep_calibration(tmp_path, replace(MADE, rubric_id=name))
        except (SetupError, OSError) as error:
            errors.append(error)

    monkeypatch.setattr(record, "_write", late)
    writers = [threading.Thread(target=keep, args=(name,)) for name in ("one", "two")]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert (errors, sorted(read_calibrations(tmp_path))) == ([], ["one", "two"])
    assert not list(tmp_path.glob("*.new")) and not list(tmp_path.glob(".*.new"))


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "{",
        lambda _: "[]",
        lambda found: json.dumps({**found, "version": 9}),
        lambda _: json.dumps({"version": 1}),
        lambda found: json.dumps(found).replace('"stopped"', '"perhaps"'),
        lambda found: json.dumps(found).replace('"levels": {}', '"levels": {"0": 3}'),
        lambda found: json.dumps(found).replace('"4": 3', '"4": 3.5'),
        lambda found: json.dumps(found).replace('"made"', '"mode"'),
    ],
)
def test_a_file_that_is_none_stops_the_service_with_a_sentence(tmp_path: Path, change: object) -> None:
    path = keep_calibration(tmp_path, MADE)
    path.write_text(change(json.loads(path.read_text())))  # type: ignore[operator]
    with pytest.raises(SetupError, match="cannot be used as a calibration"):
        read_calibrations(tmp_path)
    before = path.read_text()
    with pytest.raises(SetupError):
        keep_calibration(tmp_path, MADE)
    assert path.read_text() == before


def test_at_start_it_is_said_which_are_ignored() -> None:
    old = replace(MADE, drafted_by="lexical-1")
    assert not_in_force({"small": MADE}, {"small": RUBRIC}) == []
    assert "lexical-1" in not_in_force({"small": old}, {"small": RUBRIC})[0]
    assert not_in_force({"gone": old}, {"small": RUBRIC}) == []
    assert rater_of(RUBRIC) == SCORER


def test_a_draft_of_an_encounter_follows_it() -> None:
    rubric = load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")
    encounter = rehearse(load_case(ROOT / "personas" / "novak-discharge.yaml"), "skilled").encounter
    rulings = {"understanding": STOP, "freedom_from_blockers": MOVE}
    found = draft(encounter, rubric, None, replace(MADE, rubric_digest=rubric.digest, dimensions=rulings))
    before, after = ({each["id"]: each for each in card["dimensions"]} for card in (draft(encounter, rubric), found))
    assert (before["understanding"]["status"], after["understanding"]["status"]) == ("rated", "unrated")
    assert after["freedom_from_blockers"]["level"] == before["freedom_from_blockers"]["level"] - 1
    assert after["support"] == before["support"]


async def test_the_draft_that_is_kept_follows_it(tmp_path: Path) -> None:
    case = sample_case()
    store = await Store.open(f"sqlite:///{tmp_path / 'bedside.db'}")
    await store.create(case, opened(case), "local")
    await Drafts(store, {"small": RUBRIC}, None, {"small": MADE}).card(ended(case)[0])
    kept = await store.get_scorecard(ID)
    await store.close()
    assert kept is not None and kept["provenance"]["calibration"] == "2026-11-22"
