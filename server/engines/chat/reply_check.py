"""What a model's reply must be before a patient says it: speech, in role, finished. Pure: no network, no clock.

Text streams onward while more is being written, so the check is incremental: it holds back up to the next sentence
boundary and releases only sentences that have passed. What it refuses, it refuses by name; no message holds reply text.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.core.errors import ReplyRefused
from server.core.prompt import Prompt
from server.core.transcript import LEARNER
from server.engines.chat.reply_text import (
    ThoughtFilter,
    ended,
    flaw,
    labelled,
    mostly_latin,
    sentence_end,
    shingles,
    speaks_for,
    spoken,
)

MAX_CHARS = 1_200
"""More than this is a model that does not stop (reliability.md L18)."""

REASONS = {
    "reply_empty": "The model's reply held nothing that can be said.",
    "reply_truncated": "The model's reply broke off; whole sentences before the break stand.",
    "reply_too_long": "The model's reply ran past the limit without one whole sentence.",
    "reply_out_of_role": "The model's reply stepped out of the patient's role.",
    "reply_not_speech": "The model's reply was markup, data or a list, not speech.",
    "reply_unfinished_thought": "The model's reply was reasoning that was never closed or never opened.",
    "reply_echo": "The model's reply repeated its instructions.",
    "reply_wrong_script": "The model's reply was in another script than the case.",
    "reply_filtered": "The model's own filter stopped the reply.",
}


def refusal(code: str) -> ReplyRefused:
    """The named refusal, with its fixed sentence."""
    return ReplyRefused(REASONS[code], code=code)


@dataclass(frozen=True)
class Expected:
    """What a reply is held against: read from the prompt once."""

    max_sentences: int = 3
    instructions: frozenset[str] = frozenset()
    """Runs of eight words of role and direction; what the authored lines say is not among them."""
    names: frozenset[str] = frozenset()
    """Words by which those who speak here are called, in small letters: a sentence that begins with one and a colon
    is a script.
    """
    others: frozenset[str] = frozenset()
    """Names of the rest of the cast, as written: with a colon after one of them, somebody else is made to speak."""
    latin: bool = True
    """Whether the case is written in Latin letters."""


def expected(prompt: Prompt) -> Expected:
    """What the reply to `prompt` must look like."""
    sayable = shingles(" ".join(prompt.lines)).union(*(shingles(line.text) for line in prompt.conversation))
    return Expected(
        max_sentences=max(1, prompt.max_sentences),
        instructions=(shingles(prompt.role) | shingles(prompt.direction)) - sayable,
        names=frozenset(word for called in _called(prompt) for word in called.lower().split()),
        others=frozenset(_last_name(name) for cast_id, name in prompt.names.items() if cast_id in _others(prompt)),
        latin=mostly_latin(" ".join((prompt.role, *prompt.lines))),
    )


def _called(prompt: Prompt) -> tuple[str, ...]:
    return (*prompt.names, *prompt.names.values(), *(line.speaker for line in prompt.conversation))


def _others(prompt: Prompt) -> set[str]:
    return prompt.names.keys() - {prompt.speaker, LEARNER}


def _last_name(name: str) -> str:
    return name.split()[-1]


class ReplyCheck:
    """Takes pieces as they come, gives back what may be said so far.

    Call `feed` for each piece until the reply ends or `full` is true, then `finish` for the rest, then `judge`: a reply
    of which sentences stand may still be judged truncated.
    """

    def __init__(self, expected: Expected) -> None:
        self._expected = expected
        self._thoughts = ThoughtFilter()
        self._held = ""
        self._chars = 0
        self._said = ""
        self._sentences = 0

    @property
    def full(self) -> bool:
        """True when nothing more will be released: enough sentences, or too much text."""
        return self._sentences >= self._expected.max_sentences or self._chars > MAX_CHARS

    def feed(self, piece: str) -> str:
        """Add a piece; returns the sentences that may be said now, often ''. Raises `ReplyRefused`."""
        self._hold(self._thoughts.feed(piece))
        released = ""
        while not self.full and (end := sentence_end(self._held)):
            released += self._pass(end)
        return released

    def finish(self, *, complete: bool) -> str:
        """The rest that may be said. A last sentence without its mark counts only where the reply is `complete`."""
        if self._thoughts.inside:
            raise refusal("reply_unfinished_thought")
        self._hold(self._thoughts.rest())
        if self.full or not (complete or ended(self._held)):
            return ""
        return self._pass(len(self._held))

    def judge(self, *, complete: bool) -> None:
        """Raise `ReplyRefused` where nothing was said or the reply broke off."""
        over = self._chars > MAX_CHARS
        if not self._said:
            raise refusal("reply_too_long" if over else "reply_empty" if complete else "reply_truncated")
        if self._sentences < self._expected.max_sentences and (over or not complete):
            raise refusal("reply_truncated")

    def _hold(self, text: str) -> None:
        if self._thoughts.orphaned:
            self._held, self._thoughts.orphaned = "", False
            if self._said:
                raise refusal("reply_unfinished_thought")
        self._held += text
        self._chars += len(text)

    def _pass(self, end: int) -> str:
        sentence, self._held = self._held[:end], self._held[end:]
        if code := flaw(sentence):
            raise refusal(code)
        if labelled(sentence, self._expected.names) or speaks_for(sentence, self._expected.others):
            raise refusal("reply_out_of_role")
        line = spoken(sentence)
        if not line:
            return ""
        line = " " + line if self._said else line
        if not self._expected.instructions.isdisjoint(shingles(self._said + line)):
            raise refusal("reply_echo")
        if self._expected.latin and not mostly_latin(line):
            raise refusal("reply_wrong_script")
        self._said += line
        self._sentences += 1
        return line
