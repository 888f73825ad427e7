"""What stands in the environment and does nothing: names that are no setting, settings that lack their other half."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches

from server.settings import Settings

_PREFIX = "BEDSIDE_"
_NO_SETTINGS = frozenset({"PYTHON", "CHROMIUM", "EXPLORE"})
"""Read by the script that starts us, and by the tests."""


def unknown_settings(names: Iterable[str] | None = None) -> list[str]:
    """A sentence for each variable (those of this process, unless given) that no setting has, with the nearest."""
    known = {name.upper() for name in Settings.model_fields}
    given = sorted(name.upper() for name in (os.environ if names is None else names))
    ours = (name.removeprefix(_PREFIX) for name in given if name.startswith(_PREFIX))
    return [_unknown(name, sorted(known)) for name in ours if name not in known | _NO_SETTINGS]


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    hint = f"Did you mean {_PREFIX}{near[0]}?" if near else "docs/settings.md lists them all."
    return f"{_PREFIX}{name} is no setting and does nothing. {hint}"


def idle_settings(settings: Settings) -> list[str]:
    """A sentence for each setting of a remote engine that lacks its address, where the address would decide."""
    parts = (
        ("CHAT", settings.acting, settings.chat_url, {"MODEL": settings.chat_model, "KEY": settings.chat_key}),
        ("HEARING", settings.hearing, settings.hearing_url, {"KEY": settings.hearing_key}),
        ("SPEAKING", settings.speaking, settings.speaking_url,
         {"MODEL": settings.speaking_model, "KEY": settings.speaking_key}),
        ("RATING", "auto", settings.rating_url, {"KEY": settings.rating_key}),
    )  # fmt: skip
    return [
        f"{_PREFIX}{part}_{name} is set and {_PREFIX}{part}_URL is not: it does nothing without."
        for part, engine, url, halves in parts
        if engine == "auto" and not url
        for name, value in halves.items()
        if value
    ]
