"""Can a stranger tell by the time of the answer whether a sign-in name is somebody's?

    python -m benchmarks.sign_in --out RESULT.json

The whole service in this process, with an empty SQLite file and the parameters of argon2 that it always has. In every
round somebody tries a wrong password once with each kind of name, in an order drawn anew; every try is the first with
its name and from its address, so that no limit is met. Told are the ratios to a name that is somebody's, of the clock
and of this process's CPU time, with intervals by the bootstrap. One means that nothing can be told.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import random
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

import httpx2

from server.app import House, open_house
from server.settings import load_settings
from server.store.people.accounts import ACCOUNT, Account

ORIGIN = "http://127.0.0.1:8710"
KNOWN, UNKNOWN, CLOSED, INVITED = "somebody's", "nobody's", "closed", "without a password"
KINDS = (KNOWN, UNKNOWN, CLOSED, INVITED)
RESAMPLED = 4_000
Times = dict[str, list[float]]


@asynccontextmanager
async def _house() -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), database_url="")
        hosts = frozenset({"127.0.0.1"})
        async with open_house(settings, token=secrets.token_hex(), origins=frozenset({ORIGIN}), hosts=hosts) as house:
            yield house


def sign_in_name(kind: str, number: int) -> str:
    """All of one length."""
    return f"person-{KINDS.index(kind)}-{number:05}@uni.example"


async def _people(house: House, rounds: int) -> None:
    kept = await house.services.passwords.hashed("seven lamps in Tromso", ())
    made = []
    for kind, password in ((KNOWN, kept), (CLOSED, kept), (INVITED, "")):
        for number in range(rounds):
            key, name = f"{ACCOUNT}{secrets.token_urlsafe(16)}", sign_in_name(kind, number)
            made.append(Account(key, name, "Somebody", ("student",), password, active=kind != CLOSED))
    await house.services.store.people.add(made)


async def _try(house: House, name: str, place: int) -> tuple[float, float]:
    """Seconds of the clock, and of CPU."""
    address = f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255}"
    transport = httpx2.ASGITransport(app=house.api, client=(address, 5_000))
    body = {"sign_in": name, "password": "a kettle nobody fills"}
    async with httpx2.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as visitor:
        clock, cpu = time.perf_counter(), time.process_time()
        answer = await visitor.post("/api/sign-in", json=body)
        spent = time.perf_counter() - clock, time.process_time() - cpu
    assert answer.status_code == 401, answer.text  # noqa: S101 - else something else was measured
    return spent


async def measured(rounds: int, seed: int) -> tuple[Times, Times]:
    """By kind of name, seconds of the clock and of CPU of every try."""
    chance, place = random.Random(seed), 0
    clock: Times = {kind: [] for kind in KINDS}
    cpu: Times = {kind: [] for kind in KINDS}
    async with _house() as house:
        await _people(house, rounds + 1)
        for number in range(rounds + 1):
            for kind in chance.sample(KINDS, len(KINDS)):
                place += 1
                spent = await _try(house, sign_in_name(kind, number), place)
                if number:  # the first round makes what is made once
                    clock[kind].append(spent[0])
                    cpu[kind].append(spent[1])
    return clock, cpu


def compared(times: Times, seed: int) -> list[dict[str, object]]:
    """Each kind beside a name that is somebody's: medians in ms, their ratio, and its interval of 95 percent."""
    known = times[KNOWN]
    return [_row(kind, times[kind], known, random.Random(seed)) for kind in KINDS if kind != KNOWN]


def _row(kind: str, times: Sequence[float], known: Sequence[float], chance: random.Random) -> dict[str, object]:
    ratios = sorted(_ratio(_again(times, chance), _again(known, chance)) for _ in range(RESAMPLED))
    low, high = ratios[RESAMPLED // 40], ratios[-RESAMPLED // 40]
    return {
        "name": kind,
        "ms": round(median(times) * 1_000, 2),
        "ms_of_somebodys": round(median(known) * 1_000, 2),
        "ratio": round(_ratio(times, known), 4),
        "interval": [round(low, 4), round(high, 4)],
    }


def _ratio(times: Sequence[float], known: Sequence[float]) -> float:
    return median(times) / median(known)


def _again(times: Sequence[float], chance: random.Random) -> list[float]:
    return chance.choices(times, k=len(times))


def main() -> None:
    """Measure, and write what was found."""
    asked = argparse.ArgumentParser(description="Does the time of a refusal tell whose a sign-in name is?")
    asked.add_argument("--rounds", type=int, default=100)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path)
    given = asked.parse_args()
    clock, cpu = asyncio.run(measured(given.rounds, given.seed))
    found = {
        "about": "Wrong passwords, by kind of sign-in name, beside a name that is somebody's. One: nothing is told.",
        "rounds": given.rounds,
        "python": platform.python_version(),
        "clock": compared(clock, given.seed),
        "cpu": compared(cpu, given.seed),
    }
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    print(text)
    if given.out:
        given.out.write_text(text)


if __name__ == "__main__":
    main()
