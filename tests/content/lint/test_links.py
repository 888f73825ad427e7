"""Rules that take more than one change to plant: reversed roles, variants, choices, and what only a later act knows."""

from __future__ import annotations

from server.content.lint.lint import lint_case
from server.content.loader import build
from server.core.case import Case
from tests.content.planted import CASE, ROOM, document, planted, problems_of, refused

CLINICIANS = """variants:
  - {id: good, label: Takes time, choices: {calm: yes}}
  - {id: fair, label: Is hurried, numbers: {trust: 4}}
  - {id: bad, label: Is curt, numbers: {trust: 2}}
activity: role_reversal
role_card: {you_are: You are Amir., your_story: [You fell.], you_want: To be heard.}
debrief:"""
REVERSED = planted(CASE, "debrief:", CLINICIANS)
for good, bad in (
    ("role_type: patient", "role_type: clinician"),
    ("    - {id: empathy, kind: rubric, ref: nursing-empathy}\n", ""),
    ("learner: skilled", "learner: skilled\n    variant: good"),
    ("{learner: average,", "{learner: average, variant: fair,"),
    ("{learner: poor,", "{learner: poor, variant: bad,"),
):
    REVERSED = planted(REVERSED, good, bad)


def told(text: str) -> list[str]:
    return [f"{problem.key} {problem.message}" for problem in problems_of(text)]


def test_reversed_roles_need_no_rubric() -> None:
    assert told(REVERSED) == []


def test_a_rubric_for_reversed_roles_is_told() -> None:
    text = planted(
        REVERSED, "    - {id: checklist,", "    - {id: r, kind: rubric, ref: nursing-empathy}\n    - {id: checklist,"
    )
    assert told(text) == ["assessment.instruments.0 a learner who plays the patient is not scored;"]


def test_a_choice_that_never_goes_back_is_told() -> None:
    text = planted(ROOM, "start: up, values: [up, down], may_go_back: true", "start: down, values: [up, down]")
    assert 'actions.1.outcome.set.drape drape never goes back to "up";' in told(text)


def test_a_word_that_nothing_sets_is_told() -> None:
    text = planted(
        planted(ROOM, "{set: {drape: down}, say: Oh. Light.}", "{say: Oh. Light.}"), ", choices: {drape: down}", ""
    )
    assert "facts.0.when nothing sets drape to 'down';" in told(text)
    assert 'facts.0.when fact "F_father" waits for what never holds;' in told(text)


def test_a_later_act_may_be_handed_anything() -> None:
    lone = planted(
        planted(ROOM, "{set: {drape: down}, say: Oh. Light.}", "{say: Oh. Light.}"), ", choices: {drape: down}", ""
    )
    start = lone.index("unfolding:")
    later = lone[:start] + "unfolding: {story: The count, number: 2, of: 2}\n" + lone[lone.index("variants:") :]
    assert told(later) == []


def test_a_member_is_heard_by_the_threshold_of_their_own_trust() -> None:
    """Hale's own trust reaches 10, the case's has no such number."""
    text = planted(
        ROOM, "numbers: {distress: {start: 3}}", "numbers: {distress: {start: 3}, trust: {start: 0, max: 2}}"
    )
    assert told(text) == []
    assert any("trust never reaches 4" in problem for problem in told(planted(text, ", trust: {start: 1}}", "}")))


def test_two_versions_of_a_fact_may_depend_on_who_is_there() -> None:
    asked = 'disclosure: if_asked_direct, asked: [When did you sleep?], when: "present:sister"'
    twin = f"\n  - {{id: F_bed, owner: hale, say: Fine., {asked}}}\nbeats:"
    one = planted(ROOM, "asked: [When did you sleep?]}", 'asked: [When did you sleep?], when: "not present:sister"}')
    assert not [problem for problem in told(planted(one, "\nbeats:", twin)) if "is told" in problem]
    assert [problem for problem in told(planted(ROOM, "\nbeats:", twin)) if "is told" in problem]


def test_an_unknown_voice_is_refused_with_what_there_is() -> None:
    """Y25."""
    [problem] = refused(planted(CASE, "public: A retired bus driver.", "public: x\n    voice: {sex: femal}"))
    assert (problem.key, problem.message) == ("cast.0.voice.sex", 'sex is "femal";')
    assert problem.mend == 'it must be one of: female, male. Did you mean "female"?'


def test_weekdays_and_public_names_give_nothing_away() -> None:
    text = planted(CASE, "say: My daughter drives a lorry.", "say: It was Friday when Amir and Mina met at the ferry.")
    text = planted(text, "Good afternoon.", "Good afternoon. It is Friday. I am Amir, and that is Mina.")
    text = planted(text, "is waiting for his daughter.", "and Mina are waiting for his daughter.")
    assert told(text) == []
    assert any("ferry" in problem for problem in told(planted(text, "Courteous", "Courteous as on a ferry")))


def test_a_case_that_nobody_is_in_is_told_and_not_a_crash() -> None:
    start, end = CASE.index("cast:"), CASE.index("state:\n")
    read = document(CASE[:start] + "cast: []\n" + CASE[end:])
    assert "cast" in [problem.key for problem in lint_case(build(Case, read), read)]
