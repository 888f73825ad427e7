"""/api/me/background: what a learner chose to say about themselves, off until they switch it on.

Only what has an honest use is asked for. Nobody's age, culture or name changes what a patient says: everybody meets the
same one.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Person, Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.errors import Conflict
from server.store.people.accounts import ACCOUNT

router = APIRouter(prefix="/api/me", tags=["people"], responses=responses(401, 403))


class BackgroundAsk(Ask):
    """All of it, in place of what stood there."""

    use: bool
    """Show it to me before I practise; never in an assignment."""
    practise: Annotated[str, Field(max_length=400)] = ""


class BackgroundView(Answer):
    """What is kept; empty and off until something is."""

    use: bool
    practise: str
    kept: bool
    """False: there is no account to keep it with, so this browser's owner is asked nothing."""


@router.get("/background")
async def read_background(given: Given, person: Someone) -> BackgroundView:
    """One's own."""
    return _view(await _about(given, person), person)


@router.put("/background", responses=responses(409, 422))
async def keep_background(ask: BackgroundAsk, given: Given, person: Someone) -> BackgroundView:
    """Keep it. 409 for whoever has no account."""
    if not person.id.startswith(ACCOUNT):
        says = "There is no account to keep this with."
        raise Conflict(says, code="no_account", mend="Write a goal on a report instead: it comes back before the next.")
    told = {"use": ask.use, "practise": storable(ask.practise).strip()}
    changed = await given.store.people.tell(person.id, lambda about: about | {"background": told})
    return _view(changed.about, person)


async def _about(given: Services, person: Person) -> dict[str, object]:
    account = await given.store.people.account(person.id)
    return dict(account.about) if account else {}


def _view(about: dict[str, object], person: Person) -> BackgroundView:
    told = about.get("background")
    kept = told if isinstance(told, dict) else {}
    return BackgroundView(
        use=kept.get("use") is True, practise=str(kept.get("practise", "")), kept=person.id.startswith(ACCOUNT)
    )
