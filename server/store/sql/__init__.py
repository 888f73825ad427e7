"""The database itself: opened and migrated, one writer and a few readers, and every table."""
