"""The report of a calibration as one page without a script or an address, to read on a screen or in print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from server.assess.calibrating import sections as parts
from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.deciding import Decision
from server.assess.calibrating.findings import Findings
from server.assess.calibrating.sections import Table
from server.assess.calibrating.study import Study
from server.assess.calibrating.words import AGREEMENT, DIFFERENCES, DRIFT, HOW, LENIENCY, STYLE


def page(findings: Findings) -> str:
    """The whole of it."""
    title = f"Calibration: {findings.basis.rubric.title}"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    body = "".join(_body(findings, title))
    head = f"<head>{head}<style>{STYLE}</style></head>"
    return f'<!doctype html>\n<html lang="en">{head}<body><main>{body}</main></body></html>\n'


def _body(findings: Findings, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield from map(_soft, _about(findings))
    yield f"<h2>In short</h2>{_table(parts.decisions(findings))}"
    if findings.silent:
        yield _said(f"No dimension has {LEAST} transcripts that can be compared, so no figure is shown.")
    else:
        yield _agreement(findings)
    for study, decision in zip(findings.studies, findings.decisions, strict=True):
        yield _dimension(study, decision)
    yield _people(findings)
    yield _how()


def _about(findings: Findings) -> Iterator[str]:
    basis, rubric = findings.basis, findings.basis.rubric
    raters = f"{len(findings.raters)} people ({', '.join(findings.raters)})"
    yield f"Made {basis.made}. {findings.transcripts} transcripts, marked by {raters}. {basis.source}"
    drafts = f"Drafts by {basis.drafted_by}." if basis.drafted_by else "What made the drafts is not known."
    drafts = drafts if findings.has_draft else "There are no drafts."
    yield f"Rubric {rubric.rubric_id} {rubric.rubric_version}. {drafts}"
    yield rubric.claim
    yield from basis.notices


def _agreement(findings: Findings) -> str:
    figure = _figure(parts.agreement_plot(findings), AGREEMENT)
    return f"<section><h2>Agreement, beside the ceiling</h2>{figure}{_table(parts.agreement(findings))}</section>"


def _dimension(study: Study, decision: Decision) -> str:
    heading = f"<h2>{escape(study.scale.name)}</h2>"
    if study.silent:
        return f'<section class="one">{heading}{_said(study.silent)}{_said(parts.counted(study))}</section>'
    body = [heading, _said(parts.counted(study)), _table(parts.figures(study))]
    if study.draft:
        body += [_said(parts.bias_words(study)), _figure(parts.difference_plot(study), DIFFERENCES)]
        body += [
            _table(parts.difference_table(study)),
            _table(parts.groups(study)),
            _table(parts.tried(study, decision)),
        ]
    return f'<section class="one">{"".join(body)}</section>'


def _people(findings: Findings) -> str:
    strict = _figure(parts.leniency_plot(findings), LENIENCY)
    moved = parts.drift_plot(findings)
    drift = _figure(moved, DRIFT) if moved else ""
    return (
        f'<section class="one"><h2>Strict and lenient raters</h2>{strict}{_table(parts.leniency(findings))}'
        f"<h2>Change over time</h2>{drift}{_table(parts.drift(findings))}</section>"
    )


def _how() -> str:
    return f'<section class="one"><h2>How to read this</h2>{"".join(map(_said, HOW))}</section>'


def _table(table: Table) -> str:
    if not table.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(_row(row) for row in table.rows)
    caption = escape(table.caption)
    inside = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<div class="wide" role="region" tabindex="0" aria-label="{caption}"><table>{inside}</table></div>'


def _row(row: tuple[str, ...]) -> str:
    first, *rest = map(escape, row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def _figure(svg: str, caption: str) -> str:
    return f"<figure>{svg}<figcaption>{escape(caption)}</figcaption></figure>"


def _said(words: str) -> str:
    return f"<p>{escape(words)}</p>" if words else ""


def _soft(words: str) -> str:
    return f'<p class="soft">{escape(words)}</p>'
