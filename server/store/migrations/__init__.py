"""Alembic's migrations, shipped inside the package and run at every start (`server.store.sql.schema`)."""
