"""Bytes to text: size, encoding, characters that deceive, tabs that YAML cannot indent with. Nothing is parsed yet."""

from __future__ import annotations

import re

from server.core.errors import ContentError, Problem

MAX_BYTES = 262_144

_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks: text that reads otherwise than it is
    "\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]"  # line separators, a stray byte order mark, halves of characters
)
_TAB = re.compile(r"^ *\t", re.MULTILINE)


def strange_character(text: str) -> str:
    """The first character of `text` that no honest file holds; empty when there is none."""
    found = _STRANGE.search(text)
    return found.group() if found else ""


def read_text(data: bytes, file: str) -> str:
    """The text of a file: at most 262,144 bytes of UTF-8, with or without a byte order mark. Raises `ContentError`."""
    if len(data) > MAX_BYTES:
        raise ContentError([Problem(f"the file is {len(data):,} bytes; the limit is {MAX_BYTES:,}.", file)])
    text = _decoded(data, file)
    if found := _STRANGE.search(text):
        message = f"control character U+{ord(found.group()):04X}"
        raise _refusal(message, "must be taken out.", file, text.count("\n", 0, found.start()) + 1)
    if found := _TAB.search(text.rstrip()):  # tabs behind everything indent nothing
        line = text.count("\n", 0, found.start()) + 1
        raise _refusal("a tab cannot be used for indentation;", "use spaces.", file, line)
    return text


def _refusal(message: str, mend: str, file: str, line: int = 0) -> ContentError:
    return ContentError([Problem(message, file, line, mend=mend)])


def _decoded(data: bytes, file: str) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refusal("the file is UTF-16, not UTF-8;", "save it as UTF-8.", file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(f"not UTF-8 (byte {error.start});", "save it as UTF-8.", file, line) from None
