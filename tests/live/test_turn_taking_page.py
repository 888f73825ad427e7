"""docs/turn-taking.md names figures; they are the program's."""

from __future__ import annotations

from pathlib import Path

from server.core import timers, unfinished
from server.core.doubting import SURE_PERCENT
from server.core.sound.endpoint import Patience
from server.core.sound.levels import Gate
from server.live import hearing, performer, recognising

PAGE = (Path(__file__).parents[2] / "docs" / "turn-taking.md").read_text("utf-8")


def test_the_figures_on_the_page_are_those_of_the_program() -> None:
    patience = Patience()
    told = [
        f"{patience.onset_ms} ms of speech", f"{patience.start_ms} ms──> speaking",
        f"{patience.withdraw_ms} ms of silence",
        f"{patience.soft_end_ms} ms of silence──> soft end",
        f"{patience.confirm_ms} ms of speech──",
        f"{patience.burst_ms} ms or more", f"at most {unfinished.LONGEST_MS / 1000} s", f"{unfinished.HASTE} of it",
        f"at least {unfinished.SHORTEST_MS / 1000} s", f"{performer.HELD_S:.0f} s: the reply goes on, though",
        f"{hearing.WEIGH_S} s: the reply goes on", f"{timers.CLIP_LIMIT_MS // 1000} s: what was said so far",
        f"{recognising.RECOGNISE_S:.0f} s and half", f"{timers.RECOGNISE_LIMIT_MS // 1000} s and half",
        f"after {hearing.LOST_MS // 1000} s of it", f"every word ({SURE_PERCENT} %)",
        f"{timers.THINK_LIMIT_MS // 1000} s: said to have failed", f"{timers.SPEAK_GRACE_MS // 1000} s over its sound",
    ]  # fmt: skip
    assert [figure for figure in told if figure not in PAGE] == []
    assert Gate().clatter_share == 0.5, "half as many frames"
