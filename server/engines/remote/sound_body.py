"""The body of an answer that should be sound, read as it comes: bare PCM16, or a WAV file; anything else is named."""

from __future__ import annotations

from dataclasses import dataclass

from server.core.errors import EngineError
from server.core.sound.audio import BYTES_PER_SAMPLE, HIGHEST_HZ, LOWEST_HZ

HEAD_BYTES = 4_096
"""A WAV file's sound begins within these."""
_LEAST_BYTES = 12
_PACKED = (b"ID3", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3")
"""How MP3 with a title, Ogg (Opus, Vorbis), FLAC and WebM begin."""
_PCM_FORMATS = {1, 0xFFFE}
_UNKNOWN_SIZE = 0x7FFFFFFF
"""A WAV file that is written while it is spoken gives a size like this or above it, or 0."""


@dataclass
class SoundBody:
    """Feed it bytes; it gives back whole samples. `rate_hz` holds the rate of a WAV file once sound has come."""

    rate_hz: int
    """Of bare PCM, which does not say."""
    kind: str = ""
    """The answer's content type."""
    _held: bytes = b""
    _begun: bool = False
    _left: int = -1
    """Bytes of a WAV file's sound still to come; -1 where that is not known."""

    def feed(self, data: bytes) -> bytes:
        """Raises `EngineError` `remote_not_sound`."""
        self._held += data
        if not self._begun:
            self._begin()
        return self._samples() if self._begun else b""

    def end(self) -> bytes:
        """No more comes. Raises `EngineError`: `remote_empty`, `remote_not_sound`."""
        if not self._begun and len(self._held) < BYTES_PER_SAMPLE:
            raise EngineError("The speaking server sent no sound.", code="remote_empty")
        if not self._begun:
            self._refuse_what_is_no_sound()
            if self._held.startswith(b"RIFF"):
                raise not_sound("a WAV file that is cut short")
            self._begun = True
        return self._samples()

    def _begin(self) -> None:
        if len(self._held) < _LEAST_BYTES:
            return
        self._refuse_what_is_no_sound()
        if self._held.startswith(b"RIFF") and self._held[8:12] == b"WAVE":
            self._open_wav()
        else:
            self._begun = True

    def _refuse_what_is_no_sound(self) -> None:
        kind, start = self.kind.lower(), self._held.lstrip()[:1]
        if "html" in kind or (start == b"<" and not kind.startswith("audio/")):
            raise not_sound("a web page")
        if "json" in kind or (start == b"{" and not kind.startswith("audio/")):
            raise not_sound("JSON")
        if self._held.startswith(_PACKED) or self._held[4:8] == b"ftyp" or _is_mpeg(self._held):
            raise not_sound("packed sound such as MP3")

    def _open_wav(self) -> None:
        """Find where the sound begins, once that has come."""
        at, rate = 12, 0
        while len(self._held) >= at + 8:
            name, size = self._held[at : at + 4], int.from_bytes(self._held[at + 4 : at + 8], "little")
            at += 8
            if name == b"data":
                if not rate:
                    raise not_sound("a WAV file without its format")
                self.rate_hz, self._begun, self._held = rate, True, self._held[at:]
                self._left = size if 0 < size < _UNKNOWN_SIZE else -1
                return
            if name == b"fmt " and len(self._held) >= at + 16:
                rate = _wav_rate(self._held[at : at + 16])
            at += size + size % 2
        if len(self._held) > HEAD_BYTES:
            raise not_sound("a WAV file whose sound does not begin")

    def _samples(self) -> bytes:
        whole = len(self._held) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE
        data, self._held = self._held[:whole], self._held[whole:]
        if self._left >= 0:
            data = data[: self._left]
            self._left -= len(data)
        return data


def not_sound(what: str) -> EngineError:
    """`what` came in place of sound."""
    return EngineError(
        f"The speaking server sent {what}, not sound: it must offer `pcm` or `wav` (16 bits, one channel).",
        code="remote_not_sound",
    )


def _wav_rate(form: bytes) -> int:
    """The rate in a WAV file's `fmt ` chunk. Raises `EngineError` for a form that is not ours."""
    kind, channels = int.from_bytes(form[:2], "little"), int.from_bytes(form[2:4], "little")
    rate, bits = int.from_bytes(form[4:8], "little"), int.from_bytes(form[14:16], "little")
    if kind not in _PCM_FORMATS or channels != 1 or bits != 8 * BYTES_PER_SAMPLE:
        raise not_sound(f"a WAV file with {channels} channels of {bits} bits")
    if not LOWEST_HZ <= rate <= HIGHEST_HZ:
        raise not_sound(f"a WAV file at {rate} Hz")
    return rate


def _is_mpeg(head: bytes) -> bool:
    """Whether the bytes begin like an MPEG layer III frame: as PCM they would begin in the middle of loud sound."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and bitrate not in {0, 15} and rate != 3
