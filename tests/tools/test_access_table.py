"""The page on security says who may call what as the table of permits has it."""

import re
from pathlib import Path

from server.api.permits import permit
from tools.access_table import BEGIN, END, PAGE, reach, table, who
from tools.figures import renewed

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_not_stale() -> None:
    text = PAGE.read_text("utf-8")
    assert renewed(text, table(), BEGIN, END) == text, "run `python -m tools.access_table`"


def test_the_words() -> None:
    row = permit("student educator faculty administrator marker", "own staff")
    assert (who(row), reach(row)) == ("any account, marker", "own practice; of one's courses, as staff")
    assert who(permit("nobody student educator faculty administrator observer marker member")) == "anybody"
    assert who(permit("educator observer marker member")) == "educator, any guest"
    same = table({"GET /x": row, "PUT /x": row, "PUT /y": permit("student", "own")})
    assert same.splitlines()[2:] == [
        "| `/x` | GET PUT | any account, marker | own practice; of one's courses, as staff |",
        "| `/y` | PUT | student | own practice |",
    ]


def test_every_test_that_it_names_is_there() -> None:
    """A threat whose test was renamed away is not held."""
    text = PAGE.read_text("utf-8")
    named = set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text))
    assert len(named) > 15
    for file, name in named:
        assert (ROOT / file).is_file(), file
        assert not name or f"def {name}(" in (ROOT / file).read_text("utf-8"), (file, name)
