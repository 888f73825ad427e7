"""What is in a Piper voice's ONNX file, read from its bytes without loading it, and the one change made to it.

An exported voice computes for each phoneme how long it lasts, in its only `Ceil`, and does not tell. Declaring that
value an output makes it tell. Protocol Buffers allow this by appending: of two `graph` fields a reader takes both.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass, field
from pathlib import Path

from server.core.errors import EngineError
from server.engines.piper.onnx_bytes import (
    GRAPH_INPUT,
    GRAPH_NODE,
    GRAPH_OUTPUT,
    MODEL_GRAPH,
    NODE_OUTPUT,
    NODE_TYPE,
    VALUE_NAME,
    Bytes,
    Field,
    fields,
    message,
    name_of,
    text,
)

_WANTED = {"input", "input_lengths", "scales"}


@dataclass
class Graph:
    """The names that matter."""

    inputs: set[str] = field(default_factory=set)
    outputs: list[str] = field(default_factory=list)
    ceilings: list[str] = field(default_factory=list)
    """Outputs of `Ceil` nodes."""

    @property
    def durations(self) -> str:
        """The value that holds each phoneme's length; '' where it cannot be told which that is."""
        return self.ceilings[0] if len(self.ceilings) == 1 else ""


def read_graph(path: Path) -> Graph:
    """The graph of a voice. Raises `EngineError` `voice_corrupt` for a file that is cut short or no voice."""
    graph = Graph()
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for part in fields(data, 0, len(data)):
                if part.number == MODEL_GRAPH:
                    _read_into(graph, data, part)
    except (ValueError, OSError):
        raise EngineError(
            f"{path} is cut short or no ONNX file: fetch the voice again.", code="voice_corrupt"
        ) from None
    if not graph.inputs >= _WANTED or not graph.outputs:
        raise EngineError(f"{path} is an ONNX file, but not a Piper voice.", code="voice_corrupt")
    return graph


def telling_model(path: Path) -> bytes | None:
    """The file with its durations as a second output; None where they cannot be had or are one already."""
    graph = read_graph(path)
    if not graph.durations or len(graph.outputs) > 1:
        return None
    output = message(GRAPH_OUTPUT, message(VALUE_NAME, graph.durations.encode()))
    return path.read_bytes() + message(MODEL_GRAPH, output)


def _read_into(graph: Graph, data: Bytes, whole: Field) -> None:
    for part in fields(data, whole.start, whole.end):
        if part.number == GRAPH_NODE:
            inner = list(fields(data, part.start, part.end))
            if any(each.number == NODE_TYPE and text(data, each) == "Ceil" for each in inner):
                graph.ceilings += [text(data, each) for each in inner if each.number == NODE_OUTPUT]
        elif part.number == GRAPH_INPUT:
            graph.inputs.add(name_of(data, part))
        elif part.number == GRAPH_OUTPUT:
            graph.outputs.append(name_of(data, part))
