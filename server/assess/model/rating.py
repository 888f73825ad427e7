"""The scorecard of a rating model: what two readings found, and the levels that the rubric's rules make of it.

Nothing here is the model's word on a mark. A dimension is unrated, and needs a person, where the readings are more than
a level apart, where a quote does not stand where it should, or where an answer never came.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from server import __version__
from server.assess.model.answers import Asker, claims_in
from server.assess.model.prompts import PROMPTS, prompts_digest
from server.assess.model.reading import READINGS, Answers, Keep, Subject, ask_all, beside_the_loop
from server.core.rubric import Dimension, Weighed
from server.core.scoring.claims import numbered
from server.core.scoring.scorecard import Rating, Scorecard
from server.core.scoring.scoring import SCORER
from server.core.scoring.to_the_rater import rater_flags
from server.core.scoring.two_readings import Better, agreed, not_above, stands
from server.core.scoring.unreadable import refused
from server.core.scoring.verdicts import Verdict, failed, read_verdict, read_weighed
from server.core.transcript import LEARNER

MODEL_RATER = "model-1"
"""Version of what becomes of a model's answers; part of every scorecard's provenance."""


@dataclass(frozen=True)
class ModelCard:
    """A scorecard, and what each reading claimed."""

    card: Scorecard
    passes: tuple[dict[str, Any], ...]

    @property
    def rated(self) -> bool:
        """Whether it holds any level at all."""
        return any(rating.status == "rated" for rating in self.card.dimensions)

    def as_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {**asdict(self.card), "passes": list(self.passes)}


async def rate_by_model(
    asker: Asker, subject: Subject, answers: Answers, keep: Keep, *, last_try: bool = True
) -> ModelCard:
    """Ask what is not answered yet, and rate. Raises `EngineError` where a later try may do better."""
    await ask_all(asker, subject, answers, keep, last_try=last_try)
    return await beside_the_loop(rated, asker, subject, answers)


def rated(asker: Asker, subject: Subject, answers: Answers) -> ModelCard:
    """The card that these answers support. Pure."""
    readings = {each.id: tuple(_verdict(subject, each, answers, n) for n in READINGS) for each in subject.dimensions}
    ratings = _ratings(subject, readings)
    opportunities, source = _opportunities(subject, readings, ratings)
    provenance = _provenance(asker, subject) | _tokens(answers) | {"moments_coded_by": source}
    card = replace(subject.drafted, dimensions=ratings, opportunities=opportunities, provenance=provenance)
    passes = tuple(_pass(n, subject, answers, readings) for n in READINGS)
    return ModelCard(card, passes)


def _verdict(subject: Subject, dimension: Dimension | Weighed, answers: Answers, reading: int) -> Verdict:
    answer = answers[f"{reading}/{dimension.id}"]
    if "failed" in answer:
        return failed(dimension, answer["failed"])
    claims = claims_in(answer["items"])
    if isinstance(dimension, Weighed):
        return read_weighed(dimension, claims, subject.turns)
    return read_verdict(dimension, claims, subject.turns, subject.count, subject.wanted)


def _ratings(subject: Subject, readings: Mapping[str, tuple[Verdict, ...]]) -> tuple[Rating, ...]:
    both = tuple(_agreed(each, readings[each.id]) for each in subject.dimensions)
    own = [turn for turn in subject.turns if turn.speaker == LEARNER]
    if rater_flags(own):
        drafted = {rating.id: rating for rating in subject.drafted.dimensions}
        pairs = zip(both, subject.dimensions, strict=True)
        both = tuple(not_above(rating, drafted.get(rating.id), _better(each)) for rating, each in pairs)
    return refused(both, subject.turns, of_people="source" in subject.drafted.provenance)


def _agreed(dimension: Dimension | Weighed, both: tuple[Verdict, ...]) -> Rating:
    first, second = (verdict.rating for verdict in both)
    return agreed(first, second, _better(dimension))


def _better(dimension: Dimension | Weighed) -> Better:
    return dimension.better if isinstance(dimension, Weighed) else "high"


def _opportunities(
    subject: Subject, readings: Mapping[str, tuple[Verdict, ...]], ratings: tuple[Rating, ...]
) -> tuple[tuple[Any, ...], str]:
    """The ledger as it was coded for the level that stands; the rules' own where the model's is not relied on."""
    by_ledger = [d.id for d in subject.dimensions if isinstance(d, Dimension) and d.rule == "ledger"]
    for rating in ratings:
        if rating.id in by_ledger and rating.status == "rated":
            first, second = readings[rating.id]
            return (first, second)[stands(first.rating, second.rating)].opportunities, MODEL_RATER
    return subject.drafted.opportunities, SCORER


def _provenance(asker: Asker, subject: Subject) -> dict[str, str]:
    """Who read, by which words and which code; what the draft says of how the words were heard stays."""
    return subject.drafted.provenance | {
        "rater": MODEL_RATER,
        "model": asker.model,
        "model_host": asker.host,
        "prompts": f"{PROMPTS} {prompts_digest()}",
        "code": f"bedside {__version__}, {SCORER}",
        "readings": str(len(READINGS)),
    }


def _tokens(answers: Answers) -> dict[str, str]:
    """As the server counted them; left out where it does not."""
    counts = {name: sum(each.get(name, 0) for each in answers.values()) for name in ("tokens_in", "tokens_out")}
    return {name: str(count) for name, count in counts.items() if count}


def _pass(
    reading: int, subject: Subject, answers: Answers, readings: Mapping[str, tuple[Verdict, ...]]
) -> dict[str, Any]:
    """Who said what: every entry of one reading, with what became of it."""
    told = [_told(subject, each, answers[f"{reading}/{each.id}"], readings[each.id][reading - 1])
            for each in subject.dimensions]  # fmt: skip
    return {"reading": reading, "dimensions": told}


def _told(
    subject: Subject, dimension: Dimension | Weighed, answer: Mapping[str, Any], verdict: Verdict
) -> dict[str, Any]:
    shown, rating = numbered(subject.turns), verdict.rating
    why = {(each.item, each.turn): each.why for each in verdict.found.fallen}
    rows = [
        {
            "item": row["item"],
            "holds": row["holds"],
            "quote": row["quote"],
            "turn": shown[row["turn"] - 1].id if 1 <= row["turn"] <= len(shown) else "",
            "fell": why.get((row["item"], row["turn"]), "") if row["holds"] else "",
        }
        for row in answer.get("items", [])
    ]
    return {
        "id": dimension.id,
        "level": rating.level,
        "status": rating.status,
        "failed": answer.get("failed", ""),
        "items": rows,
    }


def left_to_a_person(card: ModelCard, ruled: Scorecard) -> ModelCard:
    """The card as a calibration left it; where that took a level away, none stands in the readings either."""
    gone = {was.id for was, now in zip(card.card.dimensions, ruled.dimensions, strict=True) if was != now}
    return ModelCard(ruled, tuple(_without_levels(each, gone) for each in card.passes))


def _without_levels(reading: Mapping[str, Any], gone: Collection[str]) -> dict[str, Any]:
    told = [
        each | {"level": None, "status": "unrated"} if each["id"] in gone else each for each in reading["dimensions"]
    ]
    return {**reading, "dimensions": told}


def with_timing(card: ModelCard, timing: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept for an encounter."""
    return card.as_json() | {"timing": dict(timing)}


def heard_as(card: ModelCard, heard: Mapping[str, str]) -> ModelCard:
    """With the engine that heard, where it is known."""
    return replace(card, card=replace(card.card, provenance=card.card.provenance | dict(heard)))
