"""`doctor`: which engine each part has and why, whether it would work, and what else on this machine could be used."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.text import Text

from server.app import engine_choice, lexical_infos
from server.cli.environment import idle_settings, unknown_settings
from server.cli.pulling import tell_here, tell_machine
from server.content.check import check as problems_in
from server.core.errors import BedsideError
from server.engines import catalog
from server.engines.asking import Asked
from server.engines.catalog import EngineChoice
from server.engines.protocols import EngineInfo
from server.engines.remote import local_servers as nearby
from server.engines.remote.local_servers import LocalServer
from server.settings import Settings, load_settings

PARTS: tuple[tuple[str, Callable[[EngineChoice, list[str]], Any]], ...] = (
    ("hearing", catalog.hearing),
    ("speaking", catalog.speaking),
    ("detecting", lambda choice, _: catalog.detecting(choice)),
    ("acting", lambda choice, _: catalog.acting(choice)),
)
"""How each is built; the list is given what is wrong with a model that had to be done without."""


def parts(choice: EngineChoice) -> tuple[tuple[str, Callable[[EngineChoice, list[str]], Any]], ...]:
    """Those that there are: a model that rates only where one is set."""
    rated = bool(choice.rating_url or choice.rating_model)
    return (*PARTS, *([("rating", lambda choice, _: catalog.rating(choice))] if rated else []))


def doctor() -> bool:
    """Print everything; True when what the settings ask for can be had."""
    console = Console()
    _tell_warnings(console, unknown_settings())
    settings = load_settings()
    _tell_warnings(console, idle_settings(settings))
    sound = _tell_settings(console, settings) & asyncio.run(_tell_engines(console, settings))
    writable = _tell_data(console, settings.data_dir.expanduser().absolute())
    tell_here(console, settings)
    tell_machine(console, settings, disk=writable)
    _tell_servers(console, asyncio.run(nearby.local_servers(nearby.USUAL_PORTS, nearby.WITHIN_S)))
    _tell_library(console, settings)
    return sound and writable


def _tell_warnings(console: Console, warnings: list[str]) -> None:
    for warning in warnings:
        console.print(Text(f"settings: {warning}", style="yellow"), soft_wrap=True)


def _tell_settings(console: Console, settings: Settings) -> bool:
    try:
        settings.check()
    except BedsideError as error:
        console.print(Text(f"settings: {error.message}", style="red"))
        return False
    return True


async def _tell_engines(console: Console, settings: Settings) -> bool:
    """Try each part by itself, so that one that fails does not hide the others."""
    choice = engine_choice(settings)
    sound = [await _tell_part(console, part, make, choice) for part, make in parts(choice)]
    for info in lexical_infos():
        _tell_engine(console, info, Asked())
    return all(sound)


async def _tell_part(
    console: Console, part: str, make: Callable[[EngineChoice, list[str]], Any], choice: EngineChoice
) -> bool:
    """Build it, load it, and ask the server behind it; True when it would work as the settings say."""
    engine, faults = None, list[str]()
    try:
        engine = make(choice, faults)
        await catalog.warm(engine)
        asked = await catalog.ask(engine)
    except BedsideError as error:
        _tell_failure(console, part, "cannot be had", error.message)
        return False
    finally:
        await catalog.close(engine)
    for fault in faults:
        _tell_failure(console, part, f"{_chosen(part, choice)} cannot be used", fault)
    _tell_engine(console, replace(engine.info, notice=engine.info.notice.removeprefix(" ".join(faults)).strip()), asked)
    return not (faults or asked.fault)


def _chosen(part: str, choice: EngineChoice) -> str:
    """Where a model that is not the embedded one came from."""
    named = {
        "hearing": ("BEDSIDE_HEARING_MODEL", choice.hearing_model),
        "speaking": ("BEDSIDE_SPEAKING_VOICE", choice.speaking_voice),
    }
    setting, value = named.get(part, ("", ""))
    return setting if value else "what was pulled"


def _tell_failure(console: Console, part: str, what: str, why: str) -> None:
    console.print(Text.assemble((f"{part:<10}", "bold"), " ", (what, "red")))
    console.print(Text(f"           {why}"))


def _tell_engine(console: Console, info: EngineInfo, asked: Asked) -> None:
    ready = ("ready", "green") if info.ready and not asked.fault else ("not ready", "red")
    where = f" · {info.host} is sent what is said" if info.host else ""
    heading = f" {info.name} {info.version} · {info.kind} · {info.licence}{where} · "
    console.print(Text.assemble((f"{info.part:<10}", "bold"), heading, ready))
    for line, style in ((asked.fault, ""), (asked.doubt, "yellow"), (info.notice, "dim")):
        if line:
            console.print(Text(f"           {line}", style=style))


def _tell_data(console: Console, folder: Path) -> bool:
    """True when the data folder can be written, or made; nothing is left behind by trying."""
    console.print(Text(f"data: {folder}"), soft_wrap=True)
    try:
        there = next(path for path in (folder, *folder.parents) if path.exists())
        with TemporaryDirectory(dir=there):
            return True
    except OSError as error:
        why = f"      This folder cannot be written: {error.strerror}. Set BEDSIDE_DATA_DIR to another."
        console.print(Text(why, style="red"), soft_wrap=True)
        return False


def _tell_servers(console: Console, servers: tuple[LocalServer, ...]) -> None:
    ports = ", ".join(str(port) for port in nearby.USUAL_PORTS)
    if not servers:
        console.print(Text(f"model servers on this machine: none answers on ports {ports}"))
        return
    console.print(Text("model servers on this machine (none is used unless a setting says so):"))
    for server in servers:
        for line in server_lines(server):
            console.print(Text(f"  {line}"), soft_wrap=True)


def server_lines(server: LocalServer) -> list[str]:
    """What was found on a port, and the settings that would use it."""
    if not server.name:
        return [f"port {server.port}: something that is no model server"]
    listed = ", ".join(server.models[:8]) + (f" and {len(server.models) - 8} more" if len(server.models) > 8 else "")
    lines = [f"port {server.port}: {server.name}, {f'with {listed}' if listed else 'which lists no model'}"]
    for_speech = {*server.hears, *server.speaks}
    chat = [model for model in server.models if model not in for_speech and "embed" not in model.lower()]
    uses = (("CHAT", chat), ("HEARING", server.hears), ("SPEAKING", server.speaks))
    return lines + [f"  {_setting(part, server.url, models[0])}" for part, models in uses if models]


def _setting(part: str, url: str, model: str) -> str:
    engine = "" if part == "CHAT" else f"BEDSIDE_{part}=remote "
    return f"{engine}BEDSIDE_{part}_URL={url} BEDSIDE_{part}_MODEL={shlex.quote(model)}"


def _tell_library(console: Console, settings: Settings) -> None:
    problems = problems_in([settings.personas_dir, settings.rubrics_dir], settings.rubrics_dir)
    for problem in problems:
        console.print(Text(str(problem), style="yellow"))
    warnings = sum(problem.warning for problem in problems)
    console.print(f"library: {len(problems) - warnings} errors, {warnings} warnings")
