"""Plots as SVG, drawn so that shape and not colour tells things apart. Each has a title and a table beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

from server.assess.boxes import Box
from server.assess.calibrating.figures import Figure

WIDTH, LEFT, RIGHT = 720, 236, 24
LONGEST_LABEL = 32
ROW, TOP, BOTTOM = 44, 14, 46
STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0)
MOST_TICKS = 9
Shape = Literal["dot", "square", "cross"]


@dataclass(frozen=True)
class Point:
    """A figure with its interval, drawn as a shape on a line."""

    shape: Shape
    figure: Figure


@dataclass(frozen=True)
class Line:
    """One row of a plot: a label, and what is drawn beside it."""

    label: str
    points: tuple[Point, ...] = ()
    box: Box | None = None
    note: str = ""
    """Said in the row where there is nothing to draw."""


def across(title: str, lines: Sequence[Line], axis: str, ends: tuple[float, float]) -> str:
    """Rows under one another on a horizontal axis that reaches at least these ends, with a line at 0."""
    least, most = _reach(lines, ends)
    height = TOP + ROW * len(lines) + BOTTOM
    place = _placer(least, most, LEFT, WIDTH - RIGHT)
    body = [_grid_across(least, most, place, height), *(_line(line, n, place) for n, line in enumerate(lines))]
    label = _text((LEFT + WIDTH - RIGHT) / 2, height - 8, axis, "axis", "middle")
    return _svg(title, height, "".join(body) + label)


def _reach(lines: Sequence[Line], ends: tuple[float, float]) -> tuple[float, float]:
    values = list(ends)
    for line in lines:
        for point in line.points:
            values += [v for v in (point.figure.low, point.figure.value, point.figure.high) if v is not None]
        values += [line.box.lowest, line.box.highest] if line.box else []
    step = _step(min(values), max(values))
    return -(-min(values) // step) * step - (step if min(values) % step else 0), -(-max(values) // step) * step


def _step(least: float, most: float) -> float:
    return next((step for step in STEPS if (most - least) / step <= MOST_TICKS), STEPS[-1])


def _placer(least: float, most: float, start: float, end: float) -> Callable[[float], float]:
    span = (most - least) or 1
    return lambda value: start + (value - least) / span * (end - start)


def _ticks(least: float, most: float) -> list[float]:
    step = _step(least, most)
    return [round(least + n * step, 6) for n in range(round((most - least) / step) + 1)]


def _grid_across(least: float, most: float, place: Callable[[float], float], height: int) -> str:
    foot = height - BOTTOM
    drawn = []
    for tick in _ticks(least, most):
        kind = "zero" if abs(tick) < 1e-9 else "grid"
        drawn.append(_stroke(place(tick), TOP, place(tick), foot, kind))
        drawn.append(_text(place(tick), foot + 16, f"{tick:g}", "tick", "middle"))
    return "".join(drawn)


def _line(line: Line, number: int, place: Callable[[float], float]) -> str:
    middle = TOP + ROW * (number + 0.5)
    drawn = [_text(LEFT - 12, middle + 4, line.label, "label", "end")]
    drawn += [_box(line.box, middle, place)] if line.box else []
    gap = 14 if len(line.points) > 1 else 0
    for n, point in enumerate(line.points):
        drawn.append(_point(point, middle + gap * (n - (len(line.points) - 1) / 2), place))
    drawn += [_text(LEFT + 8, middle + 4, line.note, "tick", "start")] if line.note else []
    return "".join(drawn)


def _point(point: Point, y: float, place: Callable[[float], float]) -> str:
    figure = point.figure
    if figure.value is None:
        return ""
    reach = ""
    if figure.low is not None and figure.high is not None:
        reach = _stroke(place(figure.low), y, place(figure.high), y, "reach")
    return reach + _shape(point.shape, place(figure.value), y)


def _shape(shape: Shape, x: float, y: float) -> str:
    if shape == "dot":
        return f'<circle class="full" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    if shape == "square":
        return f'<rect class="open" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
    return _stroke(x - 5, y - 5, x + 5, y + 5, "reach") + _stroke(x - 5, y + 5, x + 5, y - 5, "reach")


def _box(box: Box, y: float, place: Callable[[float], float]) -> str:
    lower, upper, middle = place(box.lower), place(box.upper), place(box.middle)
    whiskers = _stroke(place(box.lowest), y, lower, y, "reach") + _stroke(upper, y, place(box.highest), y, "reach")
    ends = "".join(_stroke(place(each), y - 6, place(each), y + 6, "reach") for each in (box.lowest, box.highest))
    body = f'<rect class="box" x="{lower:.1f}" y="{y - 11:.1f}" width="{max(upper - lower, 1):.1f}" height="22"/>'
    return whiskers + ends + body + _stroke(middle, y - 11, middle, y + 11, "middle")


def bland_altman(
    title: str, points: Sequence[tuple[float, float, int]], levels: tuple[int, int], lines: Sequence[tuple[str, float]]
) -> str:
    """Difference over mean: one circle a place, its area the number of transcripts. `lines`: named differences."""
    height, foot, head = 340, 340 - BOTTOM, TOP
    values = [y for _, y, _ in points] + [y for _, y in lines] + [-1, 1]
    least, most = min(values) - 0.3, max(values) + 0.3
    right = WIDTH - 150
    x_place = _placer(levels[0] - 0.3, levels[1] + 0.3, 70, right)
    y_place = _placer(least, most, foot, head)
    drawn = [_frame(levels, (least, most), x_place, y_place, right, foot)]
    drawn += [_level_line(name, y, y_place(y), right) for name, y in lines]
    drawn += [_apart_labels([(name, y, y_place(y)) for name, y in lines], right)]
    drawn += [_bubble(x_place(x), y_place(y), times) for x, y, times in points]
    label = _text((70 + right) / 2, height - 8, "mean of draft and faculty, in levels", "axis", "middle")
    upright = f'<text class="axis" text-anchor="middle" transform="translate(18 {(foot + head) / 2:.0f}) rotate(-90)">'
    return _svg(title, height, "".join(drawn) + label + f"{upright}draft less faculty, in levels</text>")


def _frame(
    levels: tuple[int, int],
    reach: tuple[float, float],
    x_place: Callable[[float], float],
    y_place: Callable[[float], float],
    right: float,
    foot: float,
) -> str:
    drawn = [_text(x_place(n), foot + 18, str(n), "tick", "middle") for n in range(levels[0], levels[1] + 1)]
    for n in range(int(reach[0]) - 1, int(reach[1]) + 2):
        if reach[0] <= n <= reach[1]:
            drawn.append(_stroke(70, y_place(n), right, y_place(n), "zero" if n == 0 else "grid"))
            drawn.append(_text(58, y_place(n) + 4, f"{n:+d}" if n else "0", "tick", "end"))
    return "".join(drawn)


def _level_line(name: str, _: float, y: float, right: float) -> str:
    return _stroke(70, y, right, y, "bias" if name == "mean" else "limit")


def _apart_labels(lines: Sequence[tuple[str, float, float]], right: float) -> str:
    """Names of lines at their right end, moved apart where they would overlap."""
    placed = sorted(lines, key=lambda line: line[2])
    heights = [y for _, _, y in placed]
    for before, after in pairwise(range(len(heights))):
        heights[after] = max(heights[after], heights[before] + 16)
    named = zip(placed, heights, strict=True)
    return "".join(_text(right + 8, y + 4, f"{name} {value:+.2f}", "tick", "start") for (name, value, _), y in named)


def _bubble(x: float, y: float, times: int) -> str:
    return f'<circle class="bubble" cx="{x:.1f}" cy="{y:.1f}" r="{3 * times**0.5 + 1:.1f}"/>'


def _stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, kind: str, anchor: str) -> str:
    shown = words if kind != "label" or len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(shown)}</text>'


def _svg(title: str, height: int, body: str) -> str:
    name = escape(f"{title}. Its figures are in the table that follows.", quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{name}">{body}</svg>'
