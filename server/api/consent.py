"""Where a learner's speech and words go, in one sentence for the consent screen (DESIGN, "Settled" 24)."""

from __future__ import annotations

from collections.abc import Sequence

from server.engines.protocols import EngineInfo

_SENT = {
    "hearing": "your voice, to be recognised",
    "speaking": "the patient's words, to be spoken",
    "acting": "the words of the conversation, for the patient's answers",
    "rating": "the words of the conversation, to be rated",
}
NOTHING_LEAVES = "Your voice and your words stay on the machine that runs Bedside. Sound is not kept; words are."


def consent(engines: Sequence[EngineInfo]) -> str:
    """Names every host that is sent something, and what."""
    remote = [engine for engine in engines if engine.kind == "remote"]
    if not remote:
        return NOTHING_LEAVES
    sent = "; ".join(f"{engine.host or 'another machine'}: {_SENT.get(engine.part, 'your words')}" for engine in remote)
    return f"These machines are sent something of what is said here. {sent}. Sound is not kept here; words are."
