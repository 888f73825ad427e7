"""Counting: what passed, what failed, what was skipped, and the one last line that says so.

Rule: a run in which nothing ran has not passed.
"""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NOTHING_COLLECTED = 5  # pytest's own exit status for it


@dataclass(frozen=True)
class Tally:
    """How a set of tests or checks ended."""

    passed: int = 0
    """Tests and checks that held."""
    failed: int = 0
    """Tests that failed or broke, and checks that did not hold."""
    skipped: int = 0
    """Tests that did not run."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def line(self) -> str:
        """The last line of every run, word for word: scripts read it."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    def exit_status(self) -> int:
        """Zero only when something ran and nothing failed."""
        return 0 if self.passed and not self.failed else 1


PASSED, FAILED, SKIPPED = Tally(passed=1), Tally(failed=1), Tally(skipped=1)


def of_case(case: ElementTree.Element) -> Tally:
    """How one test ended; one whose teardown broke has failed, whatever its body did."""
    children = {child.tag for child in case}
    if children & {"failure", "error"}:
        return FAILED
    return SKIPPED if "skipped" in children else PASSED


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of several."""
    return sum(tallies, Tally())


def of_pytest(report: Path, exit_status: int) -> Tally:
    """What a pytest run amounts to, from its JUnit report and its exit status.

    The status counts too: pytest may be killed, or object to something that belongs to no test.
    """
    counted = total(map(of_case, cases(report)))
    agrees = exit_status in (0, NOTHING_COLLECTED) or (exit_status == 1 and counted.failed)
    return counted if agrees else counted + FAILED


def cases(report: Path) -> list[ElementTree.Element]:
    """The tests of a JUnit report; none where pytest died before writing it, or in the middle."""
    try:
        return list(ElementTree.parse(report).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return []
