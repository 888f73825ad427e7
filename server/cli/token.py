"""The bearer token: fixed by a setting, else made once and kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets

from server.core.errors import SetupError
from server.settings import Settings


def bearer_token(settings: Settings) -> str:
    """Raises `SetupError` when the data folder cannot be written."""
    if given := settings.token.get_secret_value():
        return given
    path = settings.data_dir / "token"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text().strip()
    except OSError as error:
        raise SetupError(
            f"The token cannot be kept in {settings.data_dir}: {error.strerror}. Give another folder with --data."
        ) from None
