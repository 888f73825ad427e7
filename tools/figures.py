"""Renew the tables of measured figures in the documents from the committed results: `python -m tools.figures`.

A table stands between `<!-- NAME figures -->` and `<!-- /NAME figures -->`, and nobody writes into it by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.voice_bars import BARS, faults

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
RESULT = RESULTS / "voice.json"
README, BENCHMARKS = ROOT / "README.md", ROOT / "benchmarks" / "README.md"
NOT_YET = "Not measured yet: `python -m benchmarks.voice`, then `python -m tools.figures`."


class BadResult(Exception):
    """Figures cannot be printed from this result; the message says why."""


@dataclass(frozen=True)
class Table:
    """One table of figures, and where it stands."""

    name: str
    documents: tuple[Path, ...]
    make: Callable[[], str]
    """Raises `BadResult`."""

    @property
    def begin(self) -> str:
        return f"<!-- {self.name} figures -->"

    @property
    def end(self) -> str:
        return f"<!-- /{self.name} figures -->"


# --- the voice path ---------------------------------------------------------------------------------------------------


def load(path: Path = RESULT) -> dict[str, Any]:
    """A result that is whole and agrees with itself. Raises `BadResult`."""
    result = _read(path, "voice")
    if wrong := faults(result):
        raise BadResult(f"{path.name}: {'; '.join(wrong)}")
    return dict(result)


def _read(path: Path, benchmark: str) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadResult(f"{path.name} cannot be read: run `python -m benchmarks.{benchmark}`.") from error


def table(result: dict[str, Any]) -> str:
    """The figures, in the order of the bars."""
    rows = {row["name"]: row for row in result["rows"]}
    head = ["| figure | ours | peer | ratio | bar | holds |", "|---|---|---|---|---|---|"]
    lines = [_line(bar.says, rows[bar.name]) for bar in BARS]
    machine = result["machine"]
    took = f"{machine['cores']} cores of {machine['cpu']}, Python {machine['python']}, by `{result['command']}`."
    return "\n".join([*head, *lines, "", took])


def _line(says: str, row: dict[str, Any]) -> str:
    peer = "" if row["peer"] is None else f"{_number(row['peer'])} {row['unit']} ({row['peer_version']})"
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    bar = f"{row['bar']:g}x" if row["bar_on"] == "ratio" else f"{row['bar']:g} {row['unit']}"
    holds = "yes" if row["holds"] else "**no**"
    return f"| {says} | {_number(row['ours'])} {row['unit']} | {peer} | {ratio} | {bar} | {holds} |"


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def current() -> str:
    """What of the voice path belongs into the documents now. Raises `BadResult`."""
    return table(load(RESULT)) if RESULT.exists() else NOT_YET


# --- the rater --------------------------------------------------------------------------------------------------------

_BESIDE = ("gpt", "gemini")
_BESIDE_NAMES = ("GPT-4o", "Gemini")


def judged() -> str:
    """How the rater agrees with public experts, and how much moves its marks that may not. Raises `BadResult`."""
    result = _read(RESULTS / "judge.json", "judge")
    others = " | ".join(_BESIDE_NAMES)
    head = [
        f"| dimension | ours | 95 % | bias | constant | keyword | an expert with the others | {others} |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    rows = [_judged(name.replace("_", " "), part) for name, part in result["dimensions"].items()]
    found = result["means"]
    means = [found[name] for name in ("constant", "keyword", "experts_with_the_others", *_BESIDE)]
    low, high = result["mean_interval_95"]
    mean = f"| **mean** | **{_kappa(result['mean_qwk'])}** | {_kappa(low)} to {_kappa(high)} | | "
    mean += " | ".join(map(_kappa, means)) + " |"
    return "\n".join([*head, *rows, mean, "", _about(result), "", _moved()])


def _judged(name: str, part: Mapping[str, Any]) -> str:
    low, high = part["interval_95"]
    experts = list(part["experts_with_the_others"].values())
    beside = [part["baselines"]["constant"]["qwk"], part["baselines"]["keyword"]["qwk"], sum(experts) / len(experts)]
    beside += [part["published"][each]["qwk"] for each in _BESIDE]
    shown = " | ".join(map(_kappa, beside))
    return f"| {name} | {_kappa(part['qwk'])} | {_kappa(low)} to {_kappa(high)} | {part['bias']:+.2f} | {shown} |"


def _kappa(value: float) -> str:
    """`.68`, as kappas are written."""
    text = f"{value:.2f}"
    return ".00" if float(text) == 0 else text.replace("0.", ".", 1) if abs(value) < 1 else text


def _about(result: Mapping[str, Any]) -> str:
    rater = result["rater"]
    return (
        f"Quadratic-weighted kappa with the median of three experts, n = {result['n']}, the two fitted numbers of each "
        f"dimension left one out; rater `{rater['version']}`, rubric `lend-an-ear` {rater['rubric']}."
    )


def _moved() -> str:
    found = _read(RESULTS / "robustness.json", "robustness")
    nursing = _read(RESULTS / "robustness_nursing.json", "robustness_nursing")
    return (
        f"What may not move a mark (stock phrases, padding, echoes, orders to the rater, dialect, names, a wrong "
        f"feeling): {found['held']} of {found['held'] + found['broken']} bars hold on these, {nursing['held']} of "
        f"{nursing['held'] + nursing['broken']} on the nursing rubric."
    )


TABLES = (Table("voice", (README, BENCHMARKS), current), Table("judge", (README,), judged))


# --- the documents ----------------------------------------------------------------------------------------------------


def renewed(text: str, figures: str, begin: str, end: str) -> str:
    """`text` with `figures` between the marks. Raises `BadResult` where the marks are not there once each."""
    if (text.count(begin), text.count(end)) != (1, 1) or text.index(begin) > text.index(end):
        raise BadResult(f"a document needs {begin} and {end}, once and in this order")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{figures}\n{end}{rest.split(end)[1]}"


def documents() -> dict[Path, str]:
    """Every document as it should be. Raises `BadResult`."""
    texts: dict[Path, str] = {}
    for each in TABLES:
        figures = each.make()
        for path in each.documents:
            text = texts.get(path) or path.read_text("utf-8")
            texts[path] = renewed(text, figures, each.begin, each.end)
    return texts


def main() -> int:
    try:
        texts = documents()
    except BadResult as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in texts.items():
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)} is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
