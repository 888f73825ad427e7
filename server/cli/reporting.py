"""`report` and `cohort`: pages to print, from encounters that are over."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from server.assess.debrief import debrief_of
from server.assess.draft import draft, rubric_for, unscored
from server.assess.reporting.cohort import cohort, cohort_html
from server.assess.reporting.pdf import PdfPress
from server.assess.reporting.report import Report, report_html
from server.cli.shelf import case_named, library
from server.cli.stored import logged
from server.core.advance import replay
from server.core.encounter import Encounter
from server.core.errors import Conflict, ContentError, Problem
from server.core.scoring.scoring import why_not_scored
from server.settings import load_settings
from server.store.store import Store

PAGES = (".html", ".pdf")


def report(name: str, out: Path, for_whom: str) -> Path:
    """Write the report of one encounter. Raises `Conflict` while it runs."""
    _require_page(out)
    case, entries = asyncio.run(logged(name))
    encounter = replay(case, ((entry.event, entry.at_ms) for entry in entries))
    if not encounter.over:
        raise Conflict("The encounter has not ended.", code="not_ended", mend="End it first.")
    rubrics = library().rubrics
    reversed_roles = encounter.case.activity == "role_reversal"
    rubric = None if reversed_roles else rubric_for(encounter.case, rubrics)
    kept = None if Path(name).suffix == ".json" else asyncio.run(_kept(encounter))
    card = kept or (draft(encounter, rubric) if rubric else unscored(encounter))
    told = None if why_not_scored(encounter) else debrief_of(case, entries, card, rubric)[1]
    return _write(out, report_html(Report(encounter, card, rubric, for_whom=for_whom, debriefing=told)))


def cohort_report(name: str, out: Path) -> Path:
    """Write what all scored encounters of a case have in common. Raises `ContentError` where there are too few."""
    _require_page(out)
    case = case_named(name)
    cards = asyncio.run(_cards_of(case.case_id))
    return _write(out, cohort_html(cohort(case, rubric_for(case, library().rubrics), cards)))


async def _kept(encounter: Encounter) -> dict[str, Any] | None:
    """The scorecard that counts, where the store has one: it may be signed."""
    store = await Store.open(load_settings().store_url, reading=True)
    try:
        return await store.get_scorecard(encounter.id)
    finally:
        await store.close()


async def _cards_of(case_id: str) -> list[dict[str, Any]]:
    store = await Store.open(load_settings().store_url, reading=True)
    try:
        return await store.cards_of_case(case_id)
    finally:
        await store.close()


def _require_page(out: Path) -> None:
    if out.suffix.lower() not in PAGES:
        raise ContentError([Problem("a report is a page.", out.name, mend=f"Name a file in {' or '.join(PAGES)}.")])
    if not out.parent.is_dir():
        raise ContentError([Problem("its folder is not there.", str(out), mend="Make the folder first.")])


def _write(out: Path, html: str) -> Path:
    """Raises `EngineMissing` where PDF cannot be laid out here."""
    if out.suffix.lower() == ".pdf":
        out.write_bytes(asyncio.run(PdfPress().print(html)))
    else:
        out.write_text(html, encoding="utf-8")
    return out
