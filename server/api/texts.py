"""Text from outside, made fit to store: composed (NFC), and free of characters that no one types."""

from __future__ import annotations

import re
import unicodedata

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters but tab and line ends
    "\u202a-\u202e\u2066-\u2069"  # direction overrides: text that reads otherwise than it is
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # half characters, non-characters, invisible tags
)


def storable(text: str) -> str:
    """`text` without what cannot be stored or is meant to deceive, composed."""
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))
