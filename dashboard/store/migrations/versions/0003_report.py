"""The report: words of people by section and variant, which were a document, and who approved it."""

from __future__ import annotations

import tomllib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REPORT = "report.toml"


def upgrade() -> None:
    """To this version of the tables."""
    words = op.create_table(
        "report_words",
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("section <> ''", name=op.f("ck_report_words_section_needed")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_report_words_text_needed")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_report_words")),
        sa.UniqueConstraint("section", "view", name="uq_report_words_key"),
    )
    op.create_table(
        "report_approvals",
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.CheckConstraint("approved_by <> ''", name=op.f("ck_report_approvals_approved_by_needed")),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_report_approvals")),
        sa.UniqueConstraint("view", name="uq_report_approvals_key"),
    )
    documents = sa.table("documents", sa.column("name"), sa.column("text"))
    text = op.get_bind().execute(sa.select(documents.c.text).where(documents.c.name == REPORT)).scalar()
    if text is not None:
        entries = tomllib.loads(text).get("words", [])
        rows = [
            {
                "row_id": at,
                **{name: each.get(name, "").strip() for name in ("section", "view", "text")},
                "signed": each.get("by", "").strip(),
            }
            for at, each in enumerate(entries, 1)
        ]
        op.bulk_insert(words, rows)
        op.execute(documents.delete().where(documents.c.name == REPORT))


def downgrade() -> None:
    """Nobody goes back: a backup is what one returns to (docs/deploy.md)."""
    raise NotImplementedError
