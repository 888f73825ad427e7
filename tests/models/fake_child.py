"""A child process for the tests of workers: does what a request's `do` says. Started by its module name."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

from server.core.errors import EngineError, EngineMissing
from server.engines.children.child import serve
from server.engines.children.frames import Frame


class FakeWork:
    def __init__(self) -> None:
        self.about = {"name": "fake", "threads": os.environ["OMP_NUM_THREADS"], "kind": "not for this to say"}

    def __call__(self, request: Frame, stopped: Event) -> Iterator[Frame]:
        do = request.header["do"]
        if do == "echo":
            print("noise on stdout")  # noqa: T201 - what a library might do
            yield Frame({"pid": os.getpid()}, request.payload)
        elif do == "fail":
            raise EngineError("That cannot be done.", code="undone")
        elif do == "break":
            raise ValueError("the patient said: my secret")
        elif do == "crash":
            os.abort()
        elif do == "crash once":
            flag = Path(request.header["flag"])
            if not flag.exists():
                flag.touch()
                os.abort()
            yield Frame({"pid": os.getpid()})
        elif do == "count":
            for number in range(1_000_000):
                yield Frame({"number": number})
                if stopped.wait(0.005):
                    return
        elif do == "hang":
            time.sleep(3600)


def load() -> FakeWork:
    if "missing" in sys.argv:
        raise EngineMissing("It is not installed: pip install it")
    if "broken" in sys.argv:
        raise ValueError("internal")
    if "dead" in sys.argv:
        os.abort()
    return FakeWork()


if __name__ == "__main__":
    serve(load)
