"""Nothing waits without a bound: every queue in server/ has one, or stands here with the reason why it needs none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[1] / "server"
BOOK = SERVER.parent / "docs" / "flow.md"
BY_SIZE = {"Queue", "LifoQueue", "PriorityQueue", "JoinableQueue"}
NEVER_BOUND = {"SimpleQueue"}

BOUND_OTHERWISE = {
    "server/live/socket.py Line._unsent": "bound in bytes by UNSENT_BYTES, where it is filled",
    "server/live/hearing.py Hearing._noticed": "no utterance begins beyond SIGNS_LIMIT, and each has two signs more",
    "server/engines/children/offload.py stream.items": "the sound of one sentence",
    "server/engines/children/worker.py _Child.frames": "one answer of our own child at a time",
    "server/engines/children/child.py _Inbox._requests": "the parent sends one request and waits for its end",
    "server/store/sql/writer.py Writer._queue": "each room waits for its append before the next, as requests do",
    "server/cli/loudspeaker.py": "a rehearsal on one's own machine: one reply, paced by the playout's lead",
}
"""Place of each queue that is made without a bound, and what bounds it."""


def unbounded(source: str, path: str) -> Iterator[str]:
    """Where a queue is made without a bound: file, class or function, and name."""
    tree = ast.parse(source)
    scopes = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_unbounded(node):
            yield f"{path} {_scope(node, scopes)}{_target(node, scopes)}"


def _makes_unbounded(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = {keyword.arg for keyword in call.keywords}
    if name == "deque":
        return len(call.args) < 2 and "maxlen" not in named
    if name in BY_SIZE:
        size = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "maxsize")]
        return not size or (isinstance(size[0], ast.Constant) and size[0].value in (None, 0))
    return name in NEVER_BOUND


def _scope(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """The class it is in, else the function."""
    functions, here = "", parents.get(node)
    while here is not None:
        if isinstance(here, ast.ClassDef):
            return f"{here.name}."
        if isinstance(here, ast.FunctionDef | ast.AsyncFunctionDef):
            functions = f"{here.name}."
        here = parents.get(here)
    return functions


def _target(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """The name that the queue is given."""
    here: ast.AST | None = node
    while here is not None and not isinstance(here, ast.Assign | ast.AnnAssign):
        here = parents.get(here)
    if here is None:
        return "?"
    target = here.target if isinstance(here, ast.AnnAssign) else here.targets[0]
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "?")


def found() -> set[str]:
    root = SERVER.parent
    return {
        place
        for path in SERVER.rglob("*.py")
        for place in unbounded(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    }


def is_listed(place: str) -> bool:
    return any(place == known or place.startswith(f"{known} ") for known in BOUND_OTHERWISE)


def test_every_queue_is_bound_or_says_why_not() -> None:
    assert sorted(place for place in found() if not is_listed(place)) == []


def test_the_book_of_queues_names_each_file_that_holds_one() -> None:
    book = BOOK.read_text(encoding="utf-8")
    files = {place.split()[0] for place in (*found(), *BOUND_OTHERWISE)}
    assert {file for file in files if (SERVER.parent / file).exists() and f"`{file}`" not in book} == set()


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("import asyncio\nclass A:\n def __init__(self):\n  self.q: asyncio.Queue[int] = asyncio.Queue()", "A.q"),
        ("def f():\n items = Queue(maxsize=0)", "f.items"),
        ("x = deque()", "x"),
        ("x = deque([1, 2])", "x"),
        ("x = queue.SimpleQueue()", "x"),
        ("def f(g=LifoQueue()): ...", "f.?"),
    ],
)
def test_a_queue_without_a_bound_is_found(source: str, place: str) -> None:
    assert list(unbounded(source, "a.py")) == [f"a.py {place}"]


@pytest.mark.parametrize(
    "source",
    [
        "q = asyncio.Queue(LIMIT)",
        "q = Queue(maxsize=4)",
        "q = deque(maxlen=3)",
        "q = deque((), 3)",
        "# deque()",
        "'Queue()'",
    ],
)
def test_a_bound_queue_is_left_alone(source: str) -> None:
    assert list(unbounded(source, "a.py")) == []
