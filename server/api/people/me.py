"""Who is signed in here, and as what."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tickets import LOCAL
from server.store.people.accounts import ACCOUNT

router = APIRouter(prefix="/api", tags=["people"], responses=responses(401, 403))


class Me(Answer):
    """Whoever asks."""

    id: str
    name: str
    """As others see them; empty for guests and in one-person mode."""
    roles: list[str]
    """student, educator, faculty, administrator; of a guest: observer, marker or member."""
    one_person: bool
    """Signed in by the start link: every role in one person, and nobody else need be here."""
    time_percent: int
    """Time accommodation; 100 is none, 0 untimed."""
    sign_in: str
    """What they sign in with; empty for those without an account."""


@router.get("/me")
async def read_me(given: Given, person: Someone) -> Me:
    """What the page needs to know to show the right rooms."""
    return await me_of(given, person)


async def me_of(given: Services, person: Person) -> Me:
    """As they are told."""
    account = await given.store.people.account(person.id) if person.id.startswith(ACCOUNT) else None
    return Me(
        id=person.id, name=person.name, roles=sorted(person.roles), one_person=person.id == LOCAL,
        time_percent=person.time_percent, sign_in=account.sign_in if account else "",
    )  # fmt: skip
