"""`verify-audit`: does the chain of the audit log hold, and if not, which row was changed first."""

from __future__ import annotations

import asyncio

import typer

from server.settings import load_settings
from server.store.store import Store


def verify_audit() -> bool:
    """True when no row was changed or is missing. Raises `SetupError`."""
    last, broken = asyncio.run(_verified())
    if broken is not None:
        typer.echo(f"The audit log was changed: row {broken} is not what was written, or a row before it is missing.")
        return False
    typer.echo(_holds(*last) if last else "The audit log is empty.")
    return True


def _holds(rows: int, newest: str) -> str:
    keep = "keep it elsewhere to see if rows at the end are taken away"
    return f"The audit log holds: {rows} rows. The newest has the hash {newest}: {keep}."


async def _verified() -> tuple[tuple[int, str] | None, int | None]:
    store = await Store.open(load_settings().store_url, reading=True)
    try:
        rows = await store.audit.rows(limit=1)
        return (rows[0].seq, rows[0].hash) if rows else None, await store.audit.broken_at()
    finally:
        await store.close()
