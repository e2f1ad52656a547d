"""The staff area: accounts, conversations, proposals, files on their way in; and the reason of a change."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _needed(name: str, type_: Any = sa.Text, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, type_(), nullable=False, **more)


def _text(name: str, default: str = "") -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _reference(name: str, to: str, **more: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey(to), **more)


def _account(name: str = "account_id") -> sa.Column[Any]:
    return _reference(name, "accounts.id", nullable=False, index=True)


def _choice(name: str, *choices: str) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({allowed})", name=f"{name}_choice")


def _longest(longest: int, *names: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(f"length({name}) <= {longest}", name=f"{name}_longest") for name in names]


def upgrade() -> None:
    """To this version of the tables."""
    op.create_table(
        "accounts",
        _id(),
        _needed("email", unique=True),
        _text("name"),
        _needed("role"),
        sa.Column("password", sa.Text(), nullable=True),
        _needed("is_active", sa.Boolean),
        _needed("created_at", sa.DateTime),
        sa.Column("signed_in_at", sa.DateTime(), nullable=True),
        _choice("role", "contributor", "editor"),
        *_longest(320, "email"),
        *_longest(400, "name"),
    )
    op.create_table(
        "mappings",
        sa.Column("name", sa.Text(), primary_key=True),
        _needed("at", sa.DateTime),
        _needed("text"),
    )
    op.create_table("secrets", sa.Column("name", sa.Text(), primary_key=True), _needed("value"))
    op.create_table(
        "conversations",
        _id(),
        _needed("partnership_id", index=True),
        _needed("on_date"),
        _text("who"),
        _text("with_whom"),
        _needed("means"),
        _needed("outcome"),
        _text("note"),
        _text("next_step"),
        _text("next_date"),
        _needed("is_done", sa.Boolean, server_default=sa.false()),
        _account("written_by"),
        _needed("written_at", sa.DateTime),
        _choice("means", "email", "phone", "video", "meeting", "letter", "other"),
        _choice("outcome", "no_answer", "reached", "survey_sent", "survey_answered"),
        *_longest(2000, "next_step"),
        *_longest(10000, "note"),
        *_longest(400, "who", "with_whom"),
    )
    op.create_table(
        "count_drafts",
        sa.Column("id", sa.Text(), primary_key=True),
        _needed("at", sa.DateTime),
        _account(),
        _needed("draft"),
    )
    op.create_table(
        "invitations",
        sa.Column("mark", sa.Text(), primary_key=True),
        _account(),
        _needed("ends_at", sa.DateTime),
    )
    op.create_table(
        "proposals",
        _id(),
        _needed("at", sa.DateTime),
        _text("author"),
        _needed("subject", index=True),
        *map(_text, ("field", "value", "source", "note", "contact_name", "contact_email")),
        sa.Column("edits", sa.Text(), nullable=True),
        _needed("state", index=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        _text("decided_by"),
        _text("answer"),
        _reference("entry_id", "entries.id", nullable=True),
        _choice("state", "open", "asked", "accepted", "declined"),
        *_longest(400, "contact_email", "contact_name", "field"),
        *_longest(2000, "answer", "note", "source", "value"),
    )
    op.create_table(
        "sessions",
        sa.Column("mark", sa.Text(), primary_key=True),
        _account(),
        _needed("began_at", sa.DateTime),
        _needed("seen_at", sa.DateTime),
    )
    op.create_table(
        "uploads",
        _id(),
        _account(),
        _needed("kind"),
        _needed("at", sa.DateTime),
        _needed("state"),
        _text("options", "{}"),
        _needed("progress", sa.Double, server_default="0"),
        _text("result"),
        _text("run"),
        sa.Column("touched_at", sa.DateTime(), nullable=True),
        _reference("entry_id", "entries.id", nullable=True),
        _choice("kind", "survey", "partnerships", "counts"),
        _choice("state", "new", "reading", "read", "failed", "accepted"),
    )
    op.create_table(
        "upload_files",
        _id(),
        _reference("upload_id", "uploads.id", nullable=False, index=True),
        _needed("name"),
        _needed("body", sa.LargeBinary),
    )
    with op.batch_alter_table("entries") as entries:
        entries.add_column(_text("reason"))


def downgrade() -> None:
    """Nobody goes back: a backup is what one returns to (docs/deploy.md)."""
    raise NotImplementedError
