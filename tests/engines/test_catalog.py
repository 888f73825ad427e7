"""Which engine a choice gets, and what is said when it cannot be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from server.api.consent import consent
from server.core.errors import EngineError, EngineMissing, ReplyRefused, SetupError
from server.core.prompt import Prompt
from server.core.sound.audio import silence
from server.engines import catalog
from server.engines.catalog import EngineChoice
from server.engines.embedded import espeak, flite, sphinx
from server.engines.scripted import ScriptedActor
from server.engines.weights.models import hearing_folder, voices_folder
from tests.models.tiny_piper import make_voice
from tests.models.tiny_whisper import make_scripted

NOWHERE = "nowhere"


@pytest.fixture
async def made() -> AsyncIterator[list[Any]]:
    engines: list[Any] = []
    yield engines
    await catalog.close(*engines)


def without_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx, "find_spec", lambda _: None)
    monkeypatch.setattr(espeak, "find_spec", lambda _: None)
    monkeypatch.setattr(flite, "_places", lambda _: iter(()))


async def test_the_default_needs_nothing(made: list[Any]) -> None:
    choice = EngineChoice()
    made += [catalog.hearing(choice), catalog.speaking(choice), catalog.detecting(choice), catalog.acting(choice)]
    assert [engine.info.name for engine in made] == ["pocketsphinx", "flite", "silero-vad", "scripted"]
    await catalog.warm(*made)
    assert all(engine.info.ready and engine.info.kind == "embedded" for engine in made)


async def test_auto_takes_real_engines_that_are_there(made: list[Any], tmp_path: Path) -> None:
    model, voice = make_scripted(tmp_path / "w", "Hello."), make_voice(tmp_path)
    choice = EngineChoice(hearing_model=str(model), hearing_device="cpu", hearing_workers=1, speaking_voice=str(voice))
    made += [catalog.hearing(choice), catalog.speaking(choice)]
    assert [engine.info.name for engine in made] == ["faster-whisper", "piper"]


async def test_auto_takes_what_was_pulled(made: list[Any], tmp_path: Path) -> None:
    make_scripted(hearing_folder("org/tiny", tmp_path), "Hello.")
    make_voice(voices_folder(tmp_path), "en_GB-alba-medium")
    choice = EngineChoice(models_dir=tmp_path)
    made += [catalog.hearing(choice), catalog.speaking(choice)]
    assert [engine.info.name for engine in made] == ["faster-whisper", "piper"]
    make_voice(voices_folder(tmp_path), "en_GB-cori-medium")
    assert choice.wanted_voice() == str(voices_folder(tmp_path)), "several voices serve together"
    assert EngineChoice(models_dir=tmp_path, speaking_voice="x", hearing_model="y").wanted_model() == "y"


async def test_auto_falls_back_and_says_so(made: list[Any], tmp_path: Path) -> None:
    corrupt = make_voice(tmp_path)
    corrupt.write_bytes(b"x")
    choice = EngineChoice(hearing_model=NOWHERE, speaking_voice=str(corrupt))
    made += [catalog.hearing(choice), catalog.speaking(choice)]
    assert [engine.info.name for engine in made] == ["pocketsphinx", "flite"]
    assert "no model folder nowhere" in made[0].info.notice
    assert "tiny.onnx" in made[1].info.notice


async def test_auto_without_anything_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    without_wheels(monkeypatch)
    hearing, speaking = catalog.hearing(EngineChoice()), catalog.speaking(EngineChoice())
    assert not hearing.info.ready and not speaking.info.ready
    assert "pip install pocketsphinx" in hearing.info.notice
    assert "install" in speaking.info.notice
    with pytest.raises(EngineMissing):
        await hearing.transcribe(silence(1_000), language="en", hints=())
    assert [pcm async for pcm in speaking.speak("Hello.", voice="")] == []


def test_a_named_engine_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    without_wheels(monkeypatch)
    with pytest.raises(EngineMissing, match="pip install pocketsphinx"):
        catalog.hearing(EngineChoice(hearing="pocketsphinx"))
    with pytest.raises(EngineMissing, match="install"):
        catalog.speaking(EngineChoice(speaking="flite"))
    with pytest.raises(EngineMissing, match="pip install espeakng-loader"):
        catalog.speaking(EngineChoice(speaking="espeak"))
    with pytest.raises(EngineMissing, match="no model folder nowhere"):
        catalog.hearing(EngineChoice(hearing="faster-whisper", hearing_model=NOWHERE))
    with pytest.raises(EngineMissing, match="bedside pull hearing org/no-such-model"):
        catalog.hearing(EngineChoice(hearing="faster-whisper", hearing_model="org/no-such-model"))
    with pytest.raises(EngineMissing, match="is missing"):
        catalog.speaking(EngineChoice(speaking="piper", speaking_voice=f"{NOWHERE}/x.onnx"))


def test_settings_that_lack_a_part_are_named() -> None:
    with pytest.raises(SetupError, match="bedside pull hearing small"):
        catalog.hearing(EngineChoice(hearing="faster-whisper"))
    with pytest.raises(SetupError, match="bedside pull voice"):
        catalog.speaking(EngineChoice(speaking="piper"))
    with pytest.raises(SetupError, match=r"BEDSIDE_HEARING_URL.*BEDSIDE_HEARING_MODEL"):
        catalog.hearing(EngineChoice(hearing="remote", hearing_model="m"))
    with pytest.raises(SetupError, match=r"BEDSIDE_SPEAKING_URL.*BEDSIDE_SPEAKING_MODEL"):
        catalog.speaking(EngineChoice(speaking_url="https://speech.example/v1"))
    with pytest.raises(SetupError, match="address"):
        catalog.acting(EngineChoice(acting="chat", chat_url="localhost:1", chat_model="m"))


async def test_none_is_silent_by_choice() -> None:
    choice = EngineChoice(hearing="none", speaking="none")
    for engine in (catalog.hearing(choice), catalog.speaking(choice), catalog.detecting(choice)):
        assert not engine.info.ready
        assert "switched off" in engine.info.notice
    with pytest.raises(EngineMissing):
        catalog.detecting(choice).detector()


@pytest.mark.parametrize(
    ("url", "kind", "host"),
    [("http://localhost:11434/v1", "local", ""), ("https://models.example.org/v1", "remote", "models.example.org")],
)
async def test_a_remote_model_names_its_host(made: list[Any], url: str, kind: str, host: str) -> None:
    made.append(catalog.acting(EngineChoice(acting="chat", chat_url=url, chat_model="m", chat_key="hush")))
    assert (made[0].info.kind, made[0].info.host) == (kind, host)
    assert "hush" not in repr(EngineChoice(chat_key="hush"))


async def test_remote_speech_is_asked_for_by_its_address_and_named_to_the_learner(made: list[Any]) -> None:
    url = "https://speech.example.org/v1"
    choice = EngineChoice(
        hearing_url=url, hearing_model="whisper-1", hearing_key="hush", speaking_url=url, speaking_model="tts-1"
    )
    made += [catalog.hearing(choice), catalog.speaking(choice)]
    infos = [engine.info for engine in made]
    assert [(info.kind, info.host) for info in infos] == [("remote", "speech.example.org")] * 2
    told = consent(infos)
    assert "speech.example.org: your voice, to be recognised" in told
    assert "speech.example.org: the patient's words, to be spoken" in told
    assert "hush" not in repr(choice)
    made += [catalog.hearing(EngineChoice(hearing_model="whisper-1"))]
    assert made[-1].info.kind == "embedded", "a name alone sends nothing anywhere"


async def test_what_a_token_costs_reaches_the_actor(made: list[Any]) -> None:
    choice = EngineChoice(
        acting="chat", chat_url="http://localhost:1/v1", chat_model="m", chat_price_in=0.5, chat_price_out=2.0
    )
    made.append(catalog.acting(choice))
    assert (made[0].settings.price_in, made[0].settings.price_out) == (0.5, 2.0)


async def test_the_scripted_actor_says_the_lines_or_refuses() -> None:
    prompt = Prompt(role="", conversation=(), direction="", lines=("It'll be quiet.", "It's always quiet."))
    assert [text async for text in ScriptedActor().act(prompt)] == ["It'll be quiet. It's always quiet."]
    with pytest.raises(ReplyRefused) as refused:
        await anext(ScriptedActor().act(Prompt(role="", conversation=(), direction="", lines=())))
    assert refused.value.code == "reply_empty"
    assert isinstance(refused.value, EngineError)


def test_importing_the_catalog_imports_no_library() -> None:
    heavy = {
        "openai",
        "numpy",
        "onnxruntime",
        "faster_whisper",
        "ctranslate2",
        "pocketsphinx",
        "piper",
        "huggingface_hub",
        "httpx2",
    }
    program = f"import sys, server.engines.catalog\nprint(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
