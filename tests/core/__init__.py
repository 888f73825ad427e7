"""Tests of the pure core: no clock, no sleep, no file but the held-apart questions."""
