"""That somebody stopped the case they were set outlives the attempt: they may take the equivalent all the same."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from server.core.assigning.attempting import Tried, opted_out
from server.store.sql.tables import encounters
from server.store.sql.tables_of_a_lab import assignments, attempts, course_people
from server.store.sql.texts import from_json, to_json


def keep_opted_out(connection: Connection, encounter_id: str) -> None:
    """Before this encounter is deleted; of one that is no attempt nothing is kept."""
    query = (
        select(attempts, assignments.c.course_id, encounters.c.ended)
        .join(assignments, assignments.c.id == attempts.c.assignment_id)
        .join(encounters, encounters.c.id == attempts.c.encounter_id)
    )
    row = connection.execute(query.where(attempts.c.encounter_id == encounter_id)).first()
    if row is None:
        return
    equivalent = from_json(row.body).get("equivalent", False)
    if opted_out(Tried(encounter_id, row.number, True, row.ended, equivalent)):
        _count(connection, row.course_id, row.learner, row.assignment_id)


def _count(connection: Connection, course_id: str, person: str, assignment_id: str) -> None:
    """One more in what is kept of the member, also of somebody who left the course."""
    one = (course_people.c.course_id == course_id) & (course_people.c.person == person)
    found = connection.execute(select(course_people.c.body).where(one).with_for_update()).first()
    if found is not None:
        body = from_json(found.body)
        stopped = body.get("stopped", {})
        body["stopped"] = {**stopped, assignment_id: stopped.get(assignment_id, 0) + 1}
        connection.execute(update(course_people).where(one).values(body=to_json(body)))
