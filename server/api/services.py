"""What the routes are given. `server.app` fills it in; nothing here builds an engine or opens a database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from server.api.at_work import AtWork
from server.api.people.passwords import Passwords
from server.api.phases import Phases
from server.api.premises import Premises
from server.api.seats import Seats
from server.api.tickets import Tickets
from server.assess.draft import Drafts
from server.assess.reporting.pdf import PdfPress
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.events import Event
from server.core.rubric import Rubric
from server.engines.protocols import EngineInfo
from server.live.load import Load
from server.store.sql.clock import utc_now
from server.store.store import Store


class Library(Protocol):
    """Cases and rubrics by id; `server.content.folders.Library` is one."""

    @property
    def cases(self) -> Mapping[str, Case]: ...

    @property
    def rubrics(self) -> Mapping[str, Rubric]: ...


class Rooms(Protocol):
    """The running encounters, and those that only rest in the log."""

    async def snapshot(self, encounter_id: str) -> Encounter:
        """The encounter as of now, read from its log where it is not running. Raises `NotFound`."""
        ...

    def here(self, encounter_id: str) -> tuple[Encounter, int] | None:
        """The encounter while its learner is connected to this process, and its time now in ms."""
        ...

    async def offer(self, encounter_id: str, event: Event) -> Encounter:
        """Take `event`, and return the encounter after its commit. Raises `Conflict`, `StoreError`."""
        ...

    async def drop(self, encounter_id: str) -> None:
        """Close its sockets and forget it, because it is about to be erased."""
        ...


class LiveDoor(Protocol):
    """The wire of one encounter."""

    @property
    def load(self) -> Load:
        """How busy this process is."""
        ...

    async def serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        """Accept `socket` and hold the encounter on it until either ends. `after`: the last `seq` the client has."""
        ...

    async def observe(self, socket: WebSocket, encounter_id: str, *, may_cue: bool = False, who: str = "") -> None:
        """Accept `socket` and show on it what the learner's page is shown, until the encounter or the line ends.

        `may_cue`: moments may be brought forward on it, which the log keeps under the name `who`.
        """
        ...


@dataclass(frozen=True)
class Services:
    """Everything that the routes use."""

    store: Store
    shelf: Library
    rooms: Rooms
    live: LiveDoor
    drafts: Drafts
    tickets: Tickets
    engines: tuple[EngineInfo, ...]
    token: str
    """The bearer token."""
    origins: frozenset[str]
    """Origins that a browser may come from, exactly as it sends them, e.g. `http://127.0.0.1:8710`."""
    hosts: frozenset[str] = frozenset()
    """Names, without port, that a `Host` header may hold; empty: any. Set when bound to loopback."""
    secure: bool = False
    """Behind TLS: the cookie is `Secure`, and URLs begin with https and wss."""
    public_url: str = ""
    """Where browsers reach this server, e.g. `https://bedside.example.edu`; empty: as the request came."""
    capacity: int = 30
    """Encounters that may run at once; `LiveDoor` refuses more, after accept."""
    static: Path | None = None
    """The folder of the page; None: no page."""
    version: str = ""
    personas: Path | None = None
    """The folder of the cases, whose texts may be copied; None: none."""
    clock: Callable[[], datetime] = utc_now
    """The server's own; windows, releases and holds go by it and by no browser's."""
    premises: Premises | None = None
    """Where things are kept; None: there is no data folder."""
    phases: Phases = field(default_factory=Phases)
    """Where the encounters of a list stand."""
    press: PdfPress = field(default_factory=PdfPress)
    seats: Seats = field(default_factory=Seats)
    """Who is live, and how often."""
    passwords: Passwords = field(default_factory=Passwords)
    tasks: AtWork = field(default_factory=AtWork)
    """Long tasks that this process works on; `server.app` sweeps at the start and closes at the end."""
    scoring: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """One transcript of people at a time: a long one takes seconds of a core, and encounters go on beside it."""


def services_of(connection: HTTPConnection) -> Services:
    """What `build_api` was given."""
    services: Services = connection.app.state.services
    return services


Given = Annotated[Services, Depends(services_of)]
"""A route's parameter."""
