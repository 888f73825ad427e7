"""Renew requirements/*.txt: `python -m tools.lock [package …]` (a package named is upgraded, the rest stay).

The locks are universal (Linux and macOS, Python 3.11 to 3.13) and carry hashes but no address, so that any mirror
may serve them. Rule: nobody edits a lock by hand.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
#: `dev` is a superset of `runtime` at the same versions: one install serves a developer.
RECIPES: dict[str, list[str]] = {
    "bootstrap": ["requirements/bootstrap.in"],
    "runtime": ["pyproject.toml", "--group", "build"],
    "dev": ["pyproject.toml", "--group", "build", "--group", "dev", "--constraint", "requirements/runtime.txt"],
}
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("x86_64-manylinux_2_28", "aarch64-manylinux_2_28", "aarch64-apple-darwin")
"""What the locks promise; on a Mac that is macOS 14 on Apple silicon, for onnxruntime has no wheel for others."""
UNIVERSAL = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
HASHED = ["--generate-hashes", "--no-emit-index-url", "--no-annotate"]
SIGNED = ["--custom-compile-command", "python -m tools.lock"]


def compile_lock(name: str, upgrades: list[str]) -> None:
    """Write one lock; what an earlier lock chose stays unless its package is named."""
    wanted = [part for package in upgrades for part in ("--upgrade-package", package)]
    target = ["--output-file", f"requirements/{name}.txt", "--quiet"]
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", *RECIPES[name], *UNIVERSAL, *HASHED, *SIGNED, *wanted, *target]
    subprocess.run(command, cwd=ROOT, check=True)


def wheels_missing(name: str) -> list[str]:
    """The promised platforms on which a lock would have to be built from source; empty is well."""
    uv = str(Path(sys.executable).with_name("uv"))
    lock = ["--only-binary", ":all:", "--require-hashes", "-r", f"requirements/{name}.txt"]
    command = [uv, "pip", "install", "--dry-run", "--quiet", "--target", "build/nowhere", *lock]
    env = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "14.0"}
    asked = [(version, platform) for version in PYTHONS for platform in PLATFORMS]
    return [
        f"{platform}, Python {version}"
        for version, platform in asked
        if subprocess.run(
            [*command, "--python-version", version, "--python-platform", platform], cwd=ROOT, env=env, check=False
        ).returncode
    ]


def addresses(text: str) -> list[str]:
    """The lines of a lock that name a host: there must be none."""
    return [line for line in text.splitlines() if "://" in line]


def main(upgrades: list[str]) -> int:
    """Renew all locks, in the order in which one constrains the next."""
    for name in RECIPES:
        compile_lock(name, upgrades)
        if found := addresses((LOCKS / f"{name}.txt").read_text()) + wheels_missing(name):
            print(f"requirements/{name}.txt names a host, or lacks wheels: {found}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
