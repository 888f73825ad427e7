"""What README prints for a program to copy runs as it is printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.app.service import RunningService

README = Path(__file__).resolve().parent.parent.parent / "README.md"
DATA = Path(".local/share/bedside")


def snippet() -> str:
    found = re.search(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found, "README has no example in Python"
    return found[1]


def test_the_example_talks_to_the_patient(tmp_path: Path) -> None:
    (tmp_path / DATA).mkdir(parents=True)
    with RunningService(tmp_path / DATA, {"BEDSIDE_TOKEN": ""}) as service:
        program = snippet().replace("127.0.0.1:8710", f"127.0.0.1:{service.port}")
        ran = subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.split()) >= 3, "the patient answers"
