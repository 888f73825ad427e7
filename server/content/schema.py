"""JSON Schemas, so that an editor completes and checks a case while it is being written.

They are made from the core types, with the docstring under each field as its description; a test fails when they are
stale. `write_schemas` puts them beside the files that name them, and renews the tables of the author's guide.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from server.content.folders import load_library
from server.content.guide import FRONT, README, write_front, write_guide
from server.content.signs import SIGN
from server.core.case import Case
from server.core.lexicon import FEELINGS
from server.core.moves import MOVES
from server.core.rubric import Rubric

FILES: dict[str, type] = {"personas/schema.json": Case, "rubrics/schema.json": Rubric}
_MOVE_FIELDS = {
    ("Action", "moves"), ("Credit", "moves"), ("Credit", "without"), ("Blocker", "move"), ("Dimension", "floor"),
}  # fmt: skip
"""Fields that hold names of moves: an editor then offers the list."""
_SIGN_FIELDS = {
    ("Response", "move"), ("Barrier", "let_through"), ("Beat", "success_if"), ("Beat", "eased_if"), ("Reaction", "to"),
}  # fmt: skip
"""Fields that hold signs: the moves are offered, and what else a sign may be is accepted."""


def write_schemas(root: Path) -> list[Path]:
    """Write every schema under `root`, and the guide where there is one; returns the files that changed."""
    changed = [root / README] if (root / README).exists() and write_guide(root) else []
    shelf = load_library(root / "personas", root / "rubrics").cases.values()
    changed += [root / FRONT] if (root / FRONT).exists() and write_front(root, shelf) else []
    for name in FILES:
        path, text = root / name, schema_text(name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def schema_text(name: str) -> str:
    return json.dumps(schema(FILES[name]), indent=1, ensure_ascii=False) + "\n"


def schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of a case or a rubric."""
    made = TypeAdapter(kind).json_schema()
    made["properties"].pop("variant", None)  # set when a variant is played, never written
    definitions = made.pop("$defs", {})
    for name, part in {kind.__name__: made, **definitions}.items():
        _describe(name, part)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "schema.json"}
    return {**head, **made, "title": f"A Bedside {kind.__name__.lower()}", "$defs": dict(sorted(definitions.items()))}


def _describe(name: str, part: dict[str, Any]) -> None:
    """Docstrings for descriptions, lists of names where names are meant, and no invented titles."""
    owner = _class(name)
    if owner is not None and (text := owner.__dict__.get("__doc__")) and not text.startswith(f"{name}("):
        part["description"] = inspect.cleandoc(text)
    told = field_docs(owner) if owner is not None else {}
    for field, described in part.get("properties", {}).items():
        described.pop("title", None)
        if field in told:
            described["description"] = told[field]
        _offer(described, name, field)


def _offer(described: dict[str, Any], owner: str, field: str) -> None:
    place = described.get("items", described)
    if (owner, field) in _SIGN_FIELDS:
        place |= {"anyOf": [{"enum": sorted(MOVES)}, {"pattern": f"^(?:{_also(field)})$"}]}
    elif (owner, field) in _MOVE_FIELDS:
        place["enum"] = sorted(MOVES)
    elif (owner, field) == ("Opportunity", "feelings"):
        place["enum"] = sorted(FEELINGS)
    elif (owner, field) == ("Case", "phrases"):
        described["propertyNames"] = {"enum": sorted(MOVES)}


def _also(field: str) -> str:
    return rf"{SIGN}|topic:\S.*" if field == "to" else SIGN


def _class(name: str) -> type | None:
    rooms = [
        sys.modules[room] for room in sorted(sys.modules) if room.startswith(("server.core.case", "server.core.rubric"))
    ]
    owned = (getattr(room, name) for room in rooms if hasattr(room, name))
    return next((each for each in owned if isinstance(each, type)), None)


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(sys.modules[module]))


def field_docs(owner: type) -> dict[str, str]:
    """The docstring that stands under each field of a dataclass, read from its source."""
    classes = [part for part in _tree(owner.__module__).body if isinstance(part, ast.ClassDef)]
    body = next(part.body for part in classes if part.name == owner.__name__)
    found = {}
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and (text := _text(after)):
            found[field.target.id] = text
    return found


def _text(part: ast.stmt) -> str:
    if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) and isinstance(part.value.value, str):
        return inspect.cleandoc(part.value.value)
    return ""
