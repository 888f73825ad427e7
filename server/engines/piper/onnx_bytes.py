"""Reading and writing the bytes of an ONNX file, which are Protocol Buffers, without loading what is in them.

A field is a number, a kind and a value; a value of the kind `LENGTH` may be a message of fields again. Field numbers
here and where this is used are those of onnx.proto (IR version 9).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5
MODEL_GRAPH = 7
GRAPH_NODE, GRAPH_NAME, GRAPH_WEIGHT, GRAPH_INPUT, GRAPH_OUTPUT = 1, 2, 5, 11, 12
NODE_INPUT, NODE_OUTPUT, NODE_TYPE, NODE_ATTRIBUTE, NODE_DOMAIN = 1, 2, 4, 5, 7
_ATTRIBUTE_NAME, _ATTRIBUTE_INT, _ATTRIBUTE_TEXT, _ATTRIBUTE_GRAPH, _ATTRIBUTE_INTS, _ATTRIBUTE_GRAPHS = (
    1,
    3,
    4,
    6,
    8,
    11,
)
VALUE_NAME, _TENSOR_DIMS, _TENSOR_TYPE, _TENSOR_NAME = 1, 1, 2, 8
Bytes = mmap.mmap | bytes


class Field(NamedTuple):
    """Where one field is: `begin` to `end` with its number, `start` to `end` its value alone."""

    number: int
    kind: int
    begin: int
    start: int
    end: int


@dataclass
class Node:
    """One operation of a graph."""

    at: Field
    kind: str = ""
    domain: str = ""
    inputs: list[str] = field(default_factory=list)
    """With what the graphs inside it (of a branch or loop) take from around it."""
    outputs: list[str] = field(default_factory=list)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    """Attributes that are whole numbers."""
    texts: dict[str, str] = field(default_factory=dict)
    """Attributes that are text."""


class Weight(NamedTuple):
    """A tensor that is stored in the file; its numbers are left there."""

    at: Field
    name: str
    shape: tuple[int, ...]
    kind: int
    """Of its numbers; 1 is float."""


def fields(data: Bytes, at: int, end: int) -> Iterator[Field]:
    """Each field in turn. Raises `ValueError` where the bytes are not fields."""
    while at < end:
        begin = at
        tag, at = varint(data, at, end)
        start, kind = at, tag & 7
        if kind == VARINT:
            _, at = varint(data, at, end)
        elif kind == LENGTH:
            size, start = varint(data, at, end)
            at = start + size
        elif kind in (EIGHT_BYTES, FOUR_BYTES):
            at += 8 if kind == EIGHT_BYTES else 4
        else:
            raise ValueError("no field")
        if at > end or tag >> 3 == 0:
            raise ValueError("a field runs over the end")
        yield Field(tag >> 3, kind, begin, start, at)


def varint(data: Bytes, at: int, end: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends. Raises `ValueError`."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= end:
            break
        byte = data[at]
        value, at = value | (byte & 0x7F) << shift, at + 1
        if byte < 0x80:
            return value, at
    raise ValueError("no number")


def text(data: Bytes, at: Field) -> str:
    return data[at.start : at.end].decode("utf-8")


def integers(data: Bytes, at: Field) -> list[int]:
    """The one number of a field, or the many of a packed one."""
    found, place = [], at.start
    while place < at.end:
        value, place = varint(data, place, at.end)
        found.append(value - (1 << 64) if value >> 63 else value)
    return found


def read_node(data: Bytes, at: Field) -> Node:
    node = Node(at)
    for part in fields(data, at.start, at.end):
        if part.number == NODE_INPUT:
            node.inputs.append(text(data, part))
        elif part.number == NODE_OUTPUT:
            node.outputs.append(text(data, part))
        elif part.number == NODE_TYPE:
            node.kind = text(data, part)
        elif part.number == NODE_DOMAIN:
            node.domain = text(data, part)
        elif part.number == NODE_ATTRIBUTE:
            _read_attribute(node, data, part)
    return node


def read_weight(data: Bytes, at: Field) -> Weight:
    name, shape, kind = "", [], 0
    for part in fields(data, at.start, at.end):
        if part.number == _TENSOR_DIMS:
            shape += integers(data, part)
        elif part.number == _TENSOR_TYPE:
            kind = integers(data, part)[0]
        elif part.number == _TENSOR_NAME:
            name = text(data, part)
    return Weight(at, name, tuple(shape), kind)


def name_of(data: Bytes, at: Field) -> str:
    """The name of an input or output of the graph."""
    return next((text(data, part) for part in fields(data, at.start, at.end) if part.number == VALUE_NAME), "")


def _read_attribute(node: Node, data: Bytes, at: Field) -> None:
    parts = list(fields(data, at.start, at.end))
    name = next((text(data, part) for part in parts if part.number == _ATTRIBUTE_NAME), "")
    for part in parts:
        if part.number in (_ATTRIBUTE_INT, _ATTRIBUTE_INTS):
            node.numbers.setdefault(name, []).extend(integers(data, part))
        elif part.number == _ATTRIBUTE_TEXT and part.end - part.start < 100:
            node.texts[name] = data[part.start : part.end].decode("utf-8", "replace")
        elif part.number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS):
            inner = (each for each in fields(data, part.start, part.end) if each.number == GRAPH_NODE)
            node.inputs += [taken for each in inner for taken in read_node(data, each).inputs]


def message(number: int, payload: bytes) -> bytes:
    """A field that holds bytes, text or a message."""
    return _number(number << 3 | LENGTH) + _number(len(payload)) + payload


def integer(number: int, value: int) -> bytes:
    """A field that holds a number."""
    return _number(number << 3 | VARINT) + _number(value)


def _number(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
