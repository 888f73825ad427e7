"""`python -m tests.logs.record`: play every rehearsal of the shipped case and write its log, and the page that shows
three prompts. Read the diff before committing.
"""

from __future__ import annotations

import json
import sys

from tests.logs.prompts import PAGE, page
from tests.logs.recording import FOLDER, record_all


def main() -> None:
    for name, recorded in record_all().items():
        text = json.dumps(recorded, ensure_ascii=False, indent=1)
        (FOLDER / name).write_text(text + "\n", encoding="utf-8")
        sys.stdout.write(f"{name}: {len(recorded['log'])} events, {len(recorded['end']['turns'])} turns\n")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
