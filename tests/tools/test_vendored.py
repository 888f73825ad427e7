"""Other people's files are what their list says, each with a licence and a line that says why it is here."""

import re
from pathlib import Path

from tools.vendored import README, SUMS, VENDOR, main, sums


def test_nothing_was_changed_and_nothing_came_in_unseen() -> None:
    assert (VENDOR / SUMS).read_text(encoding="utf-8") == sums(), "renewed? then run: python -m tools.vendored"


def test_every_library_has_its_licence_and_its_line() -> None:
    told = (VENDOR / README).read_text(encoding="utf-8")
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert (folder / "LICENSE").read_text(encoding="utf-8").strip(), folder
        line = next(line for line in told.splitlines() if line.startswith(f"| `{folder.name}/`"))
        assert re.search(r"\| \d+\.\d+\.\d+ \|", line), "its version"


def test_a_file_that_was_touched_is_seen(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.js").write_text("one")
    main(tmp_path)
    (tmp_path / "lib" / "a.js").write_text("two")
    assert (tmp_path / SUMS).read_text() != sums(tmp_path)
