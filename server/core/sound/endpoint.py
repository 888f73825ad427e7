"""When does somebody begin to speak, and when have they finished? Counters of milliseconds; no sound, no clock, no
model.

quiet -> onset (duck) -> speaking (start) -> soft end (start recognising) -> end of turn
            ├ nothing came of it (withdrawn)      └ speech resumed: what was begun is thrown away
            └ over the patient's speech, too short to interrupt (burst): its words decide
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Sign(StrEnum):
    """What the endpointer noticed in a frame."""

    ONSET = "onset"
    """Maybe speech: whoever is speaking should be ducked."""
    WITHDRAWN = "withdrawn"
    """It was nothing."""
    BURST = "burst"
    """Something short was said while the patient spoke: a word that interrupts, or "mm-hm"."""
    START = "start"
    """Speech, surely."""
    SOFT_END = "soft_end"
    """A short pause: recognition may begin, on trial."""
    RESUMED = "resumed"
    """Speech went on after a soft end."""
    END = "end"
    """The turn is over."""


@dataclass(frozen=True)
class Patience:
    """Settings, in milliseconds unless said otherwise."""

    threshold: float = 0.5
    """Probability from which a frame counts as speech."""
    start_ms: int = 200
    """Speech needed before it is believed."""
    confirm_ms: int = 500
    """Speech needed to interrupt somebody who is speaking."""
    soft_end_ms: int = 200
    end_ms: int = 900
    """Silence that ends the turn: the case's patience."""
    onset_ms: int = 64
    withdraw_ms: int = 320
    """Silence after which an unconfirmed onset was nothing."""
    burst_ms: int = 160
    """Speech over the patient's, shorter than `confirm_ms`, that is worth recognising."""
    adapts: bool = True
    """The wait for the end follows how the words so far end (`server.core.unfinished`)."""


@dataclass
class Endpointer:
    """Feed it one probability a frame; it tells what that means."""

    patience: Patience = field(default_factory=Patience)
    speech_ms: int = 0
    silence_ms: int = 0
    speaking: bool = False
    onset: bool = False
    soft_ended: bool = False
    since_ms: int = 0
    """Time since the first frame of what is being said."""
    over: bool = False
    """It began while the patient spoke, who may have finished since."""
    wait_ms: int = 0
    """What this pause is given in place of the case's patience; 0: that."""

    def process(self, probability: float, frame_ms: int, *, over_speech: bool = False) -> list[Sign]:
        """Signs in this frame. `over_speech`: the patient is speaking, so more is needed to believe it."""
        if self.speech_ms:
            self.since_ms += frame_ms
        self.over = over_speech or (self.over and self.speech_ms > 0)
        if probability >= self.patience.threshold:
            return self._speech(frame_ms, self.patience.confirm_ms if over_speech else self.patience.start_ms)
        return self._silence(frame_ms)

    def expect(self, wait_ms: int) -> None:
        """Let this pause, and no later one, last `wait_ms` before it ends the turn."""
        if self.soft_ended:
            self.wait_ms = wait_ms

    def reset(self) -> None:
        self.speech_ms = self.silence_ms = self.since_ms = self.wait_ms = 0
        self.speaking = self.onset = self.soft_ended = self.over = False

    def _speech(self, frame_ms: int, needed_ms: int) -> list[Sign]:
        signs: list[Sign] = []
        self.silence_ms = self.wait_ms = 0
        self.since_ms = self.since_ms or frame_ms
        self.speech_ms += frame_ms
        if self.soft_ended:
            self.soft_ended = False
            signs.append(Sign.RESUMED)
        if not self.onset and not self.speaking and self.speech_ms >= self.patience.onset_ms:
            self.onset = True
            signs.append(Sign.ONSET)
        if not self.speaking and self.speech_ms >= needed_ms:
            self.speaking = True
            signs.append(Sign.START)
        return signs

    def _silence(self, frame_ms: int) -> list[Sign]:
        self.silence_ms += frame_ms
        if not self.speaking:
            return self._maybe_burst() if self.over else self._maybe_withdraw()
        if self.silence_ms >= (self.wait_ms or self.patience.end_ms):
            soft = [] if self.soft_ended else [Sign.SOFT_END]
            self.reset()
            return [*soft, Sign.END]
        if self.silence_ms >= self.patience.soft_end_ms and not self.soft_ended:
            self.soft_ended = True
            return [Sign.SOFT_END]
        return []

    def _maybe_burst(self) -> list[Sign]:
        if self.speech_ms < self.patience.burst_ms or self.silence_ms < self.patience.soft_end_ms:
            return self._maybe_withdraw()
        self.reset()
        return [Sign.BURST]

    def _maybe_withdraw(self) -> list[Sign]:
        if self.silence_ms < self.patience.withdraw_ms:
            return []
        was_onset = self.onset
        self.reset()
        return [Sign.WITHDRAWN] if was_onset else []
