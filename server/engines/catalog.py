"""Which engine each part gets. The one place that knows them all; heavy libraries are imported only when chosen.

An engine that was named and is missing is an error with the command that mends it. `auto` takes the remote one if its
address is set and never otherwise, else a model that was named or pulled, then the embedded one, then none, and says in
`info.notice` what it could not have and why.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, runtime_checkable

from server.core.errors import EngineError, SetupError
from server.engines.asking import Asked
from server.engines.protocols import Actor, DetectorFactory, Transcriber, Voice
from server.engines.silent import NoDetectors, NoTranscriber, NoVoice
from server.engines.weights.models import hearing_model, pulled_hearing, pulled_voices, voice_files

if TYPE_CHECKING:
    from server.engines.chat.rating import RatingModel

E = TypeVar("E")
_NOTHING_PULLED = Path("nothing-was-pulled")
"""Where there is no folder of models; it does not exist."""


@runtime_checkable
class _Askable(Protocol):
    async def ask(self) -> Asked: ...


@dataclass(frozen=True)
class EngineChoice:
    """What the settings say about engines."""

    hearing: Literal["auto", "pocketsphinx", "faster-whisper", "remote", "none"] = "auto"
    hearing_model: str = ""
    """Name or folder of a faster-whisper model, or the name of a remote one; '': the model that was pulled last."""
    hearing_device: Literal["auto", "cpu", "cuda"] = "auto"
    hearing_workers: int = 0
    hearing_url: str = ""
    hearing_key: str = field(default="", repr=False)
    speaking: Literal["auto", "flite", "espeak", "piper", "remote", "none"] = "auto"
    speaking_voice: str = ""
    """Name, file or folder of Piper voices; '': those that were pulled."""
    speaking_url: str = ""
    speaking_model: str = ""
    speaking_key: str = field(default="", repr=False)
    acting: Literal["scripted", "chat"] = "scripted"
    chat_url: str = ""
    chat_model: str = ""
    chat_key: str = field(default="", repr=False)
    chat_price_in: float = 0.0
    """What a million tokens cost; 0: not known."""
    chat_price_out: float = 0.0
    rating_url: str = ""
    """Where a model that rates is; '': the rules alone do."""
    rating_model: str = ""
    rating_key: str = field(default="", repr=False)
    models_dir: Path | None = None
    """Where `bedside pull` keeps models; None: nothing was pulled."""

    def wanted_model(self) -> str:
        """The name or folder of the Whisper model that is meant; ''."""
        newest = [] if self.models_dir is None else pulled_hearing(self.models_dir)
        return self.hearing_model or (str(newest[0]) if newest else "")

    def wanted_voice(self) -> str:
        """The name, file or folder of the Piper voices that are meant; ''."""
        pulled = () if self.models_dir is None else pulled_voices(self.models_dir)
        if self.speaking_voice or not pulled:
            return self.speaking_voice
        return str(pulled[0] if len(pulled) == 1 else pulled[0].parent)


def hearing(choice: EngineChoice, faults: list[str] | None = None) -> Transcriber:
    """Build the recogniser. Raises `EngineMissing`, `EngineError` for a named one that cannot be had.

    `faults` is given what is wrong with a model that was named or pulled and that `auto` goes without.
    """
    wanted: dict[str, Callable[[], Transcriber]] = {
        "remote": lambda: _remote_hearing(choice),
        "faster-whisper": lambda: _whisper(choice),
        "pocketsphinx": _sphinx,
        "none": lambda: NoTranscriber("Hearing is switched off: encounters are typed."),
    }
    if choice.hearing != "auto":
        return wanted[choice.hearing]()
    real = "remote" if choice.hearing_url else "faster-whisper" if choice.wanted_model() else ""
    order = [*([_noting(wanted[real], faults)] if real else []), wanted["pocketsphinx"]]
    return _first(order, lambda why: NoTranscriber(f"Encounters are typed. {why}"))


def speaking(choice: EngineChoice, faults: list[str] | None = None) -> Voice:
    """Build the voice; raises and tells of `faults` as `hearing` does."""
    wanted: dict[str, Callable[[], Voice]] = {
        "remote": lambda: _remote_speaking(choice),
        "piper": lambda: _piper(choice),
        "flite": _flite,
        "espeak": _espeak,
        "none": lambda: NoVoice("Speaking is switched off: the patient's words are shown as text."),
    }
    if choice.speaking != "auto":
        return wanted[choice.speaking]()
    real = "remote" if choice.speaking_url else "piper" if choice.wanted_voice() else ""
    order = [*([_noting(wanted[real], faults)] if real else []), wanted["flite"], wanted["espeak"]]
    return _first(order, lambda why: NoVoice(f"The patient's words are shown as text. {why}"))


def detecting(choice: EngineChoice) -> DetectorFactory:
    """Build the voice detector; where there is none, one that says so."""
    if choice.hearing == "none":
        return NoDetectors("Hearing is switched off: encounters are typed.")
    return _first([_silero], lambda why: NoDetectors(f"Speech cannot be detected. {why}"))


def acting(choice: EngineChoice) -> Actor:
    """Build the actor. Raises `SetupError` where a chat model is asked for without its address or name."""
    from server.engines.scripted import ScriptedActor

    if choice.acting == "scripted":
        return ScriptedActor()
    if not (choice.chat_url.startswith(("http://", "https://")) and choice.chat_model):
        raise SetupError("Acting by a chat model needs its address (http:// or https://) and its name.")
    from server.engines.chat.chat import ChatActor, ChatSettings

    settings = ChatSettings(
        url=choice.chat_url,
        model=choice.chat_model,
        key=choice.chat_key,
        price_in=choice.chat_price_in,
        price_out=choice.chat_price_out,
    )
    return ChatActor(settings)


def rating(choice: EngineChoice) -> RatingModel | None:
    """The model that rates beside the rules; None where none is set. Raises `SetupError` where it is half set."""
    if not (choice.rating_url or choice.rating_model):
        return None
    if not (choice.rating_url.startswith(("http://", "https://")) and choice.rating_model):
        message = "Rating by a model needs BEDSIDE_RATING_URL (http:// or https://) and BEDSIDE_RATING_MODEL."
        raise SetupError(message, code="rating_not_named")
    from server.engines.chat.rating import RatingModel

    return RatingModel(choice.rating_url, choice.rating_model, choice.rating_key)


async def warm(*engines: object) -> None:
    """Load now what an engine would load at its first use, off the loop. Raises the engine's `EngineError`."""
    for engine in engines:
        if hasattr(engine, "start"):
            await asyncio.to_thread(engine.start)


async def ask(engine: object) -> Asked:
    """Ask an engine behind an address whether it would answer; there is nothing to ask of others."""
    return await engine.ask() if isinstance(engine, _Askable) else Asked()


async def close(*engines: object) -> None:
    """End what the engines hold: threads, connections, child processes. Engines that hold nothing are left alone."""
    for engine in engines:
        ended = engine.close() if hasattr(engine, "close") else None
        if inspect.isawaitable(ended):
            await ended


def _noting(make: Callable[[], E], faults: list[str] | None) -> Callable[[], E]:
    """`make`, which also adds to `faults` why it could not."""

    def noted() -> E:
        try:
            return make()
        except EngineError as error:
            if faults is not None:
                faults.append(error.message)
            raise

    return noted


def _first(makers: Sequence[Callable[[], E]], last: Callable[[str], E]) -> E:
    """The first that can be made, with a notice of those that could not."""
    reasons: list[str] = []
    for make in makers:
        try:
            return _noticed(make(), reasons)
        except EngineError as error:
            reasons.append(error.message)
    return last(" ".join(reasons))


def _noticed(engine: E, reasons: list[str]) -> E:
    if reasons:
        made: Any = engine
        made.info = replace(made.info, notice=f"{' '.join(reasons)} Using {made.info.name}. {made.info.notice}")
    return engine


def _whisper(choice: EngineChoice) -> Transcriber:
    from server.engines.whisper.whisper import WhisperSettings, WhisperTranscriber

    wanted = choice.wanted_model()
    if not wanted:
        raise SetupError(
            "faster-whisper needs a model: `bedside pull hearing small` fetches one, or set BEDSIDE_HEARING_MODEL to "
            "the folder of one in CTranslate2 format."
        )
    directory = hearing_model(wanted, choice.models_dir or _NOTHING_PULLED)
    return WhisperTranscriber(WhisperSettings(directory, device=choice.hearing_device, workers=choice.hearing_workers))


def _sphinx() -> Transcriber:
    from server.engines.embedded.sphinx import SphinxTranscriber

    return SphinxTranscriber()


def _piper(choice: EngineChoice) -> Voice:
    from server.engines.piper.piper import PiperVoice

    wanted = choice.wanted_voice()
    if not wanted:
        raise SetupError(
            "Piper needs a voice: `bedside pull voice en_GB-alba-medium` fetches one, or set BEDSIDE_SPEAKING_VOICE to "
            "a file NAME.onnx that has its NAME.onnx.json beside it."
        )
    voice = PiperVoice(voice_files(wanted, choice.models_dir or _NOTHING_PULLED))
    try:
        voice.start()
    except EngineError:
        voice.close()
        raise
    return voice


def _remote_hearing(choice: EngineChoice) -> Transcriber:
    _check_service(choice.hearing_url, choice.hearing_model, "HEARING")
    from server.engines.remote.hearing import RemoteTranscriber
    from server.engines.remote.remote import RemoteSettings

    return RemoteTranscriber(RemoteSettings(choice.hearing_url, choice.hearing_model, choice.hearing_key))


def _remote_speaking(choice: EngineChoice) -> Voice:
    _check_service(choice.speaking_url, choice.speaking_model, "SPEAKING")
    from server.engines.remote.remote import RemoteSettings
    from server.engines.remote.speaking import RemoteVoice

    return RemoteVoice(RemoteSettings(choice.speaking_url, choice.speaking_model, choice.speaking_key))


def _check_service(url: str, model: str, part: str) -> None:
    """Raises `SetupError` where a remote engine has no address or no model's name."""
    if not (url.startswith(("http://", "https://")) and model):
        raise SetupError(
            f"Remote {part.lower()} needs BEDSIDE_{part}_URL (http:// or https://) and BEDSIDE_{part}_MODEL.",
            code="remote_not_named",
        )


def _flite() -> Voice:
    from server.engines.embedded.flite import FliteVoice

    return FliteVoice()


def _espeak() -> Voice:
    from server.engines.embedded.espeak import EspeakVoice

    return EspeakVoice()


def _silero() -> DetectorFactory:
    from server.engines.detecting import SileroDetectors

    return SileroDetectors()
