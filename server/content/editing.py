"""Changing one value of a case's text where it stands, so that comments, order and layout stay as they were.

What comes out is read again: unless it says exactly what it should, nothing is changed and `ContentError` tells so.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

import yaml

from server.content.case_text import LOADER, NAME
from server.content.file_text import read_text
from server.content.safe_yaml import MAX_DEPTH, Tree, read_document
from server.core.errors import ContentError, Problem

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,.;'()/!_-]*(?<! )")
"""What needs no quotes in any place; a `, ` would end it inside [ ] and { }."""
WIDTH = 110


@dataclass(frozen=True)
class Change:
    """One change. `set`: the value at `key`, made where the part round it exists; None takes it out. `add`: `value` at
    the end of the list `key`. `remove`: the entry at `key`.
    """

    key: str
    value: Any = None
    """Text, a list of texts, or a mapping of such; None: none."""
    do: Literal["set", "add", "remove"] = "set"


def edited(text: str, changes: list[Change]) -> str:
    """The text with the changes made one after the other. Raises `ContentError`."""
    read_document(text.encode(), NAME)  # before anything is composed: a text that is too deep would end the process
    for change in changes:
        for each in _by_entry(text, change):
            text = _edited(text, each)
    return text


def _by_entry(text: str, change: Change) -> list[Change]:
    """A list that stands in lines of its own is changed entry by entry: what stays the same stays to the letter."""
    top = yaml.compose(read_text(text.encode(), NAME), Loader=LOADER)
    try:
        node = _node(top, change.key.split(".")) if top is not None else None
    except ContentError:
        return [change]
    new, key = change.value, change.key
    if change.do != "set" or not isinstance(node, yaml.SequenceNode) or node.flow_style or not isinstance(new, list):
        return [change]
    if not new or not node.value or not all(isinstance(each, yaml.ScalarNode) for each in node.value):
        return [change]
    old = [each.value for each in node.value]
    both = min(len(old), len(new))
    kept = [Change(f"{key}.{at}", new[at]) for at in range(both) if new[at] != old[at]]
    gone = [Change(f"{key}.{at}", do="remove") for at in reversed(range(both, len(old)))]
    return [*kept, *gone, *(Change(key, each, "add") for each in new[both:])]


def _edited(text: str, change: Change) -> str:
    before = read_document(text.encode(), NAME).tree
    wanted = _wanted(before, change)
    top: yaml.Node = yaml.compose(read_text(text.encode(), NAME), Loader=LOADER)  # type: ignore[assignment]  # it was read
    after = _written(text, top, change)
    try:
        same = read_document(after.encode(), NAME).tree == wanted
    except ContentError:
        same = False
    if not same:
        message = "this part is written in a way that the form cannot change safely;"
        raise ContentError([Problem(message, NAME, key=change.key, mend="change it in the text.")])
    return after


def _wanted(tree: dict[str, Tree], change: Change) -> Tree:
    """The tree as it is to be; the old one is left alone."""
    copy: Any = json.loads(json.dumps(tree))
    *path, last = change.key.split(".")
    here: Any = copy
    for name in path:
        here = _child(here, name, change.key)
    if change.do == "add":
        entries = _child(here, last, change.key)
        if not isinstance(entries, list):
            raise _nowhere(change.key)
        entries.append(_plain(change.value))
    elif isinstance(here, list):
        if change.do == "remove" or change.value is None:
            del here[_place(here, last, change.key)]
        else:
            here[_place(here, last, change.key)] = _plain(change.value)
    elif change.value is None:
        here.pop(last, None)
    else:
        here[last] = _plain(change.value)
    return copy  # type: ignore[no-any-return]


def _child(here: Any, name: str, key: str) -> Any:
    found = (
        here[_place(here, name, key)] if isinstance(here, list) else here.get(name) if isinstance(here, dict) else None
    )
    if not isinstance(found, dict | list):
        raise _nowhere(key)
    return found


def _place(here: list[Any], name: str, key: str) -> int:
    if not name.isdecimal() or int(name) >= len(here):
        raise _nowhere(key)
    return int(name)


def _nowhere(key: str) -> ContentError:
    return ContentError([Problem("there is no such place in the text;", NAME, key=key, mend="read it again.")])


def _plain(value: Any, depth: int = 1) -> Any:
    """As `safe_yaml` reads it back: every scalar is text. Raises `ContentError` for what is too deep for it."""
    if depth > MAX_DEPTH:
        raise ContentError([Problem(f"nested deeper than {MAX_DEPTH}.", NAME)])
    if isinstance(value, dict):
        return {str(name): _plain(each, depth + 1) for name, each in value.items()}
    return [_plain(each, depth + 1) for each in value] if isinstance(value, list) else str(value)


def _written(text: str, top: yaml.Node, change: Change) -> str:
    *path, last = change.key.split(".")
    round_it = _node(top, path)
    if change.do == "add":
        return _appended(text, _node(round_it, [last]), change.value)
    found = _entry(round_it, last)
    if change.do == "remove" or change.value is None:
        return _without(text, round_it, found) if found else text
    if found is None:
        return _inserted(text, round_it, last, change.value)
    return _replaced(text, round_it, found[1], change.value)


def _node(node: yaml.Node, path: list[str]) -> yaml.Node:
    for name in path:
        found = _entry(node, name)
        if found is None:
            raise _nowhere(".".join(path))
        node = found[1]
    return node


def _entry(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Key and value; the key of a list's entry is the entry itself."""
    if isinstance(node, yaml.SequenceNode):
        place = int(name) if name.isdecimal() else len(node.value)
        return (node.value[place], node.value[place]) if place < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    return None


def _replaced(text: str, round_it: yaml.Node, node: yaml.Node, value: Any) -> str:
    start, end = node.start_mark.index, _end(text, node)
    flow = bool(getattr(round_it, "flow_style", False))
    if isinstance(value, str) and isinstance(node, yaml.ScalarNode):
        return text[:start] + scalar(value, _indent(text, start) + 2, flow=flow, room=_room(text, start)) + text[end:]
    return text[:start] + flowing(value) + text[end:]


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends, without the blank lines and comments that follow it."""
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return start + len(text[start:end].rstrip())
    return int(end)


def _inserted(text: str, round_it: yaml.Node, name: str, value: Any) -> str:
    """A new line after the last of a mapping, or a new pair inside { }."""
    if getattr(round_it, "flow_style", False) or not round_it.value:
        at = round_it.end_mark.index - 1
        comma = ", " if round_it.value else ""
        return f"{text[:at]}{comma}{name}: {flowing(value)}{text[at:]}"
    first = round_it.value[0][0]
    blank = " " * first.start_mark.column
    at = _line_end(text, _last(text, round_it))
    return f"{text[:at]}\n{blank}{pair(name, value, len(blank))}{text[at:]}"


def _appended(text: str, node: yaml.Node, value: Any) -> str:
    """One more entry, written as the others are."""
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        if isinstance(node, yaml.SequenceNode):
            at, comma = node.end_mark.index - 1, ", " if node.value else ""
            return f"{text[:at]}{comma}{flowing(value)}{text[at:]}"
        raise _nowhere("")
    dash = text.rindex("-", 0, node.value[-1].start_mark.index)
    blank = " " * (dash - (text.rfind("\n", 0, dash) + 1))
    at = _line_end(text, _last(text, node))
    return f"{text[:at]}\n{blank}- {block(value, len(blank), listed=True)}{text[at:]}"


def _without(text: str, round_it: yaml.Node, found: tuple[yaml.Node, yaml.Node]) -> str:
    key, value = found
    start, end = key.start_mark.index, _last(text, value)
    if getattr(round_it, "flow_style", False):
        after = re.compile(r"\s*,\s*").match(text, end)
        if after:
            return text[:start] + text[after.end() :]
        return re.sub(r",\s*$", "", text[:start]) + text[end:]
    begin = text.rfind("\n", 0, start) + 1
    if isinstance(round_it, yaml.MappingNode) and text[begin:start].strip():
        raise _nowhere(str(key.value))
    after_it = _line_end(text, end)
    if len(round_it.value) == 1:
        return text[:begin].rstrip() + (" []" if isinstance(round_it, yaml.SequenceNode) else " {}") + text[after_it:]
    return text[:begin] + text[after_it + 1 :]


def _last(text: str, node: yaml.Node) -> int:
    """Where the last value inside a part ends: a block's own mark stands behind the comments that follow."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last(text, last[1] if isinstance(last, tuple) else last)
    return _end(text, node)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _indent(text: str, at: int) -> int:
    """Blanks, dashes included, before the first word of the line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(line) - len(line.lstrip(" -"))


def _room(text: str, at: int) -> int:
    return WIDTH - (at - text.rfind("\n", 0, at))


def scalar(value: str, indent: int, *, flow: bool = False, room: int = WIDTH) -> str:
    """A text as YAML: plain where that is safe, folded where it is long, else in double quotes."""
    if PLAIN.fullmatch(value) and (not flow or "," not in value) and len(value) <= room:
        return value
    words = value.split(" ")
    if not flow and len(value) > room and "" not in words and value.isprintable():
        return ">-" + "".join(f"\n{' ' * indent}{line}" for line in _folded(words, WIDTH - indent))
    return json.dumps(value, ensure_ascii=False)


def _folded(words: list[str], width: int) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def flowing(value: Any) -> str:
    """In one line, with [ ] and { }."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flowing(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flowing(each) for each in value) + "]"
    return scalar(str(value), 0, flow=True)


def pair(name: str, value: Any, indent: int) -> str:
    """A key and its value; what stands on lines of its own leaves no blank behind the colon."""
    written = block(value, indent)
    return f"{name}:{written}" if written.startswith("\n") else f"{name}: {written}"


def block(value: Any, indent: int, *, listed: bool = False) -> str:
    """In lines of its own, `indent` blanks in."""
    blank = " " * (indent + 2)
    if isinstance(value, dict) and value:
        lines = [pair(name, each, indent + 2) for name, each in value.items()]
        return ("" if listed else f"\n{blank}") + f"\n{blank}".join(lines)
    if isinstance(value, list) and value:
        return "".join(f"\n{blank}- {block(each, indent + 2, listed=True)}" for each in value)
    return flowing(value) if isinstance(value, dict | list) else scalar(str(value), indent + 2)
