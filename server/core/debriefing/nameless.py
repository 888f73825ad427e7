"""A transcript that can be shown to others: the learner's name becomes their role, wherever somebody says it.

What a learner tells of themselves otherwise stays as it was said; whoever shows it reads it first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from server.core.common_words import COMMON
from server.core.lexicon import STOPWORDS, stem, words

SHORTEST = 2
"""Letters of a part of a name that is looked for."""
_APOSTROPHE = "['\N{RIGHT SINGLE QUOTATION MARK}]"
_INTRODUCED = (
    rf"(?:name(?:{_APOSTROPHE}s| is)?|i{_APOSTROPHE}m|i am|it{_APOSTROPHE}s|this is|called|nurse|doctor|student"
    r"|hello|hi|thanks|thank you),?\s+"
)
_MY_NAME = re.compile(
    rf"\b(?:my name(?:{_APOSTROPHE}s| is)|call me|you can call me)\s+(?P<name>[^\W\d_]+)", re.IGNORECASE
)
_NAMES_TOO = words(
    "an art bell bill chase day dawn dean do drew earl eve faith frank gene grace grant gray grey guy harry he heather"
    " hope in iris ivy jack jade joy june king lily long love mark max may me miles my page pat pearl ray rich rob rose"
    " ruby she short so sue to wade will you young yu"
)
"""Words that are names as well, beside those of `COMMON`."""


def without_names(names: Iterable[str], role: str) -> Callable[[str], str]:
    """A function that puts `[role]` in place of these names and their parts.

    A part that is a common word too (Will, May, Rose) goes only where it is written as a name or somebody is introduced
    or greeted by it.
    """
    given = [unicodedata.normalize("NFC", name).strip() for name in names]
    parts = {part for name in given for part in _parts(name)}
    whole = sorted({name for name in given if len(name) >= SHORTEST}, key=len, reverse=True)
    rare = sorted((part for part in parts if not _is_common(part)), key=len, reverse=True)
    common = sorted((part for part in parts if _is_common(part)), key=len, reverse=True)
    patterns = [_any_case(whole + rare), *_as_names(common)]
    found = [pattern for pattern in patterns if pattern is not None]

    def mask(text: str) -> str:
        for pattern in found:
            text = pattern.sub(lambda match: f"{match.groupdict().get('before') or ''}[{role}]", text)
        return text

    return mask


def introduced(texts: Iterable[str]) -> frozenset[str]:
    """Names by which somebody introduces themself in these words: a nickname is in no account."""
    found = (match["name"] for text in texts for match in _MY_NAME.finditer(text))
    return frozenset(name for name in found if not _is_common(name) and name.lower() not in STOPWORDS)


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s.,_-]+", name) if len(part) >= SHORTEST]


def _is_common(part: str) -> bool:
    folded = part.lower()
    return folded in _NAMES_TOO or stem(folded) in COMMON


def _any_case(parts: list[str]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{_either(parts)})\b", re.IGNORECASE) if parts else None


def _as_names(parts: list[str]) -> list[re.Pattern[str] | None]:
    if not parts:
        return []
    introduced = re.compile(rf"(?P<before>\b{_INTRODUCED})(?:{_either(parts)})\b", re.IGNORECASE)
    written = re.compile(rf"(?P<before>(?<![.!?…])(?<!\A)\s)(?:{_either([part.capitalize() for part in parts])})\b")
    return [introduced, written]


def _either(parts: list[str]) -> str:
    return "|".join(re.escape(part) for part in parts)
