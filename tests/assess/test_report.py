"""The report as a page: whole, quoted, readable without colour, and without a name or a script in it."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from server.assess.debrief import debrief_of
from server.assess.draft import draft
from server.assess.reporting.pictures import WIDTH, came_up, shape_of, timeline
from server.assess.reporting.report import Report, policy, report_html
from server.assess.reporting.words import clock, readable
from server.content.loader import load_case, load_rubric
from server.core.debriefing.debriefing import Debriefing
from server.core.encounter import Encounter, Reflection
from server.core.ledger import Opportunity
from server.core.log import Entry
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.transcript import Turn

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric(ROOT / "rubrics" / "nursing-empathy.yaml")


@cache
def played(learner: str, case: str = "novak-discharge") -> Encounter:
    return rehearse(load_case(ROOT / "personas" / f"{case}.yaml"), learner).encounter


def reflecting(**words: Any) -> Encounter:
    return replace(played("average"), reflection=Reflection(**words))


def page(encounter: Encounter, rubric: Rubric, **changes: Any) -> str:
    given = {"encounter": encounter, "card": json.loads(json.dumps(draft(encounter, rubric))), "rubric": rubric}
    return report_html(Report(**{**given, **changes}))


class Tags(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("learner", ["skilled", "average", "poor"])
def test_every_turn_level_and_moment_stands_in_it(rubric: Rubric, learner: str) -> None:
    encounter = played(learner)
    text = Tags(page(encounter, rubric)).text
    for turn in encounter.turns:
        assert turn.text in text
    for dimension in rubric.dimensions:
        assert dimension.name in text
    card = draft(encounter, rubric)
    for rating in card["dimensions"]:
        if rating["level"] is not None:
            assert f"{rating['level']} of 4" in text
    for each in card["opportunities"]:
        assert each["cue_quote"] in text
    assert card["rubric"]["claim"] in text
    assert "Draft: not signed by faculty" in text


def test_it_asks_nobody_for_anything_and_runs_nothing(rubric: Rubric) -> None:
    found = Tags(page(played("average"), rubric))
    assert not {"script", "link", "img", "iframe", "object", "form", "input"} & set(found.names)
    addresses = [value or "" for name, value in found.attributes if name in ("href", "src", "action", "style")]
    assert addresses
    assert all(value.startswith("#turn-") for value in addresses)


def test_its_style_is_the_one_that_the_policy_lets_in(rubric: Rubric) -> None:
    style = re.search(r"<style>(.*?)</style>", page(played("poor"), rubric), re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy()
    assert "unsafe" not in policy()


def test_what_people_wrote_stays_text(rubric: Rubric) -> None:
    wrote = "<script>alert(1)</script> & <b>tired</b>"
    html = page(reflecting(reactions=wrote), rubric, for_whom="<i>Ann</i>")
    assert "<script" not in html
    assert "<i>" not in html
    assert wrote in Tags(html).text


def test_nobody_is_named_unasked(rubric: Rubric) -> None:
    encounter = played("average")
    assert "Ann Other" not in page(encounter, rubric)
    assert page(encounter, rubric, for_whom="Ann Other").count("Ann Other") == 1


def test_marks_that_are_kept_back_are_not_in_it(rubric: Rubric) -> None:
    """What is given without moments shows none of them, nor the author's questions about them."""
    encounter = played("average")
    card = json.loads(json.dumps(draft(encounter, rubric))) | {"opportunities": []}
    html = page(encounter, rubric, card=card)
    assert "Moments that came up" not in html
    for part in encounter.case.debrief.analysis:
        assert part.advocacy_inquiry not in html


def told(learner: str, card: dict[str, Any]) -> Debriefing:
    room = rehearse(load_case(ROOT / "personas" / "novak-discharge.yaml"), learner)
    entries = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(room.log, 1)]
    return debrief_of(room.encounter.case, entries, card, None)[1]


def test_what_there_is_to_say_stands_under_each_moment(rubric: Rubric) -> None:
    encounter = played("average")
    card = json.loads(json.dumps(draft(encounter, rubric)))
    debriefing = told("average", card)
    text = Tags(page(encounter, rubric, card=card, debriefing=debriefing)).text
    assert len(debriefing.cards) >= 3
    for each in debriefing.cards:
        assert each.question in text
        assert all(change in text for change in each.changed)
        assert all(direction in text for direction in each.directions)
    assert "If you look at one thing, look at this" in text
    assert "If you look at one thing" not in Tags(page(encounter, rubric, card=card)).text


def test_a_mark_that_was_changed_shows_both_and_why(rubric: Rubric) -> None:
    encounter = played("average")
    card = json.loads(json.dumps(draft(encounter, rubric))) | {"status": "signed"}
    line = card["dimensions"][0]
    line |= {"draft": {"status": "rated", "level": 1, "rationale": ""}, "reason": "She did hear it.", "level": 4}
    text = Tags(page(encounter, rubric, card=card)).text
    assert "drafted: 1 of 4" in text
    assert "The marker's reason: She did hear it." in text


def test_marks_that_wait_for_a_signature_are_not_in_it(rubric: Rubric) -> None:
    encounter = played("average")
    card = json.loads(json.dumps(draft(encounter, rubric))) | {"dimensions": [], "opportunities": []}
    text = Tags(page(encounter, rubric, card=card, held="Somebody is asked to mark.")).text
    assert "Somebody is asked to mark." in text
    assert " of 4" not in text


def test_self_rating_stands_beside_the_level(rubric: Rubric) -> None:
    first = rubric.dimensions[0].id
    html = page(reflecting(self_rating={first: 2}), rubric)
    assert "self-rating 2" in html
    assert html.count("self-rating") == 1


def test_a_signed_card_says_so(rubric: Rubric) -> None:
    encounter = played("average")
    signed = json.loads(json.dumps(draft(encounter, rubric))) | {"status": "signed"}
    signed["provenance"] |= {"signed_by": "R. Okafor", "signed_at": "2026-03-04T10:00:00+00:00"}
    assert "signed by R. Okafor on 2026-03-04" in Tags(page(encounter, rubric, card=signed)).text
    assert "R. Okafor" not in page(encounter, rubric, card=signed | {"status": "draft"})
    text = Tags(page(encounter, rubric, card=signed)).text
    assert "Signed by faculty" in text
    assert "Draft: not signed" not in text


def test_anchors_of_another_version_of_the_rubric_are_left_out(rubric: Rubric) -> None:
    encounter = played("skilled")
    anchor = rubric.dimensions[0].anchors["4"]
    changed = replace(rubric, rubric_version="99.0.0")
    card = json.loads(json.dumps(draft(encounter, rubric)))
    assert anchor in page(encounter, rubric, card=card)
    assert anchor not in page(encounter, changed, card=card)


def test_several_people_have_lanes_of_their_own(rubric: Rubric) -> None:
    encounter = played("skilled", case="or-count")
    drawn = timeline(encounter.turns, (), encounter.now_ms)
    assert drawn.lanes[-1] == "learner"
    assert set(drawn.lanes) == {turn.speaker for turn in encounter.turns}
    assert len({block.lane for block in drawn.blocks}) == len(drawn.lanes)


def test_the_timeline_keeps_inside_its_frame(rubric: Rubric) -> None:
    encounter = played("skilled", case="or-count")
    opportunities = [Opportunity(**each) for each in draft(encounter, rubric)["opportunities"]]
    drawn = timeline(encounter.turns, opportunities, encounter.now_ms)
    places = [mark.x for mark in drawn.marks]
    assert places == sorted(places)
    assert len(places) == len(came_up(opportunities)) >= 5
    assert all(after - before >= 19.9 for before, after in pairwise(places))
    assert min(places) >= 0
    assert max(places) <= WIDTH
    assert all(0 <= block.x <= block.x + block.width <= WIDTH + 1 for block in drawn.blocks)


def test_an_empty_talk_has_a_timeline() -> None:
    assert timeline((), (), 0).marks == ()
    one = timeline((Turn("turn_1", "learner", "said", "Hello.", 0),), (), 0)
    assert one.blocks[0].width > 0


LINE = Opportunity("b", "cue", True, "addressed", "t1", "ada", "Cold.", ("t2",), 4, "t2", "You are cold.")


@pytest.mark.parametrize(
    ("code", "state", "shape"),
    [(4, "addressed", "met"), (3, "addressed", "met"), (2, "missed", "partly"), (1, "missed", "partly"),
     (0, "missed", "passed"), (None, "missed", "passed"), (None, "unanswered", "open"), (None, "unclear", "open")],
)  # fmt: skip
def test_each_code_has_its_shape(code: int | None, state: str, shape: str) -> None:
    assert shape_of(replace(LINE, code=code, state=state)) == shape


def test_facts_read_as_people_read_them() -> None:
    assert clock(125_000) == "2:05"
    facts = {"encounter_ms": 61_000, "talk_share": 0.504, "median_pause_ms": 1450, "words_per_minute": None}
    assert readable(facts) == [
        ("length", "1:01"), ("learner's share of the words", "50 %"), ("pause before answering, typically", "1.4 s"),
    ]  # fmt: skip
