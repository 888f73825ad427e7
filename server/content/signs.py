"""Signs as authors write them: a move, `move@word|word`, `asks:fact` or `did:action`. Read here for lint and schema."""

from __future__ import annotations

import re
from collections.abc import Sequence

from server.content.names import Names, Problems, fault, warn
from server.core.lexicon import content_stems, stem

SIGN = r"[a-z_]+@[^@|\s]+(?:\|[^@|\s]+)*|asks:[A-Za-z0-9_-]+|did:[A-Za-z0-9_-]+"
"""Every sign but a bare move, for an editor."""
FORMS = {"asks": "fact", "did": "action"}
_FORM = re.compile(r"([a-z_]+):(.*)", re.DOTALL)


def sign(names: Names, text: str, key: str) -> Problems:
    """What is wrong with one sign."""
    if found := _FORM.fullmatch(text):
        yield from _named(names, found[1], found[2], key)
        return
    move, at, words = text.partition("@")
    yield from names.missing("move", [move], key)
    if at:
        yield from _words(words.split("|"), move, key)


def _named(names: Names, form: str, subject: str, key: str) -> Problems:
    if form not in FORMS:
        yield fault(key, f'"{form}:" begins no sign;', "write a move, move@word, asks:fact or did:action.")
    elif not subject:
        yield fault(key, f"`{form}:` needs the id of {'an action' if form == 'did' else 'a fact'};", "write it after :")
    else:
        yield from names.missing(FORMS[form], [subject], key)


def _words(words: list[str], move: str, key: str) -> Problems:
    for word in words:
        if not word.strip():
            yield fault(key, f"`{move}@` needs a word,", f"e.g. {move}@week|days.")
        else:
            yield from heard_word(word, key)


def heard_word(word: str, key: str) -> Problems:
    """A word that is listened for must be one word, and one that listening keeps."""
    if " " in word.strip() or "-" in word.strip("-"):
        yield warn(key, f'"{word}" is never heard as one word;', "choose one word of it.")
    elif stem(word.lower()) not in content_stems(word):
        yield warn(key, f'"{word}" is too common to be listened for;', "choose a word that carries the meaning.")


def topics(texts: Sequence[str], key: str) -> Problems:
    """A topic may be several words; one of them must be listened for."""
    deaf = [f'"{text}"' for text in texts if not content_stems(text)]
    if deaf:
        yield warn(key, f"too common to be listened for: {', '.join(deaf)};", "take them out, or choose other words.")
