"""The tables and plots of the report, from what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.assess.calibrating.comparing import LEAST, Comparison, differences, faculty_mean
from server.assess.calibrating.deciding import Decision, bias_shown, plain, said
from server.assess.calibrating.figures import Figure
from server.assess.calibrating.findings import Findings
from server.assess.calibrating.plots import Line, Point, across, bland_altman
from server.assess.calibrating.study import Counted, Study

OUTCOMES = {
    "kept": "drafted as it is",
    "recalibrated": "drafted, recalibrated",
    "stopped": "STOPPED: a person marks it",
    "undecided": "not decided",
}
NO_DRAFT = "no draft"


@dataclass(frozen=True)
class Table:
    """Columns and rows of text; the first cell of a row is its heading."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def decisions(findings: Findings) -> Table:
    names = {study.scale.id: study.scale.name for study in findings.studies}
    rows = [(names[each.dimension], str(each.n), OUTCOMES[each.outcome], each.because) for each in findings.decisions]
    return Table("What follows, by dimension", ("dimension", "n", "decision", "because"), tuple(rows))


def agreement(findings: Findings) -> Table:
    spoken = [study for study in findings.studies if not study.silent]
    columns = ("dimension", "n", "draft with faculty", "faculty with faculty", "difference", "constant answer")
    rows = [
        (each.scale.name, str(each.n), _kappa_of(each.draft), said(each.ceiling.kappa),
         said(each.gap) if each.draft else "", _kappa_of(each.constant))
        for each in spoken
    ]  # fmt: skip
    return Table("Quadratic-weighted kappa, with 95 % intervals", columns, tuple(rows))


def _kappa_of(comparison: Comparison | None) -> str:
    return said(comparison.kappa) if comparison else NO_DRAFT


def _kappa(comparison: Comparison | None) -> Figure:
    return comparison.kappa if comparison else Figure(None)


def agreement_plot(findings: Findings) -> str:
    lines = [
        Line(
            f"{study.scale.name}, n {study.n}",
            (Point("dot", _kappa(study.draft)), Point("square", study.ceiling.kappa)),
            note=study.silent and "nothing is said, see below",
        )
        for study in findings.studies
    ]
    return across("Agreement by dimension", lines, "quadratic-weighted kappa", (0, 1))


def figures(study: Study) -> Table:
    """Everything about one dimension, with the constant answer beside it."""
    draft, ceiling, constant = study.draft, study.ceiling, study.constant
    columns = ("figure", "draft with faculty", "faculty with faculty", f"always {study.constant_level}")
    rows = [
        _row("quadratic-weighted kappa", "kappa", draft, ceiling.kappa, constant),
        _row("ICC(2,1)", "icc", draft, ceiling.icc, constant),
        _row("same level exactly", "exact", draft, ceiling.exact, constant),
        _row("bias (mean difference, levels)", "bias", draft, None, constant),
        _row("bias in standard deviations (SMD)", "smd", draft, None, constant),
        _row("lower limit of agreement", "lower", draft, None, constant),
        _row("upper limit of agreement", "upper", draft, None, constant),
    ]
    if ceiling.icc_of_all.known:
        rows.append(("ICC(2,1), all raters at once", "", said(ceiling.icc_of_all), ""))
    return Table(f"{study.scale.name}: figures on n = {study.n}, with 95 % intervals", columns, tuple(rows))


def _row(
    name: str, figure: str, draft: Comparison | None, faculty: Figure | None, constant: Comparison | None
) -> tuple[str, ...]:
    ours, always = (said(getattr(each, figure)) if each else NO_DRAFT for each in (draft, constant))
    return (name, ours, said(faculty) if faculty else "", always)


def counted(study: Study) -> str:
    """What was compared and what was not, as sentences."""
    found = study.counted
    parts = [f"{found.compared} of {found.transcripts} transcripts are compared."]
    parts += [f"{found.marked_by_one} have fewer than two people's levels here."] if found.marked_by_one else []
    parts += [f"{found.draft_missing} have no draft."] if found.draft_missing else []
    return " ".join([*parts, *_abstained(found)])


def _abstained(found: Counted) -> Iterator[str]:
    asked = found.compared + found.draft_unrated + found.draft_not_applicable
    if found.draft_unrated and asked:
        share = found.draft_unrated / asked
        yield f"The draft abstained (unrated) on {found.draft_unrated} of {asked}, {share:.0%}."
    if found.draft_not_applicable:
        yield f"It found the dimension not applicable on {found.draft_not_applicable}, where people gave a level."


def _places(study: Study) -> list[tuple[float, float, int]]:
    """Mean, difference, and how many transcripts have both."""
    theirs, apart = faculty_mean(study.compared), differences(study.compared, study.compared.draft)
    pairs = [(round(float(f + d / 2), 2), round(float(d), 2)) for f, d in zip(theirs, apart, strict=True)]
    return [(x, y, times) for (x, y), times in sorted(Counter(pairs).items())]


def difference_plot(study: Study) -> str:
    draft = study.draft
    named = [("mean", draft.bias), ("upper", draft.upper), ("lower", draft.lower)] if draft else []
    lines = [(name, each.value) for name, each in named if each.value is not None]
    title = f"{study.scale.name}: draft less faculty, by level"
    return bland_altman(title, _places(study), (study.scale.lowest, study.scale.highest), lines)


def difference_table(study: Study) -> Table:
    """By the draft's level: where faculty stood on these transcripts, and how far apart the two were at most."""
    apart, theirs = differences(study.compared, study.compared.draft), faculty_mean(study.compared)
    rows = []
    for level in range(study.scale.lowest, study.scale.highest + 1):
        here = study.compared.draft == level
        if here.any():
            reach = f"{apart[here].min():+.2f} to {apart[here].max():+.2f}"
            means = (f"{theirs[here].mean():.2f}", f"{apart[here].mean():+.2f}")
            rows.append((str(level), str(int(here.sum())), *means, reach))
    columns = ("draft's level", "transcripts", "faculty's mean", "draft less faculty, mean", "lowest to highest")
    return Table(f"{study.scale.name}: draft less faculty, by the draft's level", columns, tuple(rows))


def groups(study: Study) -> Table:
    rows = [
        (each.name, str(each.n), *((said(each.bias), said(each.smd)) if each.n >= LEAST else (f"n below {LEAST}", "")))
        for each in study.parts
    ]
    return Table(f"{study.scale.name}: bias by group", ("group", "n", "bias", "SMD"), tuple(rows))


def tried(study: Study, decision: Decision) -> Table:
    """The recalibrations that were looked at, taken or not."""
    rows = [
        (
            {"shift": "a whole shift", "line": "a straight line"}[each.kind],
            each.words,
            f"{each.gain:+.2f}",
            said(each.bias),
            "taken" if each is decision.recalibration else "not taken",
        )
        for each in decision.tried
    ]
    columns = ("recalibration", "levels", "gain in kappa, leave-one-out", "bias left, leave-one-out", "")
    return Table(f"{study.scale.name}: recalibrations tried", columns, tuple(rows))


def bias_words(study: Study) -> str:
    """Whether bias is shown, in a sentence; empty without a draft."""
    if study.draft is None or study.draft.bias.value is None:
        return ""
    found = study.draft.bias
    if bias_shown(study):
        way = "above" if (found.value or 0) > 0 else "below"
        return f"The draft is {way} faculty by {plain(abs(found.value or 0))} of a level; the interval leaves out 0."
    return f"No bias that matters is shown: {said(found)}."


def leniency(findings: Findings) -> Table:
    rows = [
        (each.rater, str(each.n), *((said(each.mean), *_five(each.box)) if each.box else (f"n below {LEAST}", "", "")))
        for each in findings.leniency
    ]
    columns = ("rater", "n", "mean difference", "middle half", "all")
    return Table("Each rater less the other people on the same transcripts, levels", columns, tuple(rows))


def _five(box: object) -> tuple[str, str]:
    lowest, lower, upper, highest = (getattr(box, name) for name in ("lowest", "lower", "upper", "highest"))
    return f"{plain(lower)} to {plain(upper)}", f"{plain(lowest)} to {plain(highest)}"


def leniency_plot(findings: Findings) -> str:
    lines = [
        Line(f"{each.rater}, n {each.n}", box=each.box, note="" if each.box else f"n below {LEAST}: nothing is said")
        for each in findings.leniency
    ]
    return across("Strict and lenient raters", lines, "stricter than the others ← levels → more lenient", (-1, 1))


def drift(findings: Findings) -> Table:
    rows = []
    for each in findings.drift:
        same = f"{each.same:.0%}" if each.same is not None else f"n below {LEAST}"
        slope = said(each.slope) if each.slope.known else f"n below {LEAST}" if each.timed_n < LEAST else "unknown"
        rows.append((each.rater, str(each.again_n), same, said(each.again) if each.again.known else "",
                     str(each.timed_n), slope))  # fmt: skip
    columns = (
        "rater",
        "marked again, n",
        "same level again",
        "second less first",
        "with a time, n",
        "moved, first to last",
    )
    return Table("Change over time, levels", columns, tuple(rows))


def drift_plot(findings: Findings) -> str:
    lines: Sequence[Line] = [
        Line(each.rater, (Point("dot", each.again), Point("square", each.slope)))
        for each in findings.drift
        if each.again.known or each.slope.known
    ]
    return across("Change over time", lines, "stricter ← levels → more lenient", (-1, 1)) if lines else ""
