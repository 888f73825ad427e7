"""What requests and answers have in common: strict on the way in, described on the way out."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Ask(BaseModel):
    """A request's body: no unknown fields, and no value turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Answer(BaseModel):
    """A response's body."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
