"""Piper in a process of its own: `python -m server.engines.piper.worker NAME.onnx`.

piper-tts is GPL-3.0-or-later; it is imported here and nowhere else, and this module is never imported by the server.
"""

from __future__ import annotations

import ctypes
import sys
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from threading import Event
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.alignment import phoneme_ends
from server.engines.children.child import serve
from server.engines.children.frames import Frame
from server.engines.piper.session import Session
from server.engines.piper.voices import read_config

MOST_VOICES = 3
"""Held at a time; a medium voice takes about 75 MiB."""
_MOST_WORDS = 5_000
"""Whose phonemes are remembered; an encounter has a few hundred."""
_BEGIN, _PAD, _CLOSING = "^", "_", 3
_TRIED = 12
"""Phonemes spoken to try a voice when it is loaded."""


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
        self._session = Session(path)
        config = read_config(path)
        try:
            self._voice = piper.PiperVoice(config=piper.PiperConfig.from_dict(config), session=self._session)
        except (KeyError, TypeError, ValueError):
            raise EngineError(f"{path}.json is not the configuration of a Piper voice.", code="voice_corrupt") from None
        self._name = path.name
        self._alone: dict[str, str] = {}
        """Phonemes of words by themselves."""
        self._prove()
        _give_back()

    def warm(self) -> None:
        """Have the phoneme tables read, which takes half a second the first time."""
        self._phonemes("One.")

    def _prove(self) -> None:
        """Have slices compared with the whole; a cut voice that does not even run is loaded whole."""
        if self._session.decoder is None:
            return
        try:
            phonemes = [one for one in self._voice.config.phoneme_id_map if one not in (_BEGIN, _PAD)]
            ids = self._voice.phonemes_to_ids(phonemes[-_TRIED:])
            frames = self._voice.phoneme_ids_to_audio(ids, self._config({}), include_alignments=True)[0]
            self._session.decoder.prove(self._session.decoder.frames(frames))
        except Exception:  # noqa: BLE001 - onnxruntime has a class of its own for every kind of failure
            self._session.join()

    def speak(self, wanted: dict[str, Any], stopped: Event) -> Iterator[Frame]:
        """The frames of each sentence; with its first go the ends of its words where the voice tells them."""
        words = str(wanted["text"]).split()
        sentences = [sentence for sentence in self._phonemes(" ".join(words)) if sentence]
        shares = self._shares(words, sentences)
        config = self._config(wanted)
        with self._session.stopping(stopped):
            for sentence, share in zip(sentences, shares, strict=True):
                yield from self._sentence(sentence, share, config, len(sentences) == 1)

    def _sentence(
        self, phonemes: Sequence[str], ends: Sequence[int | None], config: Any, only: bool
    ) -> Iterator[Frame]:
        """Its sound, in slices where the voice can; what is known of it before that goes with the first."""
        ids = self._voice.phonemes_to_ids(phonemes)
        made, lengths = self._voice.phoneme_ids_to_audio(ids, config, include_alignments=True)
        decoder, rate_hz = self._session.decoder, self._voice.config.sample_rate
        made = decoder.frames(made) if decoder else made
        samples = decoder.samples(made) if decoder else made.size
        header: dict[str, Any] = {"rate_hz": rate_hz, "closing": "".join(phonemes[-_CLOSING:])}
        if self._session.tells:
            told = self._ends_ms(phonemes, ends, lengths, samples)
            header |= {"words": len(ends), "ends": told}
            header |= {"length_ms": samples * 1000 / rate_hz, "only": only} if told else {}
        for sound, more in self._sounds(made, "length_ms" in header):
            yield Frame(header | {"more": more}, _pcm(sound))
            header = {"rate_hz": rate_hz}

    def _sounds(self, made: Any, planned: bool) -> Iterator[tuple[Any, bool]]:
        """The sound of what the session has made, and whether more follows; in slices where its length is known."""
        decoder = self._session.decoder
        if decoder is None:
            yield made, False
        elif planned:
            yield from decoder.slices(made, self._voice.config.sample_rate)
        else:
            yield decoder.sound(made), False

    def _ends_ms(
        self, phonemes: Sequence[str], ends: Sequence[int | None], lengths: Any, samples: int
    ) -> list[float | None]:
        """`ends`, counted in phonemes, in ms; none at all where the lengths are not those of this sound.

        The pad after a word's last phoneme is not the word's: before a pause the voice may lengthen it.
        """
        ids = self._voice.config.phoneme_id_map
        pad = len(ids.get(_PAD, ()))
        steps = [len(ids.get(_BEGIN, ())) + pad, *(len(ids[one]) + pad if one in ids else 0 for one in phonemes)]
        over = [0, *accumulate(map(int, lengths.reshape(-1)))] if lengths is not None else [0]
        places = list(accumulate(steps))
        if over[-1] != samples or places[-1] >= len(over):
            return []
        rate = self._voice.config.sample_rate
        return [None if end is None else 1000 * over[places[end] - (pad if end else 0)] / rate for end in ends]

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


def _pcm(audio: Any) -> bytes:
    """16 bits of what lies between -1 and 1."""
    import numpy as np

    return bytes((np.clip(np.atleast_1d(audio), -1.0, 1.0) * 32767).astype("<i2").tobytes())


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
