"""How Alembic runs our migrations: inside the transaction that it is given, or, when called by hand, on DATABASE_URL.

.venv/bin/alembic -c dashboard/store/migrations/alembic.ini revision --autogenerate -m "what changes"
"""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

from dashboard.store import staff_tables  # noqa: F401  (its tables stand in the same METADATA)
from dashboard.store.tables import METADATA


def run(connection: Connection) -> None:
    """Whatever was asked for, on a connection."""
    # SQLite changes a table by making it anew
    context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from dashboard.settings import read_settings
    from dashboard.store.database import database_of

    with database_of(read_settings().database_url).setting_up() as begun:
        run(begun)
