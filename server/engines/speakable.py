"""What of a text can be said aloud. Every speaking engine passes its text through here, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata

LONGEST_CHARS = 600
"""A sentence or a clause is asked for at a time; what is longer is a mistake, and is cut, not read for minutes."""
PIECE_CHARS = 120
CLAUSE_CHARS = 40
"""A piece may end at a comma once it is this long."""
_LONGEST_WORD = 40
_SILENT = {"Cc", "Cs", "Cf", "Co", "Cn", "So", "Sk"}
_PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": " , ",
        "\u2014": " , ",
        "…": "...",
        "*": " ",
        "_": " ",
        # brackets are read as phonemes by some engines
        "[": " ",
        "]": " ",
        # a dose must not become another dose where an engine drops the sign
        "µ": "micro",
        "\u03bc": "micro",
        "½": " a half",
        "¼": " a quarter",
        "¾": " three quarters",
        "\N{MULTIPLICATION SIGN}": " times ",
        "≥": " at least ",
        "≤": " at most ",
    }
)
_TITLE = re.compile(r"^(Mr|Mrs|Ms|Dr|Prof|St)\.$")
"""Before a name; engines that take its stop for the end of a sentence pause there."""


def speakable(text: str) -> str:
    """`text` as one line without brackets that engines read as phonemes, or '' where nothing can be said.

    Removed: controls, surrogates, direction marks, emoji, `[[`, `]]`, markup marks. Cut at `LONGEST_CHARS`.
    """
    return " ".join(word for word in spoken_words(text) if word)


def spoken_words(text: str) -> list[str]:
    """How each word of `text.split()` is said: '' for one that is not, several words where it falls apart.

    All are '' where nothing can be said. Words that begin beyond `LONGEST_CHARS` are ''.
    """
    said: list[str] = []
    room = LONGEST_CHARS
    for word in text.split():
        spoken = _spoken_word(word[:LONGEST_CHARS])[: max(0, room)].strip()
        if spoken == ",":
            spoken = ""
            _pause_after(said)
        room -= len(spoken) + 1 if spoken else 0
        said.append(spoken)
    return said if any(char.isalnum() for word in said for char in word) else [""] * len(said)


def _pause_after(said: list[str]) -> None:
    """A dash by itself is a pause after the word before it, and no word."""
    last = next((at for at in range(len(said) - 1, -1, -1) if said[at]), None)
    if last is not None and said[last][-1].isalnum():
        said[last] += ","


def _spoken_word(word: str) -> str:
    plain = unicodedata.normalize("NFC", "".join(map(_spoken, _TITLE.sub(r"\1", word).translate(_PLAIN))))
    parts = re.sub(r"\s+,", ",", plain).split()
    return " ".join(re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", r"\1 ", part) for part in parts)


def _spoken(char: str) -> str:
    if char == "°":
        return char
    return " " if unicodedata.category(char) in _SILENT else char


def pieces(line: str) -> list[str]:
    """`line` cut between words, at the end of a clause where there is one, into parts of at most about `PIECE_CHARS`.

    Joined by spaces they are `line`, so that work can stop between them.
    """
    found: list[str] = []
    for word in line.split():
        if found and not _is_full(found[-1], word):
            found[-1] += " " + word
        else:
            found.append(word)
    return found


def _is_full(piece: str, word: str) -> bool:
    over = len(piece) + len(word) >= PIECE_CHARS
    return over or (len(piece) >= CLAUSE_CHARS and piece[-1] in ",;:.!?")
