"""The real service as a process of its own, as `./bedside up` starts it, on a free port and in a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx2

TOKEN = "test-token-of-the-service"
_LINK = re.compile(r"http://127\.0\.0\.1:(\d+)/#ticket=(\S+)")


@dataclass
class RunningService:
    """`with RunningService(folder) as service:`"""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    port: int = 0
    ticket: str = ""

    def __enter__(self) -> RunningService:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        environment = {**os.environ, "BEDSIDE_TOKEN": TOKEN, "BEDSIDE_DATA_DIR": str(self.folder), **self.environment}
        command = [sys.executable, "-m", "server", "up", "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := _LINK.search(line):
                self.port, self.ticket = int(found[1]), found[2]
                return
        raise AssertionError("the service ended before it printed its link")

    def kill(self) -> None:
        """As a power cut would: no chance to save anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: int) -> None:
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(timeout=60)
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    def client(self) -> httpx2.Client:
        return httpx2.Client(base_url=self.base_url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)

    def get(self, path: str) -> Any:
        with self.client() as client:
            answer = client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        with self.client() as client:
            answer = client.post(path, json=body)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None
