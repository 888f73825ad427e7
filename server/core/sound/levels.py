"""Is it the person at the microphone who speaks, or somebody in the next room? Running sums over numbers a frame; no
sound, no clock, no model.

A voice detector cannot tell: a television behind a wall is speech to it. What a wall and a room do to speech can be
counted. High tones are lost, the level hardly moves because the room rings on, sound swells instead of beginning, and
the detector is less sure. Beside that stands how loud the person at the microphone has been so far, and how loud what
was held back. Coughs and music are no voices at all; what tells them is `server.core.sound.clatter`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import log10, sqrt

from server.core.sound.clatter import Clatter

QUIETEST_DB = -100.0
"""Level of a frame of zeros, so that arithmetic can be done on it."""
_TINY = 1e-13
_STEEPEST_DB = 25.0
_LONG_PAUSE, _TRIFLE = 12, 16
"""Frames: after such a pause, so little speech tells nothing about what follows."""
_GAP, _OPENING = 10, 32
"""Frames: a shorter gap belongs to what is being said (as in `Patience.withdraw_ms`); most of a beginning that is kept.
Speech is believed after 7 of them, over the patient's after 16.
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was measured in one frame of 16 kHz sound. Powers are mean squares against full scale."""

    level_db: float
    """Root mean square in dBFS."""
    peak: int
    """The largest sample either way, 0 to 32,768."""
    bands: tuple[float, float, float, float, float]
    """Power at 100-200, 200-800, 800-1500, 1500-3400 and 3400-7900 Hz."""


_Seen = tuple[Heard, list[float], float, float]
"""What `Evidence.add` takes."""

WEIGHTS = (0.203, 0.046, 0.091, -0.134, 0.121, 0.363, 14.5)
"""By the order of `Evidence.features`: a logistic regression on 1,372 utterances at the microphone (near, far, soft,
whispered, by telephone, over a fan) and 108 minutes of speech through walls, each seen after 7 to 90 frames. Walls,
rooms and noise were made, the voices two synthesisers and three recorded speakers. Fitted without one of three sets of
voices and tried on it, the area under its curve was 0.95, 0.99 and 0.99.
"""
MIDDLES = (-22.29, -32.11, -17.28, -10.58, 12.06, 5.03, 0.80)
BIAS = 0.62


@dataclass(frozen=True)
class Gate:
    """Settings. Scores are log odds: 0 is as likely here as next door. The first of a pair holds for one frame of
    speech, the second from `enough_frames` on, and between them the line is straight.
    """

    speech: float = 0.5
    """Probability from which a frame counts as speech."""
    held: float = 0.3
    """What speech that is held back is answered as: under every threshold."""
    least_frames: int = 5
    """Nobody is judged by less speech (160 ms)."""
    enough_frames: int = 60
    doubt: tuple[float, float] = (-4.0, -1.0)
    """While it goes on, speech under this score is held back."""
    belief: tuple[float, float] = (-2.5, 1.0)
    """A whole utterance under this score is nobody's; so is what would interrupt the patient."""
    near_score: float = 2.0
    """An utterance over this score is surely here, however quiet, and tells how loud the person is."""
    same_db: float = 4.0
    same_person: float = 2.0
    """Points for speech within `same_db` of the person's usual level."""
    within_db: float = 12.0
    """Speech may be this much under the person's usual level before it counts against it, a point for 4 dB."""
    next_door_frames: float = 60.0
    """So much speech held back lately (2 s), and there are people next door. Distant students reach 11."""
    over_next_door_db: float = 8.0
    """Who is here is so much louder than they are; who is not must score `sure` by the sound alone."""
    sure: float = 3.5
    clatter_share: float = 0.5
    """Frames that are as loud as the speech and no speech, to each frame of it, from which it may have been noise."""
    clatter_under_db: float = 3.0
    """How much quieter than the speech on average still is as loud."""
    below_own_db: float = 20.0
    """Within an utterance, what is this much under its loudest parts is not part of it."""


@dataclass(slots=True)
class Evidence:
    """Sums over frames of speech. `keep` under 1 lets older frames fade."""

    keep: float = 1.0
    count: int = 0
    _weight: float = 0.0
    _sure: float = 0.0
    _levels: float = 0.0
    _squares: float = 0.0
    _power: float = 0.0
    _rise: float = 0.0
    _bands: list[float] = field(default_factory=lambda: [_TINY] * 5)

    def add(self, heard: Heard, above_floor: list[float], probability: float, rise_db: float) -> None:
        """Count a frame of speech. `above_floor`: its bands without the room's noise."""
        keep, level = self.keep, heard.level_db
        self.count += 1
        self._weight = self._weight * keep + 1.0
        self._sure = self._sure * keep + probability
        self._levels = self._levels * keep + level
        self._squares = self._squares * keep + level * level
        self._power = self._power * keep + 10 ** (level / 10)
        self._rise = max(self._rise * keep, min(rise_db, _STEEPEST_DB))
        self._bands = [old * keep + new for old, new in zip(self._bands, above_floor, strict=True)]

    @property
    def weight(self) -> float:
        """Frames that have not faded."""
        return self._weight

    @property
    def level_db(self) -> float:
        """Mean power of the speech, in dBFS."""
        return 10 * log10(self._power / self._weight) if self._weight else QUIETEST_DB

    def features(self) -> tuple[float, ...]:
        """Four balances of the spectrum in dB, the steepest rise in dB a frame, how far the level moves in dB, how sure
        the detector was. Only where `count` is not 0.
        """
        rumble, low, mid, high, hiss = self._bands
        mean = self._levels / self._weight
        moves = sqrt(max(self._squares / self._weight - mean * mean, 0.0))
        balances = [10 * log10(each / low) for each in (high, hiss, mid, rumble)]
        return (*balances, self._rise, moves, self._sure / self._weight)

    def score(self) -> float:
        """Log odds that this was said at the microphone; nothing is known (0) of nothing."""
        if not self.count:
            return 0.0
        parts = zip(WEIGHTS, self.features(), MIDDLES, strict=True)
        return BIAS + sum(weight * (value - middle) for weight, value, middle in parts)


@dataclass
class Presence:
    """One microphone's stream. Feed it every frame; what it knows of the room and of the person outlives a turn."""

    gate: Gate = field(default_factory=Gate)
    near_db: float | None = None
    """How loud the person at the microphone is on average, in dBFS; None until an utterance has told."""

    def __post_init__(self) -> None:
        self._floor: list[float] = []
        self._level = QUIETEST_DB
        self._opening: deque[_Seen] = deque(maxlen=_OPENING)
        """Frames let through since somebody may have begun to speak: the first of the utterance, if it is one."""
        self._gap = 0
        """Frames since the last of them."""
        self._since = 0
        """And since the first."""
        self._clatter = Clatter()
        self._next_door = Evidence(keep=0.99)
        """What was held back lately, while nobody here spoke."""
        self.forget()

    def forget(self) -> None:
        """The utterance is over, or was none."""
        self._begun = False
        self._clatter.forget()
        self._start_over()
        self._opening.clear()

    def _start_over(self) -> None:
        """Judge what comes by itself; what an utterance has said so far still counts at its end."""
        self._recent = Evidence(keep=0.97)
        if not self._begun:
            self._whole = Evidence()
        self._own_db = QUIETEST_DB
        self._quiet = 0

    def hear(self, heard: Heard, probability: float, *, interrupting: bool = False) -> float:
        """The probability that somebody speaks here. `interrupting`: the patient is speaking, so doubt weighs more."""
        self._learn_floor(heard, probability)
        self._clatter.hear(heard.level_db, probability)
        rise, self._level = heard.level_db - self._level, heard.level_db
        self._gap += 1
        self._since += 1
        if self._gap > _GAP:
            self._opening.clear()
        if probability < self.gate.speech:
            self._quiet += 1
            return probability
        if self._quiet > _LONG_PAUSE and self._whole.count < _TRIFLE:
            self._start_over()
        self._quiet = 0
        above = [max(power - floor, _TINY) for power, floor in zip(heard.bands, self._floor, strict=True)]
        seen = (heard, above, probability, rise)
        if self._is_behind(heard) or self._is_elsewhere(seen, interrupting):
            if not (self._begun or interrupting):
                self._next_door.add(*seen)
            return min(probability, self.gate.held)
        self._since = self._since if self._opening else 1
        self._opening.append(seen)
        self._gap = 0
        self._follow(heard.level_db)
        return probability

    def begin(self) -> None:
        """An utterance has begun: what was held back before it, in another room, does not speak against it. What was
        let through does: something short is hardly more than the sound that it begins with.
        """
        self._begun, self._whole = True, Evidence()
        self._clatter.begin(self._since)
        for seen in self._opening:
            self._whole.add(*seen)
        self._opening.clear()

    def believed(self) -> bool:
        """Whether the utterance so far was said at the microphone. Learns from it how loud this person is."""
        count = self._whole.count
        if count < self.gate.least_frames:
            return True
        score = self._score(self._whole)
        if self._is_like_next_door() and self._whole.score() < self.gate.sure:
            return False
        if score < self._line(self.gate.belief, count):
            return False
        if score >= self.gate.near_score and count >= 4 * self.gate.least_frames:
            level = self._whole.level_db
            self.near_db = level if self.near_db is None else 0.7 * self.near_db + 0.3 * level
        return True

    def doubted(self) -> bool:
        """Whether the utterance so far may have been no speech at all, as much that was as loud was none; or that of
        people who talk next door, as it is not surely here.
        """
        count = self._whole.count
        if self._talk_next_door() and self._whole.score() < self.gate.sure:
            return True
        noise = self._clatter.frames_over(self._whole.level_db - self.gate.clatter_under_db)
        return count >= self.gate.least_frames and noise >= self.gate.clatter_share * count

    def _is_like_next_door(self) -> bool:
        """People talk next door, and this is hardly louder than they are."""
        loudest = self._next_door.level_db + self.gate.over_next_door_db
        return self._talk_next_door() and self._whole.level_db < loudest

    def _talk_next_door(self) -> bool:
        return self._next_door.weight >= self.gate.next_door_frames

    def _learn_floor(self, heard: Heard, probability: float) -> None:
        """The room's noise in each band: quick to fall, slow to rise, and only while nobody speaks."""
        if not self._floor:
            self._floor = list(heard.bands)
        rate = 0.05 if probability < 0.15 else 0.0
        self._floor = [
            old + (0.3 if new < old else rate) * (new - old) for old, new in zip(self._floor, heard.bands, strict=True)
        ]

    def _is_behind(self, heard: Heard) -> bool:
        """Whether this is far under the level of the utterance it comes with. That fades by 2 dB a second, so that
        somebody who goes on in a whisper is heard again.
        """
        self._own_db = max(self._own_db - 0.06, QUIETEST_DB)
        return heard.level_db < self._own_db - self.gate.below_own_db

    def _is_elsewhere(self, seen: _Seen, interrupting: bool) -> bool:
        for evidence in (self._recent, self._whole):
            evidence.add(*seen)
        count = self._whole.count
        if count < self.gate.least_frames:
            return False
        line = self.gate.belief if interrupting else self.gate.doubt
        return self._score(self._recent) < self._line(line, count)

    def _follow(self, level_db: float) -> None:
        """Who is heard: how loud are they? Quick to rise, so that one loud frame is not yet a voice."""
        above = level_db - self._own_db
        self._own_db = level_db if self._own_db <= QUIETEST_DB else self._own_db + 0.3 * max(0.0, above)

    def _score(self, evidence: Evidence) -> float:
        score = evidence.score()
        if self.near_db is None:
            return score
        under = self.near_db - evidence.level_db
        if abs(under) <= self.gate.same_db:
            return score + self.gate.same_person
        return score if score >= self.gate.near_score else score - min(max((under - self.gate.within_db) / 4, 0.0), 3.0)

    def _line(self, ends: tuple[float, float], count: int) -> float:
        return ends[0] + (ends[1] - ends[0]) * min(1.0, count / self.gate.enough_frames)
