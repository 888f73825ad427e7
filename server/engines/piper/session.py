"""A Piper voice loaded into onnxruntime: whole, or cut into a front and a decoder that makes the sound in slices."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event, Thread
from typing import Any

from server.core.errors import EngineError
from server.engines.piper.cut import Cut, cut_voice
from server.engines.piper.decoder import Decoder
from server.engines.piper.graph import telling_model


class Session:
    """What `PiperVoice` takes for its ONNX session. A synthesis that runs can be broken off.

    Where there is a `decoder`, `run` gives frames in place of sound, and the decoder makes sound of them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._run_options: Any = None
        self._inner: Any = None
        """The whole voice or its front."""
        self._decoding: Any = None
        self.decoder: Decoder | None = None
        cut = cut_voice(path)
        if cut is None or not self._load_cut(cut):
            self._load_whole()

    @property
    def tells(self) -> bool:
        """It says how long each phoneme lasts."""
        return len(self._inner.get_outputs()) > 1

    def run(self, outputs: Any, inputs: Any) -> Any:
        """The first output, and the phonemes' durations where it tells them."""
        return self._inner.run(outputs, inputs, self._run_options)

    def decode(self, frames: Any) -> Any:
        """One run of the decoder's model."""
        return self._decoding.run(None, frames, self._run_options)

    def stopping(self, stopped: Event) -> Stopping:
        """Within this, setting `stopped` terminates the run under way."""
        import onnxruntime as ort

        self._run_options = ort.RunOptions()
        return Stopping(self._run_options, stopped)

    def join(self) -> None:
        """Have the voice whole after all."""
        self.decoder = self._decoding = self._inner = None
        self._load_whole()

    def _load_cut(self, cut: Cut) -> bool:
        """False where the halves cannot be loaded: the voice as a whole may still be well."""
        try:
            self._inner, self._decoding = self._load(cut.front), self._load(cut.decoder)
        except EngineError:
            return False
        self.decoder = Decoder(self.decode, cut)
        return True

    def _load_whole(self) -> None:
        self._inner = self._load(telling_model(self._path) or str(self._path))

    def _load(self, model: bytes | str) -> Any:
        import onnxruntime as ort

        options = ort.SessionOptions()
        # a second thread brings the first sound a third sooner; a line is spoken for one person at a time
        options.intra_op_num_threads, options.inter_op_num_threads = min(2, os.cpu_count() or 1), 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # sentences differ in length: an arena would keep the longest for ever (voice.md 3.2, 6)
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        try:
            return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except Exception:  # noqa: BLE001 - onnxruntime has a class of its own for every kind of bad file
            raise EngineError(
                f"{self._path} is not a voice that can be loaded: fetch it again.", code="voice_corrupt"
            ) from None


class Stopping:
    """Breaks off what runs when `stopped` is set; leaving waits for nothing else."""

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
