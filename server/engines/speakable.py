"""What of a text can be said aloud. Every speaking engine passes its text through here, whoever wrote it."""

from __future__ import annotations

import re
import unicodedata

LONGEST_CHARS = 600
"""A sentence or a clause is asked for at a time; what is longer is a mistake, and is cut, not read for minutes."""
PIECE_CHARS = 240
_LONGEST_WORD = 40
_SILENT = {"Cc", "Cs", "Cf", "Co", "Cn", "So", "Sk"}
_PLAIN = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": ", ",
        "\u2014": ", ",
        "…": "...",
        "*": " ",
        "_": " ",
    }
)


def speakable(text: str) -> str:
    """`text` as one line without brackets that engines read as phonemes, or '' where nothing can be said.

    Removed: controls, surrogates, direction marks, emoji, `[[`, `]]`, markup marks. Cut at `LONGEST_CHARS`.
    """
    plain = unicodedata.normalize("NFC", "".join(_spoken(char) for char in text[: 4 * LONGEST_CHARS].translate(_PLAIN)))
    line = " ".join(plain.replace("[", " ").replace("]", " ").split())
    line = re.sub(rf"(\S{{{_LONGEST_WORD}}})(?=\S)", r"\1 ", line)[:LONGEST_CHARS].strip()
    return line if any(char.isalnum() for char in line) else ""


def _spoken(char: str) -> str:
    if char == "°":
        return char
    return " " if unicodedata.category(char) in _SILENT else char


def pieces(line: str) -> list[str]:
    """`line` cut between words into parts of at most about `PIECE_CHARS`, so that work can stop between them."""
    found: list[str] = []
    for word in line.split():
        if found and len(found[-1]) + len(word) < PIECE_CHARS:
            found[-1] += " " + word
        else:
            found.append(word)
    return found
