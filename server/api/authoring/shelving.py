"""Published cases in every process over one database.

Whoever publishes or retires leaves a mark in the database; a process looks at it when a case is asked for, and reads
what it does not know yet. What it knows is kept by file and edition, so that no text is read twice.
"""

from __future__ import annotations

import logging

from starlette.requests import HTTPConnection

from server.api.authoring.reading import aside
from server.api.services import services_of
from server.content.case_text import read_case_text
from server.content.shelf import Shelf
from server.core.errors import StoreError
from server.store.authoring.authoring import CaseFile
from server.store.store import Store

log = logging.getLogger(__name__)


async def current_cases(connection: HTTPConnection) -> None:
    """For routes that ask for a case: what another process published a moment ago is there."""
    services = services_of(connection)
    if isinstance(services.shelf, Shelf):
        await try_to_renew(services.shelf, services.store)


async def try_to_renew(shelf: Shelf, store: Store) -> None:
    """As `renew`; where the database fails, the cases stay as they are and the next request tries again."""
    try:
        await renew(shelf, store)
    except StoreError as error:
        log.warning("published cases could not be read: %s", error.code)


async def renew(shelf: Shelf, store: Store) -> None:
    """Bring the shelf to what is published now; costs one small query where it is already. Raises `StoreError`."""
    mark = await store.authoring.shelf_mark()
    if mark == shelf.mark:
        return
    for file in await store.authoring.shelved():
        await _renew(shelf, store, file)
    shelf.mark = mark


async def _renew(shelf: Shelf, store: Store, file: CaseFile) -> None:
    names = [each.case_id for each in file.shelved]
    if not file.published:
        shelf.retire(file.id, file.edition, names)
    elif not shelf.knows(file.id, file.published):
        text = (await store.authoring.edition(file.id, file.published)).text
        read = await aside(lambda: read_case_text(text, shelf.rubrics, thorough=False))
        shelf.take(file.id, file.published, read, reviewed=file.shelved[-1].reviewed, before=names)
