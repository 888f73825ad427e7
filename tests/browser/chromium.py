"""Chromium with a microphone that plays a file, and a page that is watched for anything that goes wrong unseen."""

from __future__ import annotations

import os
import shutil
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response

USUAL = (
    "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-background-networking",
    "--disable-component-update", "--no-first-run",
)  # fmt: skip
PAUSE_BEFORE_S, PAUSE_AFTER_S = 1, 3


def program() -> str | None:
    """The installed Chromium; None for the one that Playwright brings."""
    named = os.environ.get("BEDSIDE_CHROMIUM", "")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def speech_file(clips: list[Path], target: Path) -> Path:
    """Clips one after the other, with silence before, between and after, so that their ends are noticed."""
    with wave.open(str(target), "wb") as file:
        for number, clip in enumerate(clips):
            with wave.open(str(clip)) as sound:
                if number == 0:
                    file.setparams(sound.getparams())
                rate = sound.getframerate()
                file.writeframes(bytes(2 * rate * PAUSE_BEFORE_S))
                file.writeframes(sound.readframes(sound.getnframes()))
                file.writeframes(bytes(2 * rate * PAUSE_AFTER_S))
    return target


def launch(playwright: Playwright, microphone: Path | None = None, allowed: bool = True) -> Browser:
    """A browser whose microphone plays `microphone` once; `allowed` False refuses it."""
    arguments = [*USUAL]
    if allowed:
        arguments += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    if microphone:
        arguments.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    return playwright.chromium.launch(executable_path=program(), headless=True, args=arguments)


@dataclass
class Watched:
    """A page, and every complaint that it caused."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of complaints that a test means to cause."""

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complain(f"error: {error}"))
        self.page.on("console", self._said)
        self.page.on("response", self._answered)

    def complain(self, text: str) -> None:
        if not any(part in text for part in self.expected):
            self.complaints.append(text)

    def _said(self, message: ConsoleMessage) -> None:
        """Violations of the content security policy are told here as well."""
        if message.type in ("error", "warning"):
            self.complain(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complain(f"{response.status}: {response.url}")


@contextmanager
def watched(context: BrowserContext, *expected: str) -> Iterator[Watched]:
    """A new page in `context`; afterwards, nothing may have gone wrong on it."""
    one = Watched(context.new_page(), expected=expected)
    yield one
    one.page.close()
    assert one.complaints == []
