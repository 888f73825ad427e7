"""Every threshold that can be missed comes with what to do about it."""

from __future__ import annotations

from dataclasses import replace

from server.assess.proving.advice import ADVICE, advice
from server.assess.proving.model import ActedReplies
from server.assess.proving.prove import _thresholds
from tests.assess.proofs import LEAST, NOVAK, proof_of


def test_every_threshold_has_advice_and_no_advice_is_for_nothing() -> None:
    proof = replace(proof_of(NOVAK, effort=LEAST), acted=ActedReplies("model"))
    thresholds = list(_thresholds(proof))
    assert all(advice(each) for each in thresholds)
    assert {advice(each) for each in thresholds} == set(ADVICE.values())
    assert advice(replace(thresholds[0], name="something else")) == ""
