"""Follow-up questions: each joins a sentence that somebody wrote with a theme of the course, and gives no answer.

The rules, which know nothing of where the text comes from (a reflection, a post on a board):

    - a sentence is asked about when it touches a theme, tells of a feeling or tells of a decision; else never
    - touching a theme weighs most, then a decision, then a feeling; of equals the earlier
    - no sentence twice, and no theme twice while another is left
    - a sentence in which somebody is in trouble themselves is left alone: that is for a person
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.core.debriefing.theme_families import family_of, stems_of
from server.core.lexicon import FEELINGS, content_stems, stem, tokens, word_count
from server.core.moves import Context, observe
from server.core.sentences import split

MOST = 3
FEWEST_WORDS = 4
"""Of a sentence that is worth asking about."""
LONGEST_WORDS = 40
"""Of a quote; a longer sentence is quoted up to there."""
_FELT = frozenset(stem(word) for family in FEELINGS.values() for word in family) | {stem("felt"), stem("feel")}
_DECIDED = re.compile(
    r"\bI (?:\w+ ){0,2}?(?:decid\w+|cho(?:se|ose)|want\w*|tried|try|avoid\w*|thought|meant|should|could|couldn't"
    r"|didn't|did not|hope\w*|need\w*|promis\w+|wish\w*|said nothing|changed|ask\w*|told|left|kept|stopped|rush\w*)\b",
    re.IGNORECASE,
)
TOUCHES, DECIDES, FEELS = 4, 2, 1


@dataclass(frozen=True)
class FollowUp:
    """One question."""

    sentence: str
    """As it was written, to the letter."""
    theme: str
    """As the course words it."""
    question: str
    """Quotes the sentence, and asks."""


def follow_ups(texts: Iterable[str], themes: Sequence[str], most: int = MOST) -> tuple[FollowUp, ...]:
    """At most `most` questions about these texts, in the order in which their sentences stand there."""
    sentences = list(dict.fromkeys(each for text in texts for each in _sentences(text)))
    chosen: dict[str, str] = {}
    while len(chosen) < most and (pair := _next(sentences, themes, chosen)):
        chosen[pair[0]] = pair[1]
    found = [(sentence, chosen[sentence]) for sentence in sentences if sentence in chosen]
    return tuple(FollowUp(s, theme, _question(s, theme, turn)) for turn, (s, theme) in enumerate(found))


def may_be_asked(question: str, texts: Iterable[str], themes: Sequence[str]) -> bool:
    """Whether it is a question that these rules could ask of these texts: what is asked first moves as the texts grow,
    and somebody may still be answering.
    """
    sentences = (sentence for text in texts for sentence in _sentences(text) if sentence in question)
    pairs = [(sentence, theme) for sentence in sentences for theme in themes if _weight(sentence, theme)]
    return any(
        question == _question(s, theme, turn) for s, theme in pairs for turn in range(len(family_of(theme).forms))
    )


def _sentences(text: str) -> Iterator[str]:
    """Each to the letter; long ones up to a whole word."""
    for line in text.splitlines():
        for sentence in split(line):
            if word_count(sentence) >= FEWEST_WORDS and not _in_trouble(sentence):
                yield _cut(sentence)


def _cut(sentence: str) -> str:
    ends = [match.end() for match in re.finditer(r"\S+", sentence)]
    return sentence[: ends[LONGEST_WORDS - 1]] if len(ends) > LONGEST_WORDS else sentence


def _in_trouble(sentence: str) -> bool:
    return any(each.move == "own_distress" for each in observe(sentence, Context()))


def _next(sentences: Sequence[str], themes: Sequence[str], chosen: dict[str, str]) -> tuple[str, str] | None:
    """The pair that weighs most of those left; None when none weighs anything."""
    fresh = [theme for theme in themes if theme not in chosen.values()] or list(themes)
    left = [sentence for sentence in sentences if sentence not in chosen]
    pairs = [(sentence, theme) for sentence in left for theme in fresh]
    best = max(pairs, key=lambda pair: _weight(*pair), default=None)
    return best if best and _weight(*best) else None


def _weight(sentence: str, theme: str) -> int:
    touches = bool(content_stems(sentence) & stems_of(theme))
    feels = any(stem(token) in _FELT for token in tokens(sentence))
    return TOUCHES * touches + DECIDES * bool(_DECIDED.search(sentence)) + FEELS * feels


def _question(sentence: str, theme: str, turn: int) -> str:
    """Forms take turns, so that three questions are not one question three times."""
    forms = family_of(theme).forms
    return f"You wrote: “{sentence}” A theme of this course is {theme}. {forms[turn % len(forms)].format(theme=theme)}"
