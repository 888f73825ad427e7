"""The ear of one connection: microphone bytes in, the beginnings and ends of utterances out.

Sound is kept only while an utterance is being heard and recognised. When the floor is not free for a new utterance the
ear holds it back and hands it over as soon as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from server.core.audio import HEARING_HZ, Pcm, bytes_for
from server.core.endpoint import Endpointer, Patience, Sign
from server.engines.protocols import FRAME_SAMPLES, Detector
from server.live.resampling import InputResampler

FRAME_BYTES = FRAME_SAMPLES * 2
FRAME_MS = FRAME_SAMPLES * 1000 // HEARING_HZ
PRE_ROLL_MS = 480
"""Sound from before speech was believed, so that its first syllable is not lost."""
SHORTEST_MS = 100
"""Less than this, committed by a client, is no utterance."""
LONGEST_MS = 60_000


class Heedful(Protocol):
    """Who is told what the ear notices."""

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None: ...


@dataclass
class Ear:
    """State of one microphone stream."""

    detector: Detector
    heed: Heedful
    fresh_id: Callable[[], str]
    patience: Patience = field(default_factory=Patience)
    hands_free: bool = True
    """False: push-to-talk; the client says where an utterance ends, and only its beginning is listened for."""
    over_speech: Callable[[], bool] = lambda: False
    clip: str = ""
    heard_ms: int = 0
    """Sound received on this connection."""
    rate_hz: int = 24_000
    too_long: bool = False
    """More was said than is kept of one utterance."""

    def __post_init__(self) -> None:
        self._endpointer = Endpointer(self.patience)
        self._resampler = InputResampler(self.rate_hz)
        self._rest = b""
        self._before: deque[bytes] = deque(maxlen=PRE_ROLL_MS // FRAME_MS)
        self._sound = bytearray()
        self._ended: dict[str, Pcm] = {}

    def tune(self, *, rate_hz: int, patience: Patience, hands_free: bool) -> None:
        """Change what a `session.update` may change. What was begun under another way of turn-taking is withdrawn."""
        if rate_hz != self.rate_hz:
            self.rate_hz, self._resampler, self._rest = rate_hz, InputResampler(rate_hz), b""
        self.patience = patience
        self._endpointer = replace(self._endpointer, patience=patience)
        if hands_free != self.hands_free:
            self.clear()
            self.hands_free = hands_free

    def feed(self, data: bytes) -> None:
        """Take microphone sound at the declared rate."""
        sound = self._rest + self._resampler.feed(data)
        whole = len(sound) - len(sound) % FRAME_BYTES
        self._rest = sound[whole:]
        for start in range(0, whole, FRAME_BYTES):
            self._frame(sound[start : start + FRAME_BYTES])

    def commit(self) -> str:
        """The utterance ends here, says the client. Returns its clip id, or an empty text when there is no sound."""
        if len(self._sound) < bytes_for(SHORTEST_MS, HEARING_HZ):
            self.clear()
            return ""
        begun, clip = bool(self.clip), self.clip or self.fresh_id()
        length = self._end(clip)
        if not begun:
            self.heed.speech_sign(Sign.START, clip, 0)
        self.heed.speech_sign(Sign.END, clip, length)
        return clip

    def clear(self) -> None:
        """Forget what is being said, and say so when somebody was told of it."""
        clip, noticed = self.clip, self._endpointer.onset
        self._reset()
        if clip or noticed:
            self.heed.speech_sign(Sign.WITHDRAWN, clip, 0)

    def sound_of(self, clip: str) -> Pcm | None:
        """The whole utterance, once; one that is still going on ends here. None when it is not known."""
        if clip and clip == self.clip:
            self._end(clip)
        return self._ended.pop(clip, None)

    def sound_so_far(self) -> Pcm:
        return Pcm(bytes(self._sound))

    def forget(self, clip: str) -> None:
        """The utterance came to nothing."""
        self._ended.pop(clip, None)
        if clip and clip == self.clip:
            self._reset()

    def _reset(self) -> None:
        self._sound = bytearray()
        self._before.clear()
        self._endpointer.reset()
        self.detector.reset()
        self.clip, self.too_long = "", False

    def _end(self, clip: str) -> int:
        sound = Pcm(bytes(self._sound))
        self._ended[clip] = sound
        self._reset()
        return sound.duration_ms

    def _frame(self, frame: bytes) -> None:
        self.heard_ms += FRAME_MS
        probability = self.detector.probability(frame)
        signs = self._endpointer.process(probability, FRAME_MS, over_speech=self.over_speech())
        if self.clip or not self.hands_free:
            self._keep(frame)
        else:
            self._before.append(frame)
        for sign in signs:
            if self.hands_free or sign in (Sign.ONSET, Sign.WITHDRAWN, Sign.START):
                self._notice(sign)

    def _keep(self, frame: bytes) -> None:
        if len(self._sound) < LONGEST_MS // FRAME_MS * FRAME_BYTES:
            self._sound += frame
        else:
            self.too_long = True

    def _notice(self, sign: Sign) -> None:
        if sign is Sign.START:
            if self.clip:
                return
            self.clip = self.fresh_id()
            self._sound = self._sound or bytearray(b"".join(self._before))
            self._before.clear()
        clip = "" if sign in (Sign.ONSET, Sign.WITHDRAWN) else self.clip
        length = self._end(clip) if sign is Sign.END else 0
        self.heed.speech_sign(sign, clip, length)
