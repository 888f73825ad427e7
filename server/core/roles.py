"""Who somebody is to a lab, and where they stand to an encounter. What it opens is in `server.api.permits`."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal["student", "educator", "faculty", "administrator"]
"""An educator writes cases and runs courses, faculty grade; one person may be several."""
Guest = Literal["observer", "marker", "member"]
"""Somebody with an invitation to one thing, and no account."""
Standing = Literal["own", "attempt", "staff", "none"]
"""To an encounter: one's own practice; one's own, made for an assignment; on the staff of the course that it was made
for or shared with; nothing to do with it."""
Part = Literal["learner", "staff"]
"""In a course."""

ROLES: tuple[Role, ...] = get_args(Role)
TEACHERS: tuple[Role, ...] = ("educator", "faculty")
"""Roles of which the staff of a course are."""
GUESTS: tuple[Guest, ...] = get_args(Guest)
