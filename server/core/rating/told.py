"""What the other had told when a supporter's turn began: their words, whether there was trouble in them, and gladness.

Most rules look at the two turns of the other before: words that answer nothing that was said meet nothing.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from server.core.lexicon import content_stems, fold, tokens
from server.core.rating.rules import any_of
from server.core.rating.words import BAD, FELT, HARD

RECENT = 2
"""Turns of the other that are still being answered."""
RUN, COPIED = 3, 0.7
"""From so large a part of a sentence in runs of so many words that were theirs, it is an echo."""
SHORTEST_ECHO = 3
_TO_MEET = any_of(
    (
        r"\b(?:i|i'm|i've|me|my|mine|myself|we|we're|we've|us|our|ours)\b",
        rf"\b(?:{FELT}|{HARD}|{BAD})\b",
        r"\b(?:lost|losing|lose|fired|laid off|let go|passed over|dumped|divorc\w+|broke up|die[ds]?|dying|dead"
        r"|funeral"
        r"|ill|illness|sick|cancer|diagnos\w+|hospital|surgery|accident|debt|bills|evict\w+|fail\w*|miss(?:ing"
        r"|ed)?|cry\w*"
        r"|cried|gone|clos(?:ed|ing)|fight\w*|argu\w+|problem\w*|trouble\w*|wrong|worse|can't|cannot|nobody"
        r"|no one|never|not sure|don't know)\b",
    )
)
_GLAD = any_of((r"\b(?:happ(?:y|ier|iness)|excit\w+|thrill\w+|delight\w+|joy\w*|relie[fv]\w*)\b",))
_ONE_OF_US = dict.fromkeys(["i", "you", "me", "u", "ya"], "one") | dict.fromkeys(["my", "your", "ur", "mine"], "one's")
_ONE_OF_US |= dict.fromkeys(["i'm", "you're", "im", "youre"], "one is") | dict.fromkeys(["am", "are"], "is")
_ONE_OF_US |= dict.fromkeys(["i've", "you've"], "one have") | {
    "myself": "oneself",
    "yourself": "oneself",
    "was": "were",
}


@dataclass
class Told:
    """Fills as the other speaks."""

    stems: frozenset[str] = frozenset()
    """Of all words so far."""
    _recent: deque[str] = field(default_factory=lambda: deque(maxlen=RECENT))

    def hear(self, text: str) -> None:
        lower = fold(text)
        self.stems |= content_stems(lower)
        self._recent.append(lower)

    @property
    def recent(self) -> frozenset[str]:
        """Stems of the turns that are being answered."""
        return frozenset().union(*(content_stems(text) for text in self._recent))

    @property
    def troubled(self) -> bool:
        """Whether there is anything to meet, trouble or they themselves; True where nothing was heard of them."""
        return not self._recent or any(_TO_MEET.search(text) for text in self._recent)

    @property
    def glad(self) -> bool:
        """Whether a glad feeling was told in the turns that are being answered."""
        return any(_GLAD.search(text) for text in self._recent)

    def echoes(self, sentence: str) -> bool:
        """Whether the sentence is mostly their own words in their order, `I` and `you` turned about or not."""
        own = _plain(sentence)
        if len(own) < SHORTEST_ECHO:
            return False
        runs = {run for text in self._recent for run in _runs(_plain(text))}
        copied = {at + step for at, run in enumerate(_runs(own)) if run in runs for step in range(RUN)}
        return len(copied) >= COPIED * len(own)


def _plain(text: str) -> list[str]:
    """The words, with `I` and `you` made one."""
    return " ".join(_ONE_OF_US.get(word, word) for word in tokens(text)).split()


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)]
