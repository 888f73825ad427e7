"""`doctor`: which engine each part has and why, whether it would load, and what else on this machine could be used."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.text import Text

from server.app import engine_choice, lexical_infos
from server.cli.pulling import tell_here, tell_machine
from server.content.check import check as problems_in
from server.core.errors import BedsideError
from server.engines import catalog
from server.engines import local_servers as nearby
from server.engines.catalog import EngineChoice
from server.engines.local_servers import LocalServer
from server.engines.protocols import EngineInfo
from server.settings import Settings, load_settings

PARTS: tuple[tuple[str, Callable[[EngineChoice], Any]], ...] = (
    ("hearing", catalog.hearing),
    ("speaking", catalog.speaking),
    ("detecting", catalog.detecting),
    ("acting", catalog.acting),
)


def doctor() -> bool:
    """Print everything; True when what the settings ask for can be had."""
    settings, console = load_settings(), Console()
    sound = _tell_settings(console, settings) & asyncio.run(_tell_engines(console, settings))
    console.print(Text(f"data: {settings.data_dir}"), soft_wrap=True)
    tell_here(console, settings)
    tell_machine(console, settings)
    _tell_servers(console, asyncio.run(nearby.local_servers(nearby.USUAL_PORTS, nearby.WITHIN_S)))
    _tell_library(console, settings)
    return sound


def _tell_settings(console: Console, settings: Settings) -> bool:
    try:
        settings.check()
    except BedsideError as error:
        console.print(Text(f"settings: {error.message}", style="red"))
        return False
    return True


async def _tell_engines(console: Console, settings: Settings) -> bool:
    """Build and load each part by itself, so that one that fails does not hide the others."""
    sound, choice = True, engine_choice(settings)
    for part, make in PARTS:
        engine = None
        try:
            engine = make(choice)
            await catalog.warm(engine)
            _tell_engine(console, engine.info)
        except BedsideError as error:
            sound = False
            console.print(Text.assemble((f"{part:<10}", "bold"), " ", ("cannot be had", "red")))
            console.print(Text(f"           {error.message}"))
        finally:
            await catalog.close(engine)
    for info in lexical_infos():
        _tell_engine(console, info)
    return sound


def _tell_engine(console: Console, info: EngineInfo) -> None:
    ready = ("ready", "green") if info.ready else ("not ready", "red")
    where = f" · {info.host} is sent what is said" if info.host else ""
    heading = f" {info.name} {info.version} · {info.kind} · {info.licence}{where} · "
    console.print(Text.assemble((f"{info.part:<10}", "bold"), heading, ready))
    if info.notice:
        console.print(Text(f"           {info.notice}", style="dim"))


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
