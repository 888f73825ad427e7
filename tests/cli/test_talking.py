"""`talk` with several people, with actions that come and go, with a variant, and from the patient's side."""

from __future__ import annotations

from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.cli import app, talking
from server.core.case import Case
from server.core.case_parts.links import Variant
from server.live.wording import ENDINGS, NOT_SCORED
from tests.live.test_endings import GET_OUT, easily_offended, reversed_roles
from tests.live.theatre import PATIENT_SAYS, SHEET_SAYS, SURGEON_SAYS, theatre


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(case: Case, typed: str, *arguments: str) -> Result:
        monkeypatch.setattr(talking, "case_named", lambda _: case)
        return CliRunner().invoke(app, ["talk", "any", *arguments], input=typed)

    return invoke


def test_several_people_are_introduced_and_each_line_says_whose_it_is(talk: Any) -> None:
    output = talk(theatre(), "We must count the swabs.\n/end\n\n\n\n").output
    assert "Everyone you meet here is software: Ana Reyes, Dr Hale and Bo Lund." in output
    assert "Dr Hale: A public line." in output
    assert "Bo Lund: A public line." not in output
    lines = [f"Ana Reyes: {PATIENT_SAYS}", f"Dr Hale: {SURGEON_SAYS}", f"The count sheet: {SHEET_SAYS}"]
    places = [output.index(line) for line in lines]
    assert places == sorted(places)


def test_actions_are_shown_when_they_are_offered_and_refused_before(talk: Any) -> None:
    output = talk(theatre(), "/do whisper\n/do draw_curtain\n/do whisper\n/end\n\n\n\n").output
    before, after = output.split("That cannot be done now.", 1)
    assert "whisper" not in before.split("Actions:")[1]
    assert "Actions: draw_curtain (Draw the curtain), whisper" in after
    assert "That cannot be done now." not in after


def test_being_sent_away_is_told(talk: Any) -> None:
    output = talk(easily_offended(), "Don't worry, everything will be fine.\n\n\n\n").output
    assert GET_OUT in output
    assert ENDINGS["sent_away"] in output
    assert "draft, not signed by faculty" in output


def test_who_plays_the_patient_gets_a_card_and_no_score(talk: Any) -> None:
    output = talk(reversed_roles(), "/end\nIt was lonely.\n").output
    assert "You play: Ana Reyes, 54" in output
    assert "Your hip hurts." in output
    assert "How was it to ask?" in output
    assert NOT_SCORED["role_reversal"] in output
    assert "draft" not in output


def test_a_variant_is_played_under_its_own_names(monkeypatch: pytest.MonkeyPatch, talk: Any) -> None:
    case = theatre(variants=(Variant("lopez", "Another family", {"Reyes": "Lopez"}),))
    monkeypatch.setattr("builtins.input", lambda _: "/stop")
    monkeypatch.setattr(talking, "case_named", lambda _: case)
    assert talking.talk("any", "teaching", "lopez")
