"""Speaking by flite (CMU, permissive), the embedded voice: a system library, in a process of its own."""

from __future__ import annotations

import unicodedata
from typing import Any

from server.core.errors import EngineError, EngineMissing
from server.engines.children.voice import ChildVoice
from server.engines.children.worker import Worker
from server.engines.description import Description
from server.engines.embedded.flite_worker import MEND
from server.engines.embedded.flite_worker import places as _places
from server.engines.protocols import EngineInfo
from server.engines.speakable import spoken_words

VOICES = ("slt", "rms", "awb", "kal16")
"""slt: a woman. rms, awb: men, awb the higher. kal16: a man, older technique, clear and flat; only by its name."""
_SIGNS = str.maketrans({"°": " degrees ", "£": " pounds ", "€": " euros ", "²": " squared", "\u2044": "/"})


class FliteVoice(ChildVoice):
    """A `Voice` of flite's compiled-in speakers. Raises `EngineMissing` where the library is not installed."""

    def __init__(self) -> None:
        for name in ("flite", "flite_cmu_us_slt"):
            if next(iter(_places(name)), None) is None:
                raise EngineMissing(f"flite is not installed: {MEND}")
        info = EngineInfo(
            part="speaking",
            name="flite",
            kind="embedded",
            version="2",
            licence="CMU flite licence (BSD-like)",
            ready=True,
            notice="A plain synthetic voice: age and pace are audible, emotion is not.",
        )
        super().__init__(info, Worker("server.engines.embedded.flite_worker", name="flite"), request_for)

    def _words(self, text: str) -> list[str]:
        """As ASCII. Raises `EngineError` `unsayable` for letters that flite has no sound for."""
        words = spoken_words(text)
        plain = [_latin(word) for word in words]
        if any(words) and not any(char.isalnum() for word in plain for char in word):
            raise EngineError("flite has English voices only and cannot say this text.", code="unsayable")
        return plain


def request_for(line: str, wanted: Description) -> dict[str, Any]:
    """`line` as a request to the child."""
    return {"text": line, "voice": pick(wanted), "stretch": wanted.stretch, "pitch": wanted.pitch}


def pick(wanted: Description) -> str:
    """The nearest voice: one named in the description, else by sex and age (rms: a man neither young nor old, at his
    own pitch, which it cannot change). A thing that speaks sounds like one.
    """
    for name in VOICES:
        if name in wanted.names:
            return name
    if "system" in wanted.names:
        return "kal16"
    if wanted.sex == "female":
        return "slt"
    return "rms" if wanted.age == "adult" and wanted.pitch == 1.0 else "awb"


def _latin(word: str) -> str:
    """`word` in ASCII: accents fall away, and letters without any."""
    plain = unicodedata.normalize("NFKD", word.translate(_SIGNS)).encode("ascii", "ignore").decode()
    return " ".join(plain.split())
