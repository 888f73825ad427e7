"""A Piper voice cut in two where its sound begins to be made, so that the sound can be made slice by slice.

A voice is a text encoder, the phonemes' durations and a flow, which need the whole text, and then a decoder (HiFi-GAN),
which is most of the work and consists of convolutions. It is cut at what goes into the first `ConvTranspose`. That is
done on the bytes of the file: nodes and weights are copied to one side or the other, none to both but what both use.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from server.engines.piper.graph import read_graph
from server.engines.piper.onnx_bytes import (
    GRAPH_INPUT,
    GRAPH_NAME,
    GRAPH_NODE,
    GRAPH_OUTPUT,
    GRAPH_WEIGHT,
    MODEL_GRAPH,
    VALUE_NAME,
    Bytes,
    Field,
    Node,
    Weight,
    fields,
    integer,
    message,
    name_of,
    read_node,
    read_weight,
)
from server.engines.piper.reach import Context, NoReach, context_of

_FLOAT, _RANK = 1, 3
_VALUE_TYPE, _TYPE_TENSOR, _TENSOR_ELEMENT, _TENSOR_SHAPE, _SHAPE_DIM, _DIM_NAME = 2, 1, 1, 2, 1, 2


@dataclass(frozen=True)
class Cut:
    """The two halves as ONNX files. The front tells the frames and each phoneme's duration, the decoder the sound."""

    front: bytes
    decoder: bytes
    frames: str
    """Name of what goes from one to the other: channels by frames."""
    channels: int
    context: Context


@dataclass
class _Parts:
    """A file's fields, by what they are."""

    data: Bytes
    around: list[Field] = field(default_factory=list)
    """Of the model, but its graph."""
    nodes: list[Node] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)
    inputs: list[Field] = field(default_factory=list)
    outputs: list[Field] = field(default_factory=list)


def cut_voice(path: Path) -> Cut | None:
    """None where it cannot be cut: the voice is then spoken whole. Raises `EngineError` for a file that is no voice."""
    graph = read_graph(path)
    if not graph.durations:
        return None
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _cut(_parts(data), graph.durations, graph.outputs[0])
    except (NoReach, ValueError, LookupError):
        return None


def _cut(parts: _Parts, durations: str, sound: str) -> Cut:
    raising = [node for node in _needed(parts.nodes, {sound}, "") if node.kind == "ConvTranspose"]
    if not raising:
        raise NoReach("nothing makes frames finer")
    first, frames = raising[0], raising[0].inputs[0]
    decoder = _needed(parts.nodes, {sound}, frames)
    front = _needed(parts.nodes, {frames, durations}, "")
    weights = {weight.name: weight for weight in parts.weights}
    _check_apart(parts, decoder, frames)
    if weights[first.inputs[1]].kind != _FLOAT:
        raise NoReach("frames of another kind")
    shapes = {name: weight.shape for name, weight in weights.items()}
    given = [parts.data[at.begin : at.end] for at in parts.inputs if name_of(parts.data, at) not in weights]
    made = [parts.data[at.begin : at.end] for at in parts.outputs if name_of(parts.data, at) == sound]
    told = [message(GRAPH_OUTPUT, message(VALUE_NAME, name.encode())) for name in (frames, durations)]
    return Cut(
        _file(parts, front, given + told),
        _file(parts, decoder, [_frames_input(frames), *made]),
        frames,
        shapes[first.inputs[1]][0],
        context_of(decoder, frames, sound, shapes),
    )


def _parts(data: Bytes) -> _Parts:
    parts = _Parts(data)
    for part in fields(data, 0, len(data)):
        if part.number != MODEL_GRAPH:
            parts.around.append(part)
            continue
        for each in fields(data, part.start, part.end):
            if each.number == GRAPH_NODE:
                parts.nodes.append(read_node(data, each))
            elif each.number == GRAPH_WEIGHT:
                parts.weights.append(read_weight(data, each))
            elif each.number in (GRAPH_INPUT, GRAPH_OUTPUT):
                (parts.inputs if each.number == GRAPH_INPUT else parts.outputs).append(each)
    return parts


def _needed(nodes: Sequence[Node], wanted: Iterable[str], given: str) -> list[Node]:
    """The nodes without which the `wanted` values cannot be had, in their order, where `given` is there already."""
    open_names, found = set(wanted) - {given}, []
    for node in reversed(nodes):
        if not open_names.isdisjoint(node.outputs):
            found.append(node)
            open_names |= set(node.inputs) - {given}
    return found[::-1]


def _check_apart(parts: _Parts, decoder: Sequence[Node], frames: str) -> None:
    """Raises `NoReach` where the decoder needs more than the frames, or makes numbers up."""
    made = {name for node in decoder for name in node.outputs} | {weight.name for weight in parts.weights}
    taken = {name for node in decoder for name in node.inputs if name}
    if taken - made - {frames} or any(node.kind.startswith("Random") for node in decoder):
        raise NoReach("the decoder takes another way")


def _file(parts: _Parts, nodes: Sequence[Node], ends: Iterable[bytes]) -> bytes:
    """An ONNX file of these nodes, their weights, and inputs and outputs."""
    taken = {name for node in nodes for name in node.inputs}
    kept = [node.at for node in nodes] + [weight.at for weight in parts.weights if weight.name in taken]
    graph = [message(GRAPH_NAME, b"voice"), *(parts.data[at.begin : at.end] for at in kept), *ends]
    around = [parts.data[at.begin : at.end] for at in parts.around]
    return b"".join([*around, message(MODEL_GRAPH, b"".join(graph))])


def _frames_input(name: str) -> bytes:
    """One, channels, frames: of any size, as floats."""
    dims = [message(_SHAPE_DIM, message(_DIM_NAME, f"{name}_{axis}".encode())) for axis in range(_RANK)]
    tensor = integer(_TENSOR_ELEMENT, _FLOAT) + message(_TENSOR_SHAPE, b"".join(dims))
    kind = message(_VALUE_TYPE, message(_TYPE_TENSOR, tensor))
    return message(GRAPH_INPUT, message(VALUE_NAME, name.encode()) + kind)
