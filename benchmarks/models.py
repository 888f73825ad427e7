"""Models with the shape of real ones and random weights, for measuring compute. What they say is noise.

The voice has the layers of Piper's `medium` (VITS: text encoder, flow, HiFi-GAN decoder at 22,050 Hz), the recogniser
those of Whisper `tiny.en`. Needs `onnx` and `ctranslate2`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from ctranslate2.specs import whisper_spec
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

VOICE_HZ, HOP, FRAMES_A_SYMBOL, SYMBOLS, WIDTH = 22_050, 256, 3, 256, 192
"""Three frames of 256 samples for each symbol and each pad between two: about fourteen symbols a second."""
TINY_WIDTH, TINY_LAYERS, TINY_HEADS, TINY_WORDS = 384, 4, 6, 50_354
_TALK = ("endoftext", "startoftranscript", "en", "translate", "transcribe", "startoflm", "startofprev", "nospeech")


class _Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(0)
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def constant(self, value: Any) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def random(self, *shape: int) -> str:
        spread = 1 / np.sqrt(np.prod(shape[1:]))
        return self.constant((self._rng.standard_normal(shape) * spread).astype(np.float32))

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        output = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def conv(self, x: str, wide: int, out: int, kernel: int, dilation: int = 1) -> str:
        pad = (kernel - 1) // 2 * dilation
        return self.add("Conv", x, self.random(out, wide, kernel), pads=[pad, pad], dilations=[dilation])


def medium_voice(folder: Path) -> Path:
    """Write `medium.onnx` and `medium.onnx.json`; returns the first."""
    folder.mkdir(parents=True, exist_ok=True)
    path, graph = folder / "medium.onnx", _Graph()
    one, vector = graph.constant(np.array([1], np.int64)), graph.constant(np.array([1, WIDTH, -1], np.int64))
    letters = graph.add("Gather", graph.random(SYMBOLS, WIDTH), "input", axis=0)
    x = graph.add("Reshape", graph.add("Transpose", letters, perm=[0, 2, 1]), vector)
    for _ in range(6):  # the text encoder: its attention is small beside its two convolutions
        x = graph.conv(graph.add("Relu", graph.conv(x, WIDTH, 768, 3)), 768, WIDTH, 3)
    frames = graph.constant(np.array([1, 1, FRAMES_A_SYMBOL], np.float32))
    x = graph.add("Add", graph.add("Resize", x, "", frames, mode="nearest"), _told(graph))
    for _ in range(4):  # the flow: four couplings, each four gated convolutions wide
        for _ in range(4):
            gate = graph.add("Split", graph.conv(x, WIDTH, 2 * WIDTH, 5), output="", axis=1, num_outputs=2)
            x = _gated(graph, gate, x)
    x = graph.conv(x, WIDTH, 256, 7)
    wide = 256
    for rate, kernel in ((8, 16), (8, 16), (4, 8)):
        x = _upsampled(graph, x, wide, rate, kernel)
        wide //= 2
        x = _resblocks(graph, x, wide)
    sound = graph.add("Tanh", graph.conv(graph.add("LeakyRelu", x), wide, 1, 7))
    graph.add("Unsqueeze", sound, one, output="output")
    _save_voice(graph, path)
    return path


def _told(graph: _Graph) -> str:
    """Nothing, made from each symbol's length, `scales` and `input_lengths`, which a real voice computes and reads."""
    none, one = graph.constant(np.array([0], np.float32)), graph.constant(np.array([1], np.int64))
    each = graph.add("Mul", graph.add("Cast", "input", to=TensorProto.FLOAT), none)
    length = graph.add("Add", each, graph.constant(np.array([FRAMES_A_SYMBOL], np.float32)))
    lengths = graph.add("Ceil", graph.add("Unsqueeze", length, one))
    stretch = graph.add("Slice", "scales", one, graph.constant(np.array([2], np.int64)))
    read = graph.add("Mul", stretch, graph.add("Cast", "input_lengths", to=TensorProto.FLOAT))
    return graph.add("Mul", graph.add("Mul", graph.add("ReduceSum", lengths, keepdims=0), read), none)


def _gated(graph: _Graph, both: str, x: str) -> str:
    node = graph.nodes[-1]
    node.output[:] = [f"{both}a", f"{both}b"]
    gated = graph.add("Mul", graph.add("Tanh", f"{both}a"), graph.add("Sigmoid", f"{both}b"))
    return graph.add("Add", x, graph.conv(gated, WIDTH, WIDTH, 1))


def _upsampled(graph: _Graph, x: str, wide: int, rate: int, kernel: int) -> str:
    pad = (kernel - rate) // 2
    weights = graph.random(wide, wide // 2, kernel)
    return graph.add("ConvTranspose", graph.add("LeakyRelu", x), weights, strides=[rate], pads=[pad, pad])


def _resblocks(graph: _Graph, x: str, wide: int) -> str:
    """Three of HiFi-GAN's smaller residual blocks, added."""
    found = []
    for kernel, dilations in ((3, (1, 2)), (5, (2, 6)), (7, (3, 12))):
        inner = x
        for dilation in dilations:
            inner = graph.add("Add", inner, graph.conv(graph.add("LeakyRelu", inner), wide, wide, kernel, dilation))
        found.append(inner)
    return graph.add("Mul", graph.add("Sum", *found), graph.constant(np.array([1 / 3], np.float32)))


def _save_voice(graph: _Graph, path: Path) -> None:
    value, ints, floats = helper.make_tensor_value_info, TensorProto.INT64, TensorProto.FLOAT
    inputs = [value("input", ints, [1, "T"]), value("input_lengths", ints, [1]), value("scales", floats, [3])]
    outputs = [value("output", floats, [1, 1, 1, "S"])]
    made = helper.make_graph(graph.nodes, "medium", inputs, outputs, graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 18)])
    model.ir_version = 9
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    config = {
        "audio": {"sample_rate": VOICE_HZ, "quality": "medium"},
        "espeak": {"voice": "en-us"},
        "phoneme_type": "espeak",
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": SYMBOLS,
        "num_speakers": 1,
        "speaker_id_map": {},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
    }
    Path(f"{path}.json").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")


def tiny_whisper(folder: Path) -> Path:
    """Write a recogniser in CTranslate2's format, int8, English only; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer, rng = _tokenizer(folder), np.random.default_rng(0)

    def weights(*shape: int) -> Any:
        return (rng.standard_normal(shape) * 0.02).astype(np.float32)

    spec: Any = whisper_spec.WhisperSpec(TINY_LAYERS, TINY_HEADS, TINY_LAYERS, TINY_HEADS)
    _encoder(spec.encoder, weights)
    _decoder(spec.decoder, weights, tokenizer.get_vocab_size())
    ids = tokenizer.get_vocab()
    spec.register_vocabulary(sorted(ids, key=ids.__getitem__))
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.lang_ids, spec.config.alignment_heads = [ids["<|en|>"]], [(0, 0)]
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(folder))
    features = {"feature_size": 80, "sampling_rate": 16_000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features))
    return folder


def _tokenizer(folder: Path) -> Any:
    """As many tokens as the real one, none of which means anything."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {
        word: number for number, word in enumerate([*letters, *(f"w{n}" for n in range(TINY_WORDS - len(letters)))])
    }
    tokenizer = Tokenizer(models.BPE(vocab=words, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = [*_TALK, "notimestamps"]
    tokenizer.add_special_tokens([AddedToken(f"<|{name}|>", special=True, normalized=False) for name in special])
    tokenizer.add_tokens([AddedToken(f"<|{step * 0.02:.2f}|>", normalized=False) for step in range(1501)])
    tokenizer.save(str(folder / "tokenizer.json"))
    return tokenizer


def _encoder(encoder: Any, weights: Any) -> None:
    encoder.conv1.weight, encoder.conv1.bias = weights(TINY_WIDTH, 80, 3), weights(TINY_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = weights(TINY_WIDTH, TINY_WIDTH, 3), weights(TINY_WIDTH)
    encoder.position_encodings.encodings = weights(1500, TINY_WIDTH)
    _norm(encoder.layer_norm)
    for layer in encoder.layer:
        _layer(layer, weights)


def _decoder(decoder: Any, weights: Any, vocabulary: int) -> None:
    decoder.embeddings.weight = weights(vocabulary, TINY_WIDTH)
    decoder.position_encodings.encodings = weights(448, TINY_WIDTH)
    decoder.projection.weight = decoder.embeddings.weight
    decoder.scale_embeddings = False
    _norm(decoder.layer_norm)
    for layer in decoder.layer:
        _layer(layer, weights)
        _norm(layer.attention.layer_norm)
        for linear, wide in zip(layer.attention.linear, (1, 2, 1), strict=True):
            _linear(linear, wide * TINY_WIDTH, TINY_WIDTH, weights)


def _layer(layer: Any, weights: Any) -> None:
    _norm(layer.self_attention.layer_norm)
    _linear(layer.self_attention.linear[0], 3 * TINY_WIDTH, TINY_WIDTH, weights)
    _linear(layer.self_attention.linear[1], TINY_WIDTH, TINY_WIDTH, weights)
    _norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, 4 * TINY_WIDTH, TINY_WIDTH, weights)
    _linear(layer.ffn.linear_1, TINY_WIDTH, 4 * TINY_WIDTH, weights)


def _linear(linear: Any, out: int, wide: int, weights: Any) -> None:
    linear.weight, linear.bias = weights(out, wide), np.zeros(out, np.float32)


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(TINY_WIDTH, np.float32), np.zeros(TINY_WIDTH, np.float32)
