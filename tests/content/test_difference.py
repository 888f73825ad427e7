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
