"""The cases that encounters were played with, by digest, so that an old encounter keeps its version for ever."""

from __future__ import annotations

import hashlib
import json
from functools import cache, lru_cache

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, insert, select

from server.core.case import Case
from server.core.case_parts.versions import renewed
from server.core.errors import StoreError
from server.store.sql.clock import utc_now
from server.store.sql.tables import cases

UNREADABLE = (
    "The stored case cannot be read by this version of Bedside. Its encounters open in the version that played them; "
    "their transcripts can be read here."
)


def keep_case(connection: Connection, case: Case) -> None:
    """Store `case` unless this very content is there."""
    known = connection.execute(select(cases.c.digest).where(cases.c.digest == case.digest)).first()
    if known is None:
        row = {"digest": case.digest, "case_id": case.case_id, "version": case.case_version, "body": canonical(case)}
        connection.execute(insert(cases), {**row, "created_at": utc_now()})


def read_case(connection: Connection, digest: str) -> Case:
    """The case with this digest. Raises `StoreError` when its content is not what the digest says."""
    return restored(digest, connection.execute(select(cases.c.body).where(cases.c.digest == digest)).scalar_one())


def canonical(case: Case) -> str:
    """The text whose SHA-256 is `case.digest`: what its author wrote, without what stands at its default.

    Raises `StoreError` when it could not be read back the same.
    """
    written = _adapter().dump_python(case, mode="json", exclude_defaults=True)
    text = json.dumps(written, sort_keys=True, ensure_ascii=False)
    restored(case.digest, text)
    return text


@lru_cache(maxsize=64)
def restored(digest: str, text: str) -> Case:
    """`text` as a case that answers to `digest`, also when later versions have given cases more fields."""
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise StoreError("The stored case is not the one this encounter was played with.", code="case_altered")
    try:
        case: Case = _adapter().validate_python(renewed(json.loads(text)))
    except (ValidationError, ValueError):
        raise StoreError(UNREADABLE, code="case_unreadable") from None
    case.__dict__["digest"] = digest  # where `cached_property` looks first
    return case


@cache
def _adapter() -> TypeAdapter[Case]:
    return TypeAdapter(Case)
