"""What pydantic found, said so that somebody who writes cases and no code can mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic_core import ErrorDetails

from server.content.safe_yaml import Document
from server.core.errors import Problem

MOST_SHOWN = 60
"""Characters of an author's own text that a message repeats."""


def explain(kind: type, document: Document, fault: ErrorDetails) -> Problem:
    """One fault as a `Problem` with line and key."""
    where = [part for part in fault["loc"] if part != "[key]"]
    key = ".".join(str(part) for part in where)
    name = str(where[-1]) if where else "the file"
    if fault["type"] == "missing":
        return _missing(kind, document, where, key)
    if fault["type"] == "unexpected_keyword_argument":
        return _unknown(kind, document, where, key)
    say = _SAYINGS.get(fault["type"], _other)
    message, mend = say(name, fault)
    return document.problem(key, message, mend)


def _missing(kind: type, document: Document, where: list[int | str], key: str) -> Problem:
    """Points at the part that lacks the field, and shows a line that would do."""
    name = str(where[-1])
    example = example_line(type_at(kind, where[:-1]), name)
    return document.problem(key, f'"{name}" is missing;', f"add a line such as `{example}`.")


def _unknown(kind: type, document: Document, where: list[int | str], key: str) -> Problem:
    owner, name = type_at(kind, where[:-1]), str(where[-1])
    mend = _unparted(owner, name) or _elsewhere(kind, where, owner, name) or suggestion(name, _names(owner))
    return document.problem(key, f'unknown field "{name[:MOST_SHOWN]}";', mend)


def _unparted(owner: Any, name: str) -> str:
    """A field and its value with no colon or no blank between them, as in `{id:F_tom, disclosure volunteered}`."""
    field, _, value = name.replace(":", " ", 1).partition(" ")
    if field == name or field not in _names(owner):
        return ""
    return f"write `{field}: {value.strip()[:MOST_SHOWN]}`, with a colon and a blank between."


def _elsewhere(kind: type, where: list[int | str], owner: Any, name: str) -> str:
    """A field of the right name that belongs to the part around this one, or to a part within it."""
    fields_above = [part for part in where[:-1] if isinstance(part, str)][-1:]
    if fields_above and not isinstance(where[-2], int) and name in _names(type_at(kind, where[:-2])):
        return f'it belongs one level up, beside "{fields_above[0]}".'
    below = (part for part in _names(owner) if name in _names(_plain(_hints(owner)[part])))
    part = next(below, "")
    return f'it belongs one level down, inside "{part}".' if part else ""


def _names(owner: Any) -> list[str]:
    return [field.name for field in fields(owner)] if is_dataclass(owner) else []


def suggestion(wrong: str, known: list[str]) -> str:
    """`did you mean "x"?`, or the whole list when nothing is near and the list is short."""
    near = get_close_matches(wrong, known, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"choose from: {', '.join(sorted(known))}." if 0 < len(known) <= 40 else "take it out."


def example_line(owner: Any, name: str) -> str:
    hint = _hints(owner).get(name) if is_dataclass(owner) else None
    return f"{name}: {example(hint)}" if hint is not None else f"{name}: ..."


def example(hint: Any) -> str:
    """A value of this type, as an author would write it."""
    hint = _plain(hint)
    if get_origin(hint) is Literal:
        return str(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return f"[{example(get_args(hint)[0])}]"
    if get_origin(hint) is not None:
        return "{name: value}"
    if is_dataclass(hint):
        needed = [f for f in fields(hint) if f.default is MISSING and f.default_factory is MISSING]
        return "{" + ", ".join(f"{f.name}: {example(_hints(hint)[f.name])}" for f in needed) + "}"
    return {int: "1", float: "1.5", bool: "true"}.get(hint, '"..."')


def type_at(kind: Any, where: list[int | str]) -> Any:
    """The declared type at a place in a file; None where nothing is declared."""
    for part in where:
        kind = _plain(kind)
        if is_dataclass(kind):
            kind = _hints(kind).get(str(part))
        else:
            kind = get_args(kind)[-1 if get_origin(kind) is not tuple else 0] if get_args(kind) else None
    return _plain(kind)


def _plain(hint: Any) -> Any:
    """`X` of `X | None`."""
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not NoneType)
    return hint


def _hints(owner: Any) -> Mapping[str, Any]:
    return get_type_hints(owner)


Saying = Callable[[str, ErrorDetails], tuple[str, str]]


def _was(fault: ErrorDetails) -> str:
    """What stands there now, shortened."""
    given = fault["input"]
    if isinstance(given, str):
        return f'is "{given[:MOST_SHOWN]}"' + ("..." if len(given) > MOST_SHOWN else "") if given else "is empty"
    return "is a mapping" if isinstance(given, dict) else "is a list"


def _choices(name: str, fault: ErrorDetails) -> tuple[str, str]:
    expected = str(fault.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
    choices = expected.split(", ")
    near = get_close_matches(str(fault["input"]), choices, n=1, cutoff=0.6)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    return f"{name} {_was(fault)};", f"it must be one of: {', '.join(choices)}.{hint}"


def _must(what: str) -> Saying:
    return lambda name, fault: (f"{name} {_was(fault)};", f"it must be {what}.")


def _other(name: str, fault: ErrorDetails) -> tuple[str, str]:
    return f"{name} {_was(fault)};", f"{fault['msg'][0].lower()}{fault['msg'][1:]}."


_WHOLE, _NUMBER = "a whole number, e.g. 3", "a number, e.g. 1.5; nan and inf are not"
_LIST = "a list: `- ` before each entry, or [a, b]"
_MAPPING, _BOOL = "a mapping: `name: value` lines, or {name: value}", "true or false"
_TEXT = "text; put it in double quotes if it holds ': ' or begins with [ or {"
_SAYINGS: dict[str, Saying] = {
    "literal_error": _choices,
    "string_type": _must(_TEXT),
    "int_type": _must(_WHOLE),
    "int_parsing": _must(_WHOLE),
    "int_from_float": _must(_WHOLE),
    "int_parsing_size": lambda name, _: (f"{name}: number too long;", "write fewer digits."),
    "float_type": _must(_NUMBER),
    "float_parsing": _must(_NUMBER),
    "finite_number": _must(_NUMBER),
    "bool_type": _must(_BOOL),
    "bool_parsing": _must(_BOOL),
    "tuple_type": _must(_LIST),
    "mapping_type": _must(_MAPPING),
    "dict_type": _must(_MAPPING),
    "dataclass_type": _must(_MAPPING),
}
