"""A room on a virtual clock: a whole encounter in milliseconds, with the case's own lines and no engine.

`talk`, `rehearse` and every test of the core run here. It performs effects as the live conductor does, only that time
is a number: a reply takes as long as its words would.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from server.core.advance import advance, is_late
from server.core.case import Case
from server.core.effects import Act, ClearTimer, Effect, SetTimer, StopReply
from server.core.encounter import Encounter, Listening, open_encounter
from server.core.events import (
    Acted,
    Entered,
    Event,
    Opened,
    Played,
    ReplyWritten,
    SentenceReady,
    SilenceHeld,
    TimerFired,
    TurnClosed,
    Typed,
)
from server.core.sentences import split

SPOKEN_MS_PER_WORD = 400
"""150 words a minute: an unhurried speaker."""


@dataclass
class VirtualRoom:
    """One encounter; `log` is what a store would hold."""

    encounter: Encounter
    opened: Opened
    log: list[tuple[Event, int]] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    """Everything asked for since the last look."""
    now_ms: int = 0
    silent: bool = True
    """True: replies are text, heard as they are delivered; False: they take time and can be cut."""
    on_effect: Callable[[Effect], None] | None = None
    _queue: list[tuple[int, int, Event]] = field(default_factory=list)
    _timers: dict[str, int] = field(default_factory=dict)
    _made: int = 0

    def offer(self, event: Event) -> None:
        """Take one event now, and ask for what follows from it. Late events are dropped."""
        if is_late(self.encounter, event, self.now_ms):
            return
        step = advance(self.encounter, event, self.now_ms)
        self.log.append((event, self.now_ms))
        self.encounter = step.encounter
        for effect in step.effects:
            self._perform(effect)

    def say(self, text: str) -> None:
        """The learner types a turn and gets the reply."""
        self.offer(Typed(self._fresh("item"), text))
        self.offer(TurnClosed())
        self.settle()

    def do(self, action: str) -> None:
        self.offer(Acted(self._fresh("action"), action))
        self.settle()

    def hold_silence(self, duration_ms: int) -> None:
        self.wait(duration_ms)
        if self.encounter.running:
            self.offer(SilenceHeld(self._fresh("silence"), duration_ms))
            self.settle()

    def enter(self) -> None:
        self.offer(Entered())
        self.settle()

    def settle(self) -> None:
        """Let time pass until nobody is speaking."""
        while self.encounter.running and not isinstance(self.encounter.floor, Listening) and self._queue:
            self._next()

    def wait(self, duration_ms: int) -> None:
        """Let time pass, timers and all."""
        until = self.now_ms + duration_ms
        while self.encounter.running and (due := self._due()) is not None and due <= until:
            self._next()
        self.now_ms = max(self.now_ms, until) if self.encounter.running else self.now_ms

    def _fresh(self, kind: str) -> str:
        self._made += 1
        return f"{kind}_{self._made}"

    def _due(self) -> int | None:
        times = [*(at_ms for at_ms, _, _ in self._queue[:1]), *self._timers.values()]
        return min(times, default=None)

    def _next(self) -> None:
        """Whatever is due first: something a performer reports, or a timer."""
        name = min(self._timers, key=lambda timer: self._timers[timer], default=None)
        if self._queue and (name is None or self._queue[0][0] <= self._timers[name]):
            at_ms, _, event = heapq.heappop(self._queue)
        elif name is not None:
            at_ms, event = self._timers.pop(name), TimerFired(name)
        else:
            return
        self.now_ms = max(self.now_ms, at_ms)
        self.offer(event)

    def _perform(self, effect: Effect) -> None:
        self.effects.append(effect)
        match effect:
            case SetTimer():
                self._timers[effect.timer] = effect.at_ms
            case ClearTimer():
                self._timers.pop(effect.timer, None)
            case Act():
                self._speak(effect)
            case StopReply():
                self._queue = [entry for entry in self._queue if getattr(entry[2], "reply", None) != effect.reply]
                heapq.heapify(self._queue)
        if self.on_effect:
            self.on_effect(effect)

    def _speak(self, act: Act) -> None:
        at_ms, total = self.now_ms, 0
        for index, text in enumerate(split(" ".join(act.prompt.lines))):
            length = len(text.split()) * SPOKEN_MS_PER_WORD
            audio_ms = 0 if self.silent else length
            self._schedule(at_ms, SentenceReady(act.reply, index, text, audio_ms))
            at_ms, total = at_ms + length, total + audio_ms
        self._schedule(at_ms, ReplyWritten(act.reply))
        self._schedule(at_ms, Played(act.reply, total))

    def _schedule(self, at_ms: int, event: Event) -> None:
        self._made += 1
        heapq.heappush(self._queue, (at_ms, self._made, event))


def virtual_room(
    case: Case,
    portrayal: str = "teaching",
    *,
    silent: bool = True,
    encounter_id: str = "virtual",
    variant: str = "",
    seed: int = 0,
    carried: Mapping[str, int | str] | None = None,
) -> VirtualRoom:
    """A room with the learner at its door. Raises `NotFound` for a variant that the case does not have."""
    opened = Opened(
        encounter_id,
        case.case_id,
        case.case_version,
        case.digest,
        "assessment" if portrayal == "assessment" else "teaching",
        variant=variant,
        seed=seed,
        carried=dict(carried or {}),
    )
    return VirtualRoom(open_encounter(case, opened), opened, [(opened, 0)], silent=silent)
