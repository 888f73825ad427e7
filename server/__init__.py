"""Bedside: practise the conversation before the patient."""

__version__ = "0.1.0"
