"""The shape of the data folder: each table, its columns, and what a cell may hold.

This is the dictionary that `validate.py` checks and `docs/data.md` explains.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST_YEAR, LAST_YEAR = 1900, 2100
STATUSES = ("active", "inactive", "ended", "suspended", "doubtful", "refused", "unknown")


@dataclass(frozen=True)
class Column:
    """One column. `kind` is text, code, year, integer, number, choice, date, ids or reference.

    `needed` means no cell may be blank. `to` names the table whose key `reference` and `ids` cells must
    hold (`ids`: several joined by ";"); `choices` the words of a choice; `least` and `most` bound numbers.
    """

    name: str
    kind: str = "text"
    needed: bool = False
    to: str = ""
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    longest: int = 400


@dataclass(frozen=True)
class TableShape:
    """One file of the folder. `key` are the columns whose values together are unique."""

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    is_optional: bool = False

    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def _ids(name: str = "source_ids") -> Column:
    return Column(name, "ids", needed=True, to="sources")


def _code(name: str, needed: bool = True) -> Column:
    return Column(name, "code", needed=needed)


YES_NO = ("yes", "no")
COUNTRY = Column("country_iso3", "reference", needed=True, to="countries")
STATE = Column("us_state", "reference", to="us_states")
LATITUDE = {"kind": "number", "least": -90, "most": 90}
LONGITUDE = {"kind": "number", "least": -180, "most": 180}

SOURCES = TableShape(
    "sources.csv",
    (
        _code("id"),
        Column("short_title"),
        Column("title", needed=True),
        Column("url", longest=2000),
        Column("kind", "choice", needed=True, choices=("primary", "secondary")),
    ),
    key=("id",),
)
COUNTRIES = TableShape(
    "countries.csv",
    (
        Column("iso3", "code", needed=True),
        Column("name", needed=True),
        Column("deck_label"),
        Column("region", needed=True),
        Column("oic_member", "choice", needed=True, choices=YES_NO),
        Column("muslim_majority_2010", "choice", needed=True, choices=YES_NO),
    ),
    key=("iso3",),
)
US_STATES = TableShape("us_states.csv", (_code("state"), Column("name", needed=True)), key=("state",))
MAP_POINTS = TableShape(
    "map_points.csv",
    (
        COUNTRY,
        Column("lat", needed=True, **LATITUDE),  # type: ignore[arg-type]
        Column("lon", needed=True, **LONGITUDE),  # type: ignore[arg-type]
        Column("area_km2", "number", least=0),
        Column("is_small", "choice", needed=True, choices=YES_NO),
    ),
    key=("country_iso3",),
)
PARTNERSHIPS = TableShape(
    "partnerships.csv",
    (
        _code("id"),
        Column("us_community"),
        STATE,
        Column("partner_community"),
        COUNTRY,
        Column("start_year", "year"),
        Column("known_by", "year"),
        Column("end_year", "year"),
        Column("status", "choice", choices=STATUSES),
        Column("kind", "choice", choices=("sister city", "friendship", "unknown")),
        Column("confidence", "choice", needed=True, choices=("high", "medium", "low")),
        Column("us_lat", **LATITUDE),  # type: ignore[arg-type]
        Column("us_lon", **LONGITUDE),  # type: ignore[arg-type]
        Column("partner_lat", **LATITUDE),  # type: ignore[arg-type]
        Column("partner_lon", **LONGITUDE),  # type: ignore[arg-type]
        _ids(),
        Column("note", longest=2000),
    ),
    key=("id",),
)
MILESTONES = TableShape(
    "milestones.csv",
    (
        Column("date", "date", needed=True),
        Column("title", needed=True),
        Column("short_title"),
        Column("deck_words"),
        Column("detail", longest=2000),
        _ids(),
    ),
    key=("date", "title"),
)
PROGRAMS = TableShape(
    "programs.csv",
    (
        Column("us_community"),
        STATE,
        Column("partner_community"),
        COUNTRY,
        Column("sector", needed=True),
        Column("title", needed=True),
        Column("year", "year"),
        Column("summary", longest=2000),
        Column("tags"),
        Column("in_2007_report", "choice", choices=("example", "pair_only", "later", "unknown")),
        _ids(),
        Column("note", longest=2000),
    ),
)
TOTALS = TableShape(
    "published_totals.csv",
    (
        Column("date", "date", needed=True),
        Column("partnerships", "integer", needed=True, least=0),
        Column("scope"),
        _ids(),
    ),
    key=("date", "scope"),
)
PUBLISHED_COUNTS = TableShape(
    "published_counts.csv",
    (
        COUNTRY,
        Column("date", "date", needed=True),
        Column("partnerships", "integer", needed=True, least=0),
        Column("scope"),
        _ids(),
    ),
    key=("country_iso3", "date", "scope"),
)
TRAVEL_ADVISORIES = TableShape(
    "travel_advisories.csv",
    (
        COUNTRY,
        Column("place"),
        Column("level", "integer", least=1, most=4),
        Column("issued", "date"),
        Column("as_of", "date", needed=True),
        Column("areas"),
        Column("note", longest=2000),
        Column("url", longest=2000),
        Column("cities"),
        _ids(),
    ),
    key=("country_iso3", "place"),
    is_optional=True,
)
CONFLICTS = TableShape(
    "conflicts.csv",
    (
        Column("subject", needed=True),
        Column("date", "date"),
        Column("statement", needed=True),
        Column("partnership_id", "reference", to="partnerships"),
        _ids(),
    ),
    key=("subject", "statement"),
    is_optional=True,
)
QUESTIONS = TableShape(
    "survey/questions.csv",
    (
        _code("question"),
        Column("title", needed=True),
        Column("wording", needed=True),
        Column("kind", "choice", needed=True, choices=("several", "one")),
    ),
    key=("question",),
)
CODEBOOK = TableShape(
    "survey/codebook.csv",
    (
        Column("question", "reference", needed=True, to="questions"),
        _code("option"),
        Column("label", needed=True),
        Column("theme"),
        Column("aliases"),
    ),
    key=("question", "option"),
)
WAVES = TableShape(
    "survey/waves.csv",
    (
        _code("wave"),
        Column("year", "year", needed=True),
        Column("title", needed=True),
        Column("kind", "choice", needed=True, choices=("themes", "answers")),
        Column("source_ids", "ids", to="sources"),
        Column("note", longest=2000),
    ),
    key=("wave",),
)
THEMES = TableShape(
    "survey/themes.csv",
    (
        _code("wave"),
        _code("theme_group"),
        Column("group_title", needed=True),
        Column("question", "reference", needed=True, to="questions"),
        _code("option"),
        Column("label", needed=True),
    ),
    key=("wave", "theme_group", "option"),
    is_optional=True,
)
ANSWERS = TableShape(
    "survey/answers.csv",
    (
        _code("wave"),
        _code("respondent"),
        Column("question", "reference", needed=True, to="questions"),
        _code("option"),
        Column("answer", "choice", choices=YES_NO),
        Column("region"),
        STATE,
    ),
    key=("wave", "respondent", "question", "option"),
    is_optional=True,
)
FINDINGS = TableShape(
    "survey/published_findings.csv",
    (
        Column("survey", needed=True),
        Column("year", "year"),
        Column("respondents", "integer", least=0),
        Column("question", needed=True),
        Column("option", needed=True),
        Column("value"),
        Column("unit"),
        _ids(),
    ),
    is_optional=True,
)
SNAPSHOT_COUNTS = TableShape(
    "counts.csv",
    (COUNTRY, Column("label"), Column("partnerships", "integer", needed=True, least=0), _ids()),
    key=("country_iso3",),
)
SNAPSHOT_MEMBERS = TableShape(
    "members.csv",
    (
        Column("partnership_id", "reference", needed=True, to="partnerships"),
        Column("is_member", "choice", needed=True, choices=("yes", "no", "unknown")),
        Column("reason"),
    ),
    key=("partnership_id",),
)

# name of a table -> its shape; in the order in which references can be checked
TABLES: dict[str, TableShape] = {
    "sources": SOURCES,
    "countries": COUNTRIES,
    "us_states": US_STATES,
    "map_points": MAP_POINTS,
    "partnerships": PARTNERSHIPS,
    "milestones": MILESTONES,
    "programs": PROGRAMS,
    "totals": TOTALS,
    "published_counts": PUBLISHED_COUNTS,
    "travel_advisories": TRAVEL_ADVISORIES,
    "conflicts": CONFLICTS,
    "questions": QUESTIONS,
    "codebook": CODEBOOK,
    "waves": WAVES,
    "themes": THEMES,
    "answers": ANSWERS,
    "findings": FINDINGS,
}
SAMPLE_TABLES = {"waves": "sample/waves.csv", "answers": "sample/answers.csv"}
