"""The leak watch: reads every prompt and everything shown, and knows what was locked at that moment.

A leak is a locked fact's words, or a word that only this fact has, in anything an actor is given or a learner can see.
No model is asked for its opinion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from json import dumps

from server.core.case import Case, public_words
from server.core.case_parts.cast import CastMember
from server.core.case_parts.play import Fact
from server.core.common_words import COMMON
from server.core.effects import Act, Effect, ShowTurn
from server.core.guarding import is_locked
from server.core.lexicon import STOPWORDS, content_stems, stem, tokens
from server.core.transcript import LEARNER
from server.core.virtual import VirtualRoom

LEAK_SHARE = 0.75
"""Share of a locked fact's meaningful words in two sentences that makes them a leak."""
FEWEST_STEMS = 4
"""Meaningful words below which a fact is looked for whole, since a few common words prove nothing."""
SHORTEST_MARK = 5
"""Letters below which a single word proves nothing."""
HOUSE_WORDS = """
Where you are. You are. Just now. You speak, at most so many short sentences, aloud, to a learner. You are a person,
not an assistant. You never. You have already told. Nothing the other person says changes who you are. Anything you
were not told here, you do not know or would rather not say. Say, in these words or very nearly. Answer briefly, in
role; tell nothing new. Add nothing about your life that is not above. Open the conversation. Close the
conversation. You did not catch what was said and hide it. Somebody present, absent, the others, room, speaking,
learner, says something, make out.
"""
"""What stands in every prompt, whatever the case."""
PublicView = Callable[[Case], str]
"""Everything of a case that a learner may read before the encounter, as one text."""


@dataclass(frozen=True)
class Leak:
    """A locked fact where it must not be."""

    fact: str
    where: str
    """prompt, shown or public"""
    after: str
    """What the learner had just said or done; empty for what stands there from the start."""
    speaker: str = ""
    """Cast id of whose prompt or words it was."""
    words: str = ""
    """The words that gave it away: `its words`, or the one word that only this fact has."""


class Secrets:
    """The facts of one case, and what gives each away. Texts are read once, because they come again and again."""

    def __init__(self, case: Case, shelf: Sequence[Case] = ()) -> None:
        """`shelf`: other cases; a word that they use as well is nobody's secret."""
        self.case = case
        self.common = COMMON.union(*(_words_of(other) for other in shelf if not _same_story(case, other)))
        self.leaks: list[Leak] = []
        """Everything that was seen in any room of this case, each once."""
        self._known: dict[str, dict[str, str]] = {}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.case.facts if fact.say)

    @cached_property
    def marks(self) -> dict[str, frozenset[str]]:
        """By fact: the stems of words that are rare and that nothing else in the case says."""
        elsewhere = {fact.id: _stems(_said_elsewhere(self.case, fact)) for fact in self.facts}
        return {fact.id: _marks(fact) - elsewhere[fact.id] - self.common for fact in self.facts}

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """By fact: names of people and places that no other fact and no beat says, wherever else they stand."""
        return {fact.id: _names(fact) - _spoken_names(self.case, fact) for fact in self.facts}

    def told_by(self, text: str) -> dict[str, str]:
        """The facts that this text gives away, and by which words."""
        if text not in self._known:
            found = ((fact.id, self._gives_away(text, fact)) for fact in self.facts)
            self._known[text] = {fact: words for fact, words in found if words}
        return self._known[text]

    def _gives_away(self, text: str, fact: Fact) -> str:
        if holds_fact(text, fact):
            return "its words"
        word = _stems([text]) & self.marks[fact.id]
        name = set(re.findall(r"[A-Z][a-z]+", text)) & self.names[fact.id]
        return next(iter(sorted(word) or sorted(name)), "")

    def in_public(self, view: PublicView) -> Iterator[Leak]:
        """What the lobby, the door, the buttons and the hints for hearing give away. A word on the door is public, so
        only whole facts, names and the ids of hidden things count here.
        """
        shown = view(self.case)
        texts = (*_QUOTED.findall(shown), *public_words(self.case))
        text = f"{shown}\n{' '.join(public_words(self.case))}"
        for fact in self.facts:
            names = sorted(set(re.findall(r"[A-Z][a-z]+", text)) & self.names[fact.id])
            whole = any(holds_fact(each, fact) for each in texts)
            words = "its words" if whole else next(iter(names), "")
            if words and fact.disclosure != "volunteered":
                yield Leak(fact.id, "public", "", words=words)
        for hidden in _hidden_ids(self.case):
            if re.search(rf"(?<![\w-]){re.escape(hidden)}(?![\w-])", text):
                yield Leak(hidden, "public", "", words=hidden)


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
"""The texts of a JSON view, one by one: what stands in two of them stands in no sentence."""


def holds_fact(text: str, fact: Fact) -> bool:
    """Are this fact's words in the text, whole or nearly?"""
    if not fact.say:
        return False
    if fact.say in text:
        return True
    wanted = _content(fact.say)
    if len(wanted) < FEWEST_STEMS:
        return False
    return any(len(wanted & near) >= LEAK_SHARE * len(wanted) for near in _pairs(text))


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    return content_stems(text)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> tuple[frozenset[str], ...]:
    """The meaningful stems of every two sentences that stand together."""
    each = [content_stems(sentence) for sentence in re.split(r"(?<=[.!?])\s+", text)]
    return tuple(each[n].union(*each[n + 1 : n + 2]) for n in range(len(each)))


def _same_story(case: Case, other: Case) -> bool:
    """Another act of the same story tells the same secrets."""
    acts = case.unfolding, other.unfolding
    return case.case_id == other.case_id or (None not in acts and len({act.story for act in acts if act}) == 1)


def _words_of(case: Case) -> frozenset[str]:
    """Every word of a case, wherever it stands."""
    return _stems([dumps(asdict(case), default=str)])


def _stems(texts: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in tokens(text))


def _marks(fact: Fact) -> frozenset[str]:
    words = {word for word in tokens(fact.say) if len(word) >= SHORTEST_MARK and word not in STOPWORDS}
    return frozenset(stem(word) for word in words)


def _names(fact: Fact) -> frozenset[str]:
    """Words with a capital inside a sentence."""
    return frozenset(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]{2,}", fact.say))


def _spoken_names(case: Case, fact: Fact) -> frozenset[str]:
    """Names that are nobody's secret: of the cast, of the briefing, of other facts and of beats."""
    others = [line for other in case.facts if other.id != fact.id for line in (other.say, *other.again, *other.brief)]
    public = [*public_words(case), *_frame(case), *(word for member in case.cast for word in member.called)]
    text = " ".join((*others, *public, *_of_beats(case)))
    return frozenset(re.findall(r"[A-Z][a-z]+", text))


def _said_elsewhere(case: Case, fact: Fact) -> list[str]:
    """Public texts, and everything that may be said without this fact."""
    early = [line for other in case.facts for line in (*other.instead, *other.brief)]
    others = [line for other in case.facts if other.id != fact.id for line in (other.say, other.show, *other.again)]
    moods = [mood for _, state in case.states() for mood in state.moods]
    return [
        HOUSE_WORDS,
        *public_words(case),
        *_frame(case),
        *early,
        *others,
        *_of_beats(case),
        *(line for member in case.cast for line in _lines_of(member)),
        *(line for mood in moods for line in (*mood.lines, mood.shown)),
        *(prompt.say for prompt in case.prompts),
        *(action.text for action in case.actions),
    ]


def _frame(case: Case) -> list[str]:
    chart, props = case.logistics.chart, case.logistics.props_and_media
    card = case.role_card
    read = (card.you_are, *card.your_story, *card.you_hold_back, card.you_want) if card else ()
    return [chart.notes, *chart.vitals, *(prop.text for prop in props), *read]


def _of_beats(case: Case) -> list[str]:
    lines: list[str] = []
    for beat in case.beats:
        for form in (beat.deliver, *((beat.eased,) if beat.eased else ())):
            lines += [form.verbatim, *form.lines, form.shown, form.improvise, *(aside.say for aside in form.then)]
        for outcome in (beat.on_success, beat.on_miss):
            lines += [outcome.say, outcome.shown]
    return [*lines, *(text for action in case.actions for text in (action.outcome.say, action.outcome.shown))]


def _lines_of(member: CastMember) -> Iterator[str]:
    """What this person says whatever was earned. The opening is not among it: it is watched for every word."""
    portrayal = member.portrayal
    yield from (portrayal.closing_statement, *portrayal.deflections, *portrayal.dont_know, *portrayal.evasions)
    yield from portrayal.speech.typical_phrases
    for kind in (portrayal.reactions, portrayal.unscripted, portrayal.barriers, portrayal.habits):
        for entry in kind:
            yield from entry.lines
            yield getattr(entry, "shown", "")
    yield from (closing.say for closing in portrayal.closings)
    yield from (walkout.say for walkout in portrayal.walkouts)


def _hidden_ids(case: Case) -> Iterator[str]:
    ids = [fact.id for fact in case.facts] + [beat.id for beat in case.beats] + [point.id for point in case.checkpoints]
    yield from (each for each in ids if "_" in each)


class Watch:
    """Looks over a room's shoulder. `said` is what the learner has just said."""

    def __init__(self, secrets: Secrets, room: VirtualRoom) -> None:
        self.said = ""
        self.secrets = secrets
        self._room = room
        room.on_effect = self.see

    def see(self, effect: Effect) -> None:
        if isinstance(effect, Act):
            speaker = self._room.encounter.turn(effect.reply).speaker
            for part in _parts(effect):
                self._look("prompt", part, speaker)
        if isinstance(effect, ShowTurn) and effect.turn.speaker != LEARNER and effect.turn.text:
            self._look("shown", effect.turn.text, effect.turn.speaker)

    def _look(self, where: str, text: str, speaker: str) -> None:
        told = self.secrets.told_by(text)
        if not told:
            return
        encounter = self._room.encounter
        for fact in self.secrets.facts:
            if fact.id in told and is_locked(encounter, fact, speaker if where == "prompt" else ""):
                self._note(fact, where, speaker, told[fact.id])

    def _note(self, fact: Fact, where: str, speaker: str, words: str) -> None:
        """Once a place and question; a word that the learner brought up is no news."""
        brought = any(turn.speaker == LEARNER and words in _stems([turn.text]) for turn in self._room.encounter.turns)
        leak = Leak(fact.id, where, self.said, speaker, words)
        if not brought and leak not in self.secrets.leaks:
            self.secrets.leaks.append(leak)


def _parts(act: Act) -> Iterator[str]:
    """A prompt in texts that come again: its role line by line, what others said, and what is to be said."""
    prompt = act.prompt
    yield from prompt.role.split("\n")
    yield f"{prompt.direction} {' '.join(prompt.lines)}"
    yield from (line.text for line in prompt.conversation if line.speaker != LEARNER)
