"""Any event with any content, as a broken conductor or a hostile client might send it."""

from __future__ import annotations

from hypothesis import strategies as st

from server.core.events import EVENTS, Event

ANYTHING = {
    "int": st.integers(-5_000, 400_000),
    "str": st.sampled_from(
        ["", " ", "x", "item_1", "reply_2", "sit_down", "director", "window:B_core", "warning", "stop"]
    ),
    "Mapping[str, int]": st.just({}),
}


def anything() -> st.SearchStrategy[Event]:
    """Any event with any content, as a broken conductor might send it."""

    def build(kind: type[Event]) -> st.SearchStrategy[Event]:
        made = {name: ANYTHING.get(str(hint), ANYTHING["str"]) for name, hint in kind.__annotations__.items()}
        return st.builds(kind, **made)

    return st.sampled_from(sorted(EVENTS)).flatmap(lambda name: build(EVENTS[name]))
