"""The rules of the whole session: no test leaves this machine."""

import socket

import pytest

from tests.conftest import LeftTheMachine, is_local


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1", "2001:db8::1", "10.0.0.1"])
def test_another_machine_is_refused_by_name(host: str) -> None:
    with pytest.raises(LeftTheMachine):
        socket.create_connection((host, 9), timeout=0.1)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


@pytest.mark.parametrize("host", [None, "", b"localhost", "127.0.0.7", "::1", "0.0.0.0", "fe80::1%lo"])
def test_what_this_machine_is(host: object) -> None:
    assert is_local(host) is (host != "fe80::1%lo")
