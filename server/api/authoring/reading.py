"""Reading a case's text beside the event loop: one at a time, so that authors never hold up who is talking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from server.api.problems import TooLarge
from server.api.services import Services
from server.content.case_text import Read, read_case_text
from server.content.file_text import MAX_BYTES, strange_character
from server.core.case import Case
from server.core.errors import ContentError, RequestError
from server.store.authoring.authoring import Written

T = TypeVar("T")
_READER = ThreadPoolExecutor(1, thread_name_prefix="authoring")


async def aside(work: Callable[[], T]) -> T:
    """The value of `work`, which may take a fifth of a second."""
    return await asyncio.get_running_loop().run_in_executor(_READER, work)


def fit(text: str) -> str:
    """As it may be stored, to the letter. Raises `RequestError`, `TooLarge`."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise TooLarge(f"the file is {size:,} bytes; the limit is {MAX_BYTES:,}.", field="text")
    if strange := strange_character(text.removeprefix("\ufeff")):
        line = text.count("\n", 0, text.index(strange)) + 1
        message = f"line {line}: control character U+{ord(strange):04X}"
        raise RequestError(message, code="strange_character", field="text", mend="must be taken out.")
    return text


async def read_text(given: Services, text: str, *, thorough: bool = True) -> Read:
    """Everything about a text that a program can say."""
    return await aside(lambda: read_case_text(text, given.shelf.rubrics, thorough=thorough))


async def described(given: Services, text: str) -> Written:
    """What a text says of itself, as far as it can be read."""
    return written_of(text, await read_text(given, text, thorough=False))


def written_of(text: str, read: Read) -> Written:
    tree = read.document.tree if read.document else {}
    case_id, title, version = (_short(tree.get(name)) for name in ("case_id", "title", "case_version"))
    return Written(text, case_id, title, version, read.case.digest if read.case else "")


def _short(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""


def sound(read: Read) -> Case:
    """The case. Raises `RequestError` with the first problem and how many there are."""
    try:
        return read.playable()
    except ContentError as error:
        first, others = error.problems[0], len(error.problems) - 1
        also = f" and {others} more" if others else ""
        where = f"line {first.line}: " if first.line else ""
        message = f"{where}{first.message} {first.mend}".strip()
        raise RequestError(message, code="case_unsound", field="text", mend=f"(1 problem{also}; see Check)") from None
