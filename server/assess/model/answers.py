"""The form of a rating model's answer: entries for items, every item at least once, and no place for a level."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, create_model
from pydantic_core import PydanticCustomError

from server.core.scoring.claims import Claim

T = TypeVar("T")


class Entry(BaseModel):
    """Whether one item holds in one turn. No bounds here: servers differ in which of them a schema may hold."""

    model_config = ConfigDict(extra="forbid", strict=True)

    item: str
    holds: bool
    quote: str
    turn: int


class Counted(Protocol):
    """Tokens, as the server counted them."""

    @property
    def tokens_in(self) -> int: ...

    @property
    def tokens_out(self) -> int: ...


class Answered(Protocol):
    """What came back."""

    @property
    def value(self) -> Any: ...

    @property
    def usage(self) -> Counted: ...


class Asker(Protocol):
    """A chat model that answers with data; `server.engines.chat.rating` has one."""

    @property
    def model(self) -> str:
        """Its name."""
        ...

    @property
    def host(self) -> str:
        """The machine that is sent the words, as its address names it."""
        ...

    async def answer(self, messages: Sequence[Any], schema: TypeAdapter[Any], name: str) -> Answered:
        """Data that fits `schema`. Raises `EngineError`."""
        ...


def answer_form(items: Sequence[str]) -> TypeAdapter[Any]:
    """The form in which exactly these items are answered."""
    named: Any = Literal[tuple(items)]
    entry = create_model("Entry", __base__=Entry, item=(named, ...))
    whole: Any = Annotated[
        list[entry], AfterValidator(partial(_complete, set(items)))  # type: ignore[valid-type]
    ]
    form = create_model("Answer", __config__=ConfigDict(extra="forbid", strict=True), items=(whole, ...))
    return TypeAdapter(form)


def _complete(items: set[str], entries: list[Entry]) -> list[Entry]:
    """The entries. Raises an error that names the items which have none."""
    missing = sorted(items - {entry.item for entry in entries})
    if missing:
        told: Any = f"no entry for {', '.join(missing)}"
        raise PydanticCustomError(told, "an item has no entry")
    return entries


def claims_in(rows: Sequence[dict[str, Any]]) -> list[Claim]:
    """What was kept of an answer, as claims."""
    return [Claim(row["item"], row["holds"], row["quote"], row["turn"]) for row in rows]
