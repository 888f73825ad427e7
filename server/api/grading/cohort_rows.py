"""A cohort as rows of a table: one a figure, with n and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from server.api.csv_text import Value
from server.assess.calibrating.figures import Figure
from server.assess.cohorts.agreeing import Agreement
from server.assess.cohorts.uncertain import Share
from server.assess.cohorts.view import Item, Moment, View

COLUMNS = ("part", "id", "name", "measure", "value", "n", "low_95", "high_95")
Row = tuple[Value, ...]


def rows_of(found: View, equivalents: int) -> Iterator[Row]:
    """All but the exemplars, which are words. `equivalents`: attempts at the equivalent case, in no other row."""
    yield ("cohort", "", "", "learners", found.n, found.n, None, None)
    yield ("cohort", "", "", "signed", found.signed, found.n, None, None)
    yield ("cohort", "", "", "drafts", found.drafts, found.n, None, None)
    yield ("cohort", "", "", "attempts_at_equivalent_left_out", equivalents, None, None, None)
    for moment in found.moments:
        yield from _of_moment(moment)
    for item in found.items:
        yield from _of_item(item)
    for timed in found.timing:
        for name, value in vars(timed.box).items():
            yield ("timing", timed.id, timed.name, name, value, timed.n, None, None)
    for gap in found.gaps:
        yield ("self_rating", gap.id, gap.name, "own_less_record", *_figure(gap.mean, gap.n))
    yield from _agreement("two_people", found.people)
    yield from _agreement("draft_and_person", found.draft)
    for grader in found.graders:
        yield ("graders", grader.letter, "", "less_than_others", *_figure(grader.mean, grader.n))


def _of_moment(moment: Moment) -> Iterator[Row]:
    name = f"{moment.kind}: {moment.cue}"
    yield ("moment", moment.beat, name, "offered", *_share(moment.offered))
    for shape, count in moment.counts.items():
        yield ("moment", moment.beat, name, shape, count, moment.offered.count, None, None)
    yield ("moment", moment.beat, name, "share_passed_by", *_share(moment.passed))


def _of_item(item: Item) -> Iterator[Row]:
    for level, count in item.levels.items():
        yield ("item", item.id, item.name, f"level_{level}", count, item.n, None, None)
    yield ("item", item.id, item.name, "levels_from_drafts", item.drafts, item.n, None, None)
    yield ("item", item.id, item.name, "not_applicable", item.not_applicable, None, None, None)
    yield ("item", item.id, item.name, "unrated", item.unrated, None, None, None)
    yield ("item", item.id, item.name, "mean", *_figure(item.mean, item.n))
    yield ("item", item.id, item.name, "share_of_the_scale", *_figure(item.reached, item.n))


def _agreement(part: str, found: Iterable[Agreement]) -> Iterator[Row]:
    for each in found:
        if each.exact is not None and each.constant is not None:
            yield (part, each.id, each.name, "exact", *_share(each.exact))
            yield (part, each.id, each.name, "exact_of_a_constant", *_share(each.constant))
            yield (part, each.id, each.name, "weighted_kappa", *_figure(each.kappa, each.n))


def _share(found: Share) -> tuple[Value, ...]:
    return found.value, found.n, found.low, found.high


def _figure(found: Figure, n: int) -> tuple[Value, ...]:
    return found.value, n, found.low, found.high
