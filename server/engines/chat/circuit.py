"""A model that does not answer is left alone for a while, so that a learner does not wait for it at every turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from server.core.errors import EngineError

FAILURES = 3
"""Requests in a row to which nothing came."""
REST_S = 30.0
_COUNTS = {"model_unreachable", "model_slow", "model_failed", "model_silent"}
"""Failures that cost a learner time, and that time may mend."""


class Circuit:
    """Closed while requests are answered; open for `REST_S` after `FAILURES` in a row; then one may try."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: seconds on any clock that only goes forward."""
        self._now = now
        self._failures = 0
        self._rests_until = 0.0

    @contextmanager
    def request(self) -> Iterator[None]:
        """Around one request. Raises `EngineError` at once, code model_resting, while the model is left alone."""
        probing = self._failures >= FAILURES
        if probing and self._now() < self._rests_until:
            raise EngineError("The model did not answer several times; it is asked again soon.", code="model_resting")
        self._rests_until = self._now() + REST_S
        try:
            yield
        except EngineError as error:
            self._failed() if error.code in _COUNTS else self.worked()
            raise
        except BaseException:
            self._rests_until = self._now()
            raise

    def worked(self) -> None:
        """An answer came, of whatever kind."""
        self._failures = 0

    def _failed(self) -> None:
        self._failures += 1
        self._rests_until = self._now() + REST_S
