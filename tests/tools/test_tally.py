"""Counting: a JUnit report becomes three numbers, and nothing that went wrong is lost on the way."""

from pathlib import Path

import pytest

from tools.tally import FAILED, PASSED, SKIPPED, Tally, of_pytest, total

REPORT = """<testsuites><testsuite>
<testcase name="holds"/>
<testcase name="holds with output"><system-out>words</system-out></testcase>
<testcase name="fails"><failure message="no"/></testcase>
<testcase name="breaks in teardown"><error message="no"/></testcase>
<testcase name="left out"><skipped message="why"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Where pytest would write."""
    return tmp_path / "junit.xml"


def test_each_test_counts_once(report: Path) -> None:
    report.write_text(REPORT)
    assert of_pytest(report, 1) == Tally(passed=2, failed=2, skipped=1)


def test_pytest_that_died_is_a_failure_even_without_a_report(report: Path) -> None:
    assert of_pytest(report, -9) == FAILED


def test_a_report_cut_in_the_middle_is_no_report(report: Path) -> None:
    report.write_text(REPORT[:60])
    assert of_pytest(report, 3) == FAILED


@pytest.mark.parametrize("status", [1, 2, 3, 4, -15])
def test_an_unhappy_pytest_counts_though_every_test_passed(report: Path, status: int) -> None:
    report.write_text("<testsuites><testsuite><testcase name='holds'/></testsuite></testsuites>")
    assert of_pytest(report, status) == PASSED + FAILED


def test_nothing_collected_is_nothing_passed(report: Path) -> None:
    report.write_text("<testsuites><testsuite/></testsuites>")
    assert of_pytest(report, 5) == Tally()
    assert of_pytest(report, 5).exit_status() == 1


def test_the_line() -> None:
    assert total([PASSED, PASSED, FAILED, SKIPPED]).line() == "2 passed, 1 failed, 1 skipped"


@pytest.mark.parametrize(("tally", "status"), [(PASSED, 0), (PASSED + SKIPPED, 0), (PASSED + FAILED, 1), (SKIPPED, 1)])
def test_the_exit_status(tally: Tally, status: int) -> None:
    assert tally.exit_status() == status
