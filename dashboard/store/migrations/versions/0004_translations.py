"""What the data calls things, in other languages: a column each, "" where nobody has translated it."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

LANGUAGES = ("ar", "fr", "ru", "tr")
COLUMNS = (
    ("milestones", "short_title"),
    ("questions", "title"),
    ("codebook", "label"),
    ("waves", "title"),
    ("sample_waves", "title"),
    ("themes", "group_title"),
    ("themes", "label"),
)


def upgrade() -> None:
    """To this version of the tables."""
    for table, column in COLUMNS:
        for language in LANGUAGES:
            name = f"{column}_{language}"
            # as both databases take it: Alembic would make the table anew in SQLite, and lose its other rules
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {name} TEXT DEFAULT '' NOT NULL "
                f"CONSTRAINT ck_{table}_{name}_longest CHECK (length({name}) <= 400)"
            )


def downgrade() -> None:
    """Nobody goes back: a backup is what one returns to (docs/deploy.md)."""
    raise NotImplementedError
