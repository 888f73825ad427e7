"""Hearing by faster-whisper."""
