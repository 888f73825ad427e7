"""The asyncio shell of a running encounter: it hears, speaks, waits and stores, and decides nothing."""
