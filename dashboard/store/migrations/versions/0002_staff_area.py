"""The staff area: accounts, conversations, proposals, files on their way in; and the reason of a change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version of the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("role IN ('contributor', 'editor')", name=op.f("ck_accounts_role_choice")),
        sa.CheckConstraint("length(email) <= 320", name=op.f("ck_accounts_email_longest")),
        sa.CheckConstraint("length(name) <= 400", name=op.f("ck_accounts_name_longest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
    )
    op.create_table(
        "mappings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mappings")),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Text(), nullable=False),
        sa.Column("on_date", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("with_whom", sa.Text(), server_default="", nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("next_step", sa.Text(), server_default="", nullable=False),
        sa.Column("next_date", sa.Text(), server_default="", nullable=False),
        sa.Column("is_done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "means IN ('email', 'phone', 'video', 'meeting', 'letter', 'other')",
            name=op.f("ck_conversations_means_choice"),
        ),
        sa.CheckConstraint(
            "outcome IN ('no_answer', 'reached', 'survey_sent', 'survey_answered')",
            name=op.f("ck_conversations_outcome_choice"),
        ),
        sa.CheckConstraint("length(next_step) <= 2000", name=op.f("ck_conversations_next_step_longest")),
        sa.CheckConstraint("length(note) <= 10000", name=op.f("ck_conversations_note_longest")),
        sa.CheckConstraint("length(who) <= 400", name=op.f("ck_conversations_who_longest")),
        sa.CheckConstraint("length(with_whom) <= 400", name=op.f("ck_conversations_with_whom_longest")),
        sa.ForeignKeyConstraint(["written_by"], ["accounts.id"], name=op.f("fk_conversations_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversations_partnership_id"), ["partnership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversations_written_by"), ["written_by"], unique=False)

    op.create_table(
        "count_drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_count_drafts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_drafts")),
    )
    with op.batch_alter_table("count_drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_count_drafts_account_id"), ["account_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_invitations_account_id")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_account_id"), ["account_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_name", sa.Text(), server_default="", nullable=False),
        sa.Column("contact_email", sa.Text(), server_default="", nullable=False),
        sa.Column("edits", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'asked', 'accepted', 'declined')", name=op.f("ck_proposals_state_choice")
        ),
        sa.CheckConstraint("length(answer) <= 2000", name=op.f("ck_proposals_answer_longest")),
        sa.CheckConstraint("length(contact_email) <= 400", name=op.f("ck_proposals_contact_email_longest")),
        sa.CheckConstraint("length(contact_name) <= 400", name=op.f("ck_proposals_contact_name_longest")),
        sa.CheckConstraint("length(field) <= 400", name=op.f("ck_proposals_field_longest")),
        sa.CheckConstraint("length(note) <= 2000", name=op.f("ck_proposals_note_longest")),
        sa.CheckConstraint("length(source) <= 2000", name=op.f("ck_proposals_source_longest")),
        sa.CheckConstraint("length(value) <= 2000", name=op.f("ck_proposals_value_longest")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_proposals_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposals_subject"), ["subject"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), server_default="{}", nullable=False),
        sa.Column("progress", sa.Double(), server_default="0", nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("run", sa.Text(), server_default="", nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('survey', 'partnerships', 'counts')", name=op.f("ck_uploads_kind_choice")),
        sa.CheckConstraint(
            "state IN ('new', 'reading', 'read', 'failed', 'accepted')", name=op.f("ck_uploads_state_choice")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_uploads_account_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_uploads_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    with op.batch_alter_table("uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uploads_account_id"), ["account_id"], unique=False)

    op.create_table(
        "upload_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_upload_files_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_files")),
    )
    with op.batch_alter_table("upload_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_files_upload_id"), ["upload_id"], unique=False)

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    """Nobody goes back: a backup is what one returns to (docs/deploy.md)."""
    raise NotImplementedError
