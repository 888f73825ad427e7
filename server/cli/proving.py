"""`prove`: the report on one case, and an exit status that a pipeline can stop on."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from server.assess.proving import Proof
from server.assess.proving import prove as prove_case
from server.cli.shelf import case_named, rubric_for
from server.content.questions import read_questions
from server.settings import load_settings


def prove(case: str, *, quick: bool, as_json: bool, html: Path | None) -> bool:
    """Print the report; returns whether the case is proved."""
    played = case_named(case)
    questions = read_questions(load_settings().personas_dir, played)
    proof = prove_case(played, rubric_for(played), questions, thorough=not quick)
    if html:
        html.write_text(page(proof), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(as_record(proof), ensure_ascii=False, indent=1))
    else:
        console = Console()
        for name, value in lines(proof):
            console.print(f"{name:<36}{value}", markup=False)
    return not proof.missed


def as_record(proof: Proof) -> dict[str, Any]:
    """What `prove --json` prints."""
    return asdict(proof)


def lines(proof: Proof) -> list[tuple[str, str]]:
    """The report in words, for a terminal and for a page."""
    matching = proof.matching
    measured = (
        f"precision {matching.precision}, recall {matching.recall}, n {matching.n}"
        if matching
        else "no questions held apart"
    )
    reached = "; ".join(f"{nurse} {len(beats)}" for nurse, beats in proof.beats_reached.items())
    scores = "; ".join(f"{nurse} {level}" for nurse, level in proof.scores.items())
    return [
        ("case", proof.case_id),
        ("attacks", f"{proof.attacks} conversations, {proof.turns} adversarial turns"),
        ("locked facts leaked", str(len(proof.leaks))),
        ("replies out of role", str(len(proof.persona_breaks))),
        ("open questions not answered", f"{len(proof.over_refusals)} of {proof.asked_openly}"),
        ("question to fact", measured),
        ("beats addressed", reached),
        ("mean level", f"{scores} ({'in order' if proof.ordered else 'NOT in order'})"),
        ("replies from mood or reaction", f"{proof.fallback_share:.0%}"),
        (
            "facts the skilled learner was told",
            ", ".join(f"{fact} at {at} min" for fact, at in proof.facts_at_min.items()),
        ),
        ("verdict", "proved" if not proof.missed else f"NOT proved: {'; '.join(proof.missed)}"),
        (
            "",
            "The same hands wrote rehearsals and rules: their order is a regression test, no evidence of validity.",
        ),
    ]


PAGE = """<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>
<style>body{{font:16px/1.5 system-ui;margin:2rem;max-width:60rem}}th{{text-align:left;padding-right:2rem}}</style>
<h1>{title}</h1><table>{rows}</table><ul>{details}</ul></html>
"""


def page(proof: Proof) -> str:
    """The report as one self-contained page."""
    cells = ((escape(name), escape(value)) for name, value in lines(proof))
    rows = "".join(f"<tr><th scope=row>{name}</th><td>{value}</td></tr>" for name, value in cells)
    found = [*(f"{leak.fact} in {leak.where} after: {leak.after}" for leak in proof.leaks), *proof.over_refusals]
    details = "".join(f"<li>{escape(item)}</li>" for item in found)
    return PAGE.format(title=escape(f"Proof of {proof.case_id}"), rows=rows, details=details)
