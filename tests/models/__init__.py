"""Tiny models made on the spot and a chat endpoint on loopback: real loading code, no weights, no network."""
