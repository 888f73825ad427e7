"""Reading a case of an earlier schema as one of today's, and refusing what nobody here knows."""

from __future__ import annotations

from dataclasses import replace

from server.content.safe_yaml import Document
from server.core.case import SCHEMA_VERSION
from server.core.case_parts.versions import STEPS, places, renewed, stepped, steps_from
from server.core.errors import ContentError, Problem

VERSION = "schema_version"


def current(document: Document) -> Document:
    """The document of a case as one of the newest schema, lines kept. Raises `ContentError` for an unknown schema."""
    version = document.tree.get(VERSION, SCHEMA_VERSION)
    if version == SCHEMA_VERSION or not isinstance(version, str):
        return document
    if version not in STEPS:
        raise ContentError([_unknown(document, version)])
    return replace(document, tree=renewed(document.tree), lines=_lines(document, version))


def old_schema(document: Document) -> Problem | None:
    """A warning for a case that is read only because its schema is still known."""
    version = document.tree.get(VERSION)
    if not isinstance(version, str) or version not in STEPS:
        return None
    message = f'this is schema "{version}", and "{SCHEMA_VERSION}" is the newest;'
    return document.problem(VERSION, message, f"run: bedside upgrade {document.file}", warning=True)


def _unknown(document: Document, version: str) -> Problem:
    if version.isdecimal() and int(version[:9]) > int(SCHEMA_VERSION):
        message = f'schema "{version[:9]}" is newer than this Bedside, which knows up to "{SCHEMA_VERSION}";'
        return document.problem(VERSION, message, "bring Bedside up to date.")
    return document.problem(VERSION, f'schema "{version[:60]}" is not known;', f'write "{SCHEMA_VERSION}".')


def _lines(document: Document, version: str) -> dict[str, int]:
    """Lines also under the new names, so that a message about them finds its place."""
    lines, tree = dict(document.lines), document.tree
    for step in steps_from(version):
        for rename in step.renames:
            for place in places(tree, rename.path):
                lines[".".join((*place[:-1], rename.to))] = lines.get(".".join(place), 0)
        tree = stepped(tree, step)
    return lines
