"""A cohort's marks, counted: the spread of levels and what became of each moment; nobody is named or ranked."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from server.assess.draft import draft
from server.assess.reporting.cohort import FEWEST, cohort, cohort_html
from server.content.loader import load_case, load_rubric
from server.core.case import Case
from server.core.errors import ContentError
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric

ROOT = Path(__file__).parents[2]
LEARNERS = ("skilled", "average", "average", "poor", "poor", "poor")


@cache
def case() -> Case:
    return load_case(ROOT / "personas" / "novak-discharge.yaml")


@cache
def rubric() -> Rubric:
    return load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")


@cache
def card_of(learner: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(draft(rehearse(case(), learner).encounter, rubric())))
    return made


def cards() -> list[dict[str, Any]]:
    return [card_of(learner) for learner in LEARNERS]


def test_every_encounter_is_counted_once_in_every_dimension() -> None:
    found = cohort(case(), rubric(), cards())
    assert (found.n, found.signed) == (6, 0)
    for spread in found.spreads:
        assert spread.rated + spread.not_applicable + spread.unrated == len(LEARNERS)
    levels = [card_of(learner)["dimensions"][0]["level"] for learner in LEARNERS]
    first = found.spreads[0]
    assert {level: levels.count(level) for level in set(levels)} == dict(first.levels)
    assert first.middle == sorted(levels)[2] / 2 + sorted(levels)[3] / 2


def test_moments_are_counted_where_they_were_offered() -> None:
    found = cohort(case(), rubric(), cards())
    assert {met.beat for met in found.moments} == {beat.id for beat in case().beats}
    for met in found.moments:
        assert met.offered + met.not_offered == len(LEARNERS)
        assert met.offered == sum(met.counts.values())
    shares = [met.counts.get("passed", 0) / met.offered for met in found.moments if met.offered]
    assert shares == sorted(shares, reverse=True)


def test_what_was_not_scored_or_has_another_rubric_is_left_out() -> None:
    odd = [card_of("poor") | {"status": "not_scored"}, card_of("poor") | {"rubric": {"id": "another"}}]
    assert cohort(case(), rubric(), [*cards(), *odd]).n == len(LEARNERS)


def test_signed_ones_are_told_from_drafts() -> None:
    assert cohort(case(), rubric(), [*cards(), card_of("skilled") | {"status": "signed"}]).signed == 1


def test_too_few_are_not_shown() -> None:
    with pytest.raises(ContentError, match=f"fewer than {FEWEST}"):
        cohort(case(), rubric(), cards()[: FEWEST - 1])


def test_the_page_holds_nobodys_words() -> None:
    html = cohort_html(cohort(case(), rubric(), cards()))
    said = {e["quote"] for card in cards() for d in card["dimensions"] for e in d["evidence"] if e["role"] == "said"}
    assert said
    assert not [quote for quote in said if quote in html]
    for dimension in rubric().dimensions:
        assert dimension.name in html
    assert "<script" not in html
