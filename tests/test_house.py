"""The house rules that a program can check; each failure names the file, and the rule's reason stands in the test.

Rule: to allow an exception, write it into the table here with its reason, where a reviewer will see it.
"""

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", ".cache", "node_modules", "__pycache__", "vendor"}

MEDIAN_LINES, P90_LINES, MOST_LINES, FILE_LINES = 8, 30, 60, 400

#: Where the clock may be read, and why; a folder ends with a slash. Everything else is handed its time.
CLOCK_READERS = {
    "server/live/clock.py": "the one clock: the conductor stamps every event with it",
    "server/store/sql/clock.py": "the one wall clock: when a row was written, when a sign-in ends",
    "server/engines/": "an engine's own timeouts and its figures; what it returns carries no time",
}
CLOCKS = {
    "time": {"time", "monotonic", "perf_counter", "process_time", "thread_time"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
}
#: Commands speak to a terminal; everything else returns its words or logs ids.
PRINTERS = ("server/cli.py", "server/cli/", "server/__main__.py")
#: Rooms of the standard library that would let the world into the core.
IMPURE = {"asyncio", "logging", "os", "random", "socket", "subprocess", "threading", "time", "urllib"}


def joined(*parts: str) -> str:
    """A forbidden word, in pieces, so that this file does not contain it."""
    return re.escape("".join(parts))


#: Paths of one machine, hosts that only a registry's client should know, and talk of how the project was written.
FORBIDDEN = {
    "a path of one machine": [rf"(?<![\w.-])/{name}/" for name in ("wo" + "rk", "ro" + "ot", "opt/py" + "pi")]
    + [joined(".py", "env/"), r"/ho" + r"me/(?!bedside\b)[a-z]+/", joined("/opt/wh", "eels")],
    "the host of a registry": [joined("pypi", ".org"), joined("pythonhosted", ".org"), joined("registry.npm", "js")],
    "how the project was written": [
        joined("sub", "agent"), joined("before-", "stop"), joined("../sha", "red"), joined(".lib", "rary/"),
        joined("sha", "red/reference"), joined("co-authored", "-by"), joined("generated ", "with ai"),
        rf"\bcla{'ude'} (code|wrote)", joined("the ", "brief says"), joined("as an ai ", "language"),
    ],
}  # fmt: skip


# --- the tree ---------------------------------------------------------------------------------------------------------


def listed_by_git() -> list[Path]:
    """What is committed or would be; empty where the tree is no checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return [ROOT / name for name in answer.stdout.split("\0") if name] if (ROOT / ".git").exists() else []


@cache
def tree() -> tuple[Path, ...]:
    """Every file of the project."""
    found = listed_by_git() or [Path(folder) / name for folder, _, names in os.walk(ROOT) for name in names]
    ours = (path for path in found if not NOT_OURS & set(path.relative_to(ROOT).parts))
    return tuple(sorted(path for path in ours if path.is_file()))


def relative(path: Path) -> str:
    """A file's name as it is reported."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """The Python files of some folders, or of the whole tree."""
    inside = tuple(f"{folder}/" for folder in folders)
    return [path for path in tree() if path.suffix == ".py" and (not folders or relative(path).startswith(inside))]


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=relative(path))


def at(path: Path, node: ast.stmt | ast.expr) -> str:
    """Where something stands, as an editor understands it."""
    return f"{relative(path)}:{node.lineno}"


# --- size -------------------------------------------------------------------------------------------------------------

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> list[Function]:
    """Every function and method of a file."""
    return [node for node in ast.walk(parsed(path)) if isinstance(node, Function)]


def lines_of(function: Function) -> int:
    """A function's lines without its decorators and its docstring: explaining costs nothing."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return whole
    docstring = function.body[0]
    return whole - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def test_functions_are_small() -> None:
    """Over these, a function is split by idea: the rooms of `advance` included."""
    sizes = {at(path, each): lines_of(each) for path in python_files("server") for each in functions(path)}
    assert sizes
    too_long = {where: size for where, size in sizes.items() if size > MOST_LINES}
    assert not too_long
    assert statistics.median(sizes.values()) <= MEDIAN_LINES
    assert statistics.quantiles(sizes.values(), n=10)[-1] <= P90_LINES


def test_files_are_short() -> None:
    """A file that cannot be read in one sitting holds more than one idea."""
    sources = [*python_files(), *(path for path in tree() if path.suffix == ".js")]
    sizes = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources}
    assert not {name: size for name, size in sizes.items() if size > FILE_LINES}


# --- docstrings -------------------------------------------------------------------------------------------------------


def test_every_module_says_what_it_is_for() -> None:
    """The first lines of a file are read by whoever does not yet know whether it is the right one."""
    silent = [path for path in python_files() if path.read_text(encoding="utf-8").strip()]
    assert not [relative(path) for path in silent if not ast.get_docstring(parsed(path))]


# --- purity -----------------------------------------------------------------------------------------------------------


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """The modules that a file imports by their full name."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield ("server.core" if node.level else node.module or ""), node


def is_pure(module: str) -> bool:
    """Whether the core may import it."""
    if module == "server.core" or module.startswith("server.core."):
        return True
    room = module.partition(".")[0]
    return room in sys.stdlib_module_names and room not in IMPURE


def test_the_core_imports_the_standard_library_and_itself() -> None:
    """No clock, no loop, no log, no framework: so that the core runs in a second and on a virtual clock."""
    found = [(module, at(path, node)) for path in python_files("server/core") for module, node in imports(path)]
    assert not [(module, where) for module, where in found if not is_pure(module)]


def clock_names(path: Path) -> set[str]:
    """Clock functions that a file imports by name, under whatever name."""
    nodes = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.ImportFrom) and node.module == "time"]
    return {alias.asname or alias.name for node in nodes for alias in node.names if is_clock("time", alias.name)}


def is_clock(owner: str, name: str) -> bool:
    """Whether `owner.name` reads a clock, also in nanoseconds."""
    return name.removesuffix("_ns") in CLOCKS.get(owner, set())


def reads_clock(node: ast.AST, imported: set[str]) -> bool:
    """Whether an expression is a clock, called or handed on; an event loop's `time()` is one as well."""
    match node:
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if is_clock(owner, name):
            return True
        case ast.Attribute(value=ast.Attribute(attr=owner), attr=name) if is_clock(owner, name):
            return True
        case ast.Call(func=ast.Attribute(value=base, attr="time"), args=[], keywords=[]):
            return "loop" in ast.unparse(base)
        case ast.Name(id=name):
            return name in imported
    return False


def clock_readers(path: Path) -> list[str]:
    """The places of a file that read a clock."""
    imported = clock_names(path)
    expressions = [node for node in ast.walk(parsed(path)) if isinstance(node, ast.expr)]
    return [at(path, node) for node in expressions if reads_clock(node, imported)]


def test_one_clock() -> None:
    """Time is stamped once, so that a log replays to the same end and a test never sleeps."""
    watched = [path for path in python_files("server") if not relative(path).startswith(tuple(CLOCK_READERS))]
    assert not [where for path in watched for where in clock_readers(path)]


def test_only_commands_print() -> None:
    """What a server prints is read by nobody, and may hold what a learner said."""
    watched = [path for path in python_files("server") if not relative(path).startswith(PRINTERS)]
    calls = [(path, node) for path in watched for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    assert not [at(path, call) for path, call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


# --- words ------------------------------------------------------------------------------------------------------------


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the tree with its name; recordings and pictures are no text."""
    for path in tree():
        content = path.read_bytes()
        if b"\0" not in content:
            yield relative(path), content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_tree_is_at_home_anywhere(what: str) -> None:
    """A clone on any machine, behind any mirror, reads the same; and it speaks of nursing, not of its own making."""
    pattern = re.compile("|".join(FORBIDDEN[what]), re.IGNORECASE)
    found = [(name, hit.group()) for name, text in texts() if (hit := pattern.search(f"{name}\n{text}"))]
    assert not found


# --- the checks can fail ----------------------------------------------------------------------------------------------


def names_a_clock(source: str) -> bool:
    """Whether any part of an expression reads a clock, in a file that imported `stamped` from `time`."""
    return any(reads_clock(node, {"stamped"}) for node in ast.walk(ast.parse(source, mode="eval")))


def test_a_clock_is_recognised_however_it_is_reached() -> None:
    """The check itself, against the ways in which a clock has been smuggled in."""
    called = ["time.time()", "time.monotonic_ns()", "datetime.datetime.now(UTC)", "date.today()", "stamped()"]
    handed_on = ["Timer(clock=time.perf_counter)", "asyncio.get_running_loop().time()", "loop.time()"]
    assert all(map(names_a_clock, called + handed_on))
    assert not any(map(names_a_clock, ["clock.now_ms()", "moment.time()", "turn.time_ms", "time.sleep(1)"]))


def test_a_function_is_measured_without_its_explanation() -> None:
    """Four lines: the signature, two statements and the blank between them."""
    source = '@decorated\ndef f() -> None:\n    """Why.\n\n    And how.\n    """\n    a = 1\n\n    return a\n'
    (function,) = [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]
    assert lines_of(function) == 4


def test_impurity_is_recognised() -> None:
    """The core may have its own rooms and quiet parts of the standard library."""
    assert is_pure("server.core.beats")
    assert is_pure("dataclasses")
    assert not [each for each in ("pydantic", "asyncio", "time", "server.live.clock", "server.corex") if is_pure(each)]
