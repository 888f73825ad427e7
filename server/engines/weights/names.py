"""The names under which models are known, and where the hub keeps them.

Sizes are what the hub lists for the whole model, rounded; `bedside pull` shows the exact one before it starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache


@dataclass(frozen=True)
class KnownModel:
    """One published Whisper in CTranslate2 format."""

    repo: str
    megabytes: int
    """0 where it is not known."""


_SIZES = {
    "tiny.en": 78, "tiny": 78, "base.en": 148, "base": 148, "small.en": 486, "small": 486,
    "medium.en": 1530, "medium": 1530, "large-v1": 3090, "large-v2": 3090, "large-v3": 3090,
}  # fmt: skip
HEARING_MODELS: dict[str, KnownModel] = {
    **{name: KnownModel(f"Systran/faster-whisper-{name}", size) for name, size in _SIZES.items()},
    "large": KnownModel("Systran/faster-whisper-large-v3", 3090),
    "turbo": KnownModel("mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1620),
    "large-v3-turbo": KnownModel("mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1620),
    "distil-small.en": KnownModel("Systran/faster-distil-whisper-small.en", 336),
    "distil-medium.en": KnownModel("Systran/faster-distil-whisper-medium.en", 791),
    "distil-large-v2": KnownModel("Systran/faster-distil-whisper-large-v2", 1516),
    "distil-large-v3": KnownModel("Systran/faster-distil-whisper-large-v3", 1516),
    "distil-large-v3.5": KnownModel("distil-whisper/distil-large-v3.5-ct2", 1516),
}
"""As faster-whisper knows them."""
VOICE_REPO = "rhasspy/piper-voices"
VOICES = (
    *("en_GB-alba-medium", "en_GB-cori-medium", "en_GB-jenny_dioco-medium", "en_GB-alan-medium"),
    *("en_GB-northern_english_male-medium", "en_GB-semaine-medium", "en_US-amy-medium", "en_US-hfc_female-medium"),
    *("en_US-lessac-medium", "en_US-hfc_male-medium", "en_US-joe-medium", "en_US-ryan-medium"),
)
"""English voices that are often asked for, about 63 MB each; the hub has more, in other languages too."""
VOICE_MEGABYTES = 63
_REPO = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_VOICE = re.compile(r"(?P<family>[a-z]{2,3})_(?P<region>[A-Za-z0-9]{2,3})-(?P<name>\w+)-(?P<quality>\w+)")


def repo_of(name: str) -> str:
    """The hub's `org/repo` for a model's name, or ''."""
    known = HEARING_MODELS.get(name.strip().lower())
    if known:
        return known.repo
    sound = _REPO.fullmatch(name.strip()) and "--" not in name and ".." not in name
    return name.strip() if sound else ""


def name_of(repo: str) -> str:
    """The first name that stands for `repo`; itself where there is none."""
    return next((name for name, known in HEARING_MODELS.items() if known.repo == repo), repo)


def voice_folder(name: str) -> str:
    """Where in `VOICE_REPO` a voice such as `en_GB-alba-medium` is, e.g. `en/en_GB/alba/medium`; '' for no name."""
    found = _VOICE.fullmatch(name.strip())
    if not found:
        return ""
    return f"{found['family']}/{found['family']}_{found['region']}/{found['name']}/{found['quality']}"


@cache
def near(name: str, among: tuple[str, ...]) -> str:
    """` Did you mean …?` with the names nearest to a mistyped one, or ''."""
    lower = {each.lower(): each for each in among}
    found = [lower[each] for each in get_close_matches(name.strip().lower(), list(lower), n=3, cutoff=0.6)]
    return f" Did you mean {' or '.join(found)}?" if found else ""
