"""Which checks a tree gets: what is there is checked, and a program that is absent is a failure, not an omission."""

from pathlib import Path

from tools.checks import all_checks, python_roots


def names(root: Path) -> list[str]:
    """The checks of a tree."""
    return [check.name for check in all_checks(root)]


def test_python_is_always_checked(tmp_path: Path) -> None:
    assert names(tmp_path) == ["ruff check", "ruff format", "mypy", "import contracts"]


def test_a_web_client_with_types_and_tests_is_checked(tmp_path: Path) -> None:
    client = tmp_path / "web_client"
    (client / "audio").mkdir(parents=True)
    (client / "jsconfig.json").write_text("{}")
    (client / "audio" / "queue.test.js").touch()
    assert names(tmp_path)[4:] == ["web client packages", "web client types", "web client tests"]
    assert all_checks(tmp_path)[-1].command[-2:] == ["--test", "web_client/audio/queue.test.js"]


def test_only_folders_with_python_are_type_checked(tmp_path: Path) -> None:
    (tmp_path / "server").mkdir()
    (tmp_path / "benchmarks").mkdir()
    (tmp_path / "server" / "app.py").touch()
    assert python_roots(tmp_path) == ["server"]
