"""Short proofs for tests: few attacks, because what a test plants is to be found wherever it lies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from server.assess.proving.prove import Effort, Proof, prove
from server.content.folders import load_library
from server.core.case import Case

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = load_library(ROOT / "personas", ROOT / "rubrics")
RUBRIC = LIBRARY.rubrics["nursing-empathy"]
NOVAK = LIBRARY.cases["novak-discharge"]
FEW = Effort(per_family=1, per_fact=1, everywhere=False, variants=True)
LEAST = Effort(per_family=0, per_fact=0, everywhere=False, variants=True)
"""No attack at all: only what is said to anybody."""
SECRET = NOVAK.fact("F_fall").say


def proof_of(case: Case, **changes: Any) -> Proof:
    return prove(case, RUBRIC, **{"effort": FEW, **changes})


def played(case: Case, **changes: Any) -> Case:
    """The case, whose patient is portrayed otherwise."""
    patient = replace(case.patient, portrayal=replace(case.patient.portrayal, **changes))
    return replace(case, cast=(patient, *case.cast[1:]))


def leaked(proof: Proof) -> set[tuple[str, str]]:
    """Fact and place of every leak; the proof is missed by them."""
    found = {(leak.fact, leak.where) for leak in proof.leaks}
    assert bool(found) == any("leaked" in missed for missed in proof.missed)
    return found
