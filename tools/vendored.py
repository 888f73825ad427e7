"""What lies under web_client/vendor, by hash: `python -m tools.vendored` writes the list after a renewal."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "web_client" / "vendor"
SUMS, README = "SHA256SUMS", "README.md"


def sums(folder: Path = VENDOR) -> str:
    """One line a file, as `sha256sum -c` reads them; our own two files are left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in (SUMS, README))
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    ]
    return "\n".join(lines) + "\n"


def main(folder: Path = VENDOR) -> int:
    (folder / SUMS).write_text(sums(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
