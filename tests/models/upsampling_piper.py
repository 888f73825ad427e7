"""A Piper voice made on the spot whose sound is made as in exported ones: durations, then frames, then a decoder.

The decoder is HiFi-GAN's in small: three `ConvTranspose`, each with residual blocks of dilated convolutions, `Tanh`; a
speaker's own part is added before it. Weights are random, so it hums, but the same every time. `spoilt` names a change
after which its decoder must not be cut or sliced.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tests.models.telling_piper import RATE_HZ, config, durations

HOP = 256
Spoilt = Literal[
    "", "norm", "attention", "second way", "stretching", "unknown kind", "no raising", "noise", "half floats"
]
_WIDE, _SYMBOLS = 16, 256
_INTS, _FLOATS = TensorProto.INT64, TensorProto.FLOAT


class _Graph:
    def __init__(self, nodes: list[onnx.NodeProto], tables: dict[str, Any]) -> None:
        self.nodes, self.tables, self._dice = nodes, tables, np.random.default_rng(5)

    def constant(self, value: Any) -> str:
        name = f"table_{len(self.tables)}"
        self.tables[name] = np.asarray(value)
        return name

    def random(self, *shape: int) -> str:
        spread = 1.5 / np.sqrt(np.prod(shape[1:]))
        return self.constant((self._dice.standard_normal(shape) * spread).astype(np.float32))

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"made_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def conv(self, x: str, wide: int, out: int, kernel: int, dilation: int = 1) -> str:
        pad = (kernel - 1) // 2 * dilation
        weights = self.random(out, wide, kernel)
        return self.add("Conv", x, weights, self.random(out), pads=[pad, pad], dilations=[dilation])


def make_upsampling_voice(
    directory: Path, name: str = "upsampling", *, speakers: int = 1, spoilt: Spoilt = "", **more: Any
) -> Path:
    """Write `NAME.onnx` and `NAME.onnx.json`, whose configuration also holds `more`; returns the first."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.onnx"
    model = helper.make_model(_graph(speakers, spoilt), opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    Path(f"{path}.json").write_text(json.dumps(config(speakers, RATE_HZ) | more, ensure_ascii=False), "utf-8")
    return path


def _graph(speakers: int, spoilt: Spoilt) -> onnx.GraphProto:
    nodes, tables = durations()
    graph = _Graph(nodes, tables)
    letters = graph.add("Gather", graph.random(_SYMBOLS, _WIDE), "framed", axis=0)
    frames = graph.add("Unsqueeze", graph.add("Transpose", letters, perm=[1, 0]), "front")
    x = graph.conv(frames, _WIDE, _WIDE, 7)
    if speakers > 1:
        own = graph.add("Gather", graph.random(speakers, _WIDE), "sid", axis=0)
        x = graph.add("Add", x, graph.conv(graph.add("Unsqueeze", own, graph.constant([2])), _WIDE, _WIDE, 1))
    sound = _decoder(graph, x, spoilt)
    graph.add("Unsqueeze", sound, "behind", output="output")
    value = helper.make_tensor_value_info
    inputs = [value("input", _INTS, [1, "T"]), value("input_lengths", _INTS, [1]), value("scales", _FLOATS, [3])]
    inputs += [value("sid", _INTS, [1])] if speakers > 1 else []
    stored = [numpy_helper.from_array(table, name) for name, table in graph.tables.items()]
    outputs = [value("output", _FLOATS, [1, 1, 1, "S"])]
    return helper.make_graph(graph.nodes, "upsampling_voice", inputs, outputs, stored)


def _decoder(graph: _Graph, x: str, spoilt: Spoilt) -> str:
    wide, frames = _WIDE, x
    for rate, kernel in ((8, 16), (8, 16), (4, 8)):
        x = _raised(graph, graph.add("LeakyRelu", x, alpha=0.1), wide, rate, kernel, spoilt)
        wide //= 2
        x = _spoil(graph, _blocks(graph, x, wide), frames, wide, spoilt if rate == 4 else "")
    return graph.add("Tanh", graph.conv(graph.add("LeakyRelu", x, alpha=0.01), wide, 1, 7))


def _raised(graph: _Graph, x: str, wide: int, rate: int, kernel: int, spoilt: Spoilt) -> str:
    if spoilt == "no raising":
        scales = graph.constant(np.array([1, 1, rate], np.float32))
        return graph.conv(graph.add("Resize", x, "", scales, mode="nearest"), wide, wide // 2, 7)
    pad, weights = (kernel - rate) // 2, graph.random(wide, wide // 2, kernel)
    attributes: dict[str, Any] = {"strides": [rate], "pads": [pad, pad]}
    if spoilt == "half floats":
        weights = graph.constant(graph.tables[weights].astype(np.float16))
        made = graph.add("ConvTranspose", graph.add("Cast", x, to=TensorProto.FLOAT16), weights, **attributes)
        return graph.add("Cast", made, to=_FLOATS)
    return graph.add("ConvTranspose", x, weights, graph.random(wide // 2), **attributes)


def _blocks(graph: _Graph, x: str, wide: int) -> str:
    """Residual blocks side by side, and their mean."""
    found = []
    for kernel, dilations in ((3, (1, 2)), (5, (2, 6)), (7, (3, 12))):
        inner = x
        for dilation in dilations:
            active = graph.add("LeakyRelu", inner, alpha=0.1)
            inner = graph.add("Add", graph.conv(active, wide, wide, kernel, dilation), inner)
        found.append(inner)
    both = graph.add("Add", graph.add("Add", found[0], found[1]), found[2])
    return graph.add("Div", both, graph.add("Constant", value=numpy_helper.from_array(np.array(3, np.float32))))


def _spoil(graph: _Graph, x: str, frames: str, wide: int, spoilt: Spoilt) -> str:
    if spoilt == "norm":
        return graph.add("Sub", x, graph.add("ReduceMean", x, axes=[2], keepdims=1))
    if spoilt == "attention":
        return graph.add("Mul", x, graph.add("Softmax", x, axis=2))
    if spoilt == "second way":
        return graph.add("Add", x, graph.add("ReduceMean", frames, axes=[1, 2], keepdims=1))
    if spoilt == "noise":
        return graph.add("Add", x, graph.add("RandomNormal", shape=[1, wide, 1], seed=1.0))
    if spoilt == "stretching":
        return graph.add("Conv", x, graph.random(wide, wide, 4), pads=[2, 2])
    if spoilt == "unknown kind":
        return graph.add("HardSwish", x)
    return x
