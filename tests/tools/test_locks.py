"""The locks and the files that install from them: hashes everywhere, an address nowhere, the image no exception."""

import json
import re
from pathlib import Path

import pytest

from tools.lock import RECIPES, addresses

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def lock(name: str) -> str:
    """The text of a lock."""
    return (ROOT / "requirements" / f"{name}.txt").read_text()


def pins(name: str) -> dict[str, str]:
    """Each package of a lock with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock(name), re.MULTILINE))


@pytest.mark.parametrize("name", RECIPES)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    entries = re.split(r"\n(?=\S)", lock(name))
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    assert not [entry for entry in packages if "--hash=sha256:" not in entry]
    assert not addresses(lock(name))


def test_dev_holds_all_of_runtime_at_the_same_versions() -> None:
    runtime, dev = pins("runtime"), pins("dev")
    assert runtime.items() <= dev.items()


def test_the_build_backend_is_locked() -> None:
    assert {"hatchling", "editables"} <= pins("runtime").keys()


def test_no_torch_and_no_cuda() -> None:
    """Nothing of ours needs them, and they are ten times everything else together."""
    assert not [name for name in pins("dev") if re.match(r"torch|nvidia|triton|cuda", name)]


def test_the_web_clients_lock_names_no_host() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    assert not [name for name, package in packages.items() if "resolved" in package]


# --- the image: no engine here can build it, so it is read instead ----------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions with continued lines joined and comments left out."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [
        (word, rest.strip()) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line.strip())
    ]


def values(word: str) -> list[str]:
    """All the arguments that one instruction is given."""
    return [rest for each, rest in instructions() if each == word]


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert values("USER") == ["bedside"]
    words = [word for word, _ in instructions()]
    after = words[words.index("USER") :]
    assert "CMD" in after
    assert not {"RUN", "COPY"} & set(after)


def test_the_image_says_whether_it_is_well() -> None:
    (check,) = values("HEALTHCHECK")
    assert "http://127.0.0.1:8710/api/health" in check
    assert values("EXPOSE") == ["8710"]


def test_the_image_keeps_its_data_outside() -> None:
    command = json.loads(values("CMD")[-1])
    assert values("VOLUME") == ["/data"]
    assert command[command.index("--data") + 1] == "/data"


def test_the_image_installs_from_the_same_locks() -> None:
    installs = [run for run in values("RUN") if " install " in run and "requirements/" in run]
    assert "requirements/bootstrap.txt" in installs[0]
    assert "requirements/runtime.txt" in installs[0]
    assert installs[0].count("--require-hashes") == 2
    assert any("--no-deps --no-build-isolation" in run for run in values("RUN"))


def test_the_image_starts_behind_a_proxy_without_a_browser() -> None:
    command = json.loads(values("CMD")[-1])
    assert command[:7] == ["bedside", "up", "--host", "0.0.0.0", "--behind-proxy", "--no-browser", "--port"]
    assert "libflite1" in " ".join(values("RUN"))


def test_no_secret_is_built_in() -> None:
    """A token in an image is a token for everybody who can pull it."""
    assert not re.search(r"token|secret|password|api_key", " ".join(values("ENV") + values("ARG")), re.IGNORECASE)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    assert not {"!.", "!data", "!.git", "!.env"} & set(ignored)
