"""Engines: one file each, all behind the protocols in `server.engines.protocols`; `server.app` alone builds them."""
