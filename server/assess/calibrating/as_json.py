"""The findings for programs, and what of them `--apply` keeps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from server.assess.calibrating.comparing import Comparison
from server.assess.calibrating.deciding import Decision
from server.assess.calibrating.figures import RESAMPLES, SEED, Figure
from server.assess.calibrating.findings import Findings
from server.assess.calibrating.record import Calibration, Ruling
from server.assess.calibrating.study import Study

PLACES = 4


def as_record(findings: Findings) -> dict[str, Any]:
    """What report.json holds."""
    basis, rubric = findings.basis, findings.basis.rubric
    return {
        "made": basis.made,
        "rubric": {"id": rubric.rubric_id, "version": rubric.rubric_version, "digest": rubric.digest},
        "drafted_by": basis.drafted_by,
        "source": basis.source,
        "notices": list(basis.notices),
        "raters": list(findings.raters),
        "transcripts": findings.transcripts,
        "resamples": RESAMPLES,
        "seed": SEED,
        "dimensions": [_dimension(*pair) for pair in zip(findings.studies, findings.decisions, strict=True)],
        "leniency": [_rounded(asdict(each)) for each in findings.leniency],
        "drift": [_rounded(asdict(each)) for each in findings.drift],
    }


def _dimension(study: Study, decision: Decision) -> dict[str, Any]:
    return {
        "id": study.scale.id,
        "name": study.scale.name,
        "silent": study.silent,
        "counted": asdict(study.counted),
        "draft": _compared(study.draft),
        "faculty": _rounded(asdict(study.ceiling)),
        "constant": _compared(study.constant),
        "constant_level": study.constant_level,
        "draft_less_faculty_kappa": _figure(study.gap),
        "groups": [_rounded(asdict(part)) for part in study.parts],
        "decision": {
            "outcome": decision.outcome,
            "because": decision.because,
            "recalibrations_tried": [
                {"kind": each.kind, "levels": dict(each.levels), "gain_leave_one_out": round(each.gain, PLACES),
                 "bias_left": _figure(each.bias), "taken": each is decision.recalibration}
                for each in decision.tried
            ],
        },
    }  # fmt: skip


def _compared(comparison: Comparison | None) -> dict[str, Any] | None:
    return None if comparison is None else _rounded(asdict(comparison))


def _figure(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = _rounded(asdict(figure))
    return found


def _rounded(value: Any) -> Any:
    """Floats to a few places, all the way down."""
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    return round(float(value), PLACES) if isinstance(value, float) else value


def as_calibration(findings: Findings, by: str = "") -> Calibration:
    """What is to hold from now on."""
    basis, rubric = findings.basis, findings.basis.rubric
    return Calibration(
        rubric.rubric_id,
        rubric.digest,
        basis.drafted_by,
        basis.made,
        findings.transcripts,
        len(findings.raters),
        basis.source,
        {each.dimension: _ruling(each) for each in findings.decisions},
        by,
    )


def _ruling(decision: Decision) -> Ruling:
    taken = decision.recalibration
    levels = {str(before): after for before, after in taken.levels.items()} if taken else {}
    agreement, ceiling = _rounded(decision.agreement), _rounded(decision.ceiling)
    words = taken.words if taken else ""
    return Ruling(decision.outcome, decision.because, decision.n, agreement, ceiling, levels, words)
