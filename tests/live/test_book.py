"""docs/protocol.md names what is on the wire, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

from openai.types.realtime import RealtimeServerEvent

from server.live import commands, connection, observing, wire_in, wire_out
from tests.live.test_wire import kinds_of

PROTOCOL = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()


def written_types(module: Any) -> set[str]:
    """String literals of a module that look like message types."""
    tree = ast.parse(Path(module.__file__).read_text())
    found = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in found if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", text)}


def sent_types() -> set[str]:
    modules = (wire_out, connection, commands, observing)
    types = set().union(*(written_types(module) for module in modules)) | {"error"}
    known = kinds_of(RealtimeServerEvent)
    return {name for name in types if name in known or name.startswith("bedside.")}


def documented_types(*headings: str) -> set[str]:
    """Types in the given sections; `a.b` / `.c` stands for a.b and a.c."""
    found: set[str] = set()
    for heading in headings:
        section = PROTOCOL.split(f"\n## {heading}\n")[1].split("\n## ")[0]
        lines = [line.split("|")[1] if line.startswith("|") else line for line in section.splitlines()]
        stem = ""
        for name in re.findall(r"`(\.?[a-z_]+(?:\.[a-z_]+)*)`", "\n".join(lines)):
            full = f"{stem.rsplit('.', 1)[0]}{name}" if name.startswith(".") else name
            stem = full if not name.startswith(".") else stem
            found.add(full)
    return {name for name in found if "." in name or name == "error"}


def test_the_book_names_every_type_we_take_and_no_other() -> None:
    taken = set(wire_in.OURS) | set(wire_in.STANDARD)
    assert documented_types("Standard events we take", "Ours, from the client") == taken


def test_the_book_names_every_type_we_send_and_no_other() -> None:
    assert documented_types("Standard events we send", "Ours, from the server") == sent_types()


def test_the_book_names_every_close_code() -> None:
    code = "\n".join(path.read_text() for path in Path(wire_in.__file__).parent.glob("*.py"))
    used = set(re.findall(r"\b(?:Hangup|hang_up|close)\((?:socket, )?(\d{4})", code)) | {"4409"}
    assert all(number in PROTOCOL for number in used), used
