"""R15, R16: no cell of a download starts a formula, and every cell is one that a spreadsheet can hold."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.api.csv_text import SHOWN_BY_A_SPREADSHEET, answer_csv, fit_cell, write_csv

_ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)
_SHARP = st.text(
    st.sampled_from("=+-@\t\r\n; \uff1d\uff0b\uff0d\uff20\ufe66\u207c'\ufeff\u200b\ud800\x07\x00a1,\""), max_size=12
)


def starts_formula(text: str) -> bool:
    """As the most credulous spreadsheet would: blanks skipped, wide signs read as narrow ones."""
    seen = (sign for sign in text if unicodedata.category(sign)[0] not in "CZ" and sign != "\ufffd")
    return unicodedata.normalize("NFKC", next(seen, "x"))[0] in "=+-@"


def read_back(page: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


@given(st.lists(st.one_of(_ANYTHING, _SHARP), min_size=1, max_size=4))
@example(["=1+1", "\t=1", "\r\n@a", "\uff1d1"])
@example(["x;=1+1", 'a";-2', "\u200b+1", " \xa0@b"])
def test_no_cell_starts_a_formula(cells: list[str]) -> None:
    page = write_csv(["one"] * len(cells), [cells])
    page.encode("utf-8")  # no half of a pair is left
    back = read_back(page)[1]
    assert len(back) == len(cells)
    assert not any(starts_formula(cell) for cell in back)
    wrongly_split = [cell for line in back for cell in line.replace("\n", ";").replace("\r", ";").split(";")]
    assert not any(starts_formula(cell) for cell in wrongly_split)
    assert not any(starts_formula(cell.strip('"')) for line in read_back(page, ";") for cell in line)


@given(_ANYTHING)
def test_only_apostrophes_are_added_and_only_the_unfit_is_replaced(text: str) -> None:
    fit = str(fit_cell(text))
    kept = "".join(sign for sign in fit if sign not in "'\ufffd")
    lost = [sign for sign in text if sign not in "'\ufffd" and sign not in kept]
    assert all(unicodedata.category(sign) in ("Cc", "Cs", "Cn") for sign in lost)


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x9f", "\ud83d", "\uffff"])
def test_what_no_cell_can_hold_is_replaced(sign: str) -> None:
    assert fit_cell(f"a{sign}b") == "a\ufffdb"


def test_a_long_text_is_whole_and_says_how_long_it_is() -> None:
    text = "word " * 8000
    fit = str(fit_cell(text))
    assert fit.startswith("[40000 characters;")
    assert fit.endswith(text)
    assert fit_cell("x" * SHOWN_BY_A_SPREADSHEET) == "x" * SHOWN_BY_A_SPREADSHEET


def test_numbers_stay_numbers_and_nothing_is_nothing() -> None:
    page = write_csv(["level", "kappa", "signed", "note"], [[-1, float("nan"), True, None]])
    assert page == '\ufeff"level","kappa","signed","note"\r\n-1,"","yes",""\r\n'


def test_the_name_of_a_download_cannot_break_its_header() -> None:
    answer = answer_csv('marks "ü"\r\nSet-Cookie: a=b.csv', ["a"], [])
    assert answer.headers["content-disposition"] == 'attachment; filename="marks-Set-Cookie-a-b.csv"'
