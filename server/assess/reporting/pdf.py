"""A page as PDF, by WeasyPrint (BSD) in a process of its own: laying out takes seconds of one core, which a live
encounter beside it must not feel, and the memory goes with the process.

`python -m server.assess.reporting.pdf` reads HTML from standard input and writes PDF to standard output. WeasyPrint
needs the system's Pango, as flite is a system library; what makes the page needs nothing.
"""

from __future__ import annotations

import asyncio
import sys

from server.core.errors import EngineError, EngineMissing

COMMAND = (sys.executable, "-m", "server.assess.reporting.pdf")
LONGEST_S = 60.0
"""A long encounter of 200 turns takes about ten."""
NO_PANGO = (
    "PDF needs Pango, a library of the system: sudo apt-get install libpangoft2-1.0-0 (macOS: brew install pango)."
)
_NO_LIBRARY = 3


class PdfPress:
    """Makes one PDF at a time; others wait their turn."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)

    async def print(self, html: str) -> bytes:
        """`html` on A4. Raises `EngineMissing` without Pango, `EngineError` `pdf_failed` where nothing comes of it."""
        async with self._free:
            return await _printed(html)


async def _printed(html: str) -> bytes:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*COMMAND, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        made, _ = await asyncio.wait_for(process.communicate(html.encode()), LONGEST_S)
    except TimeoutError:
        raise EngineError(f"The PDF was not ready after {LONGEST_S:.0f} s.", code="pdf_failed") from None
    finally:
        await _ended(process)
    if process.returncode == _NO_LIBRARY:
        raise EngineMissing(NO_PANGO, code="no_pango")
    if process.returncode or not made.startswith(b"%PDF"):
        raise EngineError("The PDF could not be made; the page itself can be printed.", code="pdf_failed")
    return made


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Also when whoever asked for it has gone away."""
    if process.returncode is None:
        process.kill()
        await process.wait()


def main() -> int:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        return _NO_LIBRARY
    html = sys.stdin.buffer.read().decode()
    asks_nobody = URLFetcher(allowed_protocols=[])
    sys.stdout.buffer.write(HTML(string=html, url_fetcher=asks_nobody).write_pdf())
    return 0


if __name__ == "__main__":
    sys.exit(main())
