"""A transcript of people as a file: plain text, JSON, WebVTT or SRT, read into lines with a speaker and a place.

The formats of captions are read here in a few lines: what is wanted is who spoke and in which line of the file, and the
libraries for them keep neither a second voice inside a cue nor the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal, NoReturn

from server.core.errors import ContentError, Problem

Form = Literal["text", "json", "vtt", "srt"]
FORMS: dict[str, Form] = {".json": "json", ".vtt": "vtt", ".srt": "srt"}
"""By the ending of a file's name; any other is text."""
LARGEST_BYTES = 400_000
"""Some six hours of talk."""
MOST_LINES = 2_000
"""Lines of a transcript that are read: ten hours of talk in caption cues would not fit, an hour's does."""
LONGEST_LINE = 5_000
"""Characters of one turn: five minutes of unbroken speech. The rules read long turns slowly."""
_STAMP = re.compile(r"^\s*(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?\s*[-\u2013]?\s*)+(?=\D)")
LONGEST_LABEL = 40
"""Characters."""
PARTS = frozenset(
    (
        "nurse",
        "student",
        "learner",
        "student nurse",
        "doctor",
        "clinician",
        "supporter",
        "patient",
        "seeker",
        "relative",
    )
)
"""Labels that may be written without a capital."""
MOST_LABEL_WORDS = 4
"""Longer than that, what stands before a colon is a sentence."""
_TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s+([^>]{1,80})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!v[\s.])[a-z0-9:.]{1,40}(?:\s[^<>]{0,80})?>|\{\\[^}]{1,20}\}", re.IGNORECASE)
_NOT_CUES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Spoken:
    """One line of a human transcript."""

    speaker: str
    text: str
    line: int


def read_lines(text: str, form: Form, name: str) -> list[Spoken]:
    """Who said what, in order, one entry a turn of speech. Raises `ContentError` with file and line."""
    if len(text.encode("utf-8", "replace")) > LARGEST_BYTES:
        refuse(name, f"the transcript is larger than {LARGEST_BYTES:,} bytes;", mend="score it in parts.")
    if form == "json":
        found = _from_json(text, name)
    elif form == "text":
        found = _labelled(enumerate(_STAMP.sub("", raw) for raw in text.splitlines()), name)
    else:
        found = _from_captions(text, form, name)
    return _within_limits([each for each in found if each.text], name)


def refuse(name: str, message: str, line: int = 0, mend: str = "") -> NoReturn:
    """Raises `ContentError`; never with words of the transcript."""
    raise ContentError([Problem(message, name, line, mend=mend)])


def _within_limits(found: list[Spoken], name: str) -> list[Spoken]:
    if not found:
        refuse(name, "the transcript is empty.", mend="Write lines like `Nurse: How are you?`")
    if len(found) > MOST_LINES:
        refuse(
            name, f"the transcript has {len(found):,} turns; the limit is {MOST_LINES:,}.", mend="Score it in parts."
        )
    for each in found:
        if len(each.text) > LONGEST_LINE:
            message = f"one turn has {len(each.text):,} characters; the limit is {LONGEST_LINE:,}."
            refuse(name, message, each.line, "Are labels missing?")
    return found


def _labelled(lines: Iterator[tuple[int, str]], name: str) -> list[Spoken]:
    """Lines `Label: words`; a line without a label goes on from the one before."""
    found: list[Spoken] = []
    for number, raw in lines:
        label, words = split_label(raw)
        if label:
            found.append(Spoken(label, words, number + 1))
        elif raw.strip() and found:
            found[-1] = Spoken(found[-1].speaker, f"{found[-1].text} {raw.strip()}".strip(), found[-1].line)
        elif raw.strip():
            refuse(name, "no speaker's label.", number + 1, "Begin the line with `Nurse:` or `Patient:`.")
    return found


def split_label(raw: str) -> tuple[str, str]:
    """The speaker's label and the words; no label where the line has none."""
    label, colon, words = raw.partition(":")
    label = label.strip()
    apart = not words or words[0].isspace()
    if not colon or not apart or len(label.split()) > MOST_LABEL_WORDS or not _is_name(label):
        return "", raw.strip()
    return label, words.strip()


def _is_name(label: str) -> bool:
    """A name begins with a capital; `at 3:` inside a sentence does not. A part may be written small."""
    if not label or len(label) > LONGEST_LABEL or label[0].isdigit():
        return False
    return not label[0].islower() or label.lower() in PARTS


def _from_json(text: str, name: str) -> list[Spoken]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        refuse(name, 'not a JSON list of {"speaker", "text"}.')
    rows = rows.get("turns") if isinstance(rows, dict) else rows
    if not isinstance(rows, list):
        refuse(name, 'not a JSON list of {"speaker", "text"}.')
    return [_row(row, number, name) for number, row in enumerate(rows, 1)]


def _row(row: Any, number: int, name: str) -> Spoken:
    if not isinstance(row, dict) or not isinstance(row.get("speaker"), str) or not isinstance(row.get("text"), str):
        refuse(name, f'entry {number} is not {{"speaker": "...", "text": "..."}}.')
    if not row["speaker"].strip():
        refuse(name, f"entry {number} has no speaker.", mend="Say who spoke.")
    return Spoken(row["speaker"].strip(), " ".join(row["text"].split()), number)


def _from_captions(text: str, form: Form, name: str) -> list[Spoken]:
    """Cues in order; those of one speaker are one turn. A cue that names nobody goes on from the one before."""
    if form == "vtt" and not text.lstrip("\ufeff").startswith("WEBVTT"):
        refuse(name, "a WebVTT file begins with `WEBVTT`.", 1, "Is it SRT? Then its name ends in .srt.")
    found: list[Spoken] = []
    for number, raw in _cue_lines(text):
        for speaker, words in _voices(raw):
            if not speaker and not found:
                mend = "Write `<v Nurse>` or `Nurse:` at the head of the cue."
                refuse(name, "the first cue does not say who speaks.", number, mend)
            if not speaker or (found and speaker == found[-1].speaker):
                found[-1] = Spoken(found[-1].speaker, f"{found[-1].text} {words}".strip(), found[-1].line)
            else:
                found.append(Spoken(speaker, words, number))
    return found


def _cue_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines of words with their numbers: what follows a line of times, up to an empty line."""
    inside = False
    for number, raw in enumerate(text.splitlines(), 1):
        if _TIMES.match(raw):
            inside = True
        elif not raw.strip() or raw.startswith(_NOT_CUES):
            inside = inside and bool(raw.strip())
        elif inside:
            yield number, raw


def _voices(raw: str) -> Iterator[tuple[str, str]]:
    """The parts of one line by speaker; empty where it names none."""
    parts = _VOICE.split(raw.replace("</v>", ""))
    if len(parts) == 1:
        yield split_label(_words(raw))
        return
    if before := _words(parts[0]):
        yield split_label(before)
    for speaker, words in zip(parts[1::2], parts[2::2], strict=True):
        yield unescape(speaker).strip(), _words(words)


def _words(raw: str) -> str:
    return unescape(_TAG.sub("", raw)).strip().removeprefix("- ").strip()
