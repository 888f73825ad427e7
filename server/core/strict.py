"""The mark that makes a core dataclass refuse unknown keys when `server.content` reads it from YAML.

Pydantic looks for this plain attribute, so the core stays free of pydantic (DESIGN, "Settled" 10).
"""

from __future__ import annotations

from typing import Any, ClassVar


class Strict:
    """Base of every type that an author writes in a file."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "allow_inf_nan": False}
