"""The tables of the migrations are those of the program, and hold what they are said to hold."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dashboard.store.database import HEAD, MIGRATIONS, Database, DatabaseProblem, database_of, make_file, migrate
from dashboard.store.report_texts import load_words
from dashboard.store.tables import METADATA, TABLES


def scripts() -> ScriptDirectory:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(settings)


def checks_of(connection: sa.Connection) -> dict[str, set[str]]:
    found = sa.inspect(connection)
    return {name: {str(each["name"]) for each in found.get_check_constraints(name)} for name in TABLES}


def test_the_newest_migration_is_the_one_that_a_start_looks_for() -> None:
    assert scripts().get_current_head() == HEAD


@pytest.mark.parametrize("former", [None, *(script.revision for script in scripts().walk_revisions())])
def test_from_nothing_and_from_each_former_version(former: str | None, url: str) -> None:
    database = database_of(url)
    make_file(database)
    if former:
        from alembic import command

        settings = Config()
        settings.set_main_option("script_location", str(MIGRATIONS))
        with database.setting_up() as connection:
            settings.attributes["connection"] = connection
            command.upgrade(settings, former)
    with database.setting_up() as connection:
        migrate(connection)
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        said = {
            name: {str(each.name) for each in table.constraints if isinstance(each, sa.CheckConstraint)}
            for name, table in TABLES.items()
        }
        assert checks_of(connection) == said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE partnerships SET start_year = 1066 WHERE row_id = 1",
        "UPDATE partnerships SET end_year = 1990, start_year = 2000 WHERE row_id = 1",
        "UPDATE partnerships SET us_lat = NULL WHERE row_id = 1",
        "UPDATE partnerships SET confidence = 'sure' WHERE row_id = 1",
        "UPDATE partnerships SET id = (SELECT id FROM partnerships WHERE row_id = 2) WHERE row_id = 1",
        "UPDATE partnerships SET country_iso3 = 'ATL' WHERE row_id = 1",
        "UPDATE partnerships SET us_community = NULL WHERE row_id = 1",
        "UPDATE travel_advisories SET level = 5 WHERE row_id = 1",
        "UPDATE milestones SET date = '19' WHERE row_id = 1",
        "DELETE FROM countries WHERE iso3 = 'TUR'",
        "UPDATE themes SET option = 'dragons' WHERE row_id = 1",
        "UPDATE sample_answers SET answer = 'perhaps' WHERE row_id = 1",
        "INSERT INTO state (id, version, folder) VALUES (2, 'a', 'b')",
    ],
)
def test_the_database_holds_the_rules(statement: str, database: Database) -> None:
    with pytest.raises(DatabaseProblem) as raised, database.writing() as connection:
        connection.execute(sa.text(statement))
    assert raised.value.kind == "rule"


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = database_of(f"sqlite:///{tmp_path}/own/dashboard.sqlite")
    make_file(database)
    with database.setting_up() as connection:
        migrate(connection)
        files = sorted(Path(tmp_path, "own").iterdir())
        assert [path.stat().st_mode & 0o777 for path in files] == [0o600] * len(files) and len(files) == 3
    assert Path(tmp_path, "own").stat().st_mode & 0o777 == 0o700


def test_an_address_is_never_told_with_its_password() -> None:
    database = database_of("postgres://somebody:secret@host/ipi")
    assert database.url.drivername == "postgresql+psycopg"
    assert "secret" not in database.label
    for bad in ("mysql://host/ipi", "sqlite://", "nonsense"):
        with pytest.raises(ValueError, match=bad.split(":", maxsplit=1)[0]):
            database_of(bad)


def test_words_of_the_report_that_were_a_document_are_rows(tmp_path: Path) -> None:
    from alembic import command

    database = database_of(f"sqlite:///{tmp_path}/a.sqlite")
    make_file(database)
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    text = '[[words]]\nsection = "foreword"\nby = "A"\ntext = """\nFirst.\n"""\n\n[[words]]\nsection = "growth"\nview = "?state=TX"\ntext = "Second."\n'
    with database.setting_up() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "0002")
        document = sa.text("INSERT INTO documents (row_id, name, text) VALUES (1, 'report.toml', :text)")
        connection.execute(document, {"text": text})
    with database.setting_up() as connection:
        migrate(connection)
        assert [(each.section, each.view, each.by, each.text) for each in load_words(connection)] == [
            ("foreword", "", "A", "First."),
            ("growth", "?state=TX", "", "Second."),
        ]
        assert connection.execute(sa.text("SELECT count(*) FROM documents")).scalar() == 0
