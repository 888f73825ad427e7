"""Relatives in a text, and which of them it says were lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from server.core.lexicon import words

_CALLED = {
    "mother": "mum mam mummy mom mother's mum's mam's mums mothers",
    "father": "dad daddy father's dad's dads fathers",
    "husband": "husband's widow widowed",
    "wife": "wife's widower",
    "brother": "brother's",
    "sister": "sister's",
    "son": "son's",
    "daughter": "daughter's",
}
"""A widow has lost a husband, whether or not she says the word."""
_ONE_NAME = {word: one for one, others in _CALLED.items() for word in (one, *others.split())}
_DEAD = words("die died dies dead death dying widow widowed widower buried bury funeral killed")
_LOST = words("lost lose losing")
_NEAR = 3
"""Words after "lost" within which the one who was lost is named."""


def kin(said: Iterable[str]) -> frozenset[str]:
    """The relatives that are named, each by one name."""
    return frozenset(_ONE_NAME[word] for word in said if word in _ONE_NAME)


def losses(said: Sequence[str]) -> frozenset[str]:
    """The relatives of whom it is said that they died or were lost."""
    gone = any(word in _DEAD or (word == "passed" and "away" in said[place:]) for place, word in enumerate(said))
    if gone:
        return kin(said)
    after = (said[place + 1 : place + 1 + _NEAR] for place, word in enumerate(said) if word in _LOST)
    return frozenset(relative for near in after for relative in kin(near))
