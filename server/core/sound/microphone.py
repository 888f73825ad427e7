"""What is wrong with a microphone, told from numbers: once for each kind of trouble in an encounter."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """Kinds of trouble; the value is the code on the wire."""

    TOO_QUIET = "too_quiet"
    CLIPPED = "clipped"
    DC_OFFSET = "dc_offset"
    ONLY_ZEROS = "only_zeros"
    WRONG_RATE = "wrong_rate"
    NARROW_BAND = "narrow_band"
    STEREO = "stereo"
    ONE_CHANNEL = "one_channel"


@dataclass(frozen=True)
class MicTrouble:
    """A trouble, as the page tells the student."""

    code: Trouble
    message: str
    mend: str


ADVICE = {
    Trouble.TOO_QUIET: (
        "You are very quiet.",
        "Come closer to the microphone, or raise its level in your computer's sound settings.",
    ),
    Trouble.CLIPPED: (
        "Your microphone is too loud and distorts.",
        "Lower its level in your computer's sound settings, or move a little away from it.",
    ),
    Trouble.DC_OFFSET: (
        "The sound from your microphone is shifted far from its middle, so loud words are cut off.",
        "Try another microphone or another socket; the adapter or the cable may be faulty.",
    ),
    Trouble.ONLY_ZEROS: (
        "Your microphone sends nothing, as if it were muted.",
        "Look for a mute button on the headset or the keyboard, and check which microphone the browser uses.",
    ),
    Trouble.WRONG_RATE: (
        "Your microphone's sound does not arrive at the pace it should.",
        "Reload the page. If that does not help, the connection is too slow, or the program that sends the sound "
        "declares another sample rate than it uses.",
    ),
    Trouble.NARROW_BAND: (
        "Your microphone sounds like a telephone. You can be heard, but words are mistaken more often.",
        "A Bluetooth headset often does this: try one with a cable, or the computer's own microphone.",
    ),
    Trouble.STEREO: (
        "Two channels arrive where one is expected, so your voice sounds an octave too low.",
        "Choose one channel (mono) in the program or the sound settings that send the sound.",
    ),
    Trouble.ONE_CHANNEL: (
        "Two channels arrive where one is expected, and one of them is empty.",
        "Choose one channel (mono) in the program or the sound settings that send the sound.",
    ),
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """What was measured in one piece of microphone sound, at the rate it came with. Powers are mean squares against
    full scale.
    """

    samples: int
    power: float
    """Without the offset."""
    offset: float
    """Mean, -1 to 1."""
    ceiling: float
    """Share of samples at the largest or the smallest value."""
    zeros: bool
    """All of it."""
    evens: float
    odds: float
    """Power of every other sample, beginning with the first and with the second."""
    within: float
    across: float
    """Power of the step from an even sample to the odd one after it, and from there to the next even one."""
    voice: float
    """Power at 300 to 3400 Hz."""
    treble: float
    """Power above 4.4 kHz; the same as `voice` where the rate has no such tones."""


@dataclass(frozen=True)
class Limits:
    """When something is a trouble. Times in milliseconds of sound, unless said otherwise."""

    quiet_db: float = -50.0
    """Speech under this, in dBFS, on average over `quiet_ms` of speech; a student at arm's length is 20 over it."""
    quiet_ms: int = 3_000
    ceiling: float = 0.01
    clipped_ms: int = 1_000
    """More such sound than one tenth of what came since."""
    offset: float = 0.2
    offset_ms: int = 3_000
    zeros_first_ms: int = 5_000
    """Zeros where nothing has been heard yet."""
    zeros_later_ms: int = 120_000
    """Zeros after sound; longer, because some microphones send zeros between words."""
    pace: float = 1.25
    """Sound may come this much faster or slower than the clock ..."""
    pace_seconds: int = 6
    """... in so many seconds of the clock, one after the other."""
    gap_ms: int = 400
    """A longer pause between two pieces is a hiccup or a mute button, no pace."""
    shape_ms: int = 3_000
    """Sound that must agree before its shape (stereo, telephone) is believed."""
    loud_power: float = 1e-5
    """-50 dBFS: less is not looked at for its shape."""
    treble_power: float = 3e-9
    """-85 dBFS, under the hiss of any microphone at a higher rate."""
    treble_share: float = 1e-4


@dataclass
class _Pace:
    """Seconds of the clock, and how much sound came in each."""

    limits: Limits
    begun_ms: int | None = None
    last_ms: int = 0
    sound_ms: float = 0.0
    fast: int = 0
    slow: int = 0

    def wrong(self, sound_ms: float, at_ms: int) -> bool:
        if self.begun_ms is None or at_ms - self.last_ms > self.limits.gap_ms:
            self.begun_ms, self.sound_ms, self.fast, self.slow = at_ms, 0.0, 0, 0
        else:
            self.sound_ms += sound_ms
        self.last_ms = at_ms
        elapsed = at_ms - self.begun_ms
        if elapsed >= 1_000:
            self._count(self.sound_ms / elapsed)
            self.begun_ms, self.sound_ms = at_ms, 0.0
        return max(self.fast, self.slow) >= self.limits.pace_seconds

    def _count(self, pace: float) -> None:
        self.fast = self.fast + 1 if pace > self.limits.pace else 0
        self.slow = self.slow + 1 if pace < 1 / self.limits.pace else 0


@dataclass
class Microphone:
    """One microphone in one encounter. Feed it every chunk as it comes, and the level of every frame of speech."""

    limits: Limits = field(default_factory=Limits)
    told: set[Trouble] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._pace = _Pace(self.limits)
        self._heard = False
        self._spoken_ms = self._spoken_power = 0.0
        self._since = dict.fromkeys(Trouble, 0.0)

    def hear(self, chunk: Chunk, rate_hz: int, at_ms: int) -> list[MicTrouble]:
        """Troubles that this chunk brings to light. `at_ms`: when it arrived, on any clock that does not jump."""
        if not chunk.samples:
            return []
        length_ms = chunk.samples * 1000 / rate_hz
        found = [Trouble.WRONG_RATE] if self._pace.wrong(length_ms, at_ms) else []
        found += self._of_level(chunk, length_ms)
        if chunk.power >= self.limits.loud_power:
            found += self._of_shape(chunk, length_ms)
        return self._tell(found)

    def spoke(self, level_db: float, frame_ms: int) -> list[MicTrouble]:
        """A frame of speech of this level, in dBFS."""
        self._spoken_ms += frame_ms
        self._spoken_power += 10 ** (level_db / 10) * frame_ms
        if self._spoken_ms < self.limits.quiet_ms:
            return []
        too_quiet = self._spoken_power / self._spoken_ms < 10 ** (self.limits.quiet_db / 10)
        self._spoken_ms = self._spoken_power = 0.0
        return self._tell([Trouble.TOO_QUIET] if too_quiet else [])

    def _tell(self, found: list[Trouble]) -> list[MicTrouble]:
        new = [trouble for trouble in found if trouble not in self.told]
        self.told.update(new)
        return [MicTrouble(trouble, *ADVICE[trouble]) for trouble in new]

    def _lasts(self, trouble: Trouble, length_ms: float, *, so: bool, for_ms: int) -> list[Trouble]:
        """`trouble` when it has been so for `for_ms` without a break."""
        self._since[trouble] = self._since[trouble] + length_ms if so else 0.0
        return [trouble] if self._since[trouble] >= for_ms else []

    def _of_level(self, chunk: Chunk, length_ms: float) -> list[Trouble]:
        limits = self.limits
        self._heard = self._heard or not chunk.zeros
        zeros_ms = limits.zeros_later_ms if self._heard else limits.zeros_first_ms
        return [
            *self._lasts(Trouble.ONLY_ZEROS, length_ms, so=chunk.zeros, for_ms=zeros_ms),
            *self._lasts(Trouble.DC_OFFSET, length_ms, so=abs(chunk.offset) > limits.offset, for_ms=limits.offset_ms),
            *self._clips(chunk, length_ms),
        ]

    def _clips(self, chunk: Chunk, length_ms: float) -> list[Trouble]:
        clipped_ms = self._since[Trouble.CLIPPED] + (
            length_ms if chunk.ceiling > self.limits.ceiling else -length_ms / 10
        )
        self._since[Trouble.CLIPPED] = max(0.0, clipped_ms)
        return [Trouble.CLIPPED] if clipped_ms >= self.limits.clipped_ms else []

    def _of_shape(self, chunk: Chunk, length_ms: float) -> list[Trouble]:
        limits = self.limits
        balance = min(chunk.evens, chunk.odds) / max(chunk.evens, chunk.odds)
        empty = balance < 0.001
        pairs = min(chunk.within, chunk.across) < 0.25 * max(chunk.within, chunk.across)
        paired = not empty and (pairs or balance < 0.8)
        narrow = chunk.treble < limits.treble_power and chunk.treble < limits.treble_share * chunk.voice
        return [
            *self._lasts(Trouble.ONE_CHANNEL, length_ms, so=empty, for_ms=limits.shape_ms),
            *self._lasts(Trouble.STEREO, length_ms, so=paired, for_ms=limits.shape_ms),
            *self._lasts(Trouble.NARROW_BAND, length_ms, so=narrow, for_ms=limits.shape_ms),
        ]
