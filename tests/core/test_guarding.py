"""The leak guard over every case of the shelf: what it must stop, what it must let pass, and how often it errs.

The rates are of this shelf and of paraphrases written for it by hand, and say nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from server.content.folders import load_library
from server.content.lint.facts import is_locked as kept_back
from server.content.spoken import unlocked_lines
from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.effects import Act
from server.core.events import Entered
from server.core.guarding import Guard, Tells, guard_of
from server.core.prompt import Line
from server.core.telling import Secret, told
from server.core.transcript import LEARNER, Plan
from server.core.virtual import VirtualRoom, virtual_room
from tests.core.cases import case, fact, member

ROOT = Path(__file__).resolve().parents[2]
CASES = load_library(ROOT / "personas", ROOT / "rubrics").cases
NAMES = sorted(CASES)
PARAPHRASES = Path(__file__).with_name("paraphrases.txt")
TELLINGS = Path(__file__).with_name("tellings.txt")
SMALL_TALK = Path(__file__).with_name("small_talk.txt")


@cache
def locked(name: str) -> tuple[Secret, ...]:
    guard = guard_of(CASES[name])
    return tuple(guard.facts[each.id] for each in kept(CASES[name]))


def kept(one: Case) -> Iterator[Fact]:
    return (each for each in one.facts if each.say and kept_back(each))


def openly(one: Case) -> set[str]:
    """What anybody may be told: every line that waits for a manner and not for a fact."""
    return {text for _, text in unlocked_lines(one) if text}


@cache
def watched(name: str) -> Tells:
    """The guard as the room has it when an encounter begins, with the prompt that the actor is given."""
    room, act = entered(CASES[name])
    return guard_of(CASES[name]).watch(room.encounter, act.reply, act.prompt)


def written(path: Path) -> Iterator[tuple[str, str]]:
    """The case of each line of a file, and what is said."""
    for line in path.read_text().splitlines():
        if not line.startswith("#"):
            head, text = line.split(": ", 1)
            yield head.split()[0], text


@pytest.mark.parametrize("name", NAMES)
def test_no_open_line_is_stopped_in_the_room(name: str) -> None:
    assert [text for text in openly(CASES[name]) if watched(name)(text)] == []


def test_most_natural_tellings_are_stopped_in_the_room() -> None:
    """33 of the 45 that the guard was tuned on, and 18 of the 21 that were held out; 14 and 13 before it was."""
    stopped = [watched(name)(text) for name, text in written(TELLINGS)]
    assert len(stopped) == 66 and sum(stopped[:45]) >= 33 and sum(stopped[45:]) >= 18


def test_small_talk_that_tells_nothing_passes_in_the_room() -> None:
    """None of 59 was stopped; written by the same hand as the tellings."""
    said = list(written(SMALL_TALK))
    assert len(said) == 59
    assert [text for name, text in said if watched(name)(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "I was six hours on the kitchen floor before anybody came.",
        "Six hours I lay there on that floor.",
        "I was down there 6 hours, love.",
        "My Tom died, you see. He's gone.",
        "Tom's been dead over a year now.",
        "My husband died, love. I'm a widow.",
        "I lost my husband.",
    ],
)
def test_what_mrs_novak_keeps_back_is_stopped_in_natural_words(text: str) -> None:
    assert watched("novak-discharge")(text)


@pytest.mark.parametrize("text", ["I'm eighty-two, love. I'm not six.", "Six of us in this bay.", "My kitchen's cold."])
def test_a_number_or_a_word_of_hers_alone_passes(text: str) -> None:
    assert not watched("novak-discharge")(text)


@pytest.mark.parametrize("name", NAMES)
def test_no_line_that_an_author_left_open_is_stopped(name: str) -> None:
    guard = guard_of(CASES[name])
    stopped = [text for text in openly(CASES[name]) if told(text, (*locked(name), *guard.beats.values()))]
    assert stopped == []


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_that_is_kept_back_is_stopped_in_its_own_words(name: str) -> None:
    guard = guard_of(CASES[name])
    facts = list(kept(CASES[name]))
    assert [each.id for each in facts if not told(each.say.upper(), [guard.facts[each.id]])] == []
    assert [each.id for each in facts if not told(f"Well, love. {each.say} There.", [guard.facts[each.id]])] == []


def test_ordinary_talk_passes_in_the_room() -> None:
    """Open lines of all other stories: talk of patients that knows nothing of this one. 192 of 53,160 were stopped."""
    stories = {name: one.unfolding.story if one.unfolding else name for name, one in CASES.items()}
    everything = {name: sorted(openly(one))[::27] for name, one in CASES.items()}
    tried = [
        watched(name)(text)
        for name in NAMES
        for other in NAMES
        for text in everything[other]
        if stories[other] != stories[name] and text not in openly(CASES[name])
    ]
    assert len(tried) > 1_500
    assert sum(tried) <= 0.008 * len(tried)


def test_most_paraphrases_are_stopped() -> None:
    """44 of 49, and 42 when they were written: a model that says it wholly otherwise is not noticed."""
    lines = [line.split(": ", 1) for line in PARAPHRASES.read_text().splitlines() if line[:1] != "#"]
    found = [(head.split(), text) for head, text in lines]
    stopped = [bool(told(text, [guard_of(CASES[name]).facts[fact_id]])) for (name, fact_id), text in found]
    assert len(stopped) == 49 and sum(stopped) >= 43


FALL = fact("F_fall", "I was on the kitchen floor till the milkman came. Six hours.", "did you fall", min_trust=5)
KEY = fact("F_key", "The warden has the spare key.", "who has the key", owner="sister", disclosure="volunteered")
FIRST = fact("F_first", "I was a dancer in Blackpool.", disclosure="volunteered")
SISTER = replace(member("sister", name="Ann"), role_type="relative")
HOME = case(facts=(FALL, KEY, FIRST), cast=(member("patient", name="May"), SISTER))


def entered(one: Case = HOME) -> tuple[VirtualRoom, Act]:
    room = virtual_room(one)
    room.offer(Entered())
    return room, next(effect for effect in room.effects if isinstance(effect, Act))


def stops(text: str, *learner: str, lines: tuple[str, ...] = ()) -> bool:
    room, act = entered()
    heard = tuple(Line(LEARNER, said) for said in learner)
    prompt = replace(act.prompt, lines=lines or act.prompt.lines, conversation=(*act.prompt.conversation, *heard))
    return Guard(HOME).watch(room.encounter, act.reply, prompt)(text)


@pytest.mark.parametrize(
    "text",
    [
        "The milkman found me.",
        "I lay on the kitchen floor, love.",
        "Nobody came. Six hours it was, on the floor.",
        "It was SIX hours on that floor!",
        "I was on the kitchen floor till the milkman came.",
        "The warden keeps a key for me.",
    ],
)
def test_what_is_kept_back_or_only_known_to_another_is_stopped(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize(
    "text",
    [
        "I was a dancer in Blackpool.",
        "I'd like a cup of tea in the kitchen.",
        "Six o'clock is my supper.",
        "The floor is cold.",
        "Hours and hours, love.",
        "",
        "...",
    ],
)
def test_what_is_open_and_what_anybody_says_passes(text: str) -> None:
    assert not stops(text)


def test_a_single_word_that_the_learner_brought_is_no_news_and_the_fact_still_is() -> None:
    asked = "Was it the milkman?"
    assert not stops("What milkman?", asked)
    assert stops("The milkman came to my kitchen floor.", asked)


def test_what_the_director_gave_to_say_passes() -> None:
    assert not stops("Till the milkman came, on the kitchen floor.", lines=(FALL.say,))


def test_a_guard_is_made_once_for_a_case() -> None:
    assert guard_of(HOME) is guard_of(replace(HOME))
    assert guard_of(HOME) is not guard_of(replace(HOME, facts=()))


def test_a_fact_that_was_told_is_no_secret_any_more() -> None:
    room, act = entered()
    board = replace(room.encounter.board, revealed=frozenset({"F_fall"}))
    guard = Guard(HOME).watch(replace(room.encounter, board=board), act.reply, act.prompt)
    assert not guard("The milkman found me.") and guard("The warden has the spare key.")


def test_what_this_reply_is_to_tell_is_no_secret_of_it() -> None:
    room, act = entered()
    telling = replace(room.encounter.turn(act.reply), plan=Plan(facts=("F_fall",)))
    assert not Guard(HOME).watch(room.encounter.put(telling), act.reply, act.prompt)("The milkman found me.")


def test_whoever_tells_of_a_death_that_is_due_may_say_whose_it_was() -> None:
    """Another fact speaks of the same father, and stays locked."""
    preop = CASES["preop-anxiety"]
    room, act = entered(preop)
    telling = replace(room.encounter.turn(act.reply), plan=Plan(facts=("F_age",)))
    guard = guard_of(preop).watch(room.encounter.put(telling), act.reply, act.prompt)
    assert not guard("My dad died at forty-six.") and guard("He went in for a hernia.")


def test_a_moment_that_has_not_come_is_kept_back_and_one_that_has_is_not() -> None:
    novak = CASES["novak-discharge"]
    beat = max(novak.beats, key=lambda each: len(each.deliver.verbatim))
    room, act = entered(novak)
    assert Guard(novak).watch(room.encounter, act.reply, act.prompt)(beat.deliver.verbatim)
    tracks = {**room.encounter.board.tracks, beat.id: replace(room.encounter.board.tracks[beat.id], state="heard")}
    heard = replace(room.encounter, board=replace(room.encounter.board, tracks=tracks))
    assert not Guard(novak).watch(heard, act.reply, act.prompt)(beat.deliver.verbatim)
