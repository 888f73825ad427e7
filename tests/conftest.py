"""Rules for the whole session, and nothing else: fixtures live beside the tests that use them.

Rule: a test talks to this machine only. A call that would leave it fails by name, also inside a library.
"""

import os
import sys
from ipaddress import ip_address

from hypothesis import settings

LOCAL_NAMES = frozenset({"", "localhost"})
#: The same examples in every run, so that a red run is red for everybody; BEDSIDE_EXPLORE=1 looks for new ones.
settings.register_profile("bedside", deadline=None, derandomize="BEDSIDE_EXPLORE" not in os.environ)
settings.load_profile("bedside")

# A developer's proxy must not stand between a test and its own server, and no model hub is ever asked.
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "localhost,127.0.0.1,::1"
os.environ["HF_HUB_OFFLINE"] = "1"


class LeftTheMachine(BaseException):
    """A test tried to reach another machine. Not an Exception: no handler of the code under test may swallow it."""


def is_local(host: object) -> bool:
    """Whether a host is this machine; only the name `localhost` and literal addresses are believed."""
    text = host.decode() if isinstance(host, bytes) else host
    if text is None or text in LOCAL_NAMES:
        return True
    try:
        address = ip_address(str(text).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_other_machines(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook sees every connection and look-up of this process, whichever library makes it."""
    if event == "socket.getaddrinfo" and not is_local(arguments[0]):
        raise LeftTheMachine(f"a test looked up {arguments[0]!r}")
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0] if arguments[1] else None
        if not is_local(host):
            raise LeftTheMachine(f"a test tried to reach {host!r}")


sys.addaudithook(refuse_other_machines)
