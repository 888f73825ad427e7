"""Piper in a process of its own: `python -m server.engines.piper_worker NAME.onnx`.

piper-tts is GPL-3.0-or-later; it is imported here and nowhere else, and this module is never imported by the server.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from threading import Event, Thread
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.alignment import phoneme_ends
from server.engines.child import serve
from server.engines.frames import Frame
from server.engines.piper_graph import telling_model
from server.engines.piper_voices import read_config

MOST_VOICES = 3
"""Held at a time; a medium voice takes about 75 MiB."""
_MOST_WORDS = 5_000
"""Whose phonemes are remembered; an encounter has a few hundred."""
_BEGIN, _PAD, _CLOSING = "^", "_", 3


class PiperWork:
    """Loaded voices. A request holds `text`, `voice` (path), `stretch` (factor on length), `speaker` (number, null)."""

    def __init__(self, path: Path) -> None:
        self._default, self._loaded = path, OrderedDict[Path, _Loaded]()
        self._voice(path).warm()

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        voice = self._voice(Path(request.header.get("voice") or self._default))
        yield from voice.speak(request.header, stopped)

    def _voice(self, path: Path) -> _Loaded:
        if path not in self._loaded:
            # first room, then load: never one more in memory than may stay
            while len(self._loaded) >= MOST_VOICES:
                self._loaded.popitem(last=False)
                _give_back()
            self._loaded[path] = _Loaded(path)
        self._loaded.move_to_end(path)
        return self._loaded[path]


class _Loaded:
    """One voice file."""

    def __init__(self, path: Path) -> None:
        piper = _piper()
        self._session = _Session(path)
        config = read_config(path)
        try:
            self._voice = piper.PiperVoice(config=piper.PiperConfig.from_dict(config), session=self._session)
        except (KeyError, TypeError, ValueError):
            raise EngineError(f"{path}.json is not the configuration of a Piper voice.", code="voice_corrupt") from None
        self._name = path.name
        self._alone: dict[str, str] = {}
        """Phonemes of words by themselves."""

    def warm(self) -> None:
        """Have the phoneme tables read, which takes half a second the first time."""
        self._phonemes("One.")

    def speak(self, wanted: dict[str, Any], stopped: Event) -> Iterator[Frame]:
        """A frame for each sentence, with the ends of its words where the voice tells them."""
        words = str(wanted["text"]).split()
        sentences = [sentence for sentence in self._phonemes(" ".join(words)) if sentence]
        shares = self._shares(words, sentences)
        config = self._config(wanted)
        with self._session.stopping(stopped):
            for sentence, share in zip(sentences, shares, strict=True):
                yield self._sentence(sentence, share, config)

    def _sentence(self, phonemes: Sequence[str], ends: Sequence[int | None], config: Any) -> Frame:
        import numpy as np

        ids = self._voice.phonemes_to_ids(phonemes)
        audio, lengths = self._voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
        samples = (np.clip(np.atleast_1d(audio), -1.0, 1.0) * 32767).astype("<i2")
        header: dict[str, Any] = {"rate_hz": self._voice.config.sample_rate, "closing": "".join(phonemes[-_CLOSING:])}
        if self._session.tells:
            header |= {"words": len(ends), "ends": self._ends_ms(phonemes, ends, lengths, samples.size)}
        return Frame(header, samples.tobytes())

    def _ends_ms(
        self, phonemes: Sequence[str], ends: Sequence[int | None], lengths: Any, samples: int
    ) -> list[float | None]:
        """`ends`, counted in phonemes, in ms; none at all where the lengths are not those of this sound."""
        ids = self._voice.config.phoneme_id_map
        pad = len(ids.get(_PAD, ()))
        steps = [len(ids.get(_BEGIN, ())) + pad, *(len(ids[one]) + pad if one in ids else 0 for one in phonemes)]
        over = [0, *accumulate(map(int, lengths.reshape(-1)))] if lengths is not None else [0]
        places = list(accumulate(steps))
        if over[-1] != samples or places[-1] >= len(over):
            return []
        rate = self._voice.config.sample_rate
        return [None if end is None else 1000 * over[places[end]] / rate for end in ends]

    def _shares(self, words: Sequence[str], sentences: Sequence[Sequence[str]]) -> list[list[int | None]]:
        """For each sentence the ends of its words, counted in its phonemes."""
        shares: list[list[int | None]] = [[] for _ in sentences]
        if not self._session.tells or not sentences:
            return shares
        ends = phoneme_ends([self._phonemes_of(word) for word in words], [one for each in sentences for one in each])
        starts = [0, *accumulate(map(len, sentences))]
        at = 0
        for end in ends:
            while end is not None and end > starts[at + 1]:
                at += 1
            shares[at].append(None if end is None else end - starts[at])
        return shares

    def _config(self, wanted: dict[str, Any]) -> Any:
        own = self._voice.config
        speaker = min(int(wanted.get("speaker") or 0), own.num_speakers - 1) if own.num_speakers > 1 else None
        # a whisper must stay quieter than a shout, so levels are left as the voice made them
        return _piper().SynthesisConfig(
            speaker_id=speaker,
            length_scale=own.length_scale * float(wanted.get("stretch", 1.0)),
            normalize_audio=False,
        )

    def _phonemes_of(self, word: str) -> str:
        if word not in self._alone:
            if len(self._alone) >= _MOST_WORDS:
                self._alone.clear()
            self._alone[word] = "".join(phoneme for sentence in self._phonemes(word) for phoneme in sentence)
        return self._alone[word]

    def _phonemes(self, text: str) -> list[list[str]]:
        try:
            found: list[list[str]] = self._voice.phonemize(text)
        except (OSError, RuntimeError, ValueError, ImportError):
            raise EngineError(
                f"{self._name}: the pronunciation of its language is not installed: pip install --force-reinstall "
                "piper-tts",
                code="voice_corrupt",
            ) from None
        return found


class _Session:
    """An ONNX session on one thread whose running synthesis can be broken off."""

    def __init__(self, path: Path) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        # a second thread brings the first sound a third sooner; a line is spoken for one person at a time
        options.intra_op_num_threads, options.inter_op_num_threads = min(2, os.cpu_count() or 1), 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # sentences differ in length: an arena would keep the longest for ever (voice.md 3.2, 6)
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        try:
            model = telling_model(path) or str(path)
            self._inner = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except EngineError:
            raise
        except Exception:  # noqa: BLE001 - onnxruntime has a class of its own for every kind of bad file
            raise EngineError(
                f"{path} is not a voice that can be loaded: fetch it again.", code="voice_corrupt"
            ) from None
        self.tells = len(self._inner.get_outputs()) > 1
        """It says how long each phoneme lasts."""
        self._run_options: Any = None

    def run(self, outputs: Any, inputs: Any) -> Any:
        return self._inner.run(outputs, inputs, self._run_options)

    def stopping(self, stopped: Event) -> _Stopping:
        """Within this, setting `stopped` terminates the run under way."""
        import onnxruntime as ort

        self._run_options = ort.RunOptions()
        return _Stopping(self._run_options, stopped)


class _Stopping:
    def __init__(self, run_options: Any, stopped: Event) -> None:
        self._run_options, self._stopped, self._over = run_options, stopped, False
        self._watch = Thread(target=self._wait, daemon=True)

    def __enter__(self) -> None:
        self._watch.start()

    def __exit__(self, *_: object) -> bool:
        stopped, self._over = self._stopped.is_set(), True
        self._stopped.set()
        self._watch.join()
        return stopped  # a run that was broken off raises; that is no failure

    def _wait(self) -> None:
        self._stopped.wait()
        if not self._over:
            self._run_options.terminate = True


def _give_back() -> None:
    """Return what a voice had taken to the system; without this the C library keeps it (glibc only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _piper() -> Any:
    try:
        import piper
    except ImportError:
        raise EngineMissing("Piper is not installed: pip install piper-tts") from None
    return piper


if __name__ == "__main__":
    serve(lambda: PiperWork(Path(sys.argv[1])))
