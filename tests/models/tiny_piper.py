"""A Piper voice of three kilobytes made on the spot, which the real Piper loads and speaks with.

The graph has the interface of an exported voice (`input`, `input_lengths`, `scales`, `sid` where there are speakers;
`output` in [-1, 1]) and gives each phoneme a tone of its own: audible, and the same every time.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE_HZ = 22_050
SAMPLES_PER_PHONEME = 1_280
_SYMBOLS, _SILENT = 256, 14
_INTS, _FLOATS = TensorProto.INT64, TensorProto.FLOAT


def make_voice(directory: Path, name: str = "tiny", speakers: int = 1) -> Path:
    """Write `NAME.onnx` and `NAME.onnx.json`; returns the first."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{name}.onnx"
    model = helper.make_model(_graph(speakers), opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    Path(f"{path}.json").write_text(json.dumps(_config(speakers), ensure_ascii=False), encoding="utf-8")
    return path


def _config(speakers: int) -> dict[str, object]:
    return {
        "audio": {"sample_rate": RATE_HZ, "quality": "tiny"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": _SYMBOLS,
        "num_speakers": speakers,
        "speaker_id_map": {f"s{number}": number for number in range(speakers)} if speakers > 1 else {},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }


def _graph(speakers: int) -> onnx.GraphProto:
    """Each phoneme's frequency and loudness, held for its length, summed to a phase, and its sine."""
    step = 2 * np.pi * (110.0 + np.arange(_SYMBOLS) * 37 % 300) / RATE_HZ
    loud = np.where(np.arange(_SYMBOLS) < _SILENT, 0.0, 0.5)
    tables: dict[str, Any] = {
        "steps": step.astype(np.float32),
        "louds": loud.astype(np.float32),
        "one": np.array(1, np.int64),
        "last": np.array(2, np.int64),
        "axis": np.array([1], np.int64),
        "front": np.array([0], np.int64),
        "samples": np.array(SAMPLES_PER_PHONEME, np.float32),
        "head": np.array([1, 1], np.int64),
    }
    node = helper.make_node
    hold = {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"}
    nodes = [
        node("Gather", ["scales", "one"], ["stretch"], axis=0),
        node("Shape", ["input"], ["shape"]),
        node("Gather", ["shape", "one"], ["count"], axis=0),
        node("Cast", ["count"], ["count_f"], to=_FLOATS),
        node("Mul", ["stretch", "samples"], ["each"]),
        node("Mul", ["count_f", "each"], ["length_f"]),
        node("Cast", ["length_f"], ["length_i"], to=_INTS),
        node("Unsqueeze", ["length_i", "front"], ["length"]),
        node("Concat", ["head", "length"], ["size"], axis=0),
    ]
    for table, held in (("steps", "step"), ("louds", "loud")):
        nodes += [
            node("Gather", [table, "input"], [f"{held}_0"], axis=0),
            node("Unsqueeze", [f"{held}_0", "axis"], [f"{held}_1"]),
            node("Resize", [f"{held}_1", "", "", "size"], [held], **hold),
        ]
    nodes += [
        node("CumSum", ["step", "last"], ["phase"]),
        node("Sin", ["phase"], ["sine"]),
        node("Mul", ["sine", "loud"], ["tone"]),
        node("Unsqueeze", ["tone", "axis"], ["output"]),
    ]
    value = helper.make_tensor_value_info
    inputs = [value("input", _INTS, [1, "T"]), value("input_lengths", _INTS, [1]), value("scales", _FLOATS, [3])]
    if speakers > 1:
        inputs.append(value("sid", _INTS, [1]))
    outputs = [value("output", _FLOATS, [1, 1, 1, "S"])]
    stored = [numpy_helper.from_array(table, name) for name, table in tables.items()]
    return helper.make_graph(nodes, "tiny_voice", inputs, outputs, stored)
