"""What differs between two texts, also between two that hold little but line ends."""

from server.content.difference import AROUND, differences


def test_places_that_differ_with_a_few_lines_round_each() -> None:
    old = [f"line {number}" for number in range(40)]
    new = [*old[:10], "changed", *old[11:30], "added", *old[30:]]
    first, second = differences("\n".join(old), "\n".join(new))
    assert [(line.kind, line.old, line.new) for line in first if line.kind != "same"] == [
        ("changed", "line 10", "changed")
    ]
    assert [(line.kind, line.old_line, line.new_line) for line in second if line.kind != "same"] == [("new", 0, 31)]
    assert [len([line for line in place if line.kind == "same"]) for place in (first, second)] == [2 * AROUND] * 2


def test_two_texts_of_nothing_but_line_ends_hold_nobody_up() -> None:
    blank = "\n" * 100_000
    (place,) = differences(f"a\n{blank}b", f"c\n{blank}d")
    assert [(line.old, line.new) for line in place if line.kind != "same"] == [("a", "c"), ("b", "d")]


def test_a_long_text_beside_a_short_one_and_few_words_in_any_order_hold_nobody_up() -> None:
    places = differences("\n" * 262_144, "\n" * 999 + "x")
    assert [line.new for place in places for line in place if line.new] == ["x"]
    words = [chr(33 + number % 90) for number in range(30_000)]
    assert differences("\n".join(words), "\n".join(words[::-1]))


def test_a_long_text_is_compared_round_the_lines_that_both_have_once() -> None:
    old = [f"line {number}" if number % 2 else "" for number in range(3_000)]
    new = [*old[:500], "", "", *old[500:1_500], *old[1_510:2_999], "last"]
    seen = [
        [(line.kind, line.old_line) for line in place if line.kind != "same"]
        for place in differences("\n".join(old), "\n".join(new))
    ]
    assert [{kind for kind, _ in place} for place in seen] == [{"new"}, {"gone"}, {"changed"}]
    assert [len(place) for place in seen] == [2, 10, 1]
    assert [line for _, line in seen[1]] == list(range(1_502, 1_512)), "blank lines move first"
