"""What alembic runs: migrate on the connection that `server.store.sql.schema` holds, inside its transaction."""

from __future__ import annotations

from alembic import context

from server.store.sql.tables_of_a_lab import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
