"""Where acknowledged things live: tables, the append-only event log, migrations; SQLite or PostgreSQL by URL.

The rule a newcomer would break: all writing goes through the one writer thread (`Writer`), whose future is done only
after the commit; nothing here keeps a connection open across a wait.
"""
