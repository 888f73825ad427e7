"""Does a sentence that a model made up tell what is still kept back? Pure: words against words.

No secret is in a prompt, but a model may hit on one, or its server may know the case. A text tells a locked fact when
it has one of its sentences; two of its meaningful words and a good part of them, or of one of its sentences; a length
of time of it, or a number of it beside another such word; a word or a name that nothing else in this case has; that a
relative whom it is about has died; or all the words of a question that asks for it. What the actor was given in its
prompt, and what the case says openly, proves nothing where it stood together there. Paraphrase in wholly other words
goes unseen, and so does a yes to a learner's own guess; tests/core/test_guarding.py has the rates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from server.core.case import Case
from server.core.case_parts.play import Beat, Fact
from server.core.common_words import COMMON
from server.core.encounter import Encounter
from server.core.figures import NUMBER_WORDS, figures
from server.core.lexicon import STOPWORDS, content_stems, stem
from server.core.openly import Openly
from server.core.prompt import Prompt
from server.core.telling import SENTENCE, Heard, Secret, told
from server.core.transcript import LEARNER, Plan

Tells = Callable[[str], bool]
"""Whether a text tells something that is kept back from whoever hears it."""
LEAST_SHARE = 0.4
"""A text that shares two meaningful words with a locked fact, and such a part of them, tells it: what lint asks of
authors."""
WHOLE_SHARE, FEWEST_OF_A_MOMENT = 0.75, 4
"""The same for the line of a moment that has not come, which is made of everyday words."""
LONG_WORD = 5
"""Letters below which a single word proves nothing."""
_EVERYDAY = content_stems(
    "few minute hour ask help sit people person thing goes look make yes no day night now there here where somebody "
    "nobody time place hospital nurse student one"
) | frozenset(map(stem, NUMBER_WORDS))
"""Words that tell nothing, however many of them a text shares with a fact."""


@lru_cache(maxsize=64)
def _guard_of(case: _ByDigest) -> Guard:
    return Guard(case.case)


def guard_of(case: Case) -> Guard:
    """The guard of a case, made once in a process: it takes some hundredths of a second."""
    return _guard_of(_ByDigest(case))


class _ByDigest:
    """Two cases of one digest are the same to a cache."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def __hash__(self) -> int:
        return hash(self.case.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self.case.digest == other.case.digest


class Guard:
    """The secrets of one case; made once and asked for every reply that a model phrases."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._said = Openly(case)

    @cached_property
    def facts(self) -> dict[str, Secret]:
        return {fact.id: self._fact(fact) for fact in self.case.facts if fact.say}

    @cached_property
    def beats(self) -> dict[str, Secret]:
        return {beat.id: self._beat(beat) for beat in self.case.beats}

    def _fact(self, fact: Fact) -> Secret:
        said, own = self._said, Heard(fact.say)
        every = Heard(" ".join((fact.say, *fact.again, *fact.brief)))
        parts = (content_stems(each) - _EVERYDAY - said.volunteered.all_stems for each in SENTENCE.split(fact.say))
        questions = tuple(content_stems(each) - _EVERYDAY for each in fact.asked) if fact.min_trust else ()
        return Secret(
            id=fact.id,
            sentences=tuple(said.own_sentences(fact.say)),
            stems=content_stems(fact.say) - _EVERYDAY - said.volunteered.all_stems,
            share=LEAST_SHARE,
            parts=tuple(parts),
            rare=own.all_stems - COMMON,
            numbers=own.figures,
            measures=own.measures - said.measures,
            hints=content_stems(every.text) - _EVERYDAY - said.volunteered.all_stems,
            marks=self._marks(fact, own),
            names=frozenset(name for name in own.names & said.proper - said.names if not figures([name.lower()])),
            kin=Heard(" ".join(_all_of(fact))).kin - said.volunteered.kin,
            questions=tuple(each for each in questions if len(each) > 1 and each - COMMON),
            open=said.together,
        )

    def _marks(self, fact: Fact, own: Heard) -> frozenset[str]:
        plain = {word for word in own.words if "'" not in word} - STOPWORDS - NUMBER_WORDS
        long = frozenset(stem(word) for word in plain if len(word) >= LONG_WORD)
        return long - COMMON - frozenset(map(stem, self._said.words_without(fact)))

    def _beat(self, beat: Beat) -> Secret:
        forms = [form for form in (beat.deliver, beat.eased) if form]
        lines = [line for form in forms for line in (form.verbatim, *form.lines) if line]
        return Secret(
            id=beat.id,
            sentences=tuple(sentence for line in lines for sentence in self._said.own_sentences(line)),
            stems=content_stems(max(lines, key=len, default="")) - _EVERYDAY,
            share=WHOLE_SHARE,
            fewest=FEWEST_OF_A_MOMENT,
            open=self._said.together,
        )

    def locked(self, encounter: Encounter, speaker: str, plan: Plan) -> Iterator[Secret]:
        """What this speaker may not tell in a reply with this plan: what is kept back, and what only others know."""
        for fact_id, secret in self.facts.items():
            if fact_id not in plan.facts and is_locked(encounter, encounter.case.fact(fact_id), speaker):
                yield secret
        for beat_id, secret in self.beats.items():
            if beat_id != plan.beat and encounter.board.tracks[beat_id].state == "hidden":
                yield secret

    def watch(self, encounter: Encounter, reply_id: str, prompt: Prompt) -> Tells:
        """The guard of one reply, by what is locked now."""
        reply = encounter.turn(reply_id)
        locked = tuple(self.locked(encounter, reply.speaker, reply.plan or Plan()))
        due = (line for fact_id in (reply.plan or Plan()).facts for line in _all_of(encounter.case.fact(fact_id)))
        said = _spoken(prompt, learner=False)
        given = Heard(" ".join((prompt.role, prompt.direction, *prompt.lines, *due, *said)))
        asked = Heard(" ".join(_spoken(prompt, learner=True)))
        return lambda text: told(text, locked, given, asked) != ""


def is_locked(encounter: Encounter, fact: Fact, speaker: str = "") -> bool:
    """Neither told nor open for telling now; for one speaker, what others know and nobody told is locked too."""
    board = encounter.board
    if fact.id in board.revealed:
        return False
    theirs = not speaker or encounter.case.member(fact.owner).id == speaker
    return not (theirs and board.unlocked(fact, encounter.case_ms))


def _all_of(fact: Fact) -> tuple[str, ...]:
    """All that is said of a fact and asked about it: whoever tells it may say any of that."""
    return (fact.say, *fact.again, *fact.brief, *fact.asked)


def _spoken(prompt: Prompt, *, learner: bool) -> Iterator[str]:
    return (line.text for line in prompt.conversation if (line.speaker == LEARNER) == learner)
