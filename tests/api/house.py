"""The API over a real store, with rooms that fold the log and a wire that only says who came."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api.services import Services
from server.api.tickets import Tickets
from server.assess.draft import Drafts
from server.core.advance import advance, replay
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import Conflict, IllegalEvent
from server.core.events import Event
from server.core.log import Entry
from server.core.rubric import Rubric
from server.engines.protocols import EngineInfo
from server.live.load import Load
from server.store.store import Store

OWN, FOREIGN = "http://127.0.0.1:8710", "http://evil.example"
TOKEN = "the-bearer-token"
CLOUD = EngineInfo("acting", "a chat model", "remote", "1", "proprietary", True, host="models.example.org")
EMBEDDED = EngineInfo("hearing", "pocketsphinx", "embedded", "5", "BSD-2-Clause", True, "A demonstration engine.")


@dataclass
class Shelf:
    """A library."""

    cases: Mapping[str, Case]
    rubrics: Mapping[str, Rubric]


@dataclass
class FoldingRooms:
    """Every encounter, read from its log each time."""

    store: Store
    drafts: Drafts
    dropped: list[str] = field(default_factory=list)
    live: dict[str, tuple[Encounter, int]] = field(default_factory=dict)
    """Whose learner is connected, and the time there."""

    async def snapshot(self, encounter_id: str) -> Encounter:
        case, entries = await self.store.read(encounter_id)
        return replay(case, ((entry.event, entry.at_ms) for entry in entries))

    async def offer(self, encounter_id: str, event: Event) -> Encounter:
        case, entries = await self.store.read(encounter_id)
        before = replay(case, ((entry.event, entry.at_ms) for entry in entries))
        try:
            after = advance(before, event, before.now_ms).encounter
        except IllegalEvent as error:
            raise Conflict(error.message) from None
        await self.store.append(encounter_id, [Entry(len(entries) + 1, event, after.now_ms)])
        await self.drafts(after)
        return after

    def here(self, encounter_id: str) -> tuple[Encounter, int] | None:
        return self.live.get(encounter_id)

    async def drop(self, encounter_id: str) -> None:
        self.dropped.append(encounter_id)


class TellingDoor:
    """A wire that says whom it serves, and closes."""

    load = Load()

    async def serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        await socket.accept()
        await socket.send_json({"encounter": encounter_id, "after": after})
        await socket.close()

    async def observe(self, socket: WebSocket, encounter_id: str, *, may_cue: bool = False, who: str = "") -> None:
        """Until the client says anything, or is sent away."""
        await socket.accept()
        cueing = {"cues_as": who} if may_cue else {}
        await socket.send_json({"watching": encounter_id, **cueing})
        with suppress(WebSocketDisconnect):
            await socket.receive_text()
            await socket.close()


@dataclass
class Clock:
    """A wall clock that a test moves."""

    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def services(store: Store, shelf: Shelf, clock: Clock, **changes: object) -> Services:
    """Everything that the routes use."""
    drafts = Drafts(store, shelf.rubrics)
    given: dict[str, object] = {
        "store": store,
        "shelf": shelf,
        "rooms": FoldingRooms(store, drafts),
        "live": TellingDoor(),
        "drafts": drafts,
        "tickets": Tickets(store, clock),
        "engines": (EMBEDDED,),
        "token": TOKEN,
        "origins": frozenset({OWN}),
        "hosts": frozenset({"127.0.0.1", "localhost"}),
        "version": "0.1.0",
        "clock": clock,
    }
    return Services(**{**given, **changes})  # type: ignore[arg-type]
