"""The first tables. Names of rules, keys and references are those of the convention of `METADATA`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# a column and its rules
Column = Sequence[sa.schema.SchemaItem]


def _check(name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=name)


def _reference_to(target: str) -> sa.ForeignKey:
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED")


def _text(name: str, *, needed: bool = False, longest: int = 400, to: str = "") -> Column:
    column = sa.Column(name, sa.Text(), *([_reference_to(to)] if to else []), nullable=False)
    rules = [_check(f"{name}_longest", f"length({name}) <= {longest}")]
    return [column, *rules, *([_check(f"{name}_needed", f"{name} <> ''")] if needed else [])]


def _code(name: str, *, to: str = "") -> Column:
    return _text(name, needed=True, longest=120, to=to)


def _choice(name: str, *choices: str) -> Column:
    allowed = ", ".join(f"'{choice}'" for choice in choices)
    return [sa.Column(name, sa.Text(), nullable=False), _check(f"{name}_choice", f"{name} IN ({allowed})")]


def _date(name: str, *, needed: bool = False) -> Column:
    lengths = "4, 7, 10" if needed else "0, 4, 7, 10"
    return [sa.Column(name, sa.Text(), nullable=False), _check(f"{name}_date", f"length({name}) IN ({lengths})")]


def _number(name: str, type_: Any, condition: str, *, needed: bool = False) -> Column:
    return [sa.Column(name, type_, nullable=not needed), _check(f"{name}_range", f"{name} {condition}")]


def _count(name: str) -> Column:
    return _number(name, sa.Integer(), ">= 0", needed=True)


def _year(name: str, *, needed: bool = False) -> Column:
    return _number(name, sa.SmallInteger(), "BETWEEN 1900 AND 2100", needed=needed)


def _place(prefix: str = "", *, needed: bool = False) -> Column:
    lat, lon = f"{prefix}lat", f"{prefix}lon"
    latitude = _number(lat, sa.Double(), f">= -90 AND {lat} <= 90", needed=needed)
    return [*latitude, *_number(lon, sa.Double(), f">= -180 AND {lon} <= 180", needed=needed)]


def _reference(name: str, to: str, *, needed: bool = False) -> Column:
    return [sa.Column(name, sa.Text(), _reference_to(to), nullable=not needed)]


def _country() -> Column:
    return _reference("country_iso3", "countries.iso3", needed=True)


def _state(*, needed: bool = False) -> Column:
    return _reference("us_state", "us_states.state", needed=needed)


def _sources() -> Column:
    return _text("source_ids", needed=True)


def _note() -> Column:
    return _text("note", longest=2000)


def _option(table: str) -> Column:
    ends = (["question", "option"], ["codebook.question", "codebook.option"])
    return [sa.ForeignKeyConstraint(*ends, name=f"fk_{table}_option", deferrable=True, initially="DEFERRED")]


def _table(name: str, *columns: Column, key: Sequence[str] = ()) -> None:
    """A table of the collection; `key`: the columns that are unique together."""
    op.create_table(
        name,
        sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=False),
        *(part for column in columns for part in column),
        sa.Column("more", sa.Text(), nullable=True),
        *([sa.UniqueConstraint(*key, name=f"uq_{name}_key")] if key else []),
    )


def upgrade() -> None:
    """To this version of the tables."""
    _table(
        "sources",
        _code("id"),
        _text("short_title"),
        _text("title", needed=True),
        _text("url", longest=2000),
        _choice("kind", "primary", "secondary"),
        key=["id"],
    )
    _table(
        "countries",
        _code("iso3"),
        _text("name", needed=True),
        _text("deck_label"),
        _text("region", needed=True),
        _choice("oic_member", "yes", "no"),
        _choice("muslim_majority_2010", "yes", "no"),
        key=["iso3"],
    )
    _table("us_states", _code("state"), _text("name", needed=True), key=["state"])
    _table(
        "map_points",
        _country(),
        _place(needed=True),
        _number("area_km2", sa.Double(), ">= 0"),
        _choice("is_small", "yes", "no"),
        key=["country_iso3"],
    )
    _table(
        "partnerships",
        _code("id"),
        _text("us_community"),
        _state(),
        _text("partner_community"),
        _country(),
        _year("start_year"),
        _year("known_by"),
        _year("end_year"),
        _choice("status", "active", "inactive", "ended", "suspended", "doubtful", "refused", "unknown", ""),
        _choice("kind", "sister city", "friendship", "unknown", ""),
        _choice("confidence", "high", "medium", "low"),
        _place("us_"),
        _place("partner_"),
        _sources(),
        _note(),
        [
            _check("end_year_after_start", "end_year >= start_year"),
            _check("end_year_after_known", "end_year >= known_by"),
        ],
        [_check(f"{end}_pair", f"({end}_lat IS NULL) = ({end}_lon IS NULL)") for end in ("us", "partner")],
        key=["id"],
    )
    _table(
        "milestones",
        _date("date", needed=True),
        _text("title", needed=True),
        _text("short_title"),
        _text("deck_words"),
        _text("detail", longest=2000),
        _sources(),
        key=["date", "title"],
    )
    _table(
        "programs",
        _text("us_community"),
        _state(),
        _text("partner_community"),
        _country(),
        _text("sector", needed=True),
        _text("title", needed=True),
        _year("year"),
        _text("summary", longest=2000),
        _text("tags"),
        _choice("in_2007_report", "example", "pair_only", "later", "unknown", ""),
        _sources(),
        _note(),
    )
    _table(
        "totals",
        _date("date", needed=True),
        _count("partnerships"),
        _text("scope"),
        _sources(),
        key=["date", "scope"],
    )
    _table(
        "published_counts",
        _country(),
        _date("date", needed=True),
        _count("partnerships"),
        _text("scope"),
        _sources(),
        key=["country_iso3", "date", "scope"],
    )
    _table(
        "travel_advisories",
        _country(),
        _text("place"),
        _number("level", sa.Integer(), ">= 1 AND level <= 4"),
        _date("issued"),
        _date("as_of", needed=True),
        _text("areas"),
        _note(),
        _text("url", longest=2000),
        _text("cities"),
        _sources(),
        key=["country_iso3", "place"],
    )
    _table(
        "conflicts",
        _text("subject", needed=True),
        _date("date"),
        _text("statement", needed=True),
        _reference("partnership_id", "partnerships.id"),
        _sources(),
        key=["subject", "statement"],
    )
    _table(
        "questions",
        _code("question"),
        _text("title", needed=True),
        _text("wording", needed=True),
        _choice("kind", "several", "one"),
        key=["question"],
    )
    _table(
        "codebook",
        _reference("question", "questions.question", needed=True),
        _code("option"),
        _text("label", needed=True),
        _text("theme"),
        _text("aliases"),
        key=["question", "option"],
    )
    for waves, answers in (("waves", "answers"), ("sample_waves", "sample_answers")):
        _table(
            waves,
            _code("wave"),
            _year("year", needed=True),
            _text("title", needed=True),
            _choice("kind", "themes", "answers"),
            _text("source_ids"),
            _note(),
            key=["wave"],
        )
        _table(
            answers,
            _code("wave", to=f"{waves}.wave"),
            _code("respondent"),
            _reference("question", "questions.question", needed=True),
            _code("option"),
            _choice("answer", "yes", "no", ""),
            _text("region"),
            _state(),
            _option(answers),
            key=["wave", "respondent", "question", "option"],
        )
    _table(
        "themes",
        _code("wave", to="waves.wave"),
        _code("theme_group"),
        _text("group_title", needed=True),
        _reference("question", "questions.question", needed=True),
        _code("option"),
        _text("label", needed=True),
        _option("themes"),
        key=["wave", "theme_group", "option"],
    )
    _table(
        "findings",
        _text("survey", needed=True),
        _year("year"),
        _number("respondents", sa.Integer(), ">= 0"),
        _text("question", needed=True),
        _text("option", needed=True),
        _text("value"),
        _text("unit"),
        _sources(),
    )
    _table(
        "us_cities",
        _code("id"),
        _text("name", needed=True),
        _state(needed=True),
        _place(needed=True),
        _number("population", sa.Integer(), ">= 1", needed=True),
        key=["id"],
    )
    _table(
        "partner_cities",
        _code("id"),
        _text("name", needed=True),
        _country(),
        _place(needed=True),
        _number("population", sa.Integer(), ">= 1", needed=True),
        _text("also_called", longest=2000),
        key=["id"],
    )
    _table(
        "us_state_points",
        _reference("state", "us_states.state", needed=True),
        _place(needed=True),
        key=["state"],
    )
    for name, key, text in (("snapshots", "id", "card"), ("documents", "name", "text")):
        op.create_table(
            name,
            sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=False),
            sa.Column(key, sa.Text(), nullable=False),
            sa.Column(text, sa.Text(), nullable=False),
            _check(f"{key}_needed", f"{key} <> ''"),
            sa.UniqueConstraint(key, name=f"uq_{name}_key"),
        )
    _table(
        "snapshot_counts",
        _reference("snapshot_id", "snapshots.id", needed=True),
        _country(),
        _text("label"),
        _count("partnerships"),
        _sources(),
        key=["snapshot_id", "country_iso3"],
    )
    _table(
        "snapshot_members",
        _reference("snapshot_id", "snapshots.id", needed=True),
        _reference("partnership_id", "partnerships.id", needed=True),
        _choice("is_member", "yes", "no", "unknown"),
        _text("reason"),
        key=["snapshot_id", "partnership_id"],
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        _check("one_row", "id = 1"),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("who", "way", "what")),
        sa.Column("undoes", sa.Integer(), sa.ForeignKey("entries.id"), nullable=True),
    )
    op.create_table(
        "row_changes",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False, index=True),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("group_key", sa.Text(), nullable=False, server_default=""),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Index("ix_row_changes_row", "table_name", "row_id", "group_key"),
    )


def downgrade() -> None:
    """Nobody goes back: a backup is what one returns to (docs/deploy.md)."""
    raise NotImplementedError
