"""Settings: environment variables that begin with BEDSIDE_, and nothing else. Only `app` and `cli` read them.

Every field is described in docs/settings.md; a test compares the two.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from server.core.errors import SetupError

_SHELF = Path(__file__).resolve().parent.parent
_PORTS = {"http": 80, "https": 443}
_EXPOSED = (
    "{host} can be reached from other machines, and this connection would not be encrypted: browsers refuse the "
    "microphone there, and what students say could be read on the way. Put a TLS proxy in front and give "
    "--behind-proxy, or give --allow-insecure-host if you know that this is what you want."
)


def default_data_dir() -> Path:
    """Where this platform keeps a user's data, e.g. `~/.local/share/bedside`."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "bedside"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "bedside"


class Settings(BaseSettings):
    """One installation."""

    model_config = SettingsConfigDict(
        env_prefix="BEDSIDE_", env_ignore_empty=True, frozen=True, extra="ignore", use_attribute_docstrings=True
    )

    data_dir: Path = Field(default_factory=default_data_dir)
    """Folder of the database, the bearer token and pulled models; made readable by this user only."""
    database_url: str = ""
    """`sqlite:////folder/file` or `postgresql://user@host/name`; empty: `bedside.db` in the data folder."""
    host: str = "127.0.0.1"
    """Address to listen on. Anything but this machine itself needs TLS in front, see `behind_proxy`."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8710
    """Port to listen on; 0 takes a free one."""
    token: SecretStr = SecretStr("")
    """The bearer token; empty: one is made once and kept in the data folder's file `token`."""
    behind_proxy: bool = False
    """A reverse proxy in front ends TLS: cookies become `Secure`, addresses begin with https and wss."""
    allow_insecure_host: bool = False
    """Listen on a network without TLS all the same. Browsers will then refuse the microphone."""
    origins: Annotated[tuple[str, ...], NoDecode] = ()
    """More origins a browser may come from, exactly as it sends them, with commas between; our own always may."""
    public_url: str = ""
    """Where browsers reach this server, e.g. `https://bedside.example.edu`; its origin may connect."""
    hearing: Literal["auto", "pocketsphinx", "faster-whisper", "remote", "off"] = "auto"
    """The engine that recognises speech; `auto` is the best that is ready, `off` is typing only."""
    hearing_model: str = ""
    """For faster-whisper: a pulled model's name, or a folder; empty: the one pulled last. Remote: its name there."""
    hearing_device: Literal["auto", "cpu", "cuda"] = "auto"
    """Where faster-whisper runs; `auto` is the GPU where there is one."""
    hearing_workers: Annotated[int, Field(ge=0, le=64)] = 0
    """Processes of faster-whisper, each with a copy of the model; 0: as many as the cores can keep busy."""
    hearing_url: str = ""
    """Base URL of an OpenAI-compatible `/audio/transcriptions`. It is sent the student's voice."""
    hearing_key: SecretStr = SecretStr("")
    """Key for `hearing_url`; empty where it needs none."""
    speaking: Literal["auto", "flite", "espeak", "piper", "remote", "off"] = "auto"
    """The engine that speaks; `auto` is the best that is ready, `off` is captions only."""
    speaking_voice: str = ""
    """For piper: a pulled voice's name, a file (.onnx), or a folder of voices; empty: those that were pulled."""
    speaking_url: str = ""
    """Base URL of an OpenAI-compatible `/audio/speech`. It is sent the patient's words."""
    speaking_model: str = ""
    """Name of the model at `speaking_url`."""
    speaking_key: SecretStr = SecretStr("")
    """Key for `speaking_url`; empty where it needs none."""
    acting: Literal["auto", "scripted", "chat"] = "auto"
    """Who phrases the answers: the case's own lines, or a chat model. `auto` is chat where `chat_url` is set."""
    chat_url: str = ""
    """Base URL of an OpenAI-compatible chat endpoint, e.g. `http://127.0.0.1:11434/v1`. It is sent the conversation."""
    chat_model: str = ""
    """Name of the model at `chat_url`."""
    chat_key: SecretStr = SecretStr("")
    """Key for `chat_url`; empty where it needs none."""
    chat_price_in: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """What a million tokens sent to `chat_model` cost, in any currency; 0: not known, and no cost is shown."""
    chat_price_out: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    """What a million tokens that it writes cost, in the same currency."""
    rating_url: str = ""
    """Base URL of an OpenAI-compatible chat endpoint that rates beside the rules. It is sent the conversation."""
    rating_model: str = ""
    """Name of the model at `rating_url`."""
    rating_key: SecretStr = SecretStr("")
    """Key for `rating_url`; empty where it needs none."""
    personas_dir: Path = _SHELF / "personas"
    """Folder of the cases."""
    rubrics_dir: Path = _SHELF / "rubrics"
    """Folder of the rubrics."""
    log_decisions: bool = False
    """Write to the log why each turn was taken as it was: numbers and names of rules, never a word of what was said."""
    capacity: Annotated[int, Field(ge=1, le=10_000)] = 30
    """Rooms: encounters that may run at once in this process; one more is told so and turned away."""

    @field_validator("origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("origins")
    @classmethod
    def _exact(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_origin(origin) for origin in value)

    @field_validator("hearing_url", "speaking_url", "chat_url", "rating_url")
    @classmethod
    def _reachable(cls, value: str) -> str:
        return _service(value) if value else ""

    @field_validator("public_url")
    @classmethod
    def _no_path(cls, value: str) -> str:
        return _origin(value.rstrip("/")) if value else ""

    @property
    def store_url(self) -> str:
        """The database that is meant."""
        return self.database_url or f"sqlite:///{self.data_dir.expanduser().absolute() / 'bedside.db'}"

    @property
    def models_dir(self) -> Path:
        """Where `bedside pull` keeps models."""
        return self.data_dir.expanduser().absolute() / "models"

    @property
    def loopback(self) -> bool:
        """True when only this machine can connect."""
        return _is_loopback(self.host)

    @property
    def secure(self) -> bool:
        """True when browsers reach us over TLS."""
        return self.behind_proxy or self.public_url.startswith("https://")

    def check(self) -> None:
        """Raises `SetupError` for settings that would expose people's words, or that lack a part."""
        if not (self.loopback or self.behind_proxy or self.allow_insecure_host):
            raise SetupError(_EXPOSED.format(host=self.host), code="insecure_host")
        wants_chat = self.acting == "chat" or (self.acting == "auto" and bool(self.chat_url))
        if wants_chat and not (self.chat_url and self.chat_model):
            raise SetupError("A chat model needs BEDSIDE_CHAT_URL and BEDSIDE_CHAT_MODEL.", code="chat_not_named")
        if bool(self.rating_url) != bool(self.rating_model):
            message = "Rating by a model needs BEDSIDE_RATING_URL and BEDSIDE_RATING_MODEL."
            raise SetupError(message, code="rating_not_named")
        for part, engine in (("hearing", self.hearing), ("speaking", self.speaking)):
            url, model = getattr(self, f"{part}_url"), getattr(self, f"{part}_model")
            if (engine == "remote" or (engine == "auto" and url)) and not (url and model):
                names = f"BEDSIDE_{part.upper()}_URL and BEDSIDE_{part.upper()}_MODEL"
                raise SetupError(f"Remote {part} needs {names}.", code="remote_not_named")

    def allowed_origins(self, port: int) -> frozenset[str]:
        """Every Origin that may connect while we listen on `port`."""
        own = [f"http://{name}:{port}".removesuffix(":80") for name in self._own_names()]
        return frozenset([*own, *self.origins, *([self.public_url] if self.public_url else [])])

    def allowed_hosts(self) -> frozenset[str]:
        """Names that a `Host` header may hold; empty (any) unless bound to loopback."""
        if not self.loopback:
            return frozenset()
        named = [
            urlsplit(url).netloc.rpartition(":")[0] or urlsplit(url).netloc for url in (*self.origins, self.public_url)
        ]
        return frozenset([*self._own_names(), *(name for name in named if name)])

    def _own_names(self) -> list[str]:
        """What this machine is called in an address; a wildcard such as 0.0.0.0 is nobody's name."""
        written = f"[{self.host}]" if ":" in self.host else self.host
        if self.loopback:
            return list(dict.fromkeys(["127.0.0.1", "localhost", "[::1]", written]))
        return [] if self.host in ("0.0.0.0", "::") else [written]  # noqa: S104 - compared, not bound


def load_settings(**given: Any) -> Settings:
    """The environment, and over it what the command line gave. Raises `SetupError` naming the variable."""
    try:
        return Settings(**given)
    except ValidationError as error:
        fault = error.errors()[0]
        name = str(fault["loc"][0]) if fault["loc"] else ""
        raise SetupError(f"BEDSIDE_{name.upper()}: {_mend(name, fault)}.", code="bad_setting") from None


def _mend(name: str, fault: Mapping[str, Any]) -> str:
    """What to write instead, for a fault that pydantic found in the setting `name`."""
    known = Settings.model_fields.get(name)
    kind = known.annotation if known else None
    if fault["type"] == "value_error" or known is None:
        return str(fault["msg"]).removeprefix("Value error, ")
    if get_origin(kind) is Literal:
        *most, last = get_args(kind)
        return f"write {', '.join(most)} or {last}"
    if kind is bool:
        return "write true or false"
    number = {int: "a whole number", float: "a number"}.get(kind) if isinstance(kind, type) else None
    return f"write {number}{_bounds(known.metadata)}" if number else str(fault["msg"])


def _bounds(metadata: Sequence[Any]) -> str:
    """In words, of a number; each is in one of the marks that stand beside its type."""
    least, most = (
        next((getattr(mark, name) for mark in metadata if hasattr(mark, name)), None) for name in ("ge", "le")
    )
    if most is not None:
        return f" from {least} to {most}"
    return "" if least is None else f" that is {least} or more"


def _origin(text: str) -> str:
    """`text`, if it is scheme, host and port exactly as a browser writes them in `Origin`. Raises `ValueError`."""
    parts = urlsplit(text)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port not in (None, _PORTS.get(parts.scheme)) else ""
    if parts.scheme not in _PORTS or not host or f"{parts.scheme}://{host}{port}" != text:
        raise ValueError(
            "write it as a browser sends it: scheme and host, and the port only if it is not the usual one"
        )
    return text


def _service(text: str) -> str:
    """`text`, if it is the base address of a service. Raises `ValueError`."""
    parts = urlsplit(text)
    if parts.scheme not in _PORTS or not parts.hostname or parts.port == 0:
        raise ValueError("write it with http:// or https://, a host, and the path up to /v1")
    if parts.username or parts.password:
        raise ValueError("a name or password does not belong in an address; give the key in the setting for it")
    return text


def _is_loopback(host: str) -> bool:
    """True for names and addresses that only this machine can reach."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
