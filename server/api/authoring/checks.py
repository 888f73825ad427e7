"""What a program can say of a case's text, and what the form changes in it. Nothing here is stored."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter

from server.api.access import Someone
from server.api.authoring.reading import aside, fit, read_text, written_of
from server.api.authoring.shapes import (
    Checked,
    CheckText,
    DiagramEdge,
    DiagramNode,
    Edited,
    EditText,
    Found,
    MatrixEntry,
    MatrixRow,
    MatrixView,
)
from server.api.problems import responses
from server.api.services import Given
from server.content.case_text import Read, column_of
from server.content.editing import Change, edited
from server.content.outline import Matrix, diagram_of, form_of, matrix_of
from server.content.schema import schema
from server.core.case import Case
from server.core.errors import ContentError, RequestError

router = APIRouter(prefix="/api", tags=["authoring"], responses=responses(401, 403))
DEEPEST = 2
"""Dots in the keys whose lines are told."""


@router.post("/case-files/check", responses=responses(413, 422))
async def check_text(ask: CheckText, given: Given, _: Someone) -> Checked:
    """What `bedside check` says, with the place in the text, and what the form, the map and the matrix show."""
    read = await read_text(given, fit_or_not(ask.text), thorough=ask.thorough)
    return await aside(lambda: _checked(ask.text, read))


def fit_or_not(text: str) -> str:
    """Raises `TooLarge` only: a strange character is one more problem to be told with its line."""
    try:
        return fit(text)
    except RequestError as error:
        if error.code == "strange_character":
            return text
        raise


def _checked(text: str, read: Read) -> Checked:
    written, lines = written_of(text, read), text.splitlines()
    document = read.document
    nodes, edges = diagram_of(document) if document else ([], [])
    shallow = {key: line for key, line in document.lines.items() if key.count(".") <= DEEPEST} if document else {}
    return Checked(
        sound=read.sound, case_id=written.case_id, title=written.title, version=written.version,
        problems=[
            Found(
                line=each.line, column=column_of(read, lines, each), key=each.key, message=each.message,
                mend=each.mend, warning=each.warning,
            )
            for each in read.problems
        ],
        form=form_of(document) if document else None, lines=shallow,
        nodes=[DiagramNode(**vars(node)) for node in nodes], edges=[DiagramEdge(**vars(edge)) for edge in edges],
        matrix=_matrix(matrix_of(document)) if document else None,
    )  # fmt: skip


def _matrix(found: Matrix) -> MatrixView:
    return MatrixView(
        objectives=[MatrixEntry(id=name, text=text) for name, text in found.objectives],
        items=[MatrixEntry(id=name, text=text) for name, text in found.items],
        rows=[MatrixRow(**{**vars(row), "items": list(row.items)}) for row in found.rows],
        gaps=list(found.gaps),
    )


@router.post("/case-files/edit", responses=responses(413, 422))
async def edit_text(ask: EditText, _: Someone) -> Edited:
    """The text with the changes of the form; all or none. 422 `form_cannot` where it must be done in the text."""
    changes = [Change(each.key, each.value, each.do) for each in ask.changes]
    text = fit(ask.text)
    try:
        return Edited(text=fit(await aside(lambda: edited(text, changes))))
    except ContentError as error:
        first = error.problems[0]
        where = f"line {first.line}: " if first.line else ""
        raise RequestError(f"{where}{first.message}", code="form_cannot", field=first.key, mend=first.mend) from None


@router.get("/schema/case")
async def case_schema(_: Someone) -> dict[str, Any]:
    """The JSON Schema of a case, for completion while writing."""
    return _schema()


@cache
def _schema() -> dict[str, Any]:
    return schema(Case)
