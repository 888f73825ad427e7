"""A file to a `Case` or a `Rubric`: declared types read the text; every fault is told in plain words, all at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from server.content.current import current
from server.content.file_text import MAX_BYTES
from server.content.plain_words import explain
from server.content.safe_yaml import Document, read_document
from server.core.case import Case
from server.core.errors import ContentError, Problem
from server.core.rubric import Rubric

T = TypeVar("T", Case, Rubric)
MOST_NAME = 100
"""Characters of a file's name that a message shows."""
_ADAPTERS: dict[type, TypeAdapter[Any]] = {Case: TypeAdapter(Case), Rubric: TypeAdapter(Rubric)}


def load_case(path: Path) -> Case:
    """The case in `path`. Raises `ContentError` with every problem of form found; `lint` finds those of meaning."""
    return build(Case, read_file(path))


def load_rubric(path: Path) -> Rubric:
    """The rubric in `path`. Raises `ContentError`."""
    return build(Rubric, read_file(path))


def read_file(path: Path) -> Document:
    """The text of `path` as a tree. Raises `ContentError`."""
    return read_document(read_bytes(path), shown_name(path))


def read_bytes(path: Path) -> bytes:
    """What is in `path`. Never more than the limit is read. Raises `ContentError`."""
    try:
        with path.open("rb") as source:
            data = source.read(MAX_BYTES + 1)
        size = path.stat().st_size
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ContentError([Problem(f"the file cannot be read: {reason}.", shown_name(path))]) from None
    if len(data) > MAX_BYTES:
        message = f"the file is {max(size, len(data)):,} bytes; the limit is {MAX_BYTES:,}."
        raise ContentError([Problem(message, shown_name(path))])
    return data


def build(kind: type[T], document: Document) -> T:
    """A core object from a read file; a case of an earlier schema as one of today's. Raises `ContentError`."""
    if kind is Case:
        document = current(document)
    try:
        loaded: T = _ADAPTERS[kind].validate_python(document.tree)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=True)
        raise ContentError([explain(kind, document, fault) for fault in faults]) from None
    return loaded


def shown_name(path: Path) -> str:
    """A file's name as it may be shown: shortened, and what cannot be printed escaped."""
    name = path.name if len(path.name) <= MOST_NAME else f"{path.name[:MOST_NAME]}..."
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in name)
