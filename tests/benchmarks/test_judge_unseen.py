"""Marking a conversation without the expressions that only it brought."""

import pytest

from benchmarks.judge_data import Conversation, turns
from benchmarks.judge_unseen import alternatives, fires, unseen, without
from server.core.rating.meeting import SORROW
from server.core.rating.reading import RULES, read


def talk(name: str, said: str) -> Conversation:
    text = f"Seeker: They closed the ward.\nSupporter: {said}\nSeeker: Yes.\nSupporter: Hm."
    return Conversation(name, tuple(turns(text)), {})


ROWS = [talk("a", "Yikes."), talk("b", "I'm so sorry."), talk("c", "I'm so sorry about it.")]


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (r"a|b", ["a", "b"]),
        (r"(?:a|b)c|d", ["(?:a|b)c", "d"]),
        (r"a[|(]b|c", ["a[|(]b", "c"]),
        (r"a\|b|\(c", [r"a\|b", r"\(c"]),
        ("a", ["a"]),
    ],
)
def test_a_pattern_is_split_only_where_no_bracket_is_open(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts


def test_what_fires_in_one_conversation_only_is_not_there_for_it() -> None:
    known = fires(ROWS)
    alone = {part for (name, part), where in known.items() if name == "expresses_sorrow" and where == {0}}
    assert len(alone) == 1 and "yikes" in alone.pop()
    assert ["expresses_sorrow" in read(row.turns)[0] for row in ROWS] == [True, True, True]
    assert ["expresses_sorrow" in found[0] for found in unseen(ROWS, known)] == [False, True, True]


def test_the_rules_are_whole_again_afterwards() -> None:
    before = [rule.compiled for rule in RULES]
    gone = frozenset(("expresses_sorrow", part) for pattern in SORROW.patterns for part in alternatives(pattern))
    with pytest.raises(ZeroDivisionError), without(gone):
        assert not SORROW.holds("i'm so sorry")
        raise ZeroDivisionError
    assert [rule.compiled for rule in RULES] == before and SORROW.holds("i'm so sorry")
