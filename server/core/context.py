"""What was going on when the learner spoke: what their words are read against."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Context:
    """What was going on when the learner spoke."""

    said_before: str = ""
    """What the patient last said or showed."""
    feelings: frozenset[str] = frozenset()
    """Families of feeling that the open opportunities hold; empty when none is open."""
    topics: frozenset[str] = frozenset()
    """Stems that belong to the open opportunities."""
    open_cue: bool = False
    interrupted: bool = False
    """The learner began while the patient was still speaking."""
    acknowledged: bool = False
    """A feeling was met earlier while this opportunity was open."""
    as_patient: bool = False
    """The learner plays the patient: their questions ask the clinician, their trouble is not their own."""
    story: frozenset[str] = field(default_factory=frozenset)
    """Stems of everything the patient has said so far."""
    told: frozenset[str] = frozenset()
    """Hard feelings that the patient has spoken of so far, or that moments before held: naming one is never wrong."""
    guessed: bool = False
    """Nobody planted these feelings: they are read from the patient's words, which may hold others."""
