"""A two-megabyte Whisper made on the spot, which the real faster-whisper loads and runs.

`make_scripted` writes a model whose layers do nothing and whose output projection reads the decoder's position: it says
one sentence, whatever it hears. English only; a prompt (so: hotwords) shifts the positions, and then it says nothing.
`make_random` has seeded random weights: its words are noise and take hotwords as a real model does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import whisper_spec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

_WIDTH, _FRAMES, _POSITIONS = 64, 1500, 448
_SPECIAL = (
    *("endoftext", "startoftranscript", "en", "translate", "transcribe"),
    *("startoflm", "startofprev", "nospeech", "notimestamps"),
)
_TALK = ("Hello nurse. I am worried about going home.", "Can you tell me more about that? I am sorry.")


def make_scripted(directory: Path, sentence: str) -> Path:
    """A model that says `sentence`."""
    tokenizer = _tokenizer(directory, sentence)
    ids = [*tokenizer.encode(" " + sentence, add_special_tokens=False).ids, tokenizer.token_to_id("<|endoftext|>")]
    spec = _spec(tokenizer, lambda *shape: np.zeros(shape, np.float32))
    positions = np.zeros((_POSITIONS, _WIDTH), np.float32)
    projection = np.zeros((tokenizer.get_vocab_size(), _WIDTH), np.float32)
    # two tokens come first: start of transcript (the prompt of an English-only model) and "no timestamps"
    for place in range(_POSITIONS):
        positions[place, min(max(place - 1, 0), len(ids) - 1)] = 1.0
    for place, token in enumerate(ids):
        projection[token, place] += 6.0
    spec.decoder.position_encodings.encodings = positions
    spec.decoder.projection.weight = projection
    return _save(spec, tokenizer, directory)


def make_random(directory: Path, seed: int = 0) -> Path:
    """A model that says noise."""
    rng = np.random.default_rng(seed)
    tokenizer = _tokenizer(directory, _TALK[0])
    spec = _spec(tokenizer, lambda *shape: np.asarray(rng.standard_normal(shape) * 0.08, np.float32))
    return _save(spec, tokenizer, directory)


def _tokenizer(directory: Path, sentence: str) -> Tokenizer:
    """Special tokens after the words, as faster-whisper drops every id from end-of-text on."""
    directory.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=600, show_progress=False, initial_alphabet=letters)
    tokenizer.train_from_iterator([" " + sentence, *_TALK] * 4, trainer)
    tokenizer.add_special_tokens([AddedToken(f"<|{name}|>", special=True, normalized=False) for name in _SPECIAL])
    tokenizer.add_tokens([AddedToken(f"<|{step * 0.02:.2f}|>", normalized=False) for step in range(1501)])
    tokenizer.save(str(directory / "tokenizer.json"))
    return tokenizer


def _spec(tokenizer: Tokenizer, weights: Any) -> Any:
    spec = whisper_spec.WhisperSpec(1, 1, 1, 1)
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = weights(_WIDTH, 80, 3), weights(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = weights(_WIDTH, _WIDTH, 3), weights(_WIDTH)
    encoder.position_encodings.encodings = weights(_FRAMES, _WIDTH)
    decoder.embeddings.weight = weights(tokenizer.get_vocab_size(), _WIDTH)
    decoder.position_encodings.encodings = weights(_POSITIONS, _WIDTH)
    decoder.projection.weight = weights(tokenizer.get_vocab_size(), _WIDTH)
    for part in (encoder, decoder):
        _norm(part.layer_norm)
    for layer in (*encoder.layer, *decoder.layer):
        _layer(layer, weights)
    for layer in decoder.layer:
        _attention(layer.attention, (_WIDTH, 2 * _WIDTH, _WIDTH), weights)
    return spec


def _layer(layer: Any, weights: Any) -> None:
    _attention(layer.self_attention, (3 * _WIDTH, _WIDTH), weights)
    _norm(layer.ffn.layer_norm)
    _linear(layer.ffn.linear_0, _WIDTH, weights)
    _linear(layer.ffn.linear_1, _WIDTH, weights)


def _attention(attention: Any, widths: tuple[int, ...], weights: Any) -> None:
    _norm(attention.layer_norm)
    for linear, width in zip(attention.linear, widths, strict=True):
        _linear(linear, width, weights)


def _linear(linear: Any, width: int, weights: Any) -> None:
    linear.weight, linear.bias = weights(width, _WIDTH), np.zeros(width, np.float32)


def _norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), np.zeros(_WIDTH, np.float32)


def _save(spec: Any, tokenizer: Tokenizer, directory: Path) -> Path:
    ids = tokenizer.get_vocab()
    spec.register_vocabulary(sorted(ids, key=ids.__getitem__))
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = [ids["<|en|>"]]
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize(quantization=None)
    spec.save(str(directory))
    features = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (directory / "preprocessor_config.json").write_text(json.dumps(features))
    return directory
