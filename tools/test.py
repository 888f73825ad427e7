"""What `./bedside test` runs: every check and every test, or with arguments only pytest with them.

Rule: a check that fails stops nothing, so that one run tells all; the last line printed is always the tally.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.checks import ROOT, Check, all_checks
from tools.processes import run_in_group
from tools.system import find_browser
from tools.tally import FAILED, PASSED, Tally, of_pytest, total

WHOLE_RUN = ["-n", "2", "--dist", "loadfile", "--durations", "10"]
"""Two workers, a file to one of them, so that a file's fixtures are made once."""


BYTECODE = ROOT / ".cache" / "bytecode"
"""Where compiled modules are kept: the tests start the program some two hundred times, and where the environment
forbids to write beside the sources, each start would compile two thousand files again."""


def environment() -> dict[str, str]:
    """What the checks see: our own programs first on the PATH, the browser that was found, and compiled modules."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    browser = find_browser()
    chosen = {"BEDSIDE_CHROMIUM": str(browser)} if browser else {}
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "PATH": programs, "PYTHONPYCACHEPREFIX": str(BYTECODE), **chosen}


def heading(text: str) -> None:
    """A line that a reader of a long log can find."""
    print(f"\n== {text}", flush=True)


def run_check(check: Check) -> Tally:
    """Run one check and say how it went."""
    heading(check.name)
    begun = time.monotonic()
    status = run_in_group(check.command, cwd=ROOT, env=environment())
    verdict = "ok" if status == 0 else f"FAILED (exit status {status})"
    print(f"-- {check.name}: {verdict}, {time.monotonic() - begun:.1f} s", flush=True)
    return FAILED if status else PASSED


def run_pytest(arguments: Sequence[str], root: Path = ROOT) -> Tally:
    """Run pytest and count what it reports; running nothing at all is a failure."""
    heading(f"pytest {' '.join(arguments)}".rstrip())
    with tempfile.TemporaryDirectory(prefix="bedside-test-") as folder:
        report = Path(folder) / "junit.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
        status = run_in_group(command, cwd=root, env=environment())
        return of_pytest(report, status)


def run_all() -> Tally:
    """Every check, then every test; if pytest ran no test at all, that is one failure more."""
    results = [(check.name, run_check(check)) for check in all_checks()]
    tests = run_pytest(WHOLE_RUN)
    results.append(("pytest", tests if tests != Tally() else FAILED))
    failed = [name for name, tally in results if tally.failed]
    if failed:
        heading(f"failed: {', '.join(failed)}")
    return total(tally for _, tally in results)


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; the tally is the last line, also of a run that was interrupted."""
    try:
        tally = run_pytest(arguments) if arguments else run_all()
    except KeyboardInterrupt:
        print("\ninterrupted", flush=True)
        tally = FAILED
    print(f"\n{tally.line()}", flush=True)
    return tally.exit_status()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
