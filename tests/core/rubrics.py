"""A small rubric with one dimension for each kind of rule, and what makes a scorecard fair."""

from __future__ import annotations

from server.core.correcting import as_counted
from server.core.encounter import Encounter
from server.core.rubric import Blocker, Credit, Dimension, Rubric
from server.core.scoring.scoring import Scorecard
from server.core.transcript import LEARNER

ANCHORS = {str(level): f"level {level}" for level in range(5)}


def dimension(dimension_id: str, rule: str, **changes: object) -> Dimension:
    fields: dict[str, object] = {
        "id": dimension_id,
        "name": dimension_id,
        "question": "?",
        "anchors": ANCHORS,
        "rule": rule,
    }
    return Dimension(**{**fields, **changes})  # type: ignore[arg-type]


RESPONSIVENESS = dimension("responsiveness", "ledger")
UNDERSTANDING = dimension(
    "understanding",
    "credit",
    credit=(
        Credit(1, ("stock_phrase",), "used a ready-made phrase"),
        Credit(2, ("paraphrases",), "gave back what was said"),
        Credit(3, ("names_feeling",), "named the feeling", "opportunity"),
    ),
    floor=("minimises", "dismisses"),
    cap={"names_wrong_feeling": 1},
)
SUPPORT = dimension(
    "support",
    "credit",
    credit=(
        Credit(2, ("offers_help",), "offered to do something"),
        Credit(3, ("offers_help",), "offered after acknowledging", "after_acknowledgement", ("promises_secrecy",)),
    ),
)
BLOCKERS = dimension(
    "blockers",
    "blockers",
    blockers=(Blocker("dismisses", "serious", "was rude"), Blocker("self_focus", "minor", "turned to themselves")),
)
RUBRIC = Rubric(
    rubric_id="small",
    rubric_version="1.0.0",
    title="Small",
    claim="Verbal empathy in this transcript.",
    dimensions=(RESPONSIVENESS, UNDERSTANDING, SUPPORT, BLOCKERS),
    evidence_rules=(),
)


def assert_fair(card: Scorecard, encounter: Encounter) -> None:
    """Every level quotes, every quote is found, what was not offered is no zero, a stopped or tried one has none."""
    encounter = as_counted(encounter)
    if encounter.tryout or encounter.ended == "stop":
        assert card.status == "not_scored" and not card.dimensions
        return
    assert card.status == "draft" and card.rubric["claim"]
    for rating in card.dimensions:
        assert (rating.level is not None) is (rating.status == "rated"), rating
        assert rating.status != "rated" or (rating.evidence and rating.level in range(5)), rating
        for evidence in rating.evidence:
            turn = encounter.turn(evidence.turn)
            assert evidence.quote and evidence.quote in turn.text and turn.speaker == evidence.speaker
            assert (evidence.role == "said") <= (turn.speaker == LEARNER)
    for line in card.opportunities:
        assert (line.state == "not_offered") is not bool(line.cue_turn)
        assert line.code is None or (line.cue_turn and line.response_turns and line.code in range(5))
    if not any(line.cue_turn for line in card.opportunities):
        assert all(rating.id != "responsiveness" or rating.level is None for rating in card.dimensions)
