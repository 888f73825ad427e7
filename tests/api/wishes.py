"""A request for any route that OpenAPI describes: right in its form, whatever it may mean."""

from __future__ import annotations

import re
from typing import Any

BODIES: dict[str, dict[str, Any]] = {}
"""By route, where its schema alone does not make a body that is taken."""


def path_of(path: str, known: dict[str, str]) -> str:
    """With something in place of every parameter."""
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], _plausible(found[1])), path)


def _plausible(parameter: str) -> str:
    return {"number": "1", "kind": "goal", "step": "1", "edition": "1", "seq": "1"}.get(parameter, f"none_{'0' * 22}")


def query_of(operation: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    """What has to be in the address."""
    needed = [each for each in operation.get("parameters", ()) if each["in"] == "query" and each.get("required")]
    return {each["name"]: value_of(each["schema"], described) for each in needed}


def body_of(key: str, operation: dict[str, Any], described: dict[str, Any]) -> Any:
    """None where it takes none."""
    if key in BODIES:
        return BODIES[key]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json")
    return None if content is None else value_of(content["schema"], described)


def value_of(schema: dict[str, Any], described: dict[str, Any]) -> Any:
    """The least that such a schema takes."""
    if "$ref" in schema:
        return value_of(described["components"]["schemas"][schema["$ref"].rpartition("/")[2]], described)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return value_of(schema[several][0], described)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, described)


def _of_type(schema: dict[str, Any], described: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            return {name: value_of(schema["properties"][name], described) for name in needed}
        case "array":
            return [value_of(schema["items"], described)] * schema.get("minItems", 0)
        case "string":
            return _text(schema)
        case "integer" | "number":
            return int(schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1))
        case "boolean":
            return False
    return None


def _text(schema: dict[str, Any]) -> str:
    if schema.get("format") == "date-time":
        return "2026-01-01T00:00:00Z"
    return "x" * max(1, int(schema.get("minLength", 0)))
