"""Held-apart questions of a case: what learners might ask, written without a look at its `asked` examples.

    asks: {<fact id>: [question, …]}
    asks_nothing: [question, …]

They live in `personas/questions/<case id>.yaml` and measure whether the right question opens the right fact.
"""

from __future__ import annotations

from pathlib import Path

from server.content.loader import read_file
from server.core.case import Case
from server.core.errors import ContentError, Problem


def read_questions(personas: Path, case: Case) -> list[tuple[str, str]]:
    """Pairs of a question and the fact it asks for, empty for none; no pairs where the case has no such file.

    Raises `ContentError`.
    """
    path = personas / "questions" / f"{case.case_id}.yaml"
    if not path.exists():
        return []
    tree = read_file(path).tree
    asks, nothing = tree.get("asks", {}), tree.get("asks_nothing", [])
    if set(tree) - {"asks", "asks_nothing"} or not isinstance(asks, dict) or not isinstance(nothing, list):
        mend = "Write `asks:` with lists by fact id, and a list `asks_nothing:`."
        raise ContentError([Problem("not a file of questions.", path.name, mend=mend)])
    if unknown := set(asks) - {fact.id for fact in case.facts}:
        raise ContentError([Problem(f"there is no fact {sorted(unknown)[0]!r} in {case.case_id}.", path.name)])
    pairs = [(str(question), fact) for fact, questions in asks.items() for question in questions]
    return [*pairs, *((str(question), "") for question in nothing)]
