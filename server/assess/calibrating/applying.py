"""A calibration put in force: what it would change, whether it may be, and the deed, the same from page and command."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from server.assess.calibrating.as_json import as_calibration
from server.assess.calibrating.findings import Findings
from server.assess.calibrating.record import (
    FILE,
    Calibration,
    Ruling,
    keep_calibration,
    rater_of,
    read_calibrations,
    withdraw_calibration,
)
from server.core.errors import Conflict, SetupError
from server.store.house.rules import Freeze, refuse

log = logging.getLogger(__name__)
NOTHING = "drafted as the rater makes it"


@dataclass(frozen=True)
class Change:
    """What becomes of the drafts of one dimension."""

    dimension: str
    name: str
    before: str
    after: str
    because: str

    @property
    def real(self) -> bool:
        """False: drafts stay as they are."""
        return self.before != self.after


def changes(findings: Findings, now: Calibration | None) -> list[Change]:
    """Every dimension, beside what holds for it now. A calibration that drafts ignore today holds for none."""
    new, names = as_calibration(findings), {study.scale.id: study.scale.name for study in findings.studies}
    holds = now if now and not now.ignored(new.rubric_digest, new.drafted_by) else None
    old = holds.dimensions if holds else {}
    return [
        Change(each, names[each], in_words(old.get(each)), in_words(ruling), ruling.because)
        for each, ruling in new.dimensions.items()
    ]


def in_words(ruling: Ruling | None) -> str:
    """What becomes of a draft."""
    if ruling is None or ruling.outcome in ("kept", "undecided"):
        return NOTHING
    return "left to a person" if ruling.outcome == "stopped" else f"moved by {ruling.words}"


def digest_of(findings: Findings) -> str:
    """SHA-256 of all that would be put in force, but for the day: what was looked at is what is applied."""
    told = asdict(replace(as_calibration(findings), made=""))
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def require_applicable(findings: Findings, freeze: Freeze | None, at: datetime) -> None:
    """Raises `Conflict` while rubrics are frozen, and where nothing follows from it."""
    refuse(freeze, "rubrics", at)
    now = rater_of(findings.basis.rubric)
    if not findings.has_draft or not findings.basis.drafted_by:
        mend = "Give --transcripts FOLDER, or --encounters, so that the drafts are made here."
        raise Conflict("Nothing can be applied: nobody knows which rater made the drafts.", code="no_drafts", mend=mend)
    if findings.basis.drafted_by != now:
        raise Conflict(f"Nothing can be applied: drafts are made by {now} now.", code="other_rater")
    if all(each.outcome == "undecided" for each in findings.decisions):
        says = "Nothing can be applied: no dimension has enough transcripts for a decision."
        raise Conflict(says, code="nothing_decided")


def put_in_force(folder: Path, findings: Findings, by: str, freeze: Freeze | None, at: datetime) -> Path:
    """Drafts follow it from now on. Raises `Conflict` as above, `SetupError` where it cannot be kept."""
    require_applicable(findings, freeze, at)
    return keep_calibration(folder, as_calibration(findings, by))


def withdraw(folder: Path, rubric_id: str, freeze: Freeze | None, at: datetime) -> bool:
    """Drafts are as the rater makes them from now on; False: there was none. Raises `Conflict`, `SetupError`."""
    refuse(freeze, "rubrics", at)
    return withdraw_calibration(folder, rubric_id)


class InForce(Mapping[str, Calibration]):
    """What lies in a data folder now, by rubric: read again whenever the file has changed."""

    def __init__(self, folder: Path) -> None:
        """Raises `SetupError` for a file that cannot be used."""
        self._folder = folder
        self._seen = self._stamp()
        self._now = read_calibrations(folder)

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> Mapping[str, Calibration]:
        """A file that was spoilt meanwhile changes nothing; the last good one holds."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            try:
                self._now = read_calibrations(self._folder)
            except SetupError as error:
                log.warning("calibration: %s", error.message)
        return self._now

    def __getitem__(self, rubric_id: str) -> Calibration:
        return self._read()[rubric_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
