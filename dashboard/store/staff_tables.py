"""Tables of the staff area: accounts, what is kept of conversations, what is proposed, files on their way in. None of
them is part of the collection: they go into no folder and out with no export.

Moments are in UTC. What is only a mark (of a session, of a link that sets a password) is kept as its SHA-256, so that
who reads the database cannot sign in by it.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from dashboard.store.tables import LONG, METADATA

ROLES = CONTRIBUTOR, EDITOR = "contributor", "editor"
LONGEST_NOTE = 10_000
# by what people spoke, and what came of it; codes, whose words are the catalogue's
MEANS = ("email", "phone", "video", "meeting", "letter", "other")
OUTCOMES = ("no_answer", "reached", "survey_sent", "survey_answered")
PROPOSAL_STATES = OPEN, ASKED, ACCEPTED, DECLINED = "open", "asked", "accepted", "declined"
UPLOAD_KINDS = SURVEY, PARTNERSHIP_LIST, COUNTS = "survey", "partnerships", "counts"
UPLOAD_STATES = ("new", "reading", "read", "failed", "accepted")


def _choice(name: str, choices: tuple[str, ...]) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{choice}'" for choice in choices)
    return sa.CheckConstraint(f"{name} IN ({allowed})", name=f"{name}_choice")


def _longest(name: str, longest: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) <= {longest}", name=f"{name}_longest")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _account(name: str = "account_id") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False, index=True)


# `email` is in small letters; `password` is a hash by argon2id, NULL until it is set
ACCOUNTS = sa.Table(
    "accounts",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("email", sa.Text(), nullable=False, unique=True),
    _text("name"),
    sa.Column("role", sa.Text(), nullable=False),
    sa.Column("password", sa.Text(), nullable=True),
    sa.Column("is_active", sa.Boolean(), nullable=False),
    sa.Column("created_at", sa.DateTime(), nullable=False),
    sa.Column("signed_in_at", sa.DateTime(), nullable=True),
    _choice("role", ROLES),
    _longest("email", 320),
    _longest("name", 400),
)
# links that set a password, each for one time
INVITATIONS = sa.Table(
    "invitations",
    METADATA,
    sa.Column("mark", sa.Text(), primary_key=True),
    _account(),
    sa.Column("ends_at", sa.DateTime(), nullable=False),
)
# who is signed in: a row a browser
SESSIONS = sa.Table(
    "sessions",
    METADATA,
    sa.Column("mark", sa.Text(), primary_key=True),
    _account(),
    sa.Column("began_at", sa.DateTime(), nullable=False),
    sa.Column("seen_at", sa.DateTime(), nullable=False),
)
# keys that all machines share, made when they are first asked for
SECRETS = sa.Table(
    "secrets",
    METADATA,
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("value", sa.Text(), nullable=False),
)
# `on_date` and `next_date` are days as 2026-11-28; `who` is of us, "" where names and notes were erased, `with_whom` of
# theirs; `outcome` one of OUTCOMES; `is_done`: the next step was taken
CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("partnership_id", sa.Text(), nullable=False, index=True),
    sa.Column("on_date", sa.Text(), nullable=False),
    _text("who"),
    _text("with_whom"),
    sa.Column("means", sa.Text(), nullable=False),
    sa.Column("outcome", sa.Text(), nullable=False),
    _text("note"),
    _text("next_step"),
    _text("next_date"),
    sa.Column("is_done", sa.Boolean(), nullable=False, server_default=sa.false()),
    _account("written_by"),
    sa.Column("written_at", sa.DateTime(), nullable=False),
    _choice("means", MEANS),
    _choice("outcome", OUTCOMES),
    _longest("who", 400),
    _longest("with_whom", 400),
    _longest("note", LONGEST_NOTE),
    _longest("next_step", LONG),
)
# What somebody would have changed, until an editor has decided. `author`: the address of an account, "" of the public.
# `subject`: "partnership:ID", "country:ISO3" or "" . `field`, `value`, `source` are what a person of the public said;
# `edits` are the rows of a contributor's change, as JSON. `contact_…` are seen by editors alone, and erased when it is
# decided. `entry_id`: the change that it became.
PROPOSALS = sa.Table(
    "proposals",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("at", sa.DateTime(), nullable=False),
    _text("author"),
    sa.Column("subject", sa.Text(), nullable=False, index=True),
    _text("field"),
    _text("value"),
    _text("source"),
    _text("note"),
    _text("contact_name"),
    _text("contact_email"),
    sa.Column("edits", sa.Text(), nullable=True),
    sa.Column("state", sa.Text(), nullable=False, index=True),
    sa.Column("decided_at", sa.DateTime(), nullable=True),
    _text("decided_by"),
    _text("answer"),
    sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=True),
    _choice("state", PROPOSAL_STATES),
    *(_longest(name, LONG) for name in ("value", "source", "note", "answer")),
    *(_longest(name, 400) for name in ("contact_name", "contact_email", "field")),
)
# A file on its way in, until it is accepted or thrown away. `options` are what was chosen so far, as JSON; `progress`
# is a share from 0 to 1; `result`: what was understood, or why nothing was, as JSON. `run` says which thread of which
# worker reads it, `touched_at` when that one last said that it lives
UPLOADS = sa.Table(
    "uploads",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    _account(),
    sa.Column("kind", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("state", sa.Text(), nullable=False),
    sa.Column("options", sa.Text(), nullable=False, server_default="{}"),
    sa.Column("progress", sa.Double(), nullable=False, server_default="0"),
    _text("result"),
    _text("run"),
    sa.Column("touched_at", sa.DateTime(), nullable=True),
    sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=True),
    _choice("kind", UPLOAD_KINDS),
    _choice("state", UPLOAD_STATES),
)
UPLOAD_FILES = sa.Table(
    "upload_files",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("upload_id", sa.Integer(), sa.ForeignKey("uploads.id"), nullable=False, index=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("body", sa.LargeBinary(), nullable=False),
)
# how files with the same headings were understood the last time, as the TOML of `import-survey --map`
MAPPINGS = sa.Table(
    "mappings",
    METADATA,
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
)
# counts that are not published yet: what was typed so far, as JSON
COUNT_DRAFTS = sa.Table(
    "count_drafts",
    METADATA,
    sa.Column("id", sa.Text(), primary_key=True),
    sa.Column("at", sa.DateTime(), nullable=False),
    _account(),
    sa.Column("draft", sa.Text(), nullable=False),
)
