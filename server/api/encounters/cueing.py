"""Who may bring moments of a case forward while they watch."""

from __future__ import annotations

from server.api.access import Person, standing_to
from server.api.services import Services


async def may_cue(services: Services, person: Person, encounter_id: str) -> bool:
    """The course's staff, and who was invited to; never whose encounter it is, who would see what is hidden."""
    if person.observer_id:
        observer = await services.store.observer(person.observer_id)
        return observer is not None and observer.may_cue
    found = await services.store.info(encounter_id)
    return await standing_to(services, person, found.id, found.owner) == "staff"
