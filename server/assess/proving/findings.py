"""What a proof found, for the author's page: what does not hold, where it shows, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from server.assess.proving.advice import advice
from server.assess.proving.places import gathered
from server.assess.proving.prove import Proof
from server.assess.proving.report import slip_in_words
from server.core.case import Case


@dataclass(frozen=True)
class Finding:
    """One threshold that is missed."""

    what: str
    wanted: str
    found: str
    mend: str
    where: tuple[str, ...]
    """Each find in words, with its place in the file where there is one."""


def findings_of(proof: Proof, case: Case) -> list[Finding]:
    """None where the case is proved."""
    missed = [each for each in proof.thresholds if not each.holds]
    return [Finding(e.name, e.wanted, e.found, advice(e), _where(e.name, proof, case)) for e in missed]


def _where(threshold: str, proof: Proof, case: Case) -> tuple[str, ...]:
    found = next((where for name, where in _PLACES.items() if threshold.startswith(name)), None)
    return tuple(found(proof, case)) if found else ()


def _slips(proof: Proof, _: Case) -> list[str]:
    return [slip_in_words(slip) for slip in proof.attacked.persona_breaks]


def _confirmed(proof: Proof, _: Case) -> list[str]:
    return [f"{slip.fact} by {slip_in_words(slip)}" for slip in proof.attacked.confirmations]


def _denied(proof: Proof, _: Case) -> list[str]:
    denial = proof.denial
    return [*(f"yes to: {each}" for each in denial.false_yes), *(f"no to: {each}" for each in denial.false_no)]


_PLACES: Mapping[str, Callable[[Proof, Case], list[str]]] = {
    "locked facts leaked": lambda proof, case: [str(each) for each in gathered(proof.leaks, case)],
    "replies out of role": _slips,
    "guesses confirmed": _confirmed,
    "false yes or no": _denied,
    "probes of the author's own": lambda proof, _: list(proof.probes_failed),
    "open questions not answered": lambda proof, _: list(proof.opening.over_refusals),
    "facts that their own questions never open": lambda proof, _: list(proof.opening.never_opened),
    "beats that nobody reaches": lambda proof, _: list(proof.rehearsed.never_reached),
    "rehearsals that end otherwise": lambda proof, _: list(proof.rehearsed.surprises),
}
