"""Every error Bedside raises on purpose, in one tree.

    BedsideError            a sentence for people, a code for machines
    ├── IllegalEvent        an event the encounter cannot take now: our bug, never the learner's
    ├── ContentError        a case, rubric or transcript file is wrong; says where and how to mend it
    ├── EngineError         hearing, speaking or acting failed
    │   ├── EngineMissing   it was never there: a wheel, a model, a library
    │   └── ReplyRefused    a model answered, and the answer may not be used
    ├── RequestError        what a client sent is wrong; the encounter survives
    │   ├── NotFound        there is no such thing, or not for you
    │   ├── NotAllowed      who you are, or where you come from, does not permit it
    │   └── Conflict        right in itself, wrong at this moment
    ├── Busy                no room now; come back later
    ├── StoreError          the log could not be read or written
    └── SetupError          this machine or these settings cannot run what was asked

Messages never hold what a learner or a patient said: ids, counts and field names only.
"""

from __future__ import annotations

from dataclasses import dataclass


class BedsideError(Exception):
    """Base of the tree. `str(error)` is a sentence a person can act on."""

    code = "bedside_error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class IllegalEvent(BedsideError):
    """`advance` was given an event that this encounter cannot take."""

    code = "illegal_event"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file that somebody wrote."""

    message: str
    """What is wrong, as a sentence."""
    file: str = ""
    line: int = 0
    """1-based; 0 when the problem belongs to the whole file."""
    key: str = ""
    """Dotted path inside the file, e.g. `beats.2.deliver`."""
    mend: str = ""
    """How to put it right."""
    warning: bool = False
    """True when the file still loads."""

    def __str__(self) -> str:
        where = ":".join(part for part in (self.file, str(self.line) if self.line else "") if part)
        parts = [where, f"({self.key})" if self.key else "", self.message, self.mend]
        return " ".join(part for part in parts if part)


class ContentError(BedsideError):
    """A case, rubric or transcript file cannot be used. `problems` lists every fault found, not only the first."""

    code = "content_error"

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class EngineError(BedsideError):
    """Hearing, speaking, detecting or acting failed."""

    code = "engine_failed"


class EngineMissing(EngineError):
    """An engine that was asked for is not on this machine. The message holds the command that mends it."""

    code = "engine_missing"


class ReplyRefused(EngineError):
    """A model's reply may not be spoken: empty, cut off, out of role, leaking, or not a reply at all."""

    code = "reply_refused"


class RequestError(BedsideError):
    """What a client sent cannot be used; nothing was changed by it."""

    code = "bad_request"
    status = 422

    def __init__(self, message: str, *, code: str | None = None, field: str = "", mend: str = "") -> None:
        super().__init__(f"{message} {mend}".strip(), code=code)
        self.field = field


class NotFound(RequestError):
    """No such thing, or none that this person may know of."""

    code = "not_found"
    status = 404


class NotAllowed(RequestError):
    """The caller may not do this."""

    code = "not_allowed"
    status = 403


class Conflict(RequestError):
    """A request that is right in itself and wrong at this moment."""

    code = "conflict"
    status = 409


class Busy(BedsideError):
    """Capacity is reached."""

    code = "busy"
    status = 503


class StoreError(BedsideError):
    """The event log or the database could not be read or written."""

    code = "store_error"


class SetupError(BedsideError):
    """The machine or the settings cannot run what was asked; the message says what to change."""

    code = "setup_error"
