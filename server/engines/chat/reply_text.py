"""Questions about a model's text, one sentence at a time: is it thought, speech, an echo, a list? Pure functions."""

from __future__ import annotations

import re
import unicodedata

_TAG = re.compile(r"<(/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_LONGEST_TAG = 16
_CLOSERS = "\"'”\u2019)\\]*"
_STOP = re.compile(rf"(?P<mark>[.!?…]+)[{_CLOSERS}]*(?=\s)|\n")
_ENDED = re.compile(rf"[.!?…][{_CLOSERS}\s]*$")
_SHORT = re.compile(r"(?:\b(?:[Dd]r|[Mm]rs?|[Mm]s|[Ss]t|[Pp]rof|vs|e\.g|i\.e|approx|[A-HJ-Z])|(?:^|\n)\s*\d{1,2})$")
_ROLES = r"patient|nurse|doctor|student|learner|user|assistant|system|human|ai|narrator|you|me"
_AI = r"(?:ai|a\.i|artificial intelligence|large language|language model|virtual|chat ?bot|computer program|simulat)"
_FLAWS = tuple(
    (code, re.compile(pattern, re.IGNORECASE))
    for code, pattern in (
        ("reply_not_speech", r"^\s*(?:[{}]|\[\s*[\[{\"\d]|```|#{1,6}\s|[-*•]\s|\d{1,2}[.)]\s|>\s|\|)"),
        ("reply_not_speech", r"<[a-z/!]|```|!?\[[^\]]*\]\(|\bhttps?://|\bwww\.|\"\s*:\s*[\"{\[\d]"),
        ("reply_out_of_role", rf"^\W*(?:{_ROLES})\W{{0,3}}:"),
        ("reply_out_of_role", rf"\b(?:as|i am|i'm) (?:just |only |merely )?an? {_AI}"),
        ("reply_out_of_role", r"\b(?:language model|my (?:system prompt|prompt|programming|training data))\b"),
        (
            "reply_out_of_role",
            r"\brole-?play|\bhere(?:'s| is) (?:the|a|her|his|my|your|one) (?:answer|reply|response|line)\b",
        ),
    )
)
_SILENT = {"Cc", "Cs", "Cf", "Co", "Cn", "So", "Sk"}
_DIRECTION = re.compile(r"\*([^*]+)\*|\(([^()]+)\)|\[([^\[\]]+)\]")
_STRONG = re.compile(r"\*\*|__|`")
_STRESSED = {"yes", "this", "is", "was", "has", "his", "us", "always", "nothing", "anything", "something", "everything"}
_LABEL = re.compile(r"\W*([\w .'-]{1,30})\W{0,3}:")
_TITLES = frozenset({"the", "dr", "doctor", "mr", "mrs", "ms", "miss", "prof", "professor", "sister", "nurse"})
_RUN = 8
"""Words in a row that make an echo."""


class ThoughtFilter:
    """Takes the reasoning (`<think>…</think>`) out of a stream in which tags may arrive in pieces."""

    def __init__(self) -> None:
        self._held = ""
        self.inside = False
        self.orphaned = False
        """A closing tag came without an opening one: all that was passed before it was thought."""

    def feed(self, piece: str) -> str:
        """What of the stream is now known to be no thought."""
        self._held += piece
        passed = ""
        while tag := _TAG.search(self._held):
            before, closing = self._held[: tag.start()], bool(tag[1])
            self._held = self._held[tag.end() :]
            if self.inside:
                self.inside = not closing
            elif closing:
                passed, self.orphaned = "", True
            else:
                passed, self.inside = passed + before, True
        return passed + self._let_go()

    def rest(self) -> str:
        """What was held back in case it became a tag."""
        held, self._held = self._held, ""
        return "" if self.inside else held

    def _let_go(self) -> str:
        start = self._held.rfind("<")
        keep = len(self._held) - start if start >= 0 and len(self._held) - start < _LONGEST_TAG else 0
        if self.inside:
            keep = min(len(self._held), _LONGEST_TAG)
        cut = len(self._held) - keep
        passed, self._held = self._held[:cut], self._held[cut:]
        return "" if self.inside else passed


def sentence_end(text: str) -> int:
    """Where the first whole sentence of a growing `text` ends; 0 while that cannot be told."""
    for stop in _STOP.finditer(text):
        mark, before = stop["mark"], text[: stop.start()]
        if mark is None:
            if before.strip():
                return stop.end()
            continue
        if mark == "." and _SHORT.search(before):
            continue
        if mark in {"…", "..", "...", "...."}:
            following = text[stop.end() :].lstrip()
            if not following or following[0].islower():
                continue
        return stop.end()
    return 0


def ended(text: str) -> bool:
    """Whether `text` closes with a sentence mark."""
    return bool(_ENDED.search(text))


def flaw(sentence: str) -> str:
    """The code of the first thing that makes `sentence` no speech of a patient, or ''."""
    plain = sentence.replace("\u2019", "'")
    return next((code for code, pattern in _FLAWS if pattern.search(plain)), "")


def labelled(sentence: str, names: frozenset[str]) -> bool:
    """Whether `sentence` begins as a script does, with one of `names` and a colon."""
    label = _LABEL.match(sentence)
    words = set(label[1].lower().replace(".", " ").split()) if label else set()
    return not words.isdisjoint(names) and words <= names | _TITLES


def speaks_for(sentence: str, others: frozenset[str]) -> bool:
    """Whether somewhere in `sentence` one of `others` is made to speak: `It hurts. Dr Hale: Count again.`"""
    return any(re.search(rf"\b{re.escape(name)}\W{{0,3}}:", sentence) for name in others)


def spoken(sentence: str) -> str:
    """`sentence` as it may be stored and said: NFC, no controls, emoji or stage directions; '' if nothing is left."""
    kept = "".join(" " if char in "\n\r\t" else char for char in sentence if _kept(char))
    kept = _DIRECTION.sub(_undirected, _STRONG.sub("", kept)).replace("*", "")
    line = re.sub(r"\s+([,.!?…])", r"\1", " ".join(unicodedata.normalize("NFC", kept).split())).lstrip(",;: ")
    return line if any(char.isalnum() for char in line) else ""


def _kept(char: str) -> bool:
    return char in "\n\r\t°" or unicodedata.category(char) not in _SILENT


def _undirected(match: re.Match[str]) -> str:
    """A direction (`winces`, `looks away`) goes; stressed words (`never`) stay, without their marks."""
    words = next(group for group in match.groups() if group is not None).strip()
    first = words.split()[0].lower().strip(".,!?") if words else ""
    acted = first not in _STRESSED and re.search(r"(?:s|ing|ly)$", first)
    return "" if match[0][0] == "[" or acted else words


def shingles(text: str) -> frozenset[str]:
    """Every run of eight words in `text`, in small letters without marks."""
    words = re.findall(r"[^\W_]+", text.lower().replace("'", "").replace("\u2019", ""))
    return frozenset(" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def mostly_latin(text: str) -> bool:
    """Whether at least half of the letters are Latin; a text without letters is."""
    letters = [char for char in text if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 >= len(letters)
