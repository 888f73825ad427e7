"""What is in a Piper voice's ONNX file, read from its bytes without loading it, and the one change made to it.

An exported voice computes for each phoneme how long it lasts, in its only `Ceil`, and does not tell. Declaring that
value an output makes it tell. Protocol Buffers allow this by appending: of two `graph` fields a reader takes both.
Field numbers are those of onnx.proto (IR version 9).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from server.core.errors import EngineError

_GRAPH, _NODE, _INPUT, _OUTPUT = 7, 1, 11, 12
_NODE_OUTPUT, _NODE_TYPE, _NAME = 2, 4, 1
_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_WANTED = {"input", "input_lengths", "scales"}
Bytes = mmap.mmap | bytes


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
            for number, start, end in _fields(data, 0, len(data)):
                if number == _GRAPH:
                    _read_into(graph, data, start, end)
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
    output = _field(_OUTPUT, _field(_NAME, graph.durations.encode()))
    return path.read_bytes() + _field(_GRAPH, output)


def _read_into(graph: Graph, data: Bytes, start: int, end: int) -> None:
    for number, begin, stop in _fields(data, start, end):
        if number == _NODE:
            parts = list(_fields(data, begin, stop))
            if any(one == _NODE_TYPE and data[at:to] == b"Ceil" for one, at, to in parts):
                graph.ceilings += [_text(data, at, to) for one, at, to in parts if one == _NODE_OUTPUT]
        elif number in (_INPUT, _OUTPUT):
            names = [_text(data, at, to) for one, at, to in _fields(data, begin, stop) if one == _NAME]
            if number == _INPUT:
                graph.inputs.update(names)
            else:
                graph.outputs += names


def _fields(data: Bytes, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Number, beginning and end of each field. Raises `ValueError` where the bytes are not fields."""
    while at < end:
        tag, at = _varint(data, at, end)
        start = at
        if tag & 7 == _VARINT:
            _, at = _varint(data, at, end)
        elif tag & 7 == _LENGTH:
            size, start = _varint(data, at, end)
            at = start + size
        elif tag & 7 in (_EIGHT_BYTES, _FOUR_BYTES):
            at += 8 if tag & 7 == _EIGHT_BYTES else 4
        else:
            raise ValueError("no field")
        if at > end or tag >> 3 == 0:
            raise ValueError("a field runs over the end")
        yield tag >> 3, start, at


def _varint(data: Bytes, at: int, end: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            break
        byte = data[at]
        value, at = value | (byte & 0x7F) << shift, at + 1
        if byte < 0x80:
            return value, at
    raise ValueError("no number")


def _text(data: Bytes, start: int, end: int) -> str:
    return data[start:end].decode("utf-8")


def _field(number: int, payload: bytes) -> bytes:
    return _number(number << 3 | _LENGTH) + _number(len(payload)) + payload


def _number(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
