"""What Bedside needs from the operating system, and how it is had: `python tools/system.py venv|speech|tests`.

Runs before anything is installed, so it imports nothing but the standard library and nothing of ours. Rule: `up` goes
on without what is missing and says so in one line; `test` never does, because a test that is left out reads as passed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET_APT = ["env", "DEBIAN_FRONTEND=noninteractive"]
APT_INSTALL = ["apt-get", "install", "--yes", "--no-install-recommends"]
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib/*", "/usr/local/lib", "/opt/homebrew/lib")


# --- what is here -----------------------------------------------------------------------------------------------------


def first_existing(paths: Iterable[Path]) -> Path | None:
    """The first of the paths that exists."""
    return next((path for path in paths if path.exists()), None)


def find_browser() -> Path | None:
    """The Chromium that browser tests drive: the one named, an installed one, or Playwright's own."""
    if named := os.environ.get("BEDSIDE_CHROMIUM"):
        return first_existing([Path(named)])
    on_path = [Path(found) for name in BROWSERS if (found := shutil.which(name))]
    return first_existing([*on_path, *MAC_BROWSERS, *playwright_browsers()])


def playwright_browsers() -> Iterator[Path]:
    """Full Chromiums that `playwright install` left behind; its headless shell has no microphone."""
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    for cache in filter(None, caches):
        folder = Path(cache).expanduser()
        yield from folder.glob("chromium-*/chrome-linux*/chrome")
        yield from folder.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*")


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's server programs, which Debian keeps off the PATH; the newest wins."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = [Path(found).resolve() for found in [shutil.which("initdb")] if found]
    found = first_existing([*reversed(installed), *on_path])
    return found.parent if found else None


def find_flite() -> Path | None:
    """The speech library that the server loads with ctypes."""
    return first_existing(hit for folder in LIBRARY_FOLDERS for hit in Path("/").glob(f"{folder[1:]}/libflite.*"))


def find_pango() -> Path | None:
    """The library that lays out text for PDF."""
    names = ("libpangoft2-1.0.so*", "libpangoft2-1.0*.dylib")
    return first_existing(
        hit for folder in LIBRARY_FOLDERS for name in names for hit in Path("/").glob(f"{folder[1:]}/{name}")
    )


def find_font() -> Path | None:
    """Any outline font: without one a browser's screenshots are empty boxes. macOS always has some."""
    if sys.platform != "linux":
        return Path("/")
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return first_existing(font for folder in folders for font in folder.rglob("*.[to]tf"))


@dataclass(frozen=True)
class Need:
    """Something of the operating system's that a command uses."""

    what: str
    """In words, for the person who has to install it."""
    find: Callable[[], Path | None]
    """Where it is, or None."""
    package: str
    """Debian's name for it."""
    brew: str = ""
    """Homebrew's."""
    without: str = ""
    """What is then otherwise; empty for what cannot be done without."""


SPEECH = Need(
    "the flite speech library", find_flite, "libflite1", "flite", "the voice is espeak-ng's, which is harsher"
)
PAPER = Need("Pango", find_pango, "libpangoft2-1.0-0", "pango", "reports are pages to print, and no PDF")
FONT = Need("a font", find_font, "fonts-dejavu-core", "font-dejavu", "reports as PDF have no letters")
SERVICE = [SPEECH, PAPER, FONT]
"""What the running service is better with."""
BROWSER = Need("a Chromium browser", find_browser, "chromium")
TESTS = [
    SPEECH,
    PAPER,
    FONT,
    BROWSER,
    Need("PostgreSQL", find_postgres, "postgresql"),
]


def missing(needs: Sequence[Need]) -> list[Need]:
    """Those needs that this machine does not meet."""
    return [need for need in needs if need.find() is None]


# --- installing with apt ----------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """One line for the person at the terminal; standard output belongs to the command they asked for."""
    print(f"bedside: {text}", file=sys.stderr, flush=True)


def may_administer() -> list[str] | None:
    """The words that run a command as root without asking anybody, or None where that is not allowed."""
    if os.geteuid() == 0:
        return []
    asked = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked and asked.returncode == 0 else None


def command_for(packages: Sequence[str]) -> str:
    """What a person would type to install the packages."""
    return f"sudo apt-get update && sudo apt-get install --yes --no-install-recommends {' '.join(packages)}"


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages if this user may; the lists are renewed only when the first try fails.

    apt's progress goes to standard error, which is where people look and pipes do not.
    """
    prefix = may_administer()
    if prefix is None or not shutil.which("apt-get"):
        return False
    say(f"installing Debian packages: {' '.join(packages)}")
    install = [*prefix, *QUIET_APT, *APT_INSTALL, *packages]
    renew = [*prefix, *QUIET_APT, "apt-get", "update"]
    return succeeds(install) or (succeeds(renew) and succeeds(install))


def succeeds(command: Sequence[str]) -> bool:
    """Run a command with its progress on standard error."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode == 0


def is_debian() -> bool:
    """Whether `chromium` is a real package here; on Ubuntu it is a snap, which tests cannot drive."""
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def install_browser() -> bool:
    """Debian's Chromium, or Playwright's where there is none; the latter's own libraries need root."""
    if is_debian() and apt_install([BROWSER.package]):
        return True
    libraries = ["--with-deps"] if may_administer() is not None and shutil.which("apt-get") else []
    say("fetching Playwright's Chromium")
    return succeeds([sys.executable, "-m", "playwright", "install", "--no-shell", *libraries, "chromium"])


# --- the three commands -----------------------------------------------------------------------------------------------


def provide_venv() -> int:
    """Give this very Python its `venv` and `ensurepip`, which Debian keeps in a package of their own."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if apt_install([package]):
        return 0
    say(f"error: {sys.executable} cannot make a virtual environment. Run:  {command_for([package])}")
    return 1


def provide_service() -> int:
    """Flite and what lays out PDF, if they can be had; otherwise notices, because the service runs without either."""
    wanted = missing(SERVICE)
    if wanted:
        apt_install([need.package for need in wanted])
    brew = sys.platform == "darwin"
    for need in missing(SERVICE):
        mend = f"brew install {need.brew}" if brew else command_for([need.package])
        say(f"notice: {need.what} is not installed, so {need.without}. To mend:  {mend}")
    return 0


def provide_tests() -> int:
    """Everything `./bedside test` needs; what cannot be installed is an error with the command that mends it."""
    by_apt = [need.package for need in missing(TESTS) if need is not BROWSER]
    if by_apt:
        apt_install(by_apt)
    if missing([BROWSER]) and "BEDSIDE_CHROMIUM" in os.environ:
        say(f"error: BEDSIDE_CHROMIUM names {os.environ['BEDSIDE_CHROMIUM']}, which is not there")
    elif missing([BROWSER]):
        install_browser()
    return report(missing(TESTS))


def report(absent: Sequence[Need]) -> int:
    """Name what is still absent; nothing is skipped, so the run ends here."""
    for need in absent:
        say(f"error: the tests need {need.what}, and it could not be installed")
    if absent:
        say(f"run:  {command_for([need.package for need in absent])}")
    return 1 if absent else 0


COMMANDS = {"venv": provide_venv, "service": provide_service, "tests": provide_tests}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]]())
