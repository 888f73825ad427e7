"""Recorded encounters. `python -m tests.logs.record` writes them anew; the diff is read and committed like any
other.
"""
