"""Events are the log: each one survives being written down."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.core.events import EVENTS, Cut, Event, Opened, Reflected, Typed, from_record, to_record

OPENED = Opened("e1", "small", "0.1.0", "digest")


def example(kind: type[Event]) -> Event:
    values: dict[str, Any] = {"int": 3, "Mapping[str, int]": {"responsiveness": 2}}
    return kind(**{name: values.get(str(hint), "x") for name, hint in kind.__annotations__.items()})


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_survives_being_written_down(name: str) -> None:
    event = example(EVENTS[name])
    assert from_record(json.loads(json.dumps(to_record(event)))) == event


def test_a_record_says_what_it_is() -> None:
    assert to_record(Typed("i1", "Hello")) == {"event": "Typed", "item": "i1", "text": "Hello"}


def test_fields_with_a_default_may_be_missing() -> None:
    assert from_record({"event": "Reflected"}) == Reflected()


@pytest.mark.parametrize(
    "record", [{}, {"event": "Sneezed"}, {"event": None}, {"event": "Typed", "item": "i", "text": "t", "mood": "x"}]
)
def test_what_is_not_an_event_is_refused(record: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown event|has no field"):
        from_record(record)


def test_events_are_values() -> None:
    assert Cut("r", 1, "barge_in") == Cut("r", 1, "barge_in")
    assert Opened("e1", "small", "0.1.0", "digest") == OPENED != Opened("e1", "small", "0.1.0", "other")
