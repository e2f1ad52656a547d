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
ROW_ID, MORE, CHECKS = "row_id", "more", "checks"
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


def _column(
    name: str, type_: Any, *rules: Any, nullable: bool, default: str | None = None, **info: Any
) -> sa.Column[Any]:
    checks = [rule for rule in rules if isinstance(rule, sa.CheckConstraint)]
    others = [rule for rule in rules if rule not in checks]
    # rules of a column are the table's, where a migration finds them (`_table`)
    return sa.Column(name, type_, *others, nullable=nullable, server_default=default, info={**info, CHECKS: checks})


def _check(column: str, what: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=f"{column}_{what}")


def _text(name: str, *, needed: bool = False, longest: int = 400, kind: str = "text", **info: Any) -> sa.Column[Any]:
    rules = [_check(name, "longest", f"length({name}) <= {longest}")]
    if needed:
        rules.append(_check(name, "needed", f"{name} <> ''"))
    info |= {"kind": kind, "needed": needed, "longest": longest}
    return _column(name, sa.Text(), *rules, nullable=False, default="" if "translates" in info else None, **info)


def _translations(*names: str) -> list[sa.Column[Any]]:
    """Of each column one for each other language, "" where nobody has translated it. A file may be without them."""
    return [
        _text(f"{name}_{language}", can_be_missing=True, translates=name) for name in names for language in TRANSLATIONS
    ]


def _code(name: str, *, to: str = "") -> sa.Column[Any]:
    """A word of letters, digits and `-_.`; `to`: the column it is a key of. That it is there is checked with words."""
    rules: list[Any] = [
        _check(name, "longest", f"length({name}) <= {LONGEST_CODE}"),
        _check(name, "needed", f"{name} <> ''"),
    ]
    rules += [_reference_to(to)] if to else []
    return _column(name, sa.Text(), *rules, nullable=False, kind="code", needed=True)


def _choice(name: str, choices: Sequence[str], *, needed: bool = False) -> sa.Column[Any]:
    allowed = ", ".join(f"'{choice}'" for choice in (*choices, *([] if needed else [""])))
    rule = _check(name, "choice", f"{name} IN ({allowed})")
    return _column(name, sa.Text(), rule, nullable=False, kind="choice", needed=needed, choices=tuple(choices))


def _date(name: str, *, needed: bool = False) -> sa.Column[Any]:
    """2007, 2007-10 or 2007-10-31: as much of a day as is known."""
    lengths = "4, 7, 10" if needed else "0, 4, 7, 10"
    rule = _check(name, "date", f"length({name}) IN ({lengths})")
    return _column(name, sa.Text(), rule, nullable=False, kind="date", needed=needed)


def _year(name: str, *, needed: bool = False) -> sa.Column[Any]:
    rule = _check(name, "range", f"{name} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}")
    return _column(name, sa.SmallInteger(), rule, nullable=not needed, kind="year", needed=needed)


def _number(
    name: str, *, needed: bool = False, least: float | None = None, most: float | None = None, whole: bool = False
) -> sa.Column[Any]:
    limits = [f"{name} {sign} {limit:g}" for sign, limit in ((">=", least), ("<=", most)) if limit is not None]
    rules = [_check(name, "range", " AND ".join(limits))] if limits else []
    kind = "integer" if whole else "number"
    type_ = sa.Integer() if whole else sa.Double()
    return _column(name, type_, *rules, nullable=not needed, kind=kind, needed=needed, least=least, most=most)


def _reference_to(target: str) -> sa.ForeignKey:
    # looked at when a change is complete, so that its rows may come in any order
    return sa.ForeignKey(target, deferrable=True, initially="DEFERRED")


def _reference(name: str, to: str, *, needed: bool = False) -> sa.Column[Any]:
    """The key of a row of another table, which `to` names as table.column."""
    rule = _reference_to(to)
    return _column(name, sa.Text(), rule, nullable=not needed, kind="reference", needed=needed, to=to.partition(".")[0])


def _sources(*, needed: bool = True) -> sa.Column[Any]:
    """Ids of sources joined by ";": one cell, whose parts are checked with words (docs/decisions/0097)."""
    return _text("source_ids", needed=needed, kind="ids", to="sources", longest=400)


def _country() -> sa.Column[Any]:
    return _reference("country_iso3", "countries.iso3", needed=True)


def _state(*, needed: bool = False) -> sa.Column[Any]:
    return _reference("us_state", "us_states.state", needed=needed)


def _latitude(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return _number(name, needed=needed, least=-90, most=90)


def _longitude(name: str, *, needed: bool = False) -> sa.Column[Any]:
    return _number(name, needed=needed, least=-180, most=180)


def _table(
    name: str,
    file: str,
    *columns: Any,
    key: tuple[str, ...] = (),
    within: sa.Column[Any] | None = None,
    is_optional: bool = False,
    group: str = "",
) -> sa.Table:
    """`key`: the columns whose values together are unique. `within`: a column that the file does not have, because the
    folder in which it lies says it. `group`: rows with the same value of this column change together or not at all,
    and are one entry of the history."""
    checks = [check for each in columns if isinstance(each, sa.Column) for check in each.info.pop(CHECKS, ())]
    unique = [*([within.name] if within is not None else []), *key]
    return sa.Table(
        name,
        METADATA,
        sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
        *([within] if within is not None else []),
        *columns,
        sa.Column(MORE, sa.Text(), nullable=True),
        *checks,
        *([sa.UniqueConstraint(*unique, name=f"uq_{name}_key")] if key else []),
        info={"file": file, "key": key, "is_optional": is_optional, "within": bool(within is not None), "group": group},
    )


def _options(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["question", "option"],
        ["codebook.question", "codebook.option"],
        name=f"fk_{table}_option",
        deferrable=True,
        initially="DEFERRED",
    )


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
    _latitude("lat", needed=True),
    _longitude("lon", needed=True),
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
    _latitude("us_lat"),
    _longitude("us_lon"),
    _latitude("partner_lat"),
    _longitude("partner_lon"),
    _sources(),
    _text("note", longest=LONG),
    _check("end_year", "after_start", "end_year >= start_year"),
    _check("end_year", "after_known", "end_year >= known_by"),
    _check("us", "pair", "(us_lat IS NULL) = (us_lon IS NULL)"),
    _check("partner", "pair", "(partner_lat IS NULL) = (partner_lon IS NULL)"),
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
    _number("partnerships", needed=True, least=0, whole=True),
    _text("scope"),
    _sources(),
    key=("date", "scope"),
)
PUBLISHED_COUNTS = _table(
    "published_counts",
    "published_counts.csv",
    _country(),
    _date("date", needed=True),
    _number("partnerships", needed=True, least=0, whole=True),
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
    _latitude("lat", needed=True),
    _longitude("lon", needed=True),
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
    _latitude("lat", needed=True),
    _longitude("lon", needed=True),
    _number("population", needed=True, least=1, whole=True),
    _text("also_called", longest=LONG),
    key=("id",),
    is_optional=True,
)
US_STATE_POINTS = _table(
    "us_state_points",
    "us_state_points.csv",
    _reference("state", "us_states.state", needed=True),
    _latitude("lat", needed=True),
    _longitude("lon", needed=True),
    key=("state",),
    is_optional=True,
)
SAMPLE_WAVES = _waves("sample_waves", "sample/waves.csv", is_optional=True)
SAMPLE_ANSWERS = _answers("sample_answers", "sample/answers.csv", "sample_waves")


def _within_snapshot() -> sa.Column[Any]:
    return sa.Column("snapshot_id", sa.Text(), _reference_to("snapshots.id"), nullable=False)


# a published count: its card is the text of `snapshot.toml`, with its comments
SNAPSHOT_CARDS = sa.Table(
    SNAPSHOTS,
    METADATA,
    sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text(), nullable=False),
    sa.Column("card", sa.Text(), nullable=False),
    sa.CheckConstraint("id <> ''", name="id_needed"),
    sa.UniqueConstraint("id", name="uq_snapshots_key"),
    info={"file": "snapshots/*/snapshot.toml", "key": ("id",), "within": False, "group": ""},
)
SNAPSHOT_COUNTS = _table(
    "snapshot_counts",
    "counts.csv",
    _country(),
    _text("label"),
    _number("partnerships", needed=True, least=0, whole=True),
    _sources(),
    key=("country_iso3",),
    within=_within_snapshot(),
)
SNAPSHOT_MEMBERS = _table(
    "snapshot_members",
    "members.csv",
    _reference("partnership_id", "partnerships.id", needed=True),
    _choice("is_member", ("yes", "no", "unknown"), needed=True),
    _text("reason"),
    key=("partnership_id",),
    within=_within_snapshot(),
)
# `about.toml` and `story.toml` as they are written, with their comments
DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.CheckConstraint("name <> ''", name="name_needed"),
    sa.UniqueConstraint("name", name="uq_documents_key"),
    info={"file": "*.toml", "key": ("name",), "within": False, "group": ""},
)
# `report.toml`: what people write into the report, a row a section and variant; its text in the folder is written anew
REPORT_WORDS = sa.Table(
    "report_words",
    METADATA,
    sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("section", sa.Text(), nullable=False),
    sa.Column("view", sa.Text(), nullable=False),
    sa.Column("signed", sa.Text(), nullable=False),
    sa.Column("text", sa.Text(), nullable=False),
    sa.CheckConstraint("section <> ''", name="section_needed"),
    sa.CheckConstraint("text <> ''", name="text_needed"),
    sa.UniqueConstraint("section", "view", name="uq_report_words_key"),
    info={"file": "report.toml [[words]]", "key": ("section", "view"), "within": False, "group": ""},
)
# Who approved the report of an address, and when. `words` is the digest of what people had written in it, `after` the
# newest change of the data by then. It is what somebody with an account did here: it is in no folder
REPORT_APPROVALS = sa.Table(
    "report_approvals",
    METADATA,
    sa.Column(ROW_ID, sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("view", sa.Text(), nullable=False),
    sa.Column("approved_by", sa.Text(), nullable=False),
    sa.Column("on_date", sa.Text(), nullable=False),
    sa.Column("words", sa.Text(), nullable=False),
    sa.Column("after", sa.Integer(), nullable=False),
    sa.CheckConstraint("approved_by <> ''", name="approved_by_needed"),
    sa.UniqueConstraint("view", name="uq_report_approvals_key"),
    info={"file": "report (approved)", "key": ("view",), "within": False, "group": ""},
)
# no part of the folder
HERE_ALONE = (REPORT_APPROVALS,)

# in an order in which what is referred to comes first
TABLES: dict[str, sa.Table] = {
    table.name: table
    for table in (
        SOURCES,
        COUNTRIES,
        US_STATES,
        MAP_POINTS,
        PARTNERSHIPS,
        MILESTONES,
        PROGRAMS,
        TOTALS,
        PUBLISHED_COUNTS,
        TRAVEL_ADVISORIES,
        CONFLICTS,
        QUESTIONS,
        CODEBOOK,
        WAVES,
        THEMES,
        ANSWERS,
        FINDINGS,
        US_CITIES,
        PARTNER_CITIES,
        US_STATE_POINTS,
        SAMPLE_WAVES,
        SAMPLE_ANSWERS,
        SNAPSHOT_CARDS,
        SNAPSHOT_COUNTS,
        SNAPSHOT_MEMBERS,
        DOCUMENTS,
        REPORT_WORDS,
        REPORT_APPROVALS,
    )
}

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
