"""One server and one sign-in for all browser tests; every test has a browser context of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.lab import Lab
from tests.browser.serving import Served, served

expect.set_options(timeout=15_000)
"""What is to be seen is waited for, however busy the machine: a wait ends when it comes true."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def lab(server: Served) -> Iterator[Lab]:
    """People, courses and what they are asked, made over REST."""
    made = Lab(server)
    yield made
    made.close()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Without a microphone that anybody may use."""
    running = launch(playwright, allowed=False)
    yield running
    running.close()


@pytest.fixture(scope="module")
def signed_in(server: Served, browser: Browser) -> Any:
    """The cookies of somebody who followed the start link; it works once."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.link)
    expect(page.get_by_role("heading", name="Whom would you like to meet?")).to_be_focused(timeout=30_000)
    assert "ticket" not in page.url
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def context(server: Served, browser: Browser, signed_in: Any) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=server.base, storage_state=signed_in, viewport={"width": 1280, "height": 860})
    yield made
    made.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots of a test go."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder
