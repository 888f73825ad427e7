"""`calibration.json`: what one's own faculty decided about drafts, and a draft as these decisions leave it.

A decision holds for the rubric and the rater that it was made with. Where either has changed since, the draft stays as
it is and says that the calibration was ignored.
"""

from __future__ import annotations

import fcntl
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from json import dumps, loads
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal

from server.core.errors import SetupError
from server.core.rating.levels import WEIGHER
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Rating, Scorecard
from server.core.scoring.scoring import SCORER

FILE = "calibration.json"
VERSION = 1


@dataclass(frozen=True)
class Ruling:
    """What becomes of one dimension of every draft."""

    outcome: Literal["kept", "recalibrated", "stopped", "undecided"]
    because: str
    n: int
    agreement: float | None = None
    ceiling: float | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    """Recalibrated: what becomes of each level."""
    words: str = ""
    """The same for a reader: `-1`."""


@dataclass(frozen=True)
class Calibration:
    """One rubric's, as it was applied."""

    rubric_id: str
    rubric_digest: str
    drafted_by: str
    """Version of the rater."""
    made: str
    """The day, as 2026-11-22."""
    transcripts: int
    raters: int
    source: str
    dimensions: Mapping[str, Ruling]
    by: str = ""
    """Who applied it: the id of their account, or the name that they typed; empty: neither."""

    def ignored(self, rubric_digest: str, drafted_by: str) -> str:
        """Why it does not hold for such a draft; empty: it holds."""
        if rubric_digest != self.rubric_digest:
            return f"the calibration of {self.made} was made with another version of this rubric; calibrate again"
        if drafted_by != self.drafted_by:
            return (
                f"the calibration of {self.made} was made for {self.drafted_by}, and drafts are by {drafted_by}; "
                "calibrate again"
            )
        return ""


def calibrated(card: Scorecard, calibration: Calibration | None) -> Scorecard:
    """The draft as the calibration leaves it, and in its provenance which one that was, or why it was ignored."""
    if calibration is None or not card.dimensions:
        return card
    ignored = calibration.ignored(card.rubric.get("digest", ""), card.provenance.get("rater", ""))
    if ignored:
        return replace(card, provenance=card.provenance | {"calibration_ignored": ignored})
    ratings = tuple(_ruled(each, calibration) for each in card.dimensions)
    return replace(card, dimensions=ratings, provenance=card.provenance | {"calibration": calibration.made})


def kept_stopped(card: Scorecard, calibration: Calibration | None) -> Scorecard:
    """The card of a rater that is not calibrated itself: what faculty stopped for another rater stays with a person."""
    if calibration is None or card.rubric.get("digest") != calibration.rubric_digest:
        return card
    stops = {name: each for name, each in calibration.dimensions.items() if each.outcome == "stopped"}
    ratings = tuple(_ruled(each, replace(calibration, dimensions=stops)) for each in card.dimensions)
    return replace(card, dimensions=ratings)


def _ruled(rating: Rating, calibration: Calibration) -> Rating:
    ruling = calibration.dimensions.get(rating.id)
    if ruling is None or rating.status == "not_applicable":
        return rating
    if ruling.outcome == "stopped":
        why = f"Stopped by your calibration of {calibration.made}: {ruling.because}. A person marks it."
        return Rating(rating.id, None, "unrated", (), why)
    if ruling.outcome == "recalibrated" and rating.level is not None:
        return _moved(rating, rating.level, ruling, calibration)
    return rating


def _moved(rating: Rating, level: int, ruling: Ruling, calibration: Calibration) -> Rating:
    new = ruling.levels.get(str(level), level)
    basis = f"on {calibration.made} to your faculty's marks (n {ruling.n}): {level} to {new}."
    note = f"Recalibrated by {ruling.words} {basis}"
    return replace(rating, level=new, rationale=f"{rating.rationale} {note}") if new != level else rating


def rater_of(rubric: Rubric) -> str:
    """Version of the rater without a model that drafts on this rubric."""
    return WEIGHER if rubric.weighed else SCORER


def not_in_force(calibrations: Mapping[str, Calibration], rubrics: Mapping[str, Rubric]) -> list[str]:
    """A sentence for every calibration that drafts of today ignore."""
    kept = [(name, each, rubrics[name]) for name, each in calibrations.items() if name in rubrics]
    found = [(name, each.ignored(rubric.digest, rater_of(rubric))) for name, each, rubric in kept]
    return [f"{name}: {why}." for name, why in found if why]


def read_calibrations(folder: Path) -> dict[str, Calibration]:
    """By rubric; none where there is no file. Raises `SetupError` for a file that cannot be used."""
    path = folder / FILE
    try:
        return {name: _calibration(found) for name, found in _read(path)["rubrics"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SetupError(
            f"{path} cannot be used as a calibration. Move it away, then calibrate again with --apply.",
            code="bad_calibration",
        ) from None


def _read(path: Path) -> dict[str, Any]:
    """Raises `ValueError`."""
    try:
        found = loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"version": VERSION, "rubrics": {}, "earlier": []}
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.", code="bad_calibration") from None
    if not isinstance(found, dict) or found.get("version") != VERSION:
        raise ValueError(VERSION)
    return found


def _calibration(found: Mapping[str, Any]) -> Calibration:
    """Raises `ValueError`, `KeyError`, `TypeError`."""
    rulings = {name: Ruling(**each) for name, each in found["dimensions"].items()}
    for ruling in rulings.values():
        _check(ruling)
    return Calibration(**{**found, "dimensions": rulings})


def _check(ruling: Ruling) -> None:
    if ruling.outcome not in ("kept", "recalibrated", "stopped", "undecided"):
        raise ValueError(ruling.outcome)
    whole = all(type(level) is int and 0 <= level <= 10 for level in ruling.levels.values())
    if not whole or (ruling.outcome == "recalibrated") is not bool(ruling.levels):
        raise ValueError(ruling.levels)


def keep_calibration(folder: Path, calibration: Calibration) -> Path:
    """Put it in force. The one before it stays in the file, under `earlier`. Raises `SetupError`."""
    _changed(folder, calibration.rubric_id, asdict(calibration))
    return folder / FILE


def withdraw_calibration(folder: Path, rubric_id: str) -> bool:
    """Drafts are made without it from now on; False: there was none. Raises `SetupError`."""
    if rubric_id not in read_calibrations(folder):
        return False
    return _changed(folder, rubric_id, None)


def _changed(folder: Path, rubric_id: str, new: dict[str, Any] | None) -> bool:
    """Whether there was one before. One writer at a time, of every process: none loses what another has written."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{FILE}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _with(path, rubric_id, new)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}.", code="bad_calibration") from None


def _with(path: Path, rubric_id: str, new: dict[str, Any] | None) -> bool:
    read_calibrations(path.parent)
    found = _read(path)
    before = found["rubrics"].pop(rubric_id, None)
    found["rubrics"] |= {rubric_id: new} if new else {}
    found["earlier"] = [*found.get("earlier", []), *([before] if before else [])]
    _write(path, dumps(found, ensure_ascii=False, indent=1))
    return before is not None


def _write(path: Path, text: str) -> None:
    """Whole or not at all. Raises `OSError`."""
    beside = path.with_name(f".{path.name}.{token_hex(8)}.new")
    try:
        beside.write_text(text + "\n", encoding="utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
