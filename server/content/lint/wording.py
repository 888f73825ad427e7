"""Lint: what is to be said aloud can be said, and what rotates has enough to rotate. Warnings only."""

from __future__ import annotations

import re
from itertools import pairwise

from server.content.names import Names, Problems, states, warn
from server.content.spoken import spoken_lines
from server.core.case_parts.cast import Habit, Reaction
from server.core.case_parts.state import Mood
from server.core.lexicon import word_count

MOST_WORDS = 30
"""Words in one sentence that a breath will carry."""
FEWEST_LINES = 3
"""Lines before a rotating reaction begins to repeat itself within an encounter."""
MOST_SHOWN = 40
"""Letters of a line that a message repeats."""
_UNSAYABLE = re.compile(r"[^\w\s.,;:!?'\"()%£&\u2018\u2019\u201c\u201d\u2026\u2013\u2014-]|_|https?:")
_NO = re.compile(r"(?:no|none|not|never)\b", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:yes|yeah|yep|no|nope|nah)(?:\s*[.,!?;:\u2026\u2013\u2014-]|$)", re.IGNORECASE)
_ENDED = re.compile(r"[^\w\s,]$")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


def sayable(names: Names) -> Problems:
    for key, line in spoken_lines(names.case):
        if found := _UNSAYABLE.search(line):
            yield warn(key, f'"{found.group()}" cannot be said aloud;', "write it in words.")
        longest = max(word_count(sentence) for sentence in _SENTENCE.findall(line) or [""])
        if longest > MOST_WORDS:
            yield warn(key, f"a sentence of {longest} words is long to say;", f"break it at {MOST_WORDS} or fewer.")


def split_at_commas(names: Names) -> Problems:
    """`[Not really, thanks.]` is two lines: the first ends without a mark, the second begins with a small letter."""
    for (before, said), (key, line) in pairwise([("", ""), *spoken_lines(names.case)]):
        whose, _, number = key.rpartition(".")
        cut = before.rpartition(".")[0] == whose and not _ENDED.search(said)
        if number.isdecimal() and (cut or line[:1].islower()):
            message = f'"{line[:MOST_SHOWN]}" looks like the end of a line that was cut at a comma;'
            yield warn(key, message, "in [ ] a comma ends a line: quote any line that holds one.")


def said_after_a_miss(names: Names) -> Problems:
    """A missed turn may have been anything: what is said to it must answer nothing."""
    for index, beat in enumerate(names.case.beats):
        if _ANSWERS.match(beat.on_miss.say):
            message = "this answers a question that nobody may have asked;"
            yield warn(f"beats.{index}.on_miss.say", message, "let it stand alone, without a yes or a no.")


def few_sentences(names: Names) -> Problems:
    case = names.case
    limit = max((member.portrayal.speech.max_sentences for member in case.cast), default=3)
    for key, line in spoken_lines(case):
        count = sum(bool(word_count(sentence)) for sentence in _SENTENCE.findall(line))
        if count > limit:
            yield warn(key, f"{count} sentences at once;", f"`speech.max_sentences` allows {limit}.")


def rotation(names: Names) -> Problems:
    case = names.case
    for index, member in enumerate(case.cast):
        for number, reaction in enumerate(member.portrayal.reactions):
            yield from _enough(f"cast.{index}.portrayal.reactions.{number}", reaction)
        for number, habit in enumerate(member.portrayal.habits):
            yield from _enough(f"cast.{index}.portrayal.habits.{number}", habit)
    for key, state in states(case):
        for index, mood in enumerate(state.moods):
            yield from _enough(f"{key}.moods.{index}", mood)


def _enough(key: str, part: Reaction | Mood | Habit) -> Problems:
    if 0 < len(part.lines) < FEWEST_LINES:
        yield warn(f"{key}.lines", f"{len(part.lines)} lines will soon repeat;", "write three or more.")


def vouched(names: Names) -> Problems:
    """A plain no to a question without a fact teaches harm when it is false."""
    for number, member in enumerate(names.case.cast):
        for index, policy in enumerate(member.portrayal.unscripted):
            for place, line in enumerate(policy.lines):
                if _NO.match(line) and not policy.sure:
                    key = f"cast.{number}.portrayal.unscripted.{index}.lines.{place}"
                    yield warn(key, "this says no;", "add `sure: true` if it is true of this person, or reword it.")


def words_that_stop(names: Names) -> Problems:
    """A stop or pause phrase of one common word would end encounters by accident."""
    prebrief = names.case.prebrief
    for part in ("stop_words", "pause_words"):
        for index, phrase in enumerate(getattr(prebrief, part)):
            if word_count(phrase) < 2:
                yield warn(
                    f"prebrief.{part}.{index}", f'"{phrase}" is easily said by accident;', "use two words or more."
                )


RULES = (sayable, split_at_commas, said_after_a_miss, few_sentences, rotation, vouched, words_that_stop)
