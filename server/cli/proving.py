"""`prove`: the report on one case or the whole shelf, and an exit status that a pipeline can stop on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.api.encounters.public_case import briefing_of
from server.app import engine_choice
from server.assess.proving.model import Phrasing, phrasing
from server.assess.proving.prove import FULL, QUICK, Progress, Proof
from server.assess.proving.prove import prove as prove_case
from server.assess.proving.report import Section, as_record, lines, page, shelf_record, summary
from server.cli.shelf import case_named, library, rubric_for
from server.content.questions import read_questions
from server.core.case import Case
from server.core.errors import SetupError
from server.engines import catalog
from server.settings import Settings, load_settings

CONFIGURED = "configured"
"""The chat model of the settings."""


def prove(
    names: Sequence[str], *, quick: bool, as_json: bool, html: Path | None, whole_shelf: bool = False, model: str = ""
) -> bool:
    """Print the report on these cases, or on the whole shelf; returns whether all are proved.

    `model`: name of the chat model that phrases the replies; `configured` for the one in the settings; empty: the
    case's own lines.
    """
    cases = _cases(names, whole_shelf=whole_shelf)
    with _phrasing(model) as phrase, _telling() as progress:
        proofs = [_prove(case, quick=quick, phrase=phrase, progress=progress) for case in cases]
    if html:
        html.write_text(page(proofs, cases), encoding="utf-8")
    if as_json:
        record = shelf_record(proofs) if whole_shelf or len(proofs) > 1 else as_record(proofs[0])
        typer.echo(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        _tell(proofs, cases)
    return all(proof.proved for proof in proofs)


def _cases(names: Sequence[str], *, whole_shelf: bool) -> list[Case]:
    if bool(names) == whole_shelf:
        raise SetupError("Name a case, or give --all for the whole shelf.")
    return list(library().cases.values()) if whole_shelf else [case_named(name) for name in names]


def _prove(case: Case, *, quick: bool, phrase: Phrasing | None, progress: Progress) -> Proof:
    rubric, shelf = rubric_for(case), library().cases
    return prove_case(
        case,
        rubric,
        read_questions(load_settings().personas_dir, case),
        effort=QUICK if quick else FULL,
        public=lambda shown: briefing_of(shown, shelf, rubric, ()).model_dump_json(),
        shelf=list(shelf.values()),
        phrase=phrase,
        progress=lambda doing, done, of: progress(f"{case.case_id}: {doing}", done, of),
    )


@contextmanager
def _phrasing(model: str) -> Iterator[Phrasing | None]:
    """The actor that was asked for, for as long as it is needed. Raises `SetupError` where none is configured."""
    if not model:
        yield None
        return
    with phrasing(catalog.acting(engine_choice(_with_model(model)))) as phrase:
        yield phrase


def _with_model(model: str) -> Settings:
    settings = load_settings()
    changed = {"acting": "chat"} | ({} if model == CONFIGURED else {"chat_model": model})
    chosen = settings.model_copy(update=changed)
    chosen.check()
    return chosen


@contextmanager
def _telling() -> Iterator[Progress]:
    """One line on a terminal that says what is being done; nothing where the output is read by a program."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda *_: None
        return
    with console.status("") as status:
        yield lambda doing, done, of: status.update(f"{doing}, {done} of {of}")


def _tell(proofs: Sequence[Proof], cases: Sequence[Case]) -> None:
    console = Console()
    for proof in proofs if len(proofs) == 1 else ():
        console.print(_table(Section("", ("", ""), tuple(lines(proof, cases[0])))))
    if len(proofs) > 1:
        console.print(_table(summary(proofs)))
        for proof in proofs:
            for missed in proof.missed:
                console.print(f"{proof.case_id}: {missed}", markup=False, highlight=False)


def _table(section: Section) -> Table:
    table = Table(*section.columns, title=section.title or None, box=None, show_header=any(section.columns))
    for row in section.rows:
        table.add_row(*map(Text, row))
    return table
