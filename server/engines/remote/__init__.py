"""Hearing and speaking by an OpenAI-compatible server."""
