"""The house: its health, freezes, backups, retention, audit and usage. For administrators."""
