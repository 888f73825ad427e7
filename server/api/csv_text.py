"""CSV that a spreadsheet opens as what it is: text stays text, numbers stay numbers.

What a person typed may begin with a sign that a spreadsheet reads as a formula. Such text gets an apostrophe before the
sign, at the start of a cell and after whatever some spreadsheet splits cells at (they split at semicolons where a comma
is the decimal sign). What no cell can hold becomes U+FFFD. Nothing is cut: a text that is longer than a spreadsheet
shows says so at its start.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

from fastapi import Response

Value = str | int | float | bool | None

SHOWN_BY_A_SPREADSHEET = 32_767  # UTF-16 units in one cell; what is beyond is silently dropped when it is opened
_FORMULA = frozenset("=+-@\N{MINUS SIGN}")
_SPLITS = re.compile(r"([;\t\r\n])")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"))


def fit_cell(value: Value) -> str | int | float:
    """The value as it may stand in a cell: numbers as they are, nothing as nothing, text made harmless."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _fit_text(value) if isinstance(value, str) else value


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """A whole file, with a mark at its start by which spreadsheets know UTF-8."""
    page = io.StringIO()
    writer = csv.writer(page, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([fit_cell(name) for name in head])
    writer.writerows([fit_cell(value) for value in row] for row in rows)
    return "\ufeff" + page.getvalue()


def answer_csv(filename: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Response:
    """The file as a download. The name keeps letters, digits, dots and dashes only."""
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", filename).strip("-.") or "bedside.csv"
    return Response(
        write_csv(head, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _fit_text(text: str) -> str:
    kept = _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)
    fit = "".join(_guard_start(piece) for piece in _SPLITS.split(kept))
    length = len(fit.encode("utf-16-le")) // 2
    if length <= SHOWN_BY_A_SPREADSHEET:
        return fit
    return f"[{length} characters; a spreadsheet shows the first {SHOWN_BY_A_SPREADSHEET}] {fit}"


def _guard_start(piece: str) -> str:
    """An apostrophe before the first sign that counts, where that sign begins a formula. Quotes are taken off where a
    spreadsheet splits inside them, so they do not count.
    """
    for place, sign in enumerate(piece):
        if unicodedata.category(sign) not in _UNSEEN and sign not in '"\N{REPLACEMENT CHARACTER}':
            guarded = unicodedata.normalize("NFKC", sign)[:1] in _FORMULA
            return f"{piece[:place]}'{piece[place:]}" if guarded else piece
    return piece
