"""`calibrate`: faculty's marks beside the draft, a report of both, and what of it drafts are to follow."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.assess.calibrating import sections as sections
from server.assess.calibrating.applying import put_in_force, require_applicable
from server.assess.calibrating.applying import withdraw as withdraw_from
from server.assess.calibrating.as_json import as_record
from server.assess.calibrating.drafts import as_marks, drafted_from, rater_in
from server.assess.calibrating.encounters import marked_twice
from server.assess.calibrating.findings import Basis, Findings
from server.assess.calibrating.findings import calibrate as find
from server.assess.calibrating.marks import DRAFT, Mark, scales, without_names
from server.assess.calibrating.reading import read_marks
from server.assess.calibrating.record import FILE, not_in_force, read_calibrations
from server.assess.calibrating.report import page
from server.cli.freezing import freeze_now
from server.cli.pulling import make_private_folder
from server.cli.shelf import library, rubric_named
from server.core.errors import ContentError, NotFound, Problem, SetupError
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard
from server.settings import load_settings
from server.store.sql.clock import utc_now
from server.store.store import Store

AUTHORED = "They are encounters of this service; what opened a moment was authored."
PROPOSED = "They are transcripts of people; where they opened a moment is proposed by the rater, not authored."
BROUGHT = "Nothing but the marks was given."
OTHER_KIND = (
    "Drafts of encounters rest on authored moments, these on proposed ones: the figures may not carry over. "
    "Calibrate on encounters as soon as there are enough."
)


@dataclass(frozen=True)
class Wanted:
    """What was asked for."""

    marks: Path | None
    rubric: str
    transcripts: Path | None = None
    encounters: bool = False
    out: Path | None = None
    apply: bool = False
    by: str = ""
    recalibrate: bool = True
    names: bool = True
    as_json: bool = False


def calibrate(wanted: Wanted) -> None:
    """Read, find, report, and with `apply` put it in force. Raises `ContentError`, `Conflict`, `SetupError`."""
    findings = _findings(wanted, rubric_named(wanted.rubric))
    freeze = freeze_now() if wanted.apply else None
    if wanted.apply:
        require_applicable(findings, freeze, utc_now())
    if wanted.out:
        _write(wanted.out, findings)
    if wanted.as_json:
        typer.echo(json.dumps(as_record(findings), ensure_ascii=False, indent=1))
    else:
        _tell(findings)
    if wanted.apply:
        folder = _data_folder(make=True)
        path = put_in_force(folder, findings, wanted.by, freeze, utc_now())
        typer.echo(f"In force for every draft that is made from now on: {path}", err=wanted.as_json)


def _findings(wanted: Wanted, rubric: Rubric) -> Findings:
    if (wanted.marks is None) is not wanted.encounters:
        raise SetupError("Name a file of marks, or give --encounters for those that are marked here.")
    marks, cards, source, notices = _of_encounters(rubric) if wanted.encounters else _of_file(wanted, rubric)
    today = utc_now().date().isoformat()
    shown = marks if wanted.names else without_names(marks)
    basis = Basis(rubric, today, source, rater_in(cards), tuple(notices))
    return find([*shown, *as_marks(cards)], basis, recalibrate=wanted.recalibrate)


Gathered = tuple[Sequence[Mark], dict[str, Scorecard], str, Sequence[str]]


def _of_file(wanted: Wanted, rubric: Rubric) -> Gathered:
    path = wanted.marks or Path()
    read = read_marks(path, scales(rubric))
    if wanted.transcripts is None:
        return read.marks, {}, BROUGHT, read.notices
    if any(mark.rater == DRAFT for mark in read.marks):
        mend = "Delete its rows, or leave --transcripts out."
        raise ContentError(
            [Problem("the file has marks of a rater `draft` already.", path.name, key="rater", mend=mend)]
        )
    cards = drafted_from(wanted.transcripts, {mark.transcript for mark in read.marks}, rubric)
    return read.marks, cards, PROPOSED, (*read.notices, OTHER_KIND)


def _of_encounters(rubric: Rubric) -> Gathered:
    marks, cards, unread = asyncio.run(_from_store(rubric))
    if not marks:
        raise NotFound("No encounter has been marked by two people on this rubric, blind to the draft.", mend="")
    notices = [f"{unread} marked encounters could not be read and are left out."] if unread else []
    return marks, cards, AUTHORED, notices


async def _from_store(rubric: Rubric) -> tuple[list[Mark], dict[str, Scorecard], int]:
    store = await Store.open(load_settings().store_url, reading=True)
    try:
        return await marked_twice(store, await store.grading.marked_by_two(), rubric, scales(rubric))
    finally:
        await store.close()


def _write(folder: Path, findings: Findings) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.html").write_text(page(findings), encoding="utf-8")
        record = json.dumps(as_record(findings), ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(record + "\n", encoding="utf-8")
    except OSError as error:
        raise SetupError(f"The report cannot be written to {folder}: {error.strerror}.") from None


def _tell(findings: Findings) -> None:
    console = Console()
    for notice in findings.basis.notices:
        console.print(notice, markup=False, highlight=False)
    shown = [sections.decisions(findings)]
    shown += [] if findings.silent else [sections.agreement(findings), sections.leniency(findings)]
    for each in shown:
        console.print(_table(each))


def _table(found: sections.Table) -> Table:
    table = Table(*found.columns, title=found.caption, box=None)
    for row in found.rows:
        table.add_row(*map(Text, row))
    return table


def _data_folder(*, make: bool = False) -> Path:
    folder = load_settings().data_dir.expanduser().absolute()
    if make:
        make_private_folder(folder)
    return folder


def in_force() -> None:
    """Print what drafts follow now."""
    kept = read_calibrations(_data_folder())
    if not kept:
        typer.echo("No calibration is in force: drafts are as the rater makes them. `bedside calibrate --help`")
    for notice in not_in_force(kept, library().rubrics):
        typer.echo(f"IGNORED: {notice}")
    for name, each in kept.items():
        who = f" by {each.by}" if each.by else ""
        typer.echo(f"{name}, applied {each.made}{who}, {each.transcripts} transcripts, {each.raters} people:")
        for dimension, ruling in each.dimensions.items():
            typer.echo(f"  {dimension}: {sections.OUTCOMES[ruling.outcome]} ({ruling.because})")


def withdraw(rubric: str) -> None:
    """Raises `NotFound` where none is in force."""
    if not withdraw_from(_data_folder(), rubric, freeze_now(), utc_now()):
        raise NotFound(f"No calibration of {rubric} is in force.")
    typer.echo(f"Withdrawn: drafts are as they were from now on. It stays in {FILE} under `earlier`.")
