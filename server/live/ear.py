"""The ear of one connection: microphone bytes in, the beginnings and ends of utterances out.

Sound is kept only while an utterance is being heard and recognised. When the floor is not free for a new utterance the
ear holds it back and hands it over as soon as it is.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from server.core.sound.audio import HEARING_HZ, Pcm, bytes_for
from server.core.sound.endpoint import Endpointer, Patience, Sign
from server.engines.protocols import FRAME_SAMPLES, Detector
from server.live.echoing import EchoGuard
from server.live.listening import OffsetFilter
from server.live.resampling import InputResampler

FRAME_BYTES = FRAME_SAMPLES * 2
FRAME_MS = FRAME_SAMPLES * 1000 // HEARING_HZ
PRE_ROLL_MS = 480
"""Sound from before speech was believed where nobody else speaks; told to clients as `prefix_padding_ms`."""
LEAD_IN_MS = 280
"""Kept from before the first frame of speech, so that its first consonant is not lost."""
BEFORE_MS = 3_000
"""Sound kept in case speech turns out to have begun: more than a burst and the words that follow it."""
BEGINNINGS = 8
"""Utterances whose beginning is remembered."""
SHORTEST_MS = 100
"""Less than this, committed by a client, is no utterance."""
LONGEST_MS = 60_000


class Heedful(Protocol):
    """Who is told what the ear notices."""

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None: ...

    def sound(self, clip: str, sound: bytes) -> None:
        """The next of an utterance that has begun."""
        ...


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
    begun: Callable[[], None] = lambda: None
    """Told that an utterance has begun."""
    believed: Callable[[], bool] = lambda: True
    """Whether what is ending now was said by somebody at this microphone, and not in another room."""
    doubted: Callable[[], bool] = lambda: False
    """Whether what is ending now may have been no speech at all."""
    doubtful: deque[str] = field(default_factory=lambda: deque(maxlen=BEGINNINGS))
    """Clip ids of the latest utterances that may have been no speech."""
    echo: EchoGuard = field(default_factory=EchoGuard)
    """Takes out the patient's own voice, come back from a loudspeaker."""
    clip: str = ""
    heard_ms: int = 0
    """Sound received on this connection."""
    rate_hz: int = 24_000
    too_long: bool = False
    """More was said than is kept of one utterance."""
    began_ms: dict[str, int] = field(default_factory=dict)
    """Where in the received sound the latest utterances and bursts began, by clip."""
    taken_in: str = ""
    """Clip id of the burst that the latest utterance or burst holds as well; empty when it holds none."""
    burst: str = ""
    """Clip id of something short that is being weighed; speech that follows it at once takes it in."""

    def __post_init__(self) -> None:
        self._endpointer = Endpointer(self.patience)
        self._resampler = InputResampler(self.rate_hz)
        self._offset = OffsetFilter()
        self._rest = b""
        self._before: deque[bytes] = deque(maxlen=BEFORE_MS // FRAME_MS)
        self._sound = bytearray()
        self._ended: dict[str, Pcm] = {}
        self._since_burst_ms = 0

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
        begun, clip, sound = bool(self.clip), self.clip or self.fresh_id(), bytes(self._sound)
        length = self._end(clip)
        if not begun:
            self.heed.speech_sign(Sign.START, clip, 0)
            self.heed.sound(clip, sound)
        self.heed.speech_sign(Sign.END, clip, length)
        return clip

    def clear(self) -> None:
        """Forget what is being said, and say so when somebody was told of it."""
        clip, burst, noticed = self.clip, self.burst, self._endpointer.onset
        self._reset()
        if burst:
            self.heed.speech_sign(Sign.WITHDRAWN, burst, 0)
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
        if clip and clip == self.burst:
            self.burst = ""
            self.echo.came_to_nothing()

    def expect(self, clip: str, wait_ms: int) -> None:
        """The words so far say how long this pause may be."""
        if clip and clip == self.clip:
            self._endpointer.expect(wait_ms)

    def settle(self, clip: str) -> None:
        """A burst turned out to be a turn: what follows stands alone."""
        if clip == self.burst:
            self.burst = ""

    def sound_of_burst(self, clip: str) -> Pcm | None:
        """What was said in it; it stays to be recognised if it turns out to be a turn."""
        return self._ended.get(clip)

    def _reset(self) -> None:
        self._sound = bytearray()
        self._before.clear()
        self._endpointer.reset()
        self.detector.reset()
        self._ended.pop(self.burst, None)
        self.clip, self.burst, self.too_long = "", "", False

    def _end(self, clip: str) -> int:
        sound = Pcm(bytes(self._sound))
        self._ended[clip] = sound
        self._reset()
        return sound.duration_ms

    def _frame(self, frame: bytes) -> None:
        self.heard_ms += FRAME_MS
        self._since_burst_ms += FRAME_MS
        frame = self._offset.feed(frame)
        probability = self.detector.probability(frame)
        self.echo.hear(frame)
        if probability >= self.patience.threshold and self.echo.is_echo():
            probability = 0.0
        since_ms = self._endpointer.since_ms
        signs = self._endpointer.process(probability, FRAME_MS, over_speech=self.over_speech())
        if self.clip or not self.hands_free:
            self._keep(frame)
        else:
            self._before.append(frame)
        for sign in signs:
            if self.hands_free or sign in (Sign.ONSET, Sign.WITHDRAWN, Sign.START):
                self._notice(sign, since_ms + FRAME_MS)
            elif sign is Sign.BURST:
                self._notice(Sign.WITHDRAWN, 0)

    def _keep(self, frame: bytes) -> None:
        if len(self._sound) < LONGEST_MS // FRAME_MS * FRAME_BYTES:
            self._sound += frame
            if self.clip:
                self.heed.sound(self.clip, frame)
        else:
            self.too_long = True

    def _notice(self, sign: Sign, since_ms: int) -> None:
        match sign:
            case Sign.START:
                self._start(since_ms)
            case Sign.END if not self.believed():
                self._doubt()
            case Sign.BURST if not self.believed():
                self.heed.speech_sign(Sign.WITHDRAWN, "", 0)
            case Sign.BURST:
                self._burst(since_ms)
            case Sign.ONSET | Sign.WITHDRAWN:
                if sign is Sign.WITHDRAWN:
                    self.echo.came_to_nothing()
                self.heed.speech_sign(sign, "", 0)
            case Sign.END:
                clip = self.clip
                if self.doubted():
                    self.doubtful.append(clip)
                self.heed.speech_sign(sign, clip, self._end(clip))
            case _:
                self.heed.speech_sign(sign, self.clip, 0)

    def _doubt(self) -> None:
        """It was said in another room, as it seems: withdrawn, with its length without the pause at its end."""
        clip, length_ms = self.clip, Pcm(bytes(self._sound)).duration_ms - self.patience.end_ms - LEAD_IN_MS
        self._reset()
        self.heed.speech_sign(Sign.WITHDRAWN, clip, max(0, length_ms))

    def _start(self, since_ms: int) -> None:
        if self.clip:
            return
        self.clip = self.fresh_id()
        since_ms = self._take_in(since_ms)
        self._note_begin(self.clip, since_ms)
        self._sound = self._sound or bytearray(self._last(since_ms + LEAD_IN_MS))
        self._before.clear()
        self.echo.was_speech()
        self.begun()
        self.heed.speech_sign(Sign.START, self.clip, 0)
        self.heed.sound(self.clip, bytes(self._sound))

    def _take_in(self, since_ms: int) -> int:
        """What was said a moment ago, and is still being weighed, belongs to what is being said now: since when."""
        near = bool(self.burst) and self._since_burst_ms + LEAD_IN_MS <= BEFORE_MS
        self.taken_in, self.burst = self.burst if near else "", ""
        self._ended.pop(self.taken_in, None)
        return max(since_ms, self._since_burst_ms) if near else since_ms

    def _burst(self, since_ms: int) -> None:
        since_ms = self._take_in(since_ms)
        clip = self.burst = self.fresh_id()
        self._note_begin(clip, since_ms)
        self._since_burst_ms = since_ms
        sound = self._ended[clip] = Pcm(self._last(since_ms + LEAD_IN_MS))
        self.heed.speech_sign(Sign.BURST, clip, sound.duration_ms)

    def _note_begin(self, clip: str, since_ms: int) -> None:
        self.began_ms[clip] = max(0, self.heard_ms - since_ms)
        while len(self.began_ms) > BEGINNINGS:
            del self.began_ms[next(iter(self.began_ms))]

    def _last(self, duration_ms: int) -> bytes:
        frames = list(self._before)
        return b"".join(frames[-min(len(frames), duration_ms // FRAME_MS) :])
