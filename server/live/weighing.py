"""What to make of something short that was said while the patient spoke. Pure.

An interruption takes words; where nothing is sure, the patient goes on from the same sample: a reply that stops at
every cough is worse than one that takes a second call to stop.
"""

from __future__ import annotations

from typing import Literal

from server.core.doubting import SURE_PERCENT
from server.core.murmurs import is_murmur
from server.core.sound.echo import is_echo
from server.engines.protocols import Transcription

Verdict = Literal["words", "murmur", "echo", "unsure", "nothing"]


def weigh(found: Transcription | None, just_heard: str, language: str, *, speaking: bool = True) -> Verdict:
    """`found`: what a recogniser made of it, None when it failed or took too long; `just_heard`: the patient's words
    that a loudspeaker may have brought back; `speaking`: the patient still speaks. Else there is nothing to interrupt,
    and a "yes" is an answer.
    """
    if found is None or not found.text.strip():
        return "nothing"
    if not speaking:
        return "words"
    if is_echo(found.text, just_heard, while_audible=True):
        return "echo"
    if is_murmur(found.text, language):
        return "murmur"
    if found.confidence * 100 < SURE_PERCENT:
        return "unsure"
    return "words"
