"""What the administrator keeps: rules of the house, backups, retention, usage and long tasks."""
