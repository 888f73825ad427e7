"""What a new case is begun from: the text of a case of the folder, or a small case of a family to grow from."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from server.content.case_text import NAME
from server.content.editing import Change, edited
from server.content.folders import yaml_files
from server.content.loader import read_bytes
from server.content.safe_yaml import read_document
from server.core.errors import ContentError, NotFound

FAMILIES = "families"
"""The folder of small cases, inside that of the cases."""
_WORD = r"""[ \t]*)(?:"[^"\n]*"|'[^'\n]*'|\S+)"""
_ID = re.compile(rf"^(case_id:{_WORD}", re.MULTILINE)
_VERSION = re.compile(rf"^(case_version:{_WORD}", re.MULTILINE)
_STATUS = re.compile(rf"^(status:{_WORD}", re.MULTILINE)
_COPY = re.compile(r" \(copy(?: [0-9]+)?\)$")


@dataclass(frozen=True)
class Family:
    """A kind of conversation, and its classic hidden beats."""

    id: str
    title: str
    summary: str


def families(folder: Path | None) -> list[Family]:
    """What there is to grow from; none where there is no folder."""
    found = [(path.stem, _head(path)) for path in yaml_files(folder / FAMILIES)] if folder else []
    return [Family(name, head.get("title", name), head.get("summary", "")) for name, head in found if head]


def family_text(folder: Path | None, name: str) -> str:
    """Raises `NotFound`."""
    for path in yaml_files(folder / FAMILIES) if folder else []:
        if path.stem == name:
            return read_bytes(path).decode("utf-8-sig")
    raise NotFound(
        "There is no such family.", code="family_not_found", mend="GET /api/case-files/beginnings lists them."
    )


def case_text(folder: Path | None, case_id: str) -> str:
    """The text of a case of the folder. Raises `NotFound`."""
    for path in yaml_files(folder) if folder else []:
        if _head(path).get("case_id") == case_id:
            return read_bytes(path).decode("utf-8-sig")
    raise NotFound("There is no such case to copy.", code="case_not_found", mend="GET /api/cases lists them.")


def as_new(text: str, case_id: str) -> str:
    """A copy under an id of its own: version 0.1.0, a draft; all else stays to the letter."""
    text = _ID.sub(rf"\g<1>{case_id}", text, count=1)
    text = _VERSION.sub(r"\g<1>0.1.0", text, count=1)
    return _STATUS.sub(r"\g<1>draft", text, count=1)


def as_copy(text: str, taken: Collection[str]) -> str:
    """With a title that is none of `taken`: `Going home (copy)`, then `(copy 2)`. A text that has no title, or one that
    cannot be changed safely, stays as it is.
    """
    try:
        title = read_document(text.encode(), NAME).tree.get("title")
        if not isinstance(title, str) or not title.strip():
            return text
        return edited(text, [Change("title", copied_title(title, taken))])
    except ContentError:
        return text


def copied_title(title: str, taken: Collection[str]) -> str:
    stem = _COPY.sub("", title)
    return next(each for n in count(1) if (each := f"{stem} (copy{f' {n}' if n > 1 else ''})") not in taken)


def _head(path: Path) -> dict[str, str]:
    """The texts at the top of a file; none of one that cannot be read."""
    try:
        tree = read_document(read_bytes(path), path.name).tree
    except ContentError:
        return {}
    return {name: value for name, value in tree.items() if isinstance(value, str)}
