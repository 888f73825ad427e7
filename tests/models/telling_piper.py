"""A Piper voice made on the spot that computes how long each phoneme lasts, as exported ones do, in its only `Ceil`.

Each phoneme is a tone as long as its table says; pads, spaces and marks are silent, so that a word's end is where its
tone stops. `labour` adds that many matrix products, for a synthesis that takes long enough to be broken off.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE_HZ, HOP = 22_050, 256
_SYMBOLS, _SILENT, _WIDE = 256, 14, 512
_PAUSES = {"_": 1, " ": 3, ",": 12, ".": 20, "?": 20, "!": 20}
_INTS, _FLOATS = TensorProto.INT64, TensorProto.FLOAT


def make_telling_voice(
    directory: Path, name: str = "telling", *, speakers: int = 1, labour: int = 0, rate_hz: int = RATE_HZ, **more: Any
) -> Path:
    """Write `NAME.onnx` and `NAME.onnx.json`, whose configuration also holds `more`; returns the first."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.onnx"
    model = helper.make_model(_graph(speakers, labour), opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.save(model, str(path))
    Path(f"{path}.json").write_text(json.dumps(config(speakers, rate_hz) | more, ensure_ascii=False), "utf-8")
    return path


def config(speakers: int, rate_hz: int) -> dict[str, object]:
    """What stands in the `.json`."""
    return {
        "audio": {"sample_rate": rate_hz, "quality": "tiny"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": _SYMBOLS,
        "num_speakers": speakers,
        "speaker_id_map": {f"s{number}": number for number in range(speakers)} if speakers > 1 else {},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "hop_length": HOP,
    }


def _tables() -> dict[str, Any]:
    numbers = np.arange(_SYMBOLS)
    frames = 4 + numbers % 7
    frames[:_SILENT] = 1
    for mark, count in _PAUSES.items():
        frames[DEFAULT_PHONEME_ID_MAP[mark][0]] = count
    return {
        "frames": frames.astype(np.float32),
        "steps": (2 * np.pi * (110.0 + numbers * 37 % 300) / RATE_HZ).astype(np.float32),
        "louds": np.where(numbers < _SILENT, 0.0, 0.5).astype(np.float32),
        "one": np.array(1, np.int64),
        "zero": np.array(0, np.int64),
        "two": np.array(2, np.int64),
        "front": np.array([0], np.int64),
        "behind": np.array([1], np.int64),
        "hop": np.array([HOP], np.int64),
        "head": np.array([1, 1], np.int64),
        "both": np.array([0, 1], np.int64),
    }


def durations() -> tuple[list[onnx.NodeProto], dict[str, Any]]:
    """Nodes that make `w_ceil`, each phoneme's length, and `framed`, the phoneme of each frame; and their tables."""
    tables, node = _tables(), helper.make_node
    nodes = [
        node("Gather", ["scales", "one"], ["stretch"], axis=0),
        node("Gather", ["frames", "input"], ["own"], axis=0),
        node("Mul", ["own", "stretch"], ["stretched"]),
        node("Unsqueeze", ["stretched", "behind"], ["lengths"]),
        node("Ceil", ["lengths"], ["w_ceil"]),
        # which phoneme each frame belongs to: as many as are over by then
        node("Squeeze", ["w_ceil", "both"], ["widths"]),
        node("CumSum", ["widths", "zero"], ["over"]),
        node("ReduceSum", ["widths"], ["sum"], keepdims=0),
        node("Cast", ["sum"], ["total"], to=_INTS),
        node("Range", ["zero", "total", "one"], ["clock"]),
        node("Cast", ["clock"], ["clock_f"], to=_FLOATS),
        node("Unsqueeze", ["clock_f", "behind"], ["column"]),
        node("LessOrEqual", ["over", "column"], ["is_over"]),
        node("Cast", ["is_over"], ["is_over_i"], to=_INTS),
        node("ReduceSum", ["is_over_i", "behind"], ["place"], keepdims=0),
        node("Squeeze", ["input", "front"], ["ids"]),
        node("Gather", ["ids", "place"], ["framed"], axis=0),
    ]
    return nodes, tables


def _graph(speakers: int, labour: int) -> onnx.GraphProto:
    (nodes, tables), node = durations(), helper.make_node
    nodes += [
        node("Shape", ["framed"], ["count"]),
        node("Mul", ["count", "hop"], ["samples"]),
        node("Concat", ["head", "samples"], ["size"], axis=0),
    ]
    for table, held in (("steps", "step"), ("louds", "loud")):
        nodes += [
            node("Gather", [table, "framed"], [f"{held}_0"], axis=0),
            node("Unsqueeze", [f"{held}_0", "both"], [f"{held}_1"]),
            node(
                "Resize",
                [f"{held}_1", "", "", "size"],
                [held],
                mode="nearest",
                nearest_mode="floor",
                coordinate_transformation_mode="asymmetric",
            ),
        ]
    nodes += [
        node("CumSum", ["step", "two"], ["phase"]),
        node("Sin", ["phase"], ["sine"]),
        node("Mul", ["sine", "loud"], ["tone"]),
        *_labour(labour, tables),
        node("Add", ["tone", "nothing"], ["tone_too"]),
        node("Unsqueeze", ["tone_too", "front"], ["output"]),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("input", _INTS, [1, "T"]), value("input_lengths", _INTS, [1]), value("scales", _FLOATS, [3])]
    if speakers > 1:
        inputs.append(value("sid", _INTS, [1]))
    outputs = [value("output", _FLOATS, [1, 1, 1, "S"])]
    stored = [numpy_helper.from_array(table, name) for name, table in tables.items()]
    return helper.make_graph(nodes, "telling_voice", inputs, outputs, stored)


def _labour(products: int, tables: dict[str, Any]) -> list[onnx.NodeProto]:
    """Nodes that compute `nothing`, which is 0, in so many matrix products that depend on the input."""
    wide = np.full((_WIDE, _WIDE), 1 / _WIDE, np.float32)
    tables |= {"wide": wide, "none": np.array(0, np.float32)}
    nodes, last = [helper.make_node("Mul", ["wide", "sum"], ["work_0"])], "work_0"
    for number in range(1, products + 1):
        nodes.append(helper.make_node("MatMul", [last, "wide"], [f"work_{number}"]))
        last = f"work_{number}"
    return [
        *nodes,
        helper.make_node("ReduceMax", [last], ["most"], keepdims=0),
        helper.make_node("Mul", ["most", "none"], ["nothing"]),
    ]
