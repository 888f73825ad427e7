"""JSON as it is stored: exact, the same for both databases, and free of what only one of them would take."""

from __future__ import annotations

import json
from typing import Any

from server.core.errors import StoreError


def to_json(value: Any) -> str:
    """Canonical JSON. Raises `StoreError` for NUL, half characters (lone surrogates), NaN and infinity."""
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
        text.encode()
    except (ValueError, TypeError):
        raise StoreError("A value cannot be stored: half a character, or no number.", code="bad_text") from None
    if "\\u0000" in text.replace("\\\\", ""):
        raise StoreError("A text holds the character NUL, which cannot be stored.", code="bad_text")
    return text


def from_json(text: str) -> Any:
    return json.loads(text)
