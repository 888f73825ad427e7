"""PDF by a process of its own: real WeasyPrint, nothing fetched, and a sentence where it cannot be done."""

import asyncio
import sys

import pytest

from server.assess.reporting import pdf as report_pdf
from server.assess.reporting.pdf import PdfPress
from server.core.errors import EngineError, EngineMissing

PAGE = "<!doctype html><html lang=en><title>T</title><style>p { break-after: page }</style><p>One</p><p>Two</p></html>"


async def test_a_page_comes_out_as_pdf() -> None:
    made = await PdfPress().print(PAGE)
    assert made.startswith(b"%PDF")
    assert made.rstrip().endswith(b"%%EOF")
    assert len(made) > 1_000


async def test_two_at_once_wait_for_each_other() -> None:
    press = PdfPress()
    assert [each[:4] for each in await asyncio.gather(press.print(PAGE), press.print(PAGE))] == [b"%PDF"] * 2


async def test_nothing_is_fetched() -> None:
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        page = PAGE.replace(
            "<p>One", f'<img src="http://127.0.0.1:{port}/a.png"><img src="file:///etc/hostname"><p>One'
        )
        assert (await PdfPress().print(page)).startswith(b"%PDF")
    assert asked == []


@pytest.mark.parametrize(
    ("ends", "raised", "code"),
    [("sys.exit(3)", EngineMissing, "no_pango"), ("sys.exit(1)", EngineError, "pdf_failed"),
     ("print('no pdf')", EngineError, "pdf_failed")],
)  # fmt: skip
async def test_a_press_that_fails_says_how(
    monkeypatch: pytest.MonkeyPatch, ends: str, raised: type[EngineError], code: str
) -> None:
    monkeypatch.setattr(report_pdf, "COMMAND", (sys.executable, "-c", f"import sys; {ends}"))
    with pytest.raises(raised) as caught:
        await PdfPress().print(PAGE)
    assert caught.value.code == code


async def test_a_press_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_pdf, "COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    monkeypatch.setattr(report_pdf, "LONGEST_S", 0.05)
    with pytest.raises(EngineError, match="not ready"):
        await PdfPress().print(PAGE)
