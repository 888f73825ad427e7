"""Renew the tables of measured figures in the documents from the committed results: `python -m tools.figures`.

A table stands between `<!-- voice figures -->` and `<!-- /voice figures -->`, and nobody writes into it by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.voice_bars import BARS, faults

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "benchmarks" / "results" / "voice.json"
DOCUMENTS = (ROOT / "README.md", ROOT / "benchmarks" / "README.md")
BEGIN, END = "<!-- voice figures -->", "<!-- /voice figures -->"
NOT_YET = "Not measured yet: `python -m benchmarks.voice`, then `python -m tools.figures`."


class BadResult(Exception):
    """Figures cannot be printed from this result; the message says why."""


def load(path: Path = RESULT) -> dict[str, Any]:
    """A result that is whole and agrees with itself. Raises `BadResult`."""
    try:
        result = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadResult(f"{path.name} cannot be read: run `python -m benchmarks.voice`.") from error
    if wrong := faults(result):
        raise BadResult(f"{path.name}: {'; '.join(wrong)}")
    return dict(result)


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
    """What belongs into the documents now. Raises `BadResult`."""
    return table(load(RESULT)) if RESULT.exists() else NOT_YET


def renewed(text: str, figures: str) -> str:
    """`text` with `figures` between the marks. Raises `BadResult` where the marks are not there once each."""
    if (text.count(BEGIN), text.count(END)) != (1, 1) or text.index(BEGIN) > text.index(END):
        raise BadResult(f"a document needs {BEGIN} and {END}, once and in this order")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{figures}\n{END}{rest.split(END)[1]}"


def main() -> int:
    try:
        figures = current()
        texts = {path: renewed(path.read_text("utf-8"), figures) for path in DOCUMENTS}
    except BadResult as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in texts.items():
        path.write_text(text, "utf-8")
        print(f"{path.relative_to(ROOT)} is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
