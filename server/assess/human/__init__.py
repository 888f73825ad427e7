"""Transcripts of people, from files, scored on any rubric."""
