"""Passwords: whether one may be chosen, and whether one is right. What is kept is argon2id, by argon2-cffi.

One hash takes 64 MB and tenths of a second, so it is made off the event loop, two at once, and few may wait: a crowd at
the sign-in never holds up an encounter that runs. A name that nobody has costs as much as one that somebody has.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import threading
import unicodedata
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from zxcvbn import zxcvbn

from server.core.errors import Busy, RequestError

SHORTEST, LONGEST = 8, 256
"""Characters of a password, once composed (NFC)."""
AT_ONCE, MOST_WAITING = 2, 40
TOO_GUESSABLE = 2
"""zxcvbn's scores below this are refused: found within a million guesses."""
_LOOKED_AT = 72
"""Characters that zxcvbn is shown; what is longer is no easier to guess."""
_guessing = threading.Lock()
"""zxcvbn keeps the words that belong to one person in a dictionary of the module."""


class Passwords:
    """Hashes of one process. `hasher` holds the parameters; hashes made by others are renewed when they are used."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._decoy = ""

    async def hashed(self, password: str, about: Sequence[str]) -> str:
        """What is kept of it. `about`: names that make it easy to guess for this person. Raises `RequestError`."""
        async with self._turn():
            return await asyncio.to_thread(self._hashed, _fit(password), about)

    async def right(self, kept: str, password: str) -> bool:
        """Whether it is the one; for an empty `kept` never, after the same work. Raises `Busy`."""
        async with self._turn():
            return await asyncio.to_thread(self._right, kept, composed(password))

    async def renewed(self, kept: str, password: str) -> str:
        """The same password hashed by today's parameters; empty where `kept` is so already."""
        if not self._hasher.check_needs_rehash(kept):
            return ""
        async with self._turn():
            return await asyncio.to_thread(self._hasher.hash, _bytes(composed(password)))

    def refuse_crowd(self) -> None:
        """Raises `Busy` while as many wait as may."""
        if self._waiting >= MOST_WAITING:
            raise Busy("Very many people are signing in. Try again in a few seconds.", code="sign_in_busy")

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self.refuse_crowd()
        self._waiting += 1
        try:
            async with self._room:
                yield
        finally:
            self._waiting -= 1

    def _hashed(self, password: str, about: Sequence[str]) -> str:
        refuse_guessable(password, about)
        return self._hasher.hash(_bytes(password))

    def _right(self, kept: str, password: str) -> bool:
        self._decoy = self._decoy or self._hasher.hash(secrets.token_bytes(16))
        try:
            return self._hasher.verify(kept or self._decoy, _bytes(password)) and bool(kept)
        except (Argon2Error, InvalidHashError):
            return False


def composed(password: str) -> str:
    """One form however a keyboard makes its letters."""
    return unicodedata.normalize("NFC", password)


def _fit(password: str) -> str:
    found = composed(password)
    if len(found) < SHORTEST:
        raise _refused(f"A password has at least {SHORTEST} characters.", "Four words that do not belong together do.")
    if len(found) > LONGEST:
        raise _refused(f"A password has at most {LONGEST} characters.", "Choose a shorter one.")
    return found


def refuse_guessable(password: str, about: Sequence[str]) -> None:
    """Raises `RequestError` with the reason."""
    words = [word for name in about for word in (name, name.partition("@")[0], *re.split(r"[\s@.]+", name))]
    with _guessing:
        found = zxcvbn(password[:_LOOKED_AT], [*words, "bedside"])
    if found["score"] < TOO_GUESSABLE:
        told = found["feedback"]
        reason = told["warning"] or "This password is easy to guess."
        raise _refused(reason, " ".join(told["suggestions"]) or "Add another word or two.")


def _refused(message: str, mend: str) -> RequestError:
    return RequestError(message, code="password_refused", field="password", mend=mend)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
