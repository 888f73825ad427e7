"""Whether somebody may begin an attempt now: by the server's clock, the window, and how often they have tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from server.core.assigning.terms import Kind, Terms
from server.core.assigning.zones import told

Window = Literal["not_open", "open", "closed"]


@dataclass(frozen=True)
class Tried:
    """One attempt that somebody made."""

    encounter_id: str
    number: int
    began: bool
    """They went in."""
    ended: str
    """Why it ended; empty while it has not."""
    equivalent: bool = False
    """It was the equivalent case, taken instead."""


@dataclass(frozen=True)
class Tries:
    """All that is known of one learner's attempts."""

    made: tuple[Tried, ...] = ()
    last: int = 0
    """Number of the last that they made, also where nothing of it is left."""
    extra: int = 0
    """Granted to them beyond the number that everybody has."""
    stopped: int = 0
    """Of those of which nothing is left: how often the case was stopped, as in `opted_out`."""

    @property
    def next_number(self) -> int:
        """Numbers are never given twice."""
        return max([self.last, *(each.number for each in self.made)]) + 1

    @property
    def erased(self) -> int:
        """Attempts of which nothing is left."""
        return self.next_number - 1 - len(self.made)

    def used(self, kind: Kind, *, instead: bool = False) -> int:
        """How many count; against taking the equivalent `instead`, the case that was stopped does not."""
        free = min(self.stopped, self.erased) if instead or kind == "formative" else 0
        return self.erased - free + sum(counts(each, kind) and not (instead and opted_out(each)) for each in self.made)

    @property
    def running(self) -> Tried | None:
        """The one to go on in."""
        return next((each for each in self.made if not each.ended), None)


def counts(tried: Tried, kind: Kind) -> bool:
    """Who never went in has not tried. To stop is free in practice; in an assessment the staff grant another."""
    if tried.ended and not tried.began:
        return False
    return kind == "summative" or tried.ended != "stop"


def opted_out(tried: Tried) -> bool:
    """The case was stopped: who finds only in the room that it is not for them takes the equivalent all the same."""
    return tried.ended == "stop" and not tried.equivalent


def window(terms: Terms, now: datetime) -> Window:
    """It opens at its first instant and is closed from its last."""
    if terms.opens_at and now < terms.opens_at:
        return "not_open"
    return "closed" if terms.closes_at and now >= terms.closes_at else "open"


def late(terms: Terms, tried: Tried, now: datetime) -> bool:
    """It was opened in the window, and nobody went in before that was over."""
    return not tried.began and not tried.ended and window(terms, now) == "closed"


def going_on(terms: Terms, tries: Tries, now: datetime) -> Tried | None:
    """The attempt to go on in; None where there is none, or it is too late to go in."""
    running = tries.running
    return None if running is None or late(terms, running, now) else running


def allowed(terms: Terms, tries: Tries) -> int | None:
    """How many attempts they may make; None: any number."""
    return terms.attempts + tries.extra if terms.attempts else None


def why_not(
    terms: Terms, tries: Tries, now: datetime, *, course_open: bool = True, instead: bool = False
) -> tuple[str, str]:
    """Code and sentence of the reason why they may not begin now; both empty where they may. `instead`: with the
    equivalent case.
    """
    if not terms.published:
        return "not_published", "This assignment is not published yet."
    if instead and not terms.equivalent:
        return "no_equivalent", "No equivalent case is offered here. Ask the staff of your course for one."
    if running := going_on(terms, tries, now):
        return "attempt_running", f"Attempt {running.number} is still going on. Go on in that one."
    if not course_open:
        return "course_closed", "This course is closed. Ask its staff."
    if reason := _why_not_in(terms, now):
        return reason
    most = allowed(terms, tries)
    if most is not None and tries.used(terms.kind, instead=instead) >= most:
        return "no_attempts_left", f"No attempt is left; {most} may be made. Staff of the course can grant another."
    return "", ""


def _why_not_in(terms: Terms, now: datetime) -> tuple[str, str] | None:
    here = f"It is {told(now, terms.zone)} on the server's clock, which decides."
    match window(terms, now):
        case "not_open" if terms.opens_at:
            return "not_open_yet", f"This opens on {told(terms.opens_at, terms.zone)}. {here}"
        case "closed" if terms.closes_at:
            says = f"This closed on {told(terms.closes_at, terms.zone)}. {here}"
            return "window_closed", f"{says} What you had begun before may be finished."
    return None


def time_for(own: int, in_course: int | None) -> int:
    """Percent of the case's time: what the course granted, else what the account has; 0 is untimed."""
    return own if in_course is None else in_course


def arm_for(arms: Sequence[str], taken: Sequence[str], lot: int) -> str:
    """One of the arms with the fewest learners so far; `lot` is a random number that decides between equals."""
    if not arms:
        return ""
    fewest = min(taken.count(arm) for arm in arms)
    least = [arm for arm in arms if taken.count(arm) == fewest]
    return least[lot % len(least)]
