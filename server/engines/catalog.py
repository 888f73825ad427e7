"""Which engine each part gets. The one place that knows them all; heavy libraries are imported only when chosen.

An engine that was named and is missing is an error with the command that mends it. `auto` takes the configured one,
then the embedded one, then none, and says in `info.notice` what it could not have and why.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

from server.core.errors import EngineError, SetupError
from server.engines.protocols import Actor, DetectorFactory, Transcriber, Voice
from server.engines.silent import NoDetectors, NoTranscriber, NoVoice

E = TypeVar("E")


@dataclass(frozen=True)
class EngineChoice:
    """What the settings say about engines."""

    hearing: Literal["auto", "pocketsphinx", "faster-whisper", "none"] = "auto"
    hearing_model: Path | None = None
    """Directory of a faster-whisper model; with `auto` it is tried first."""
    speaking: Literal["auto", "flite", "espeak", "piper", "none"] = "auto"
    speaking_voice: Path | None = None
    """`NAME.onnx` of a Piper voice; with `auto` it is tried first."""
    acting: Literal["scripted", "chat"] = "scripted"
    chat_url: str = ""
    chat_model: str = ""
    chat_key: str = field(default="", repr=False)


def hearing(choice: EngineChoice) -> Transcriber:
    """Build the recogniser. Raises `EngineMissing`, `EngineError` for a named one that cannot be had."""
    wanted: dict[str, Callable[[], Transcriber]] = {
        "faster-whisper": lambda: _whisper(choice),
        "pocketsphinx": _sphinx,
        "none": lambda: NoTranscriber("Hearing is switched off: encounters are typed."),
    }
    if choice.hearing != "auto":
        return wanted[choice.hearing]()
    order = ["faster-whisper", "pocketsphinx"] if choice.hearing_model else ["pocketsphinx"]
    return _first([wanted[name] for name in order], lambda why: NoTranscriber(f"Encounters are typed. {why}"))


def speaking(choice: EngineChoice) -> Voice:
    """Build the voice. Raises `EngineMissing`, `EngineError` for a named one that cannot be had."""
    wanted: dict[str, Callable[[], Voice]] = {
        "piper": lambda: _piper(choice),
        "flite": _flite,
        "espeak": _espeak,
        "none": lambda: NoVoice("Speaking is switched off: the patient's words are shown as text."),
    }
    if choice.speaking != "auto":
        return wanted[choice.speaking]()
    order = ["piper", "flite", "espeak"] if choice.speaking_voice else ["flite", "espeak"]
    return _first(
        [wanted[name] for name in order], lambda why: NoVoice(f"The patient's words are shown as text. {why}")
    )


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
    from server.engines.chat import ChatActor, ChatSettings

    return ChatActor(ChatSettings(url=choice.chat_url, model=choice.chat_model, key=choice.chat_key))


async def warm(*engines: object) -> None:
    """Load now what an engine would load at its first use, off the loop. Raises the engine's `EngineError`."""
    for engine in engines:
        if hasattr(engine, "start"):
            await asyncio.to_thread(engine.start)


async def close(*engines: object) -> None:
    """End what the engines hold: threads, connections, child processes. Engines that hold nothing are left alone."""
    for engine in engines:
        ended = engine.close() if hasattr(engine, "close") else None
        if inspect.isawaitable(ended):
            await ended


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
    from server.engines.whisper import WhisperSettings, WhisperTranscriber

    if choice.hearing_model is None:
        raise SetupError(
            "faster-whisper needs the folder of a model (CTranslate2 format): set BEDSIDE_HEARING_MODEL to one."
        )
    return WhisperTranscriber(WhisperSettings(choice.hearing_model))


def _sphinx() -> Transcriber:
    from server.engines.sphinx import SphinxTranscriber

    return SphinxTranscriber()


def _piper(choice: EngineChoice) -> Voice:
    from server.engines.piper import PiperVoice

    if choice.speaking_voice is None:
        raise SetupError(
            "Piper needs a voice file, NAME.onnx with its NAME.onnx.json: set BEDSIDE_SPEAKING_VOICE to one."
        )
    voice = PiperVoice(choice.speaking_voice)
    try:
        voice.start()
    except EngineError:
        voice.close()
        raise
    return voice


def _flite() -> Voice:
    from server.engines.flite import FliteVoice

    return FliteVoice()


def _espeak() -> Voice:
    from server.engines.espeak import EspeakVoice

    return EspeakVoice()


def _silero() -> DetectorFactory:
    from server.engines.detecting import SileroDetectors

    return SileroDetectors()
