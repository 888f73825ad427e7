"""Under which licence the hub says that a model or a voice is given. What it does not say is not guessed."""

from __future__ import annotations

import json
import re

from server.engines.weights import hub as pulling_hub
from server.engines.weights.names import VOICE_REPO


def licence_of_model(repo: str, commit: str) -> str:
    """The `license:` line at the head of the model's README, e.g. `mit`; ''."""
    head = pulling_hub.text(repo, "README.md", commit).partition("\n---")[0]
    found = re.search(r"^license(?:_name)?:[ \t]*([\w.+-]+)", head, re.MULTILINE)
    return found[1] if found else ""


def licence_of_voice(place: str, commit: str) -> str:
    """The licence in the voice's MODEL_CARD with the address of its recordings; ''."""
    card = pulling_hub.text(VOICE_REPO, f"{place}/MODEL_CARD", commit)
    said = re.search(r"^\W*licen[cs]e:[ \t]*(.+)$", card, re.MULTILINE | re.IGNORECASE)
    source = re.search(r"^\W*url:[ \t]*(\S+)", card, re.MULTILINE | re.IGNORECASE)
    if not said:
        return ""
    return f"{said[1].strip()[:200]} (recordings: {source[1][:200]})" if source else said[1].strip()[:200]


def listed_voices() -> tuple[str, ...]:
    """The names of all voices on the hub, to find one that is near to a mistyped name; () where they cannot be had."""
    try:
        listed = json.loads(pulling_hub.text(VOICE_REPO, "voices.json"))
    except ValueError:
        return ()
    return tuple(str(name) for name in listed) if isinstance(listed, dict) else ()
