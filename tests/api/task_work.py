"""Work for a process of its own, in a module that is read quickly there."""

from server.api.tasks.progress import Tell
from server.core.errors import Conflict


def counting(tell: Tell, upto: int) -> int:
    for number in range(upto):
        tell(number, upto, "counting")
    return sum(range(upto))


def failing(tell: Tell) -> None:
    raise Conflict("Not now.", code="not_now")


def leaving(tell: Tell) -> None:
    raise SystemExit(3)
