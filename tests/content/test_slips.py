"""Slips that authors make in YAML: told at the line that a person would look at, with what to write there."""

from __future__ import annotations

import pytest

from server.content.safe_yaml import read_document
from server.core.errors import ContentError, Problem
from tests.content.planted import CASE, line_with, planted, refused

AGE, TITLE = "    age: 70", "title: Tea at four"
FOLDED = "    private: >-\n      You drove the night bus for years."


def told(text: str) -> Problem:
    """The only thing that is wrong with a text that is not YAML."""
    with pytest.raises(ContentError) as caught:
        read_document(text.encode(), "case.yaml")
    (only,) = caught.value.problems
    return only


@pytest.mark.parametrize(
    ("right", "wrong", "message", "mend"),
    [
        (TITLE, "title Tea at four", 'the colon after "title"', "write `title: Tea at four`."),
        ("logistics:\n", "logistics\n", 'the colon after "logistics"', "write `logistics:`."),
        ("  - id: amir\n", "  - id amir\n", 'the colon after "id"', "write `- id: amir`."),
        ("  learner_role: Stud", "  learner_role Stud", 'the colon after "learner_role"', "`learner_role: Stud"),
        ("      closing_statement: G", "      closing_statement G", 'the colon after "closing_statement"', "write `"),
        (TITLE, "title = Tea at four", 'the colon after "title"', "write `title: Tea at four`."),
        (TITLE, "title\uff1a Tea at four", 'the colon after "title"', "write `title: Tea at four`."),
        (TITLE, "title:Tea at four", 'the blank after "title:"', "write `title: Tea at four`."),
        (AGE, "    age:70", 'the blank after "age:"', "write `age: 70`."),
        ("  - id: amir", "  -id: amir", "the blank after the dash", "`- `"),
        (TITLE, 'title: "Tea at four', "closed only in line 29", "close it where the text ends"),
        (TITLE, "title: 'Tea at four", "closed only in line 29", "close it where the text ends"),
        ('"trust >= 4"]}', '"trust >= 4]}', "closed only in line 63", "close it where the text ends"),
        (TITLE, "title: 'Tea's at four'", "after the closing quote", "in double quotes"),
        (TITLE, 'title: "Tea" at four', "after the closing quote", "in single quotes"),
        (TITLE, "title: [sighs] Tea", "after ]", "in double quotes"),
        (TITLE, "title: Tea: at four", "a text with a colon in it", "after `title:` in double quotes"),
        (TITLE, "title: Tea at four:", "a text with a colon in it", "after `title:` in double quotes"),
        (TITLE, "title: @tea", "cannot begin with @", "in double quotes"),
        (TITLE, "title: *Tea* at four", "cannot begin with *", "in double quotes"),
        (TITLE, "title: - Tea", "a dash after a colon", "next line"),
        (TITLE, "title: > Tea", "after > the text begins in the next line", "indented"),
        (TITLE, 'title: "C:\\docs"', "a sign of its own", "write it twice"),
        (AGE, "      age: 70", "below line 17, which has its value already", "indent it as line 17"),
        (AGE, "   age: 70", "3 blanks in, and line 17 is 4", "belongs with"),
        (AGE, "age: 70", "too far left", "indent it as lines 17 and 19"),
        ("logistics:\n", "logistics: yes\n", "a value too many", "take its value out"),
        (AGE, "\u00a0   age: 70", "no-break space", "type it anew"),
        (AGE, "    age:\u00a070", "no-break space", "type it anew"),
        ("  learner_level: first year", "  learner_level: [first year", "not closed", "write ]"),
        ("Any time.]}", "Any time.}", "a [ is not closed before }", "write ]"),
        ("open_question]\n", "open_question]]\n", "one ] more", "take it out"),
        ("F_watch, disclosure: never_verbal", "F_watch disclosure: never_verbal", "a comma is missing", "put one"),
        (TITLE, f"<<<<<<< mine\n{TITLE}", "merging two versions", "keep one"),
        ("facts:\n", "...\nfacts:\n", "the file ends here", "take this line out"),
    ],
)  # fmt: skip
def test_a_slip_is_told_where_it_was_made(right: str, wrong: str, message: str, mend: str) -> None:
    found = told(planted(CASE, right, wrong))
    assert found.line == line_with(CASE, right.rstrip("\n").rpartition("\n")[2]), str(found)
    assert message in found.message and mend in found.mend, str(found)


def test_a_text_that_stands_too_far_left() -> None:
    text = planted(CASE, "    private: You drove the night bus for years and you like things on time.", FOLDED)
    assert read_document(text.encode(), "case.yaml")
    found = told(planted(text, "      You drove", "    You drove"))
    assert (found.line, "indent it" in found.mend) == (line_with(text, "You drove"), True)


def test_a_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    found = told('a: 1\nb: "two\nc: 3\n')
    assert (found.line, found.message) == (2, "a quote opens here and is never closed;")


def test_a_slip_below_a_text_in_quotes_of_several_lines_is_not_put_down_to_it() -> None:
    found = told('a: "one\n  two"\nb: 1\nc [1]\nd: 2\n')
    assert (found.line, found.message) == (4, 'the colon after "c" is missing;')


@pytest.mark.parametrize(
    ("right", "wrong", "write"),
    [
        ("{id: F_daughter,", "{id:F_daughter,", "write `id: F_daughter`"),
        ("disclosure: never_verbal,", "disclosure never_verbal,", "write `disclosure: never_verbal`"),
    ],
)
def test_a_name_and_its_value_that_run_together(right: str, wrong: str, write: str) -> None:
    found = [each for each in refused(planted(CASE, right, wrong)) if each.message.startswith("unknown field")]
    assert [(each.line, write in each.mend) for each in found] == [(line_with(CASE, right), True)]


def test_an_entry_without_its_dash_is_told_that_it_may_be_one() -> None:
    with pytest.raises(ContentError, match="begin an entry of its own with `- `"):
        read_document(planted(CASE, "  - id: B2_letter", "    id: B2_letter").encode(), "case.yaml")
