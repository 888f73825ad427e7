"""A voice as a case describes it (`female old slow`), read once so that every speaking engine means the same by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sex = Literal["female", "male"]
Age = Literal["child", "young", "adult", "old"]

_SEX: dict[str, Sex] = {
    "female": "female",
    "woman": "female",
    "girl": "female",
    "male": "male",
    "man": "male",
    "boy": "male",
}
_AGE: dict[str, Age] = {
    "child": "child",
    "girl": "child",
    "boy": "child",
    "young": "young",
    "adult": "adult",
    "old": "old",
    "elderly": "old",
    "aged": "old",
}
_PACE = {"normal": 1.0, "slow": 1.2, "unhurried": 1.1, "quick": 0.87, "fast": 0.87, "brisk": 0.93}
_AGE_STRETCH: dict[Age, float] = {"child": 1.0, "young": 0.97, "adult": 1.0, "old": 1.12}
_AGE_PITCH: dict[Age, float] = {"child": 1.3, "young": 1.08, "adult": 1.0, "old": 0.93}
_PITCH = {"low": 0.88, "high": 1.12, "deep": 0.85}


@dataclass(frozen=True)
class Description:
    """What the words of a description come to."""

    sex: Sex = "female"
    age: Age = "adult"
    stretch: float = 1.0
    """How much longer than the voice's own pace speech lasts: 1.2 is a fifth longer."""
    pitch: float = 1.0
    """Factor on the voice's own mean pitch."""
    order: int = 0
    """0 for the first of those who are described alike; low, high and deep are the second, third and fourth."""
    names: frozenset[str] = frozenset()
    """Words that describe nothing: an engine may know one as the name of a voice."""


def describe(voice: str) -> Description:
    """Read a description; unknown words and an empty text are allowed."""
    words = voice.lower().replace(",", " ").split()
    age: Age = next((_AGE[word] for word in words if word in _AGE), "adult")
    known = _SEX.keys() | _AGE.keys() | _PACE.keys() | _PITCH.keys()
    return Description(
        sex=next((_SEX[word] for word in words if word in _SEX), "female"),
        age=age,
        stretch=_AGE_STRETCH[age] * _first(_PACE, words),
        pitch=_AGE_PITCH[age] * _first(_PITCH, words),
        order=next((1 + list(_PITCH).index(word) for word in words if word in _PITCH), 0),
        names=frozenset(word for word in words if word not in known),
    )


def _first(factors: dict[str, float], words: list[str]) -> float:
    return next((factors[word] for word in words if word in factors), 1.0)
