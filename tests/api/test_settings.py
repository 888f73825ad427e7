"""Settings: every one is described, a wrong one is named, and none exposes people's words by accident."""

import re
from pathlib import Path

import pytest

from server.core.errors import SetupError
from server.settings import Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's own settings do not reach these tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BEDSIDE_{name.upper()}", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))


def test_every_setting_is_in_the_docs_and_no_other() -> None:
    written = set(re.findall(r"^\| `(BEDSIDE_\w+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert written == {f"BEDSIDE_{name.upper()}" for name in Settings.model_fields}
    assert all(field.description for field in Settings.model_fields.values())


def test_the_defaults_are_safe() -> None:
    settings = load_settings()
    settings.check()
    assert settings.loopback
    assert not settings.secure
    assert settings.store_url.endswith("/bedside/bedside.db")
    assert settings.allowed_origins(8710) == {f"http://{name}:8710" for name in ("127.0.0.1", "localhost", "[::1]")}
    assert settings.allowed_hosts() == {"127.0.0.1", "localhost", "[::1]"}


def test_the_environment_is_read_and_given_values_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEDSIDE_PORT", "9000")
    monkeypatch.setenv("BEDSIDE_ORIGINS", "https://a.example, http://b.example:81")
    monkeypatch.setenv("BEDSIDE_TOKEN", "secret-token")
    monkeypatch.setenv("BEDSIDE_CAPACITY", "")
    settings = load_settings(host="localhost")
    assert (settings.port, settings.host, settings.capacity) == (9000, "localhost", 30)
    assert settings.allowed_origins(9000) >= {"https://a.example", "http://b.example:81", "http://localhost:9000"}
    assert settings.allowed_hosts() >= {"a.example", "b.example"}
    assert load_settings(port=1).port == 1
    assert "secret-token" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "65536"), ("PORT", "http"), ("CAPACITY", "0"), ("HEARING", "telepathy"), ("BEHIND_PROXY", "perhaps"),
        ("ORIGINS", "a.example"), ("ORIGINS", "https://a.example/"), ("ORIGINS", "https://a.example:443"),
        ("ORIGINS", "*"), ("ORIGINS", "HTTPS://a.example"), ("ORIGINS", "null"), ("ORIGINS", "https://a.example:x"),
        ("ORIGINS", "https://[::1"),
        ("PUBLIC_URL", "a.example"), ("PUBLIC_URL", "https://a.example/bedside"), ("PUBLIC_URL", "ftp://a.example"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BEDSIDE_{name}", value)
    with pytest.raises(SetupError, match=rf"BEDSIDE_{name}"):
        load_settings()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "bedside.example.edu", "localhost.example"])
def test_a_network_without_tls_is_refused(host: str) -> None:
    with pytest.raises(SetupError, match="--behind-proxy"):
        load_settings(host=host).check()
    load_settings(host=host, behind_proxy=True).check()
    load_settings(host=host, allow_insecure_host=True).check()
    assert load_settings(host=host).allowed_hosts() == frozenset()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_this_machine_needs_no_tls(host: str) -> None:
    load_settings(host=host).check()


def test_a_wildcard_is_nobodys_origin() -> None:
    assert load_settings(host="0.0.0.0").allowed_origins(8710) == frozenset()
    assert load_settings(host="::1").allowed_origins(80) >= {"http://[::1]"}


def test_tls_in_front() -> None:
    assert load_settings(public_url="https://bedside.example.edu/").allowed_origins(1) >= {
        "https://bedside.example.edu"
    }
    assert load_settings(public_url="https://bedside.example.edu").secure
    assert load_settings(behind_proxy=True).secure
    assert not load_settings(public_url="http://bedside.example.edu").secure


@pytest.mark.parametrize(
    "given", [{"acting": "chat"}, {"chat_url": "http://127.0.0.1:1/v1"}, {"acting": "chat", "chat_model": "m"}]
)
def test_half_a_chat_model_is_named(given: dict[str, str]) -> None:
    with pytest.raises(SetupError, match="BEDSIDE_CHAT_URL and BEDSIDE_CHAT_MODEL"):
        load_settings(**given).check()
