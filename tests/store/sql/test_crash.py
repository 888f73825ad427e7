"""kill -9 at any moment: what was acknowledged is stored, and no log has a gap. A power cut is another matter, see
`test_it_is_as_durable_as_sqlite_can_be`: only fsync helps there, and a kill cannot show it."""

import random
import subprocess
import sys
from pathlib import Path

from server.store.encounters.event_log import read_entries
from server.store.sql.database import open_engines
from tests.store.crasher import ENCOUNTERS

ROOT = Path(__file__).resolve().parents[3]
KILLS = 2


def killed_after(url: str, lines: int) -> dict[str, int]:
    """Let it write until it has acknowledged `lines` entries, kill it, and return the last of each encounter."""
    command = [sys.executable, "-m", "tests.store.crasher", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [line for _, line in zip(range(lines), process.stdout, strict=False)]
        process.kill()
        told += process.stdout.readlines()
    assert process.returncode == -9
    whole = [line.split() for line in told if line.endswith("\n")]
    return {encounter_id: int(seq) for encounter_id, seq in whole}


def stored(url: str) -> dict[str, int]:
    """The last entry of each encounter; reading refuses a gap."""
    engines = open_engines(url)
    with engines.reading.connect() as connection:
        logs = {f"enc_{number}": read_entries(connection, f"enc_{number}") for number in range(ENCOUNTERS)}
    engines.close()
    return {encounter_id: log[-1].seq for encounter_id, log in logs.items() if log}


def test_nothing_acknowledged_is_lost(url: str) -> None:
    chance = random.Random(93)
    for _ in range(KILLS):
        acknowledged = killed_after(url, chance.randint(1, 120))
        found = stored(url)
        assert {name: found.get(name, 0) >= seq for name, seq in acknowledged.items()} == dict.fromkeys(
            acknowledged, True
        )
