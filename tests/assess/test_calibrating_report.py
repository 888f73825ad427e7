"""The page: whole by itself, a table after every plot, nothing said where too few were marked, no names when asked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as Xml

import pytest

from server.assess.calibrating.as_json import as_calibration, as_record
from server.assess.calibrating.figures import Figure
from server.assess.calibrating.findings import Basis, Findings, calibrate
from server.assess.calibrating.marks import DRAFT, Mark, without_names
from server.assess.calibrating.plots import LEFT, WIDTH, Line, Point, across, bland_altman
from server.assess.calibrating.report import page
from tests.assess.calibrating import ADA, BEN, Made, made
from tests.core.rubrics import RUBRIC

BASIS = Basis(RUBRIC, "2026-11-22", "From a drawer.", "lexical-5", ("A notice.",))
VOID = {"meta", "circle", "rect", "line"}


class Reader(HTMLParser):
    """What opens closes, and what is in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.order: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.order.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.order.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def marks(*raters: Made, n: int = 36, dimensions: Sequence[str] = ("understanding", "support")) -> list[Mark]:
    return [replace(mark, dimension=each) for each in dimensions for mark in made(*raters, n=n)]


@pytest.fixture(scope="module")
def found() -> Findings:
    few = [replace(mark, dimension="blockers") for mark in made(ADA, BEN, Made(DRAFT), n=5)]
    return calibrate([*marks(ADA, BEN, Made(DRAFT, bias=1.2)), *few], BASIS)


def test_the_page_is_whole_and_asks_nobody(found: Findings) -> None:
    html = page(found)
    assert Reader(html).open == []
    assert not re.search(r"<script|https?:|url\(|@import|<link|<img|<iframe", html)


def test_a_table_follows_every_plot(found: Findings) -> None:
    order = [tag for tag in Reader(page(found)).order if tag in ("svg", "table")]
    assert order.count("svg") == 5, "agreement, two dimensions, leniency, drift"
    assert all(after == "table" for before, after in pairwise(order) if before == "svg")
    assert order[-1] == "table"


def test_where_too_few_were_marked_there_is_a_sentence_and_no_figure(found: Findings) -> None:
    section = page(found).split("<h2>blockers</h2>")[1].split("</section>")[0]
    assert "Comparable transcripts: 5; below 10 nothing is said" in section
    assert "<table" not in section and "<svg" not in section


def test_within_one_level_is_never_said(found: Findings) -> None:
    assert not re.search(r"within[- ](one|1)", page(found) + json.dumps(as_record(found)), re.IGNORECASE)


def test_what_a_rater_is_called_is_no_markup() -> None:
    html = page(calibrate(marks(Made("<b>Ada</b>"), Made('Ben "&')), BASIS))
    assert "<b>" not in html and "&lt;b&gt;Ada" in html
    assert Reader(html).open == []


def test_without_names_no_name_is_anywhere() -> None:
    findings = calibrate(without_names(marks(ADA, BEN)), BASIS)
    told = page(findings) + json.dumps(as_record(findings))
    assert "Ada" not in told and "Ben" not in told and "rater A" in told


def test_the_record_is_json_and_says_what_the_page_says(found: Findings) -> None:
    record = json.loads(json.dumps(as_record(found), allow_nan=False))
    by_id = {each["id"]: each for each in record["dimensions"]}
    assert by_id["understanding"]["decision"]["outcome"] == "recalibrated"
    assert by_id["blockers"]["silent"] and by_id["blockers"]["draft"] is None
    assert record["rubric"]["digest"] == RUBRIC.digest
    assert escape(by_id["understanding"]["decision"]["because"]) in page(found)


def test_what_is_kept_is_what_was_decided(found: Findings) -> None:
    kept = as_calibration(found, "Ada")
    assert (kept.rubric_digest, kept.drafted_by, kept.made, kept.by) == (
        RUBRIC.digest,
        "lexical-5",
        "2026-11-22",
        "Ada",
    )
    assert {name: ruling.outcome for name, ruling in kept.dimensions.items()} == {
        "responsiveness": "undecided", "understanding": "recalibrated", "support": "recalibrated",
        "blockers": "undecided",
    }  # fmt: skip
    assert kept.dimensions["understanding"].levels["3"] == 2


def drawn(svg: str, tag: str) -> list[Xml.Element]:
    return list(Xml.fromstring(svg).iter(tag))  # noqa: S314 - our own


def test_a_plot_draws_what_lies_outside_the_usual_and_says_what_is_missing() -> None:
    far = Figure(-1.3, -1.9, -0.4)
    svg = across("T", [Line("far", (Point("dot", far),)), Line("few", note="too few")], "levels", (0, 1))
    assert "too few" in svg
    (dot,) = drawn(svg, "circle")
    assert LEFT <= float(dot.get("cx", "nan")) <= WIDTH


def test_names_of_lines_that_lie_together_are_moved_apart() -> None:
    svg = bland_altman("T", [(1, 0, 4), (2, 0, 9)], (0, 4), [("mean", 0.0), ("upper", 0.01), ("lower", -0.01)])
    names = [each for each in drawn(svg, "text") if (each.text or "").startswith(("mean +", "upper", "lower"))]
    heights = sorted(float(each.get("y", "nan")) for each in names)
    assert len(heights) == 3 and all(below - above >= 15.9 for above, below in pairwise(heights))


def test_areas_are_as_the_numbers() -> None:
    circles = drawn(bland_altman("T", [(1, 0, 1), (2, 0, 9)], (0, 4), [("mean", 0.0)]), "circle")
    small, large = (float(each.get("r", "nan")) for each in circles)
    assert small < large
