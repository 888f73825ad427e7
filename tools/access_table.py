"""Renew the table of docs/security.md that says who may call what: `python -m tools.access_table`.

It stands between `<!-- access -->` and `<!-- /access -->`, comes from `server/api/permits.py`, and is not written by
hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from server.api.permits import NOBODY, PERMITS, Permit
from server.core.roles import GUESTS, ROLES
from tools.figures import renewed

PAGE = Path(__file__).resolve().parent.parent / "docs" / "security.md"
BEGIN, END = "<!-- access -->", "<!-- /access -->"
REACH = {"own": "own practice", "attempt": "own attempts", "staff": "of one's courses, as staff"}


def table(permits: Mapping[str, Permit] = PERMITS) -> str:
    """One line for an address and those who may do the same there."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for key, permit in permits.items():
        method, _, path = key.partition(" ")
        lines.setdefault((path, who(permit), reach(permit)), []).append(method)
    head = ["| address | methods | who | encounters |", "|---|---|---|---|"]
    rows = [
        f"| `{path}` | {' '.join(methods)} | {people} | {whose} |"
        for (path, people, whose), methods in sorted(lines.items())
    ]
    return "\n".join([*head, *rows])


def who(permit: Permit) -> str:
    """In words: everybody who may call it."""
    if NOBODY in permit.roles:
        return "anybody"
    accounts = [role for role in ROLES if role in permit.roles]
    guests = [guest for guest in GUESTS if guest in permit.roles]
    named = ["any account"] if len(accounts) == len(ROLES) else accounts
    return ", ".join([*named, *(["any guest"] if len(guests) == len(GUESTS) else guests)])


def reach(permit: Permit) -> str:
    """In words: whose encounters it opens."""
    return "; ".join(words for standing, words in REACH.items() if standing in permit.reach)


def main() -> None:
    """Write it."""
    PAGE.write_text(renewed(PAGE.read_text("utf-8"), table(), BEGIN, END), "utf-8")


if __name__ == "__main__":
    main()
