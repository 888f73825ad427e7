"""What is installed, asked without importing it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of(distribution: str) -> str:
    """Its version, or '' where it is not installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
