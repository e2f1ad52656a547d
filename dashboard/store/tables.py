"""Every table: the one place where columns, types, keys and rules are said.

What a database can hold (types, blank or not, unique, references, ranges, choices) it holds. The rest of what is said
here is in `Column.info` and `Table.info`: `dashboard/dataset/schema.py` makes of it what CSV files are checked by, and
`docs/data.md` explains it.

A blank text is "", a blank number or reference is NULL. `row_id` is the order of the rows, and the name by which the
history knows a row: it is never given twice. `more` has, as JSON, the columns of a file that only its owner knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

FIRST_YEAR, LAST_YEAR = 1900, 2100
STATUSES = ("active", "inactive", "ended", "suspended", "doubtful", "refused", "unknown")
YES_NO = ("yes", "no")
ROW_ID, MORE = "row_id", "more"
LONG = 2000
LONGEST_CODE = 120
# the languages into which what the data calls things is translated, a column each: `label_fr`
TRANSLATIONS = ("ar", "fr", "ru", "tr")
# words of a part of the folder that is a folder of its own: `snapshots/<id>/counts.csv`
SNAPSHOTS = "snapshots"

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


# a column and its rules, which are the table's, where a migration finds them
Column = Sequence[sa.schema.SchemaItem]


def _column(name: str, type_: Any, *rules: Any, nullable: bool, default: str | None = None, **info: Any) -> Column:
    checks = [rule for rule in rules if isinstance(rule, sa.CheckConstraint)]
    others = [rule for rule in rules if rule not in checks]
    return [sa.Column(name, type_, *others, nullable=nullable, server_default=default, info=info), *checks]


def _check(column: str, what: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=f"{column}_{what}")


def _longest(name: str, longest: int, *, needed: bool) -> list[sa.CheckConstraint]:
    rules = [_check(name, "longest", f"length({name}) <= {longest}")]
    return [*rules, _check(name, "needed", f"{name} <> ''")] if needed else rules


def _text(name: str, *, needed: bool = False, longest: int = 400, kind: str = "text", **info: Any) -> Column:
    default = "" if "translates" in info else None
    info |= {"kind": kind, "needed": needed, "longest": longest}
    return _column(name, sa.Text(), *_longest(name, longest, needed=needed), nullable=False, default=default, **info)


def _translations(*names: str) -> list[Column]:
    """Of each column one for each other language, "" where nobody has translated it. A file may be without them."""
    return [
        _text(f"{name}_{language}", can_be_missing=True, translates=name) for name in names for language in TRANSLATIONS
    ]


def _code(name: str, *, to: str = "") -> Column:
    """A word of letters, digits and `-_.`; `to`: the column it is a key of. That it is there is checked with words."""
    rules = [*_longest(name, LONGEST_CODE, needed=True), *([_reference_to(to)] if to else [])]
    return _column(name, sa.Text(), *rules, nullable=False, kind="code", needed=True)


def _choice(name: str, choices: Sequence[str], *, needed: bool = False) -> Column:
    allowed = ", ".join(f"'{choice}'" for choice in (*choices, *([] if needed else [""])))
    rule = _check(name, "choice", f"{name} IN ({allowed})")
    return _column(name, sa.Text(), rule, nullable=False, kind="choice", needed=needed, choices=tuple(choices))


def _date(name: str, *, needed: bool = False) -> Column:
    """2007, 2007-10 or 2007-10-31: as much of a day as is known."""
    rule = _check(name, "date", f"length({name}) IN ({'' if needed else '0, '}4, 7, 10)")
    return _column(name, sa.Text(), rule, nullable=False, kind="date", needed=needed)


def _year(name: str, *, needed: bool = False) -> Column:
    rule = _check(name, "range", f"{name} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}")
    return _column(name, sa.SmallInteger(), rule, nullable=not needed, kind="year", needed=needed)


def _number(
    name: str, *, needed: bool = False, least: float | None = None, most: float | None = None, whole: bool = False
) -> Column:
    limits = [f"{name} {sign} {limit:g}" for sign, limit in ((">=", least), ("<=", most)) if limit is not None]
    rule = _check(name, "range", " AND ".join(limits))
    kind, type_ = ("integer", sa.Integer()) if whole else ("number", sa.Double())
    return _column(name, type_, rule, nullable=not needed, kind=kind, needed=needed, least=least, most=most)


def _count(name: str) -> Column:
    return _number(name, needed=True, least=0, whole=True)


def _reference_to(target: str) -> sa.ForeignKey:
    # looked at when a change is complete, so that its rows may come in any order
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED")


def _reference(name: str, to: str, *, needed: bool = False) -> Column:
    """The key of a row of another table, which `to` names as table.column."""
    rule = _reference_to(to)
    return _column(name, sa.Text(), rule, nullable=not needed, kind="reference", needed=needed, to=to.partition(".")[0])


def _sources(*, needed: bool = True) -> Column:
    """Ids of sources joined by ";": one cell, whose parts are checked with words (docs/decisions/0097)."""
    return _text("source_ids", needed=needed, kind="ids", to="sources")


def _country() -> Column:
    return _reference("country_iso3", "countries.iso3", needed=True)


def _state(*, needed: bool = False) -> Column:
    return _reference("us_state", "us_states.state", needed=needed)


def _place(prefix: str = "", *, needed: bool = False) -> Column:
    """Two columns: latitude and longitude."""
    latitude = _number(f"{prefix}lat", needed=needed, least=-90, most=90)
    return [*latitude, *_number(f"{prefix}lon", needed=needed, least=-180, most=180)]


def _table(
    name: str,
    file: str,
    *columns: Column,
    key: tuple[str, ...] = (),
    within: str = "",
    is_optional: bool = False,
    group: str = "",
) -> sa.Table:
    """`key`: the columns whose values together are unique. `within`: the key of the table by whose folders the files
    lie, a column that they do not have themselves. `group`: rows with the same value of this column change together or
    not at all, and are one entry of the history."""
    outer = [sa.Column("snapshot_id", sa.Text(), _reference_to(within), nullable=False)] if within else []
    unique = [*(column.name for column in outer), *key]
    return sa.Table(
        name,
        METADATA,
        sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
        *outer,
        *(part for column in columns for part in column),
        sa.Column(MORE, sa.Text(), nullable=True),
        *([sa.UniqueConstraint(*unique, name=f"uq_{name}_key")] if key else []),
        info={"file": file, "key": key, "is_optional": is_optional, "within": bool(within), "group": group},
    )


def _texts(
    name: str, file: str, *columns: str | sa.Column[Any], key: tuple[str, ...], needed: Sequence[str]
) -> sa.Table:
    """A table that is no file of rows in the folder: `columns` are texts where only their names are given, those that
    are `needed` are never blank."""
    return sa.Table(
        name,
        METADATA,
        sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(each, sa.Text(), nullable=False) if isinstance(each, str) else each for each in columns),
        *(_check(each, "needed", f"{each} <> ''") for each in needed),
        sa.UniqueConstraint(*key, name=f"uq_{name}_key"),
        info={"file": file, "key": key, "within": False, "group": ""},
    )


def _options(table: str) -> Column:
    ends = (["question", "option"], ["codebook.question", "codebook.option"])
    return [sa.ForeignKeyConstraint(*ends, name=f"fk_{table}_option", deferrable=True, initially="DEFERRED")]


SOURCES = _table(
    "sources",
    "sources.csv",
    _code("id"),
    _text("short_title"),
    _text("title", needed=True),
    _text("url", longest=LONG),
    _choice("kind", ("primary", "secondary"), needed=True),
    key=("id",),
)
COUNTRIES = _table(
    "countries",
    "countries.csv",
    _code("iso3"),
    _text("name", needed=True),
    _text("deck_label"),
    _text("region", needed=True),
    _choice("oic_member", YES_NO, needed=True),
    _choice("muslim_majority_2010", YES_NO, needed=True),
    key=("iso3",),
)
US_STATES = _table("us_states", "us_states.csv", _code("state"), _text("name", needed=True), key=("state",))
MAP_POINTS = _table(
    "map_points",
    "map_points.csv",
    _country(),
    _place(needed=True),
    _number("area_km2", least=0),
    _choice("is_small", YES_NO, needed=True),
    key=("country_iso3",),
)
PARTNERSHIPS = _table(
    "partnerships",
    "partnerships.csv",
    _code("id"),
    _text("us_community"),
    _state(),
    _text("partner_community"),
    _country(),
    _year("start_year"),
    _year("known_by"),
    _year("end_year"),
    _choice("status", STATUSES),
    _choice("kind", ("sister city", "friendship", "unknown")),
    _choice("confidence", ("high", "medium", "low"), needed=True),
    _place("us_"),
    _place("partner_"),
    _sources(),
    _text("note", longest=LONG),
    [
        _check("end_year", "after_start", "end_year >= start_year"),
        _check("end_year", "after_known", "end_year >= known_by"),
        _check("us", "pair", "(us_lat IS NULL) = (us_lon IS NULL)"),
        _check("partner", "pair", "(partner_lat IS NULL) = (partner_lon IS NULL)"),
    ],
    key=("id",),
)
MILESTONES = _table(
    "milestones",
    "milestones.csv",
    _date("date", needed=True),
    _text("title", needed=True),
    _text("short_title"),
    _text("deck_words"),
    _text("detail", longest=LONG),
    _sources(),
    *_translations("short_title"),
    key=("date", "title"),
)
PROGRAMS = _table(
    "programs",
    "programs.csv",
    _text("us_community"),
    _state(),
    _text("partner_community"),
    _country(),
    _text("sector", needed=True),
    _text("title", needed=True),
    _year("year"),
    _text("summary", longest=LONG),
    _text("tags"),
    _choice("in_2007_report", ("example", "pair_only", "later", "unknown")),
    _sources(),
    _text("note", longest=LONG),
)
TOTALS = _table(
    "totals",
    "published_totals.csv",
    _date("date", needed=True),
    _count("partnerships"),
    _text("scope"),
    _sources(),
    key=("date", "scope"),
)
PUBLISHED_COUNTS = _table(
    "published_counts",
    "published_counts.csv",
    _country(),
    _date("date", needed=True),
    _count("partnerships"),
    _text("scope"),
    _sources(),
    key=("country_iso3", "date", "scope"),
)
TRAVEL_ADVISORIES = _table(
    "travel_advisories",
    "travel_advisories.csv",
    _country(),
    _text("place"),
    _number("level", least=1, most=4, whole=True),
    _date("issued"),
    _date("as_of", needed=True),
    _text("areas"),
    _text("note", longest=LONG),
    _text("url", longest=LONG),
    _text("cities"),
    _sources(),
    key=("country_iso3", "place"),
    is_optional=True,
)
CONFLICTS = _table(
    "conflicts",
    "conflicts.csv",
    _text("subject", needed=True),
    _date("date"),
    _text("statement", needed=True),
    _reference("partnership_id", "partnerships.id"),
    _sources(),
    key=("subject", "statement"),
    is_optional=True,
)
QUESTIONS = _table(
    "questions",
    "survey/questions.csv",
    _code("question"),
    _text("title", needed=True),
    _text("wording", needed=True),
    _choice("kind", ("several", "one"), needed=True),
    *_translations("title"),
    key=("question",),
)
CODEBOOK = _table(
    "codebook",
    "survey/codebook.csv",
    _reference("question", "questions.question", needed=True),
    _code("option"),
    _text("label", needed=True),
    _text("theme"),
    _text("aliases"),
    *_translations("label"),
    key=("question", "option"),
)


def _waves(name: str, file: str, *, is_optional: bool) -> sa.Table:
    return _table(
        name,
        file,
        _code("wave"),
        _year("year", needed=True),
        _text("title", needed=True),
        _choice("kind", ("themes", "answers"), needed=True),
        _sources(needed=False),
        _text("note", longest=LONG),
        *_translations("title"),
        key=("wave",),
        is_optional=is_optional,
    )


def _answers(name: str, file: str, waves: str) -> sa.Table:
    return _table(
        name,
        file,
        _code("wave", to=f"{waves}.wave"),
        _code("respondent"),
        _reference("question", "questions.question", needed=True),
        _code("option"),
        _choice("answer", YES_NO),
        _text("region"),
        _state(),
        _options(name),
        key=("wave", "respondent", "question", "option"),
        is_optional=True,
        group="wave",
    )


WAVES = _waves("waves", "survey/waves.csv", is_optional=False)
THEMES = _table(
    "themes",
    "survey/themes.csv",
    _code("wave", to="waves.wave"),
    _code("theme_group"),
    _text("group_title", needed=True),
    _reference("question", "questions.question", needed=True),
    _code("option"),
    _text("label", needed=True),
    *_translations("group_title", "label"),
    _options("themes"),
    key=("wave", "theme_group", "option"),
    is_optional=True,
)
ANSWERS = _answers("answers", "survey/answers.csv", "waves")
FINDINGS = _table(
    "findings",
    "survey/published_findings.csv",
    _text("survey", needed=True),
    _year("year"),
    _number("respondents", least=0, whole=True),
    _text("question", needed=True),
    _text("option", needed=True),
    _text("value"),
    _text("unit"),
    _sources(),
    is_optional=True,
)
US_CITIES = _table(
    "us_cities",
    "places/us_cities.csv",
    _code("id"),
    _text("name", needed=True),
    _state(needed=True),
    _place(needed=True),
    _number("population", needed=True, least=1, whole=True),
    key=("id",),
    is_optional=True,
)
PARTNER_CITIES = _table(
    "partner_cities",
    "places/partner_cities.csv",
    _code("id"),
    _text("name", needed=True),
    _country(),
    _place(needed=True),
    _number("population", needed=True, least=1, whole=True),
    _text("also_called", longest=LONG),
    key=("id",),
    is_optional=True,
)
US_STATE_POINTS = _table(
    "us_state_points",
    "us_state_points.csv",
    _reference("state", "us_states.state", needed=True),
    _place(needed=True),
    key=("state",),
    is_optional=True,
)
SAMPLE_WAVES = _waves("sample_waves", "sample/waves.csv", is_optional=True)
SAMPLE_ANSWERS = _answers("sample_answers", "sample/answers.csv", "sample_waves")


# a published count: its card is the text of `snapshot.toml`, with its comments
SNAPSHOT_CARDS = _texts(SNAPSHOTS, "snapshots/*/snapshot.toml", "id", "card", key=("id",), needed=("id",))
SNAPSHOT_COUNTS = _table(
    "snapshot_counts",
    "counts.csv",
    _country(),
    _text("label"),
    _count("partnerships"),
    _sources(),
    key=("country_iso3",),
    within="snapshots.id",
)
SNAPSHOT_MEMBERS = _table(
    "snapshot_members",
    "members.csv",
    _reference("partnership_id", "partnerships.id", needed=True),
    _choice("is_member", ("yes", "no", "unknown"), needed=True),
    _text("reason"),
    key=("partnership_id",),
    within="snapshots.id",
)
# `about.toml` and `story.toml` as they are written, with their comments
DOCUMENTS = _texts("documents", "*.toml", "name", "text", key=("name",), needed=("name",))
# `report.toml`: what people write into the report, a row a section and variant; its text in the folder is written anew
REPORT_WORDS = _texts(
    "report_words",
    "report.toml [[words]]",
    *("section", "view", "signed", "text"),
    key=("section", "view"),
    needed=("section", "text"),
)
# Who approved the report of an address, and when. `words` is the digest of what people had written in it, `after` the
# newest change of the data by then. It is what somebody with an account did here: it is in no folder
REPORT_APPROVALS = _texts(
    "report_approvals",
    "report (approved)",
    *("view", "approved_by", "on_date", "words"),
    sa.Column("after", sa.Integer(), nullable=False),
    key=("view",),
    needed=("approved_by",),
)
# no part of the folder
HERE_ALONE = (REPORT_APPROVALS,)

# all tables of the collection, in an order in which what is referred to comes first
TABLES: dict[str, sa.Table] = dict(METADATA.tables)

# one row: which data this is. `folder` is the fingerprint of the folder that it was last filled from
STATE = sa.Table(
    "state",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("version", sa.Text(), nullable=False),
    sa.Column("folder", sa.Text(), nullable=False),
    sa.CheckConstraint("id = 1", name="one_row"),
)
# one row a change: who, when (UTC), by which way, what in words; `undoes`: the entry that it takes back
ENTRIES = sa.Table(
    "entries",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime(), nullable=False),
    sa.Column("who", sa.Text(), nullable=False),
    sa.Column("way", sa.Text(), nullable=False),
    sa.Column("what", sa.Text(), nullable=False),
    sa.Column("undoes", sa.Integer(), sa.ForeignKey("entries.id"), nullable=True),
    # why, as the person said who did it; "" where nobody was asked
    sa.Column("reason", sa.Text(), nullable=False, server_default=""),
)
# one row a row that a change touched: as it was and as it became, as JSON; NULL where it was not there
ROW_CHANGES = sa.Table(
    "row_changes",
    METADATA,
    sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("entry_id", sa.Integer(), sa.ForeignKey("entries.id"), nullable=False, index=True),
    sa.Column("table_name", sa.Text(), nullable=False),
    # NULL where `group_key` names all rows of a group at once
    sa.Column("row_id", sa.Integer(), nullable=True),
    sa.Column("group_key", sa.Text(), nullable=False, server_default=""),
    sa.Column("before", sa.Text(), nullable=True),
    sa.Column("after", sa.Text(), nullable=True),
    sa.Index("ix_row_changes_row", "table_name", "row_id", "group_key"),
)
