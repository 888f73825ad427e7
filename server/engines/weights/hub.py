"""Asking a model hub: is the file there, how long is it, which hash has it; and its bytes, from any place on.

huggingface_hub knows addresses, tokens, redirects and mirrors (`HF_ENDPOINT`). Its own download is not used: that of
2.4 begins again after an interruption (its issue 4196), holds back up to 10 MiB, and compares no hash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server import __version__
from server.core.errors import SetupError

if TYPE_CHECKING:
    import httpx2

ANSWER_S = 15.0
"""Longest wait for an answer, and between two pieces of a file."""
_MOST_TEXT = 500_000
"""Bytes of a licence text or a list of names that are read."""
_BY_HAND = (
    "Where it cannot be reached at all, set HF_ENDPOINT to a mirror's address, or bring the files on a disk and give "
    "their folder in BEDSIDE_HEARING_MODEL or BEDSIDE_SPEAKING_VOICE."
)


class NotOnHub(SetupError):
    """The hub is there and has no such model or file."""

    code = "not_on_hub"


class LineCut(SetupError):
    """The connection broke before the end; what came may be continued."""

    code = "line_cut"


@dataclass(frozen=True)
class RemoteFile:
    """One file as the hub describes it."""

    repo: str
    name: str
    """Path inside the repository."""
    url: str
    size: int
    etag: str
    """SHA-256 of the file for large ones, git's SHA-1 for small ones."""
    commit: str


def endpoint() -> str:
    """The hub's address: `HF_ENDPOINT`, else huggingface.co."""
    _quiet()
    from huggingface_hub import constants

    return str(constants.ENDPOINT)


def look(repo: str, name: str, revision: str = "main") -> RemoteFile:
    """What the hub says of a file, without fetching it. Raises `NotOnHub`, `SetupError`."""
    _quiet()
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    with _explained(repo, name):
        url = hf_hub_url(repo, name, revision=revision, endpoint=endpoint())
        found = get_hf_file_metadata(url, timeout=ANSWER_S, library_name="bedside", library_version=__version__)
    if not (found.etag and found.commit_hash and found.size is not None):
        raise SetupError(
            f"{_host()} did not answer as a model hub does (no length, version or hash for {name}): a sign-in page of "
            "the network, or a proxy, may stand between.",
            code="not_a_hub",
        )
    pinned = hf_hub_url(repo, name, revision=found.commit_hash, endpoint=endpoint())
    return RemoteFile(repo, name, pinned, found.size, found.etag, found.commit_hash)


@contextmanager
def opened(file: RemoteFile, start: int) -> Iterator[httpx2.Response]:
    """The answer that brings the bytes of `file` from `start` on. Raises `LineCut`, `NotOnHub`, `SetupError`."""
    _quiet()
    import httpx2
    from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status  # type: ignore[attr-defined]

    headers = build_hf_headers(library_name="bedside", library_version=__version__)
    headers["Accept-Encoding"] = "identity"
    if start:
        headers["Range"] = f"bytes={start}-"
    with (
        _explained(file.repo, file.name),
        get_session().stream("GET", file.url, headers=headers, timeout=httpx2.Timeout(ANSWER_S)) as response,
    ):
        hf_raise_for_status(response)
        yield response


def text(repo: str, name: str, revision: str = "main") -> str:
    """A small text of a repository, or '' where there is none or it cannot be had: nothing depends on it."""
    from huggingface_hub import hf_hub_url

    file = RemoteFile(repo, name, hf_hub_url(repo, name, revision=revision, endpoint=endpoint()), 0, "", revision)
    kept = bytearray()
    try:
        with opened(file, 0) as response:
            for piece in response.iter_bytes():
                kept += piece
                if len(kept) > _MOST_TEXT:
                    return ""
    except SetupError:
        return ""
    return kept.decode("utf-8", errors="replace")


def _quiet() -> None:
    """No telemetry: without this, the library looks up and sends what it runs in and beside."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from huggingface_hub import constants

    constants.HF_HUB_DISABLE_TELEMETRY = True


def _host() -> str:
    return urlsplit(endpoint()).netloc or endpoint()


@contextmanager
def _explained(repo: str, name: str) -> Iterator[None]:
    """The library's errors as sentences. The order matters: its classes inherit from each other."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.OfflineModeIsEnabled:
        raise SetupError(
            "HF_HUB_OFFLINE is set, so no model hub is asked: unset it and run this again.", code="hub_offline"
        ) from None
    except errors.GatedRepoError:
        raise SetupError(
            f"{repo} is given only to those who accepted its terms: do that at {endpoint()}/{repo}, put a token of "
            "that account into HF_TOKEN, and run this again.",
            code="hub_gated",
        ) from None
    except (errors.RepositoryNotFoundError, errors.RevisionNotFoundError):
        raise NotOnHub(
            f"{_host()} has no model {repo}, or shows it only to those who sign in (HF_TOKEN).", code="no_such_model"
        ) from None
    except errors.RemoteEntryNotFoundError:
        raise NotOnHub(f"{repo} on {_host()} has no file {name}.") from None
    except errors.HfHubHTTPError as error:
        raise _refused(error.response.status_code, repo, name) from None
    except errors.HFValidationError:
        raise NotOnHub(f"{repo} is no name of a model on a hub (ORG/NAME).", code="no_such_model") from None
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol, httpx2.ProxyError) as error:
        raise _unreachable(error) from None
    except httpx2.HTTPError as error:
        raise LineCut(f"The line to {_host()} broke ({type(error).__name__}): try again.") from None


def _refused(status: int, repo: str, name: str) -> SetupError:
    if status in (401, 403):
        return SetupError(
            f"{_host()} refuses {repo} ({status}): it is private, or the token is not valid. Put a token of an account "
            "that may read it into HF_TOKEN, or unset a wrong one.",
            code="hub_refused",
        )
    if status == 404:
        return NotOnHub(f"{repo} on {_host()} has no file {name}.")
    return SetupError(f"{_host()} answered {status} for {name} of {repo}: try again later.", code="hub_failed")


def _unreachable(error: Exception) -> SetupError:
    if type(error).__name__ == "UnsupportedProtocol":
        reason = "HF_ENDPOINT must begin with https:// or http://"
    elif "CERTIFICATE" in str(error).upper():
        reason = "its certificate is not trusted here; behind a proxy that opens TLS, set SSL_CERT_FILE to its CA"
    else:
        reason = f"no network, a firewall, or a wrong address; {type(error).__name__}"
    return SetupError(f"{_host()} cannot be reached ({reason}). {_BY_HAND}", code="hub_unreachable")
