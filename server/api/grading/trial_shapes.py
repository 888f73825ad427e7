"""Calibration sets on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.api.encounters.case_shapes import RubricCard
from server.api.encounters.encounters import TurnView
from server.api.marking.shapes import Id, Status
from server.api.shapes import Answer, Ask

State = Literal["to_mark", "done", "known"]


class TrialLine(Ask):
    """One level, without its grounds: it is for oneself."""

    dimension: Id
    status: Status
    level: int | None = None


class TrialAsk(Ask):
    """Every line, once."""

    lines: Annotated[list[TrialLine], Field(max_length=100)]


class Beside(Answer):
    """One line: yours, and the signed one."""

    dimension: str
    name: str
    status: Status
    level: int | None
    signed_status: Status
    signed_level: int | None


class AgreementView(Answer):
    """How far you are from what was signed. From so few transcripts nothing follows."""

    lines: list[Beside]
    same: int
    """Lines with the same mark."""
    compared: int
    """Lines on which both gave a level."""
    apart: float | None
    """Mean of yours less the signed, in levels; None: nothing can be compared."""


class TrialCard(Answer):
    """One transcript of a calibration set."""

    encounter_id: str
    course: str
    case: str
    rubric: str
    rubric_version: str
    state: State
    """to_mark: not marked by you on this version of the rubric; known: you have marked it, or opened it to mark."""
    agreement: AgreementView | None


class TrialPage(Answer):
    """What is marked."""

    encounter_id: str
    title: str
    speakers: dict[str, str]
    turns: list[TurnView]
    rubric: RubricCard
    agreement: AgreementView | None
    """None until you have marked it."""
