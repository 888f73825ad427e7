"""Holding a model's text against a schema: the object in it, where it does not fit, the schema as servers want it.

Pure, and silent about what was in the text: a fault is told by its place.
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

A = TypeVar("A")
MOST_BRACES = 40
"""Places in a text at which its first JSON object is looked for."""
MOST_PLACES = 8
"""Faults that a model is told of at once."""


class Unfit(Exception):
    """An answer that is no data, or does not fit: where, and not with what."""


def read(text: str, schema: TypeAdapter[A]) -> A:
    """The first JSON object of `text`, as `schema` has it. Raises `Unfit`, which says where and not what."""
    found = first_object(text)
    if found is None:
        raise Unfit("there is no JSON object")
    try:
        return schema.validate_json(json.dumps(found))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        places = [f"{_place(fault['loc'])} ({fault['type']})" for fault in faults]
        raise Unfit(", ".join(places[:MOST_PLACES])) from None


def _place(loc: tuple[int | str, ...]) -> str:
    """Where in the answer; a name that the model made up may be anything, so what is no plain name is left out."""
    return ".".join(str(part) if re.fullmatch(r"\w{1,40}", str(part)) else "?" for part in loc) or "the whole"


def first_object(text: str) -> dict[str, Any] | None:
    """The first JSON object that stands in `text`, whatever stands around it."""
    decoder, start = json.JSONDecoder(), -1
    for _ in range(MOST_BRACES):
        start = text.find("{", start + 1)
        if start < 0:
            return None
        try:
            found, _end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return found
    return None


def strict(schema: Any) -> Any:
    """A JSON schema as strict servers want it: objects with every field required, and no other."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _inner(key, part) for key, part in schema.items() if key != "default"}
    if made.get("type") == "object" and isinstance(schema.get("properties"), dict):
        return made | {"required": list(made["properties"]), "additionalProperties": False}
    return made


def _inner(key: str, part: Any) -> Any:
    """What stands under `properties` are names of the author's, and no words of the schema language."""
    if key in {"properties", "$defs"} and isinstance(part, dict):
        return {name: strict(each) for name, each in part.items()}
    return strict(part)
