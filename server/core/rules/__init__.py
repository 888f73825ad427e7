"""The expressions behind the moves, a file for each kind."""
