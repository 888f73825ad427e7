"""How long to wait after somebody has paused: the case's patience, stretched where the words so far are not finished.

The length of a pause says little about whether a turn is over; how its words end says more (Gravano and Hirschberg
2011; LiveKit and pipecat decide by a model of the same). These rules are readable, cost nothing and work on words
that a recogniser has heard on trial, so they can only act when it is quick enough.
"""

from __future__ import annotations

import re

SHORTEST_MS, LONGEST_MS = 500, 2_500
"""The adapted wait stays between these, unless the case itself asks for less or for more."""
STRETCH, HASTE = 2.0, 0.7
"""Factors on the case's patience: after words that are not finished, and after a finished question."""

_OPEN_ENDS = frozenset(
    [
        "a",
        "although",
        "an",
        "and",
        "as",
        "because",
        "between",
        "but",
        "during",
        "every",
        "i'd",
        "i'll",
        "i'm",
        "if",
        "into",
        "it's",
        "it'd",
        "its",
        "just",
        "let's",
        "my",
        "or",
        "our",
        "quite",
        "she's",
        "than",
        "that's",
        "the",
        "their",
        "there's",
        "these",
        "they're",
        "unless",
        "until",
        "very",
        "we'd",
        "we'll",
        "we're",
        "we've",
        "what's",
        "whether",
        "which",
        "while",
        "whose",
        "without",
        "you'd",
        "you'll",
        "you're",
        "you've",
        "your",
    ]
)
"""Words that hardly end what somebody wants to say. Prepositions are not among them: "somebody to talk to"."""
_FILLERS = re.compile(r"(?:u+[hm]+|e+r+m*|hm+|mm+)")
_OPEN_PHRASES = (
    "i wanted to ask", "i want to ask", "i was wondering", "can you tell me", "could you tell me", "let me",
    "the thing is", "i would like", "i'd like", "it sounds", "it seems", "what i mean", "first of all",
    "one more thing", "sort of", "kind of",
)  # fmt: skip
_OPENINGS = (
    "i mean",
    "you know",
    "tell me",
    "do you",
    "have you",
    "are you",
    "so you",
    "and you",
    "i think",
    "i guess",
    "so",
)
"""These lead on where nothing stands before them; at the end of a sentence they are a tag."""
_MARK = re.compile(r"(?P<trailing>\.\.\.|…|[,;:\u2013\u2014-])\s*$")


def unfinished(text: str, language: str = "en") -> bool:
    """Whether more is likely to come: a comma, a hesitation, a word or a phrase that leads on."""
    if _MARK.search(text):
        return True
    if not language.lower().startswith("en") or re.search(r"[.?!]\s*$", text):
        return False
    words = re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower().replace("\u2019", "'"))
    return bool(words) and (words[-1] in _OPEN_ENDS or bool(_FILLERS.fullmatch(words[-1])) or _leads_on(words))


def patience_after(text: str, patience_ms: int, language: str = "en") -> int:
    """Milliseconds of silence after `text` that end the turn, where the case's own patience is `patience_ms`.

    A question mark shortens it: only a recogniser that hears one writes it.
    """
    if unfinished(text, language):
        return max(patience_ms, min(round(patience_ms * STRETCH), LONGEST_MS))
    if text.rstrip().endswith("?"):
        return min(patience_ms, max(round(patience_ms * HASTE), SHORTEST_MS))
    return patience_ms


def _leads_on(words: list[str]) -> bool:
    said = " ".join(words)
    return said in _OPENINGS or any(said == phrase or said.endswith(f" {phrase}") for phrase in _OPEN_PHRASES)
