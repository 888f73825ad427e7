"""A case's text as its author looks at it: the parts of the form, what leads to what, and what assesses what.

Made from the tree of the text and not from a `Case`, so that it is there while something is still wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from server.content.safe_yaml import Document
from server.core.conditions import Ask, BadCondition, Negation, parse

Part = dict[str, Any]
FORM = ("title", "summary", "case_id", "case_version", "education", "logistics", "prebrief", "facts", "beats", "ending")
"""Parts that the form shows whole; of the cast it leaves out the long lists."""
_LONG = ("reactions", "unscripted", "barriers", "habits", "walkouts", "closings", "openings")


@dataclass(frozen=True)
class Node:
    """Something that may come up."""

    id: str
    kind: Literal["beat", "fact", "action", "mood"]
    title: str
    when: str
    """What it waits for, in the case's own small language."""
    core: bool
    line: int


@dataclass(frozen=True)
class Edge:
    """One leads to the other."""

    start: str
    end: str
    how: Literal["reveals", "reveals_if_missed", "comes_after"]


@dataclass(frozen=True)
class Row:
    """One beat against the objectives and the items of checklists."""

    beat: str
    core: bool
    objective: str
    items: tuple[str, ...]
    debriefed: bool
    line: int


@dataclass(frozen=True)
class Matrix:
    """Objective by beat by checklist item, and where nothing meets."""

    objectives: tuple[tuple[str, str], ...]
    """Id and text."""
    items: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    gaps: tuple[str, ...]
    """Sentences."""


def form_of(document: Document) -> Part:
    """The parts of the form as they are written."""
    tree: Part = dict(document.tree)
    found = {name: tree[name] for name in FORM if name in tree}
    return found | {"cast": [_member(each) for each in _entries(tree.get("cast"))]}


def _member(member: Part) -> Part:
    portrayal = {name: value for name, value in _part(member.get("portrayal")).items() if name not in _LONG}
    return {name: value for name, value in member.items() if name != "state"} | {"portrayal": portrayal}


def diagram_of(document: Document) -> tuple[list[Node], list[Edge]]:
    """Beats, facts, actions and moods, and what leads to what among them."""
    nodes = [*_nodes(document)]
    known = {node.id for node in nodes}
    edges = [edge for edge in _edges(document.tree) if edge.start in known and edge.end in known]
    return nodes, list(dict.fromkeys(edges))


def _nodes(document: Document) -> Iterator[Node]:
    tree = document.tree
    for key, beat in _placed(tree, "beats"):
        waits = " or ".join(_texts(_part(beat.get("trigger")).get("any")))
        waits = " and ".join([*([waits] if waits else []), *_texts(_part(beat.get("trigger")).get("all"))])
        yield Node(_id(beat), "beat", _said(beat), waits, beat.get("core") == "true", document.line_of(key))
    for key, fact in _placed(tree, "facts"):
        told = " and ".join(each for each in (_door(fact), _text(fact.get("when"))) if each)
        yield Node(_id(fact), "fact", _text(fact.get("say") or fact.get("show")), told, False, document.line_of(key))
    for key, action in _placed(tree, "actions"):
        yield Node(
            _id(action), "action", _text(action.get("label")), _text(action.get("when")), False, document.line_of(key)
        )
    for key, mood in _placed(_part(tree.get("state")), "moods"):
        when = _text(mood.get("enter_when")) or "at the start"
        yield Node(_id(mood), "mood", _text(mood.get("affect")), when, False, document.line_of(f"state.{key}"))


def _door(fact: Part) -> str:
    """How a fact is come by, in a few words."""
    how = _text(fact.get("disclosure")).replace("_", " ")
    trust = _text(fact.get("min_trust"))
    return f"{how}, trust {trust} or more" if trust and trust != "0" else how


def _said(beat: Part) -> str:
    deliver = _part(beat.get("deliver"))
    return (
        _text(deliver.get("verbatim"))
        or next(iter(_texts(deliver.get("lines"))), "")
        or _text(deliver.get("improvise"))
    )


def _edges(tree: Part) -> Iterator[Edge]:
    for beat in _entries(tree.get("beats")):
        for name, how in (("on_success", "reveals"), ("on_miss", "reveals_if_missed")):
            for fact in _texts(_part(beat.get(name)).get("reveal")):
                yield Edge(_id(beat), fact, how)  # type: ignore[arg-type]
        trigger = _part(beat.get("trigger"))
        for text in (*_texts(trigger.get("any")), *_texts(trigger.get("all"))):
            yield from (Edge(start, _id(beat), "comes_after") for start in _asked(text))
    for action in _entries(tree.get("actions")):
        for shown in _texts(_part(action.get("outcome")).get("reveal")):
            yield Edge(_id(action), shown, "reveals")
    for told in _entries(tree.get("facts")):
        yield from (Edge(start, _id(told), "comes_after") for start in _asked(_text(told.get("when"))))


def _asked(text: str) -> list[str]:
    """Beats, facts and actions that a condition waits for; what it excludes is none of them."""
    try:
        terms = parse(text).terms
    except BadCondition:
        return []
    return [term.subject for term in terms if isinstance(term, Ask) and not isinstance(term, Negation)]


def matrix_of(document: Document) -> Matrix:
    """What assesses what."""
    tree = document.tree
    objectives = tuple((_id(each), _text(each.get("text"))) for each in _objectives(tree))
    items = [item for each in _instruments(tree) for item in _entries(each.get("items"))]
    debriefed = {_text(each.get("beat")) for each in _entries(_part(tree.get("debrief")).get("analysis"))}
    rows = tuple(
        Row(
            _id(beat), beat.get("core") == "true", _text(_part(beat.get("opportunity")).get("objective")),
            tuple(_id(item) for item in items if _id(beat) in _texts(item.get("beats"))), _id(beat) in debriefed,
            document.line_of(key),
        )
        for key, beat in _placed(tree, "beats")
    )  # fmt: skip
    told = tuple((_id(item), _text(item.get("text"))) for item in items)
    return Matrix(objectives, told, rows, tuple(_gaps(objectives, items, rows)))


def _gaps(objectives: tuple[tuple[str, str], ...], items: list[Part], rows: tuple[Row, ...]) -> Iterator[str]:
    met = {row.objective for row in rows}
    core = {row.objective for row in rows if row.core}
    for name, _ in objectives:
        if name not in met:
            yield f"No beat gives a learner the chance to meet {name}."
        elif name not in core:
            yield f"Only earned beats serve {name}: some learners never meet it."
        elif items and not any(row.items for row in rows if row.objective == name):
            yield f"No item of a checklist looks at a beat of {name}."
    for row in rows:
        if row.objective not in {name for name, _ in objectives}:
            yield f"{row.beat} serves no objective of this case."
        if not row.debriefed:
            yield f"The debriefing does not come back to {row.beat}."
    for item in items:
        if not any(_texts(item.get(name)) for name in ("beats", "facts", "checkpoints")):
            yield f"{_id(item)} of the checklist looks at no beat, fact or checkpoint."


def _objectives(tree: Part) -> list[Part]:
    return _entries(_part(tree.get("education")).get("learning_objectives"))


def _instruments(tree: Part) -> list[Part]:
    return _entries(_part(tree.get("assessment")).get("instruments"))


def _placed(tree: Part, name: str) -> Iterator[tuple[str, Part]]:
    """The entries of a list with their dotted keys; what is no mapping is left out."""
    found = tree.get(name)
    for number, each in enumerate(found if isinstance(found, list) else []):
        if isinstance(each, dict):
            yield f"{name}.{number}", each


def _entries(found: Any) -> list[Part]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _part(found: Any) -> Part:
    return found if isinstance(found, dict) else {}


def _texts(found: Any) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _id(part: Part) -> str:
    return _text(part.get("id"))
