"""How far a decoder looks: which frames before and after one have a share in its sound, computed from its graph.

A decoder of convolutions makes each sample from frames near it, so a slice of frames with enough others on either side
gives the same samples as all frames do. What mixes all of time (a norm over it, attention) gives no reach, and neither
does any operation that is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from server.engines.piper.onnx_bytes import Node

_EACH_BY_ITSELF = frozenset(
    (
        *("LeakyRelu", "Relu", "Elu", "Selu", "PRelu", "Tanh", "Sigmoid", "Softplus", "Clip", "Identity", "Cast"),
        *("Add", "Sub", "Mul", "Div", "Sum", "Mean", "Neg", "Abs", "Pow", "Sqrt", "Exp", "Sin", "Cos", "Reciprocal"),
        *("Squeeze", "Unsqueeze"),
    )
)
"""A sample of what comes out is made from the same sample of what goes in."""


class NoReach(Exception):
    """It cannot be told how far the decoder looks, so it must be given all frames at once."""


@dataclass(frozen=True)
class Reach:
    """Of one value: how much finer than frames it is, and how many frames beside its own it is made from."""

    per_frame: int = 1
    before: Fraction = Fraction(0)
    after: Fraction = Fraction(0)

    def further(self, before: int, after: int) -> Reach:
        """Looking so many of its samples further."""
        step = Fraction(1, self.per_frame)
        return Reach(self.per_frame, self.before + before * step, self.after + after * step)


class Context(NamedTuple):
    """Whole frames beside a slice that the decoder needs, and samples it makes of one."""

    before: int
    after: int
    hop: int


def context_of(nodes: Sequence[Node], source: str, sound: str, shapes: Mapping[str, tuple[int, ...]]) -> Context:
    """What `nodes` need to make `sound` from slices of `source`. `shapes` are those of the weights.

    Raises `NoReach`.
    """
    found = {source: Reach()}
    for node in nodes:
        moving = [found[name] for name in node.inputs if name in found]
        if moving:
            found |= dict.fromkeys(node.outputs, _through(node, moving, found, shapes))
    reach = found[sound]
    # the first sample of a frame lies at the frame itself, the last almost at the next
    return Context(math.floor(reach.before), math.ceil(reach.after), reach.per_frame)


def _through(
    node: Node, moving: Sequence[Reach], found: Mapping[str, Reach], shapes: Mapping[str, tuple[int, ...]]
) -> Reach:
    if node.domain not in ("", "ai.onnx"):
        raise NoReach(node.domain)
    if node.kind in _EACH_BY_ITSELF:
        return _joined(moving)
    if node.kind not in ("Conv", "ConvTranspose") or node.inputs[0] not in found or len(moving) > 1:
        raise NoReach(node.kind)
    window = _window(node, shapes)
    return window.raised(moving[0]) if node.kind == "ConvTranspose" else window.slid(moving[0])


def _joined(reaches: Sequence[Reach]) -> Reach:
    if len({reach.per_frame for reach in reaches}) > 1:
        raise NoReach("two speeds")
    return Reach(reaches[0].per_frame, max(reach.before for reach in reaches), max(reach.after for reach in reaches))


@dataclass(frozen=True)
class _Window:
    """What a convolution looks at."""

    wide: int
    """From the first sample that it looks at to the last."""
    stride: int
    pad_before: int
    pad_after: int
    more: int
    """Samples added at the end (`output_padding`)."""

    def slid(self, reach: Reach) -> Reach:
        """Sample j is made from those at j - pad_before … j - pad_before + wide."""
        if self.stride != 1 or self.pad_before + self.pad_after != self.wide:
            raise NoReach("a convolution that changes the length")
        return reach.further(self.pad_before, self.pad_after)

    def raised(self, reach: Reach) -> Reach:
        """Sample j is made from those at (j + pad_before - wide) / stride … (j + pad_before) / stride."""
        if self.wide + 1 + self.more - self.pad_before - self.pad_after != self.stride:
            raise NoReach("a convolution that changes the length")
        finer = Reach(reach.per_frame * self.stride, reach.before, reach.after)
        return finer.further(max(0, self.wide - self.pad_before), self.pad_before)


def _window(node: Node, shapes: Mapping[str, tuple[int, ...]]) -> _Window:
    """Raises `NoReach` where it is not a convolution over time alone, with its padding written down."""
    kernel = node.numbers.get("kernel_shape") or list(shapes.get(node.inputs[1], ())[2:])
    pads = node.numbers.get("pads", [0, 0])
    if len(kernel) != 1 or len(pads) != 2 or min(pads) < 0 or node.texts.get("auto_pad", "NOTSET") != "NOTSET":
        raise NoReach("a convolution of another kind")
    if "output_shape" in node.numbers:
        raise NoReach("a convolution of another kind")
    one = {name: node.numbers.get(name, [1])[0] for name in ("strides", "dilations")}
    more = node.numbers.get("output_padding", [0])[0]
    return _Window(one["dilations"] * (kernel[0] - 1), one["strides"], pads[0], pads[1], more)
