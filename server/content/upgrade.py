"""Bringing a case file to the newest schema: in memory whenever it is read, and in the file when an author asks for it.

The file is edited where the names stand, so that comments, order and layout stay as they were; nothing is written
unless the result reads as the very case that the old file was.
"""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from server.content.file_text import read_text
from server.content.loader import build, read_bytes, shown_name
from server.content.safe_yaml import Document, read_document
from server.core.case import SCHEMA_VERSION, Case
from server.core.case_parts.versions import Step, places, renewed, steps_from
from server.core.errors import ContentError, Problem

VERSION = "schema_version"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser that reads cases: the other one refuses some of what it takes, such as `[Pardon?]`."""


@dataclass(frozen=True)
class Edit:
    """Characters `start` to `end` of a text, and what they become."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Upgrade:
    """One file, and what it would become."""

    path: Path
    before: bytes
    after: bytes
    changes: tuple[str, ...]
    """In plain words, in the order of the file; none where it is of the newest schema, or no case."""


def plan(path: Path) -> Upgrade:
    """What bringing this file to the newest schema would change. Raises `ContentError` where it cannot be done."""
    data = read_bytes(path)
    old = read_document(data, shown_name(path))
    if "case_id" not in old.tree and "rubric_id" in old.tree:
        return Upgrade(path, data, data, ())
    build(Case, old)
    after, changes = data, list[str]()
    for step in steps_from(str(old.tree.get(VERSION, ""))):
        after, told = _stepped(after, step, old.file)
        changes += told
    if changes:
        _must_be_the_same(old, after)
    return Upgrade(path, data, after, tuple(changes))


def _stepped(data: bytes, step: Step, file: str) -> tuple[bytes, list[str]]:
    """A file one schema further, and what changed in it."""
    text = read_text(data, file)
    edits = sorted(_edits(read_document(data, file), step, text), key=lambda edit: edit.start)
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + _edited(text, edits).encode("utf-8"), [_told(text, edit) for edit in edits]


def write(upgrade: Upgrade) -> None:
    """Put the new text in the place of the old, whole or not at all. Raises `ContentError`."""
    target = upgrade.path.resolve()
    if read_bytes(target) != upgrade.before:
        raise _refusal(upgrade.path, "the file was changed meanwhile;", "run the command again.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(upgrade.after)
                out.flush()
                os.fsync(out.fileno())
            shutil.copymode(target, name)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _refusal(upgrade.path, f"the file cannot be written: {error.strerror or 'unknown reason'}.") from None


def _edits(document: Document, step: Step, text: str) -> list[Edit]:
    """Every change of a name or a version, by the positions that the nodes of the file know."""
    top: yaml.Node = yaml.compose(text, Loader=_LOADER)  # type: ignore[assignment]  # it was read before
    names = [(_entry(top, at)[0], r.to) for r in step.renames for at in places(document.tree, r.path)]
    return [_quoted(node, text, to) for node, to in [(_entry(top, (VERSION,))[1], step.to), *names]]


def _entry(node: yaml.Node, place: tuple[str, ...]) -> tuple[yaml.Node, yaml.Node]:
    """Key and value at a place; the key of a list's entry is the entry itself."""
    name, *rest = place
    if isinstance(node, yaml.SequenceNode):
        found = (node.value[int(name)], node.value[int(name)])
    else:
        found = next((key, value) for key, value in node.value if key.value == name)
    return _entry(found[1], tuple(rest)) if rest else found


def _quoted(node: yaml.Node, text: str, to: str) -> Edit:
    """`to` in the place of a scalar, between the quotes that stand there."""
    start, end = node.start_mark.index, node.end_mark.index
    mark = text[start] if text[start] in "'\"" else ""
    return Edit(start, end, f"{mark}{to}{mark}")


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _told(text: str, edit: Edit) -> str:
    return f"line {text.count(chr(10), 0, edit.start) + 1}: {text[edit.start : edit.end].strip()} is now {edit.text}"


def _must_be_the_same(old: Document, after: bytes) -> None:
    """The new text must read as what the old one means today."""
    new = read_document(after, old.file)
    build(Case, new)
    if new.tree != renewed(old.tree):
        message = "this file is written in a way that cannot be changed safely;"
        raise ContentError([old.problem(VERSION, message, f'change it by hand to schema "{SCHEMA_VERSION}".')])


def _refusal(path: Path, message: str, mend: str = "") -> ContentError:
    return ContentError([Problem(message, shown_name(path), mend=mend)])
