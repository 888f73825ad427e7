"""Speaking by espeak-ng: needs no system library, robotic. For its licence (GPL-3.0) it runs in its own process."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from server.core.errors import EngineMissing
from server.engines.children.voice import ChildVoice
from server.engines.children.worker import Worker
from server.engines.description import Description
from server.engines.installed import version_of
from server.engines.protocols import EngineInfo

_WORDS_PER_MINUTE, _PITCH = 160, 50


class EspeakVoice(ChildVoice):
    """A `Voice` made of espeak-ng's variants. Raises `EngineMissing` where its wheel is not installed."""

    def __init__(self) -> None:
        if find_spec("espeakng_loader") is None:
            raise EngineMissing("espeak-ng is not installed: pip install espeakng-loader")
        info = EngineInfo(
            part="speaking",
            name="espeak-ng",
            kind="embedded",
            version=version_of("espeakng-loader"),
            licence="GPL-3.0-or-later (in a process of its own)",
            ready=True,
            notice="A robotic voice; install flite (apt-get install libflite1) for a more human one.",
        )
        super().__init__(info, Worker("server.engines.embedded.espeak_worker", name="espeak-ng"), request_for)


def request_for(line: str, wanted: Description) -> dict[str, Any]:
    """`line` as a request to the child: variant by sex and age, words per minute, pitch from 0 to 100."""
    return {
        "text": line,
        "voice": "en-us+" + _variant(wanted),
        "words_per_minute": round(_WORDS_PER_MINUTE / wanted.stretch),
        "pitch": min(99, round(_PITCH * wanted.pitch)),
    }


def _variant(wanted: Description) -> str:
    if wanted.sex == "female":
        return "f4" if wanted.age == "old" else "f3"
    return "m7" if wanted.age == "old" else "m3"
