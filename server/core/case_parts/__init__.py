"""The parts of a case, each a few frozen dataclasses."""
