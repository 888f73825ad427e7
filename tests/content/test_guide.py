"""What the author's guide shows works when it is copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import pytest
import yaml

from server.content.guide import README
from server.content.loader import build
from server.content.safe_yaml import read_document
from server.core.case import Case
from server.core.virtual import VirtualRoom, virtual_room
from tests.content.planted import CASE, ROOT, document, planted

GUIDE = (ROOT / README).read_text(encoding="utf-8")
SNIPPETS = [dedent(text) for text in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)]
SPOKEN = ("lines", "instead", "brief", "evasions", "dont_know", "rewards")
SON = "  - {id: son, role_type: relative, name: Peter Khan, public: His son., called: [Peter], portrayal: "


def marked(name: str) -> str:
    """The YAML between the marks of this name."""
    return GUIDE.partition(f"<!-- {name} -->\n```yaml\n")[2].partition("```\n<!-- /")[0]


def room_of(text: str) -> VirtualRoom:
    room = virtual_room(build(Case, document(text)), "teaching")
    room.enter()
    return room


def said_after(room: VirtualRoom, words: str) -> str:
    """The last thing that anybody answers to these words."""
    room.say(words)
    return [turn.text for turn in room.encounter.turns if turn.kind == "said"][-1]


def with_son() -> VirtualRoom:
    """The small case with what the guide writes about sending somebody out."""
    shown: Any = read_document(marked("leaving").encode(), README).tree
    son = f"{SON}{flow(shown['cast'][0]['portrayal'])}}}\n"
    facts = "".join(f"  - {flow(fact)}\n" for fact in shown["facts"])
    return room_of(
        planted(planted(CASE, "state:\n  numbers", f"{son}state:\n  numbers"), "facts:\n", f"facts:\n{facts}")
    )


def flow(part: Any) -> str:
    return str(yaml.safe_dump(part, default_flow_style=True, width=9999)).strip()


@pytest.mark.parametrize("text", SNIPPETS, ids=lambda text: text.split(":")[0].strip())
def test_every_example_can_be_read_and_no_line_of_it_is_cut_at_a_comma(text: str) -> None:
    whole = f"items:\n{text}" if text.startswith("- ") else text
    spoken = [line for key, line in strings(read_document(whole.encode(), README).tree) if key in SPOKEN]
    assert all(re.search(r"[.?!]$", line) and not line[0].islower() for line in spoken), spoken


def strings(part: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the nearest key above it."""
    if isinstance(part, dict):
        for name, child in part.items():
            yield from strings(child, str(name))
    elif isinstance(part, list):
        for child in part:
            yield from strings(child, key)
    elif isinstance(part, str):
        yield key, part


def test_a_request_in_words_sends_somebody_out_and_makes_it_private() -> None:
    room = with_son()
    room.say("Mr Khan, it makes sense that you are waiting.")
    assert "kitchen" not in said_after(room, "How did you get that bruise?")
    room.say("Peter, could you give us a few minutes?")
    assert "son" not in room.encounter.board.present
    assert "kitchen" in said_after(room, "How did you get that bruise?")


@pytest.mark.parametrize("offer", ["Would you like the curtain drawn?", "Shall I turn the light off for you?"])
def test_an_offer_at_the_window_bed_is_not_sent_to_somebody_else(offer: str) -> None:
    room = room_of(marked("case"))
    policy = room.encounter.case.patient.portrayal.unscripted[0]
    assert said_after(room, offer).startswith(policy.lines)


def test_a_question_about_herself_is_not_sent_to_somebody_else() -> None:
    room = room_of(marked("case"))
    assert said_after(room, "Do you sleep well?") in room.encounter.case.patient.portrayal.evasions
