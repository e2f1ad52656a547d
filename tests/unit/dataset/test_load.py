"""A folder is loaded whole or refused with every reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard.dataset import BadData, Problem, describe_all, load
from dashboard.strings import Catalog
from tests.conftest import Edit


def problems_of(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(BadData) as caught:
        load(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "row", "cells", "kind", "column"),
    [
        ("partnerships.csv", 2, {"start_year": "20007"}, "year", "start_year"),
        ("partnerships.csv", 2, {"start_year": "٢٠٠٧"}, "year", "start_year"),
        ("partnerships.csv", 2, {"start_year": "2099"}, "future", "start_year"),
        ("partnerships.csv", 2, {"start_year": "", "known_by": "2099"}, "future", "known_by"),
        ("partnerships.csv", 2, {"end_year": "2099"}, "future", "end_year"),
        ("published_totals.csv", 2, {"date": "2099-01"}, "future", "date"),
        ("published_counts.csv", 2, {"date": "2099-01-31"}, "future", "date"),
        ("programs.csv", 2, {"year": "2099"}, "future", "year"),
        ("partnerships.csv", 2, {"country_iso3": "ATL"}, "reference", "country_iso3"),
        ("partnerships.csv", 2, {"us_state": "ZZ"}, "reference", "us_state"),
        ("partnerships.csv", 2, {"source_ids": "s001;s999"}, "reference", "source_ids"),
        ("partnerships.csv", 2, {"source_ids": ""}, "blank", "source_ids"),
        ("partnerships.csv", 2, {"us_lat": "95"}, "range", "us_lat"),
        ("partnerships.csv", 2, {"us_lat": ""}, "half_coordinate", "us_lat, us_lon"),
        ("partnerships.csv", 2, {"confidence": "sure"}, "choice", "confidence"),
        ("partnerships.csv", 2, {"us_community": "Council\x07Bluffs"}, "control_character", "us_community"),
        ("partnerships.csv", 2, {"us_community": "x" * 401}, "too_long", "us_community"),
        ("partnerships.csv", 2, {"start_year": "2016", "end_year": "2010"}, "ends_before", "end_year"),
        ("partnerships.csv", 3, {"id": "council-bluffs-ia--herat-afg"}, "repeated", "id"),
        ("countries.csv", 2, {"iso3": "A F"}, "code", "iso3"),
        ("milestones.csv", 2, {"date": "2001-13"}, "date", "date"),
        ("published_totals.csv", 2, {"partnerships": "ninety"}, "integer", "partnerships"),
        ("map_points.csv", 2, {"lat": "north"}, "number", "lat"),
        ("survey/themes.csv", 2, {"option": "dragons"}, "reference", "option"),
        ("survey/themes.csv", 2, {"wave": "1066"}, "reference", "wave"),
        ("snapshots/sci-2007/counts.csv", 2, {"partnerships": "4"}, "snapshot_sum", "partnerships"),
        ("travel_advisories.csv", 2, {"level": "5"}, "range", "level"),
        ("travel_advisories.csv", 2, {"as_of": ""}, "blank", "as_of"),
        ("travel_advisories.csv", 2, {"issued": "2099-01-01"}, "future", "issued"),
        ("travel_advisories.csv", 45, {"cities": "285066;1"}, "reference", "cities"),
        ("places/us_cities.csv", 2, {"population": "many"}, "integer", "population"),
        ("places/us_cities.csv", 2, {"us_state": ""}, "blank", "us_state"),
        ("places/partner_cities.csv", 2, {"country_iso3": "ATL"}, "reference", "country_iso3"),
        ("sample/answers.csv", 2, {"region": "Atlantis"}, "reference", "region"),
    ],
)
def test_a_bad_cell_is_named_with_file_row_column_and_remedy(
    folder: Path, edit: Edit, t: Catalog, name: str, row: int, cells: dict[str, str], kind: str, column: str
) -> None:
    edit(name, row, cells)
    problems = problems_of(folder)
    assert (name, row, column, kind) in {(each.file, each.row, each.column, each.kind) for each in problems}
    text = describe_all(problems, t)
    assert name in text
    assert f"row {row}" in text
    assert "Traceback" not in text


def test_one_bad_cell_is_one_problem(folder: Path, edit: Edit) -> None:
    edit("partnerships.csv", 4, {"start_year": "20007"})
    assert len(problems_of(folder)) == 1


def test_a_missing_table_is_one_problem_and_not_one_for_each_reference(folder: Path) -> None:
    (folder / "sources.csv").unlink()
    assert [(each.file, each.kind) for each in problems_of(folder)] == [("sources.csv", "missing_file")]


def test_a_broken_toml_is_a_problem(folder: Path) -> None:
    (folder / "about.toml").write_text("collected = [", encoding="utf-8")
    assert [(each.file, each.kind) for each in problems_of(folder)] == [("about.toml", "toml")]


def test_a_toml_of_another_encoding_says_how_to_save_it(folder: Path, t: Catalog) -> None:
    path = folder / "story.toml"
    path.write_bytes(b"# Cote d\x92Ivoire\n" + path.read_bytes())
    with pytest.raises(BadData) as caught:
        load(folder)
    said = describe_all(caught.value.problems, t)
    assert "story.toml, row 1" in said and "UTF-8" in said and "codec" not in said


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('default_basis = "sci-2007"', 'default_basis = "sci-1066"', "basis"),
        ("collection_year = 2026", "collection_year = 20226", "year"),
        ("collection_year = 2026", "collection_year = 2027", "future"),
        ("collected = 2026-11-28", 'collected = "soon"', "date"),
        ('boundaries = ["natural-earth"]', 'boundaries = ["s999"]', "reference"),
        ('boundaries = ["natural-earth"]', 'boundaries = [["natural-earth"]]', "reference"),
    ],
)
def test_about_is_checked(folder: Path, old: str, new: str, kind: str) -> None:
    path = folder / "about.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert kind in {each.kind for each in problems_of(folder)}


def test_sources_of_another_shape_are_a_problem(folder: Path) -> None:
    path = folder / "about.toml"
    path.write_text(path.read_text(encoding="utf-8").split("[sources]")[0] + 'sources = ["s001"]\n', encoding="utf-8")
    assert [each.kind for each in problems_of(folder)] == ["table"]


@pytest.mark.parametrize("label", ["SCI’s {number}", "SCI’s {", "SCI’s {0}", "SCI’s {count.a}", "SCI’s {count:x:y}"])
def test_a_label_that_cannot_be_filled_is_a_problem(folder: Path, label: str) -> None:
    path = folder / "snapshots" / "sci-2007" / "snapshot.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("SCI’s {count}", label), encoding="utf-8")
    assert [(each.file, each.kind) for each in problems_of(folder)] == [("snapshots/sci-2007/snapshot.toml", "gap")]


def test_a_row_with_a_comma_too_many_is_one_problem(folder: Path) -> None:
    path = folder / "partnerships.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Council Bluffs", "Council, Bluffs", 1), encoding="utf-8")
    assert [(each.file, each.row, each.kind) for each in problems_of(folder)] == [("partnerships.csv", 2, "cells")]


def test_a_snapshot_cannot_take_the_place_of_all_documented(folder: Path) -> None:
    shutil.copytree(folder / "snapshots" / "sci-2007", folder / "snapshots" / "documented")
    assert [each.kind for each in problems_of(folder)] == ["reserved"]


def test_answers_to_a_wave_of_themes_are_not_dropped_in_silence(folder: Path) -> None:
    (folder / "survey" / "answers.csv").write_text(
        "wave,respondent,question,option,answer,region,us_state\n2006,r1,barriers,terrorism,yes,Western Asia,TX\n",
        encoding="utf-8",
    )
    assert [(each.row, each.kind) for each in problems_of(folder)] == [(2, "themes_only")]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert [each.kind for each in problems_of(tmp_path / "nowhere")] == ["missing_folder"]


def test_optional_tables_may_be_absent(folder: Path) -> None:
    shutil.rmtree(folder / "sample")
    (folder / "survey" / "published_findings.csv").unlink()
    assert load(folder).sample.waves == ()


def test_next_years_count_is_a_folder_and_no_code(folder: Path) -> None:
    """A snapshot of another year becomes a basis of its own, with its own members and label."""
    new = folder / "snapshots" / "sci-2026"
    new.mkdir()
    (new / "snapshot.toml").write_text(
        'title = "Counted in 2026"\nlabel = "SCI’s {count} of 2026"\ncounted_by = "SCI"\nyear = 2026\nsource_ids = ["s001"]\n',
        encoding="utf-8",
    )
    (new / "counts.csv").write_text(
        "country_iso3,label,partnerships,source_ids\nAFG,Afghanistan,2,s001\n", encoding="utf-8"
    )
    (new / "members.csv").write_text(
        "partnership_id,is_member,reason\ncouncil-bluffs-ia--herat-afg,yes,start year\nunion-city-ca--asadabad-afg,yes,start year\n",
        encoding="utf-8",
    )
    bases = load(folder).bases
    assert list(bases) == ["sci-2026", "sci-2007", "documented"]
    assert (bases["sci-2026"].last_year, len(bases["sci-2026"].rows)) == (2026, 2)


def test_a_count_of_a_year_to_come_is_a_problem(folder: Path) -> None:
    path = folder / "snapshots" / "sci-2007" / "snapshot.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("year = 2007", "year = 2099"), encoding="utf-8")
    assert [(each.file, each.kind) for each in problems_of(folder)] == [("snapshots/sci-2007/snapshot.toml", "future")]


def test_a_member_that_began_after_the_count_is_a_problem(folder: Path, edit: Edit) -> None:
    edit("partnerships.csv", 8, {"start_year": "2008"})  # san-diego-ca--jalalabad-afg, a member
    assert [each.kind for each in problems_of(folder)] == ["member_too_late"]


@pytest.mark.parametrize(
    ("status", "confidence", "counts"),
    [("refused", "high", False), ("doubtful", "low", False), ("doubtful", "medium", True), ("unknown", "low", True)],
)
def test_what_is_refused_or_doubtful_stays_on_record_and_counts_nowhere(
    folder: Path, edit: Edit, status: str, confidence: str, counts: bool
) -> None:
    edit("partnerships.csv", 2, {"status": status, "confidence": confidence})  # council-bluffs-ia--herat-afg
    dataset = load(folder)
    assert "council-bluffs-ia--herat-afg" in set(dataset.partnerships["id"])
    assert ("council-bluffs-ia--herat-afg" in set(dataset.bases["documented"].rows["id"])) is counts


def test_a_member_that_was_refused_is_a_problem(folder: Path, edit: Edit) -> None:
    edit("partnerships.csv", 8, {"status": "refused"})  # san-diego-ca--jalalabad-afg, a member
    assert [each.kind for each in problems_of(folder)] == ["member_left_out"]


def test_a_folder_without_cities_loads_with_none(folder: Path) -> None:
    shutil.rmtree(folder / "places")
    tables = load(folder).tables
    assert (len(tables["us_cities"]), len(tables["partner_cities"])) == (0, 0)
    assert "population" in tables["us_cities"]
