"""GET /docs: the API for people, made from its OpenAPI description; no script, and nothing from another host."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title></head><body><main><h1>{title} {version}</h1><p>{about}</p>
<p>For programs: <a href="/openapi.json">/openapi.json</a>. The WebSocket is described in docs/protocol.md.</p>
{operations}<h2>Shapes</h2>{shapes}</main></body></html>"""


@router.get("/docs", response_class=HTMLResponse)
async def docs(request: Request) -> str:
    """Every route with what it takes and gives."""
    described = request.app.openapi()
    info, paths = described["info"], described["paths"]
    operations = [_operation(m, path, o) for path, methods in paths.items() for m, o in methods.items()]
    shapes = [_shape(name, shape) for name, shape in described["components"]["schemas"].items()]
    about = escape(info.get("description", ""))
    return _PAGE.format(
        title=escape(info["title"]), version=escape(info["version"]), about=about,
        operations="".join(operations), shapes="".join(shapes),
    )  # fmt: skip


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    details = {name: operation[name] for name in ("parameters", "requestBody", "responses") if name in operation}
    heading = f"<h2><code>{escape(method.upper())} {escape(path)}</code></h2>"
    return f"<section>{heading}<p>{escape(operation.get('description', ''))}</p>{_folded('Details', details)}</section>"


def _shape(name: str, shape: dict[str, Any]) -> str:
    return f"<section><h3 id='{escape(name)}'>{escape(name)}</h3>{_folded('Fields', shape)}</section>"


def _folded(title: str, value: Any) -> str:
    shown = escape(json.dumps(value, indent=2, ensure_ascii=False))
    return f"<details><summary>{title}</summary><pre>{shown}</pre></details>"
