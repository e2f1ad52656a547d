"""Each tool's file says the same twelve people's answers, and comes out the same."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import CHARTS
from dashboard.context import AppContext
from dashboard.dataset import Dataset, load
from dashboard.filters import parse
from dashboard.intake.codebook import Question, codebook_of
from dashboard.intake.headers import find_header
from dashboard.intake.spreadsheet import read_grid
from dashboard.strings import load_catalog
from tests.conftest import Edit
from tests.unit.intake.conftest import Run, answers_in

FILES = Path(__file__).parents[2] / "fixtures" / "surveys"
TOOLS = {
    "surveymonkey.csv": "surveymonkey",
    "google-forms.csv": "google",
    "microsoft-forms.xlsx": "microsoft",
    "qualtrics.csv": "qualtrics",
    "kobo.csv": "kobo",
    "long.csv": "long",
}
# counted by hand from the list of answers that the files were written from
BARRIERS = {"travel": 5, "funding": 4, "visas": 3, "terrorism": 2, "safety": 2, "other": 2, "understanding": 1}
WISHES = {"outreach": 6, "programs": 4, "partnerships": 3}
REGIONS = {
    "Western Asia": 4,
    "Sub-Saharan Africa": 3,
    "South-eastern Asia": 1,
    "Northern Africa": 1,
    "Southern Asia": 1,
    "Central Asia": 1,
    "": 1,
}
STATES = {"CA": 2, "TX": 2, "NY": 1, "OH": 1, "WA": 2, "MN": 1, "CO": 1, "OR": 1, "IL": 1}
PRIVATE = ("example.org", "192.0.2.", "-93.26", "Moss", "ada", "Ada", "118000", "R_abc", "445566", "letters")


@pytest.mark.parametrize("file", TOOLS)
def test_every_tool_gives_the_same_answers_and_nothing_personal_is_stored(
    file: str, folder: Path, edit: Edit, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    if TOOLS[file] == "google":
        # this form calls one option "Money, or the lack of it"
        edit("survey/codebook.csv", 7, {"aliases": "money;limited financial resources;Money, or the lack of it"})
    assert run("import-survey", FILES / file, "--wave", "2026") == 0
    assert "No column" not in capsys.readouterr().out
    for path in ("answers.csv", "waves.csv"):
        text = (folder / "survey" / path).read_text(encoding="utf-8")
        # whole words: an id drawn at random may well have a name's letters in it
        assert [word for word in PRIVATE if re.search(rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])", text)] == []
    answers = answers_in(folder)
    rows = answers[answers["wave"] == "2026"]
    for question, counts, base in (("barriers", BARRIERS, 10), ("wishes", WISHES, 9)):
        of = rows[rows["question"] == question]
        assert of["respondent"].nunique() == 12
        assert of.loc[of["answer"] != "", "respondent"].nunique() == base
        ticked = of.loc[of["answer"] == "yes", "option"].value_counts().to_dict()
        assert {option: many for option, many in ticked.items() if many} == counts
    people = rows.drop_duplicates("respondent")
    assert people["region"].value_counts().to_dict() == REGIONS
    assert people["us_state"].value_counts().to_dict() == STATES


@pytest.mark.parametrize("file", TOOLS)
def test_the_tool_is_recognised(file: str, dataset: Dataset) -> None:
    grid = read_grid(FILES / file, most_bytes=10**7)
    assert find_header(grid, codebook_of(dataset)).tool == TOOLS[file]


def test_the_preview_says_what_is_dropped_and_why(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import-survey", FILES / "qualtrics.csv", "--wave", "2026", accept=False) == 1
    out = capsys.readouterr().out
    for part in ("Qualtrics", "13 rows", "1 preview", "12 respondents", "Time zones", "Germany", "Personal: names",
                 "Personal: e-mail", "Personal: coordinates", "Personal: network", "Not asked in this file"):  # fmt: skip
        assert part in out, part


def test_nothing_is_written_without_a_yes(folder: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run("import-survey", FILES / "long.csv", "--wave", "2026", accept=False) == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_wave_comes_again_in_place_of_itself(folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import-survey", FILES / "long.csv", "--wave", "2026") == 0
    assert run("import-survey", FILES / "kobo.csv", "--wave", "2027") == 0
    assert run("import-survey", FILES / "kobo.csv", "--wave", "2026") == 0
    assert "The 12 respondents that wave 2026 has now will be replaced" in capsys.readouterr().out
    answers = answers_in(folder)
    assert answers.groupby("wave")["respondent"].nunique().to_dict() == {"2026": 12, "2027": 12}


def test_the_answers_are_their_own_source(folder: Path, run: Run) -> None:
    """Figures of a wave cite its answers, not the deck that published the wave before it."""
    assert run("import-survey", FILES / "long.csv", "--wave", "2026") == 0
    data = load(folder)
    app_context = AppContext(data, load_catalog())
    view = app_context.view(parse("?wave=2026", app_context.choices).selection)
    (cited,) = CHARTS["barriers"].sources(view)
    title = str(data.sources.set_index("id").loc[cited, "title"])
    assert title.startswith("Islamic Initiative Survey 2026: answers of 12 respondents, imported on")


def test_ids_and_order_say_nothing_of_the_export(folder: Path, run: Run) -> None:
    orders = set()
    for _ in range(2):
        assert run("import-survey", FILES / "long.csv", "--wave", "2026") == 0
        answers = answers_in(folder)
        assert answers["respondent"].str.fullmatch("[0-9a-f]{8}").all()
        orders.add(tuple(answers.drop_duplicates("respondent")["us_state"]))
    assert len(orders) == 2


def test_what_was_published_is_not_overwritten(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import-survey", FILES / "long.csv", "--wave", "2006") == 1
    assert "2006-answers" in capsys.readouterr().err


@pytest.mark.parametrize("wave", ["next", "a b 2026", "3026"])
def test_a_wave_needs_a_year(wave: str, run: Run) -> None:
    assert run("import-survey", FILES / "long.csv", "--wave", wave) == 2


def test_a_file_without_known_questions_is_refused(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "numbers.csv"
    path.write_text('Timestamp,Which of these stand in the way of your partnership?\n1,"1, 4"\n2,3\n')
    assert run("import-survey", path, "--wave", "2026") == 1
    assert "not their numbers" in capsys.readouterr().err


def test_a_mapping_is_kept_and_used(tmp_path: Path, folder: Path, run: Run) -> None:
    export = tmp_path / "export.csv"
    rows = [["Timestamp", "Obstacles", "Where"], *[[f"t{at}", "Terrorism, Red tape", "Turkey"] for at in range(6)]]
    with export.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    kept = tmp_path / "kept.toml"
    assert run("import-survey", export, "--wave", "2026", "--map", kept) == 0
    text = kept.read_text()
    assert '"Obstacles" = "barriers"' in text
    assert '"Red tape" = "other"' in text
    kept.write_text(text.replace('"Red tape" = "other"', '"Red tape" = "visas"'))
    assert run("import-survey", export, "--wave", "2026", "--map", kept) == 0
    answers = answers_in(folder)
    assert answers.loc[answers["answer"] == "yes", "option"].value_counts().to_dict() == {"terrorism": 6, "visas": 6}


@pytest.fixture(scope="session")
def question(dataset: Dataset) -> Question:
    return next(question for question in codebook_of(dataset) if question.code == "barriers")


@given(data=st.data())
def test_joined_answers_come_apart_again(question: Question, data: st.DataObject) -> None:
    """Whatever is ticked and typed, with commas in it or not, is found again as it was."""
    chosen = data.draw(st.lists(st.sampled_from([key for key in question.options if key != "other"]), unique=True))
    typed = data.draw(st.sampled_from(["", "Zeal, too little of it", "Too far away", "a; b, c"]))
    labels = [question.labels[option] for option in chosen]
    cell = ", ".join([*labels, typed] if typed else labels)
    found = question.split(cell, ", ")
    assert Counter(option for option, _ in found if option) == Counter(chosen)
    assert [text for option, text in found if not option] == ([typed] if typed else [])


def test_what_a_long_table_never_offered_is_no_zero(tmp_path: Path, folder: Path, run: Run) -> None:
    path = tmp_path / "long.csv"
    rows = [f"{who},barriers,{option},{'yes' if who else 'no'}" for who in range(3) for option in ("visas", "travel")]
    path.write_text("\n".join(["respondent,question,option,answer", *rows]), encoding="utf-8")
    assert run("import-survey", path, "--wave", "2026") == 0
    assert set(answers_in(folder)["option"]) == {"visas", "travel"}
    path.write_text(
        "\n".join(["respondent,question,option", *(row.rpartition(",")[0] for row in rows)]), encoding="utf-8"
    )
    assert run("import-survey", path, "--wave", "2026") == 0
    assert len(set(answers_in(folder)["option"])) == 11


def test_an_option_may_begin_with_another_and_a_comma(
    tmp_path: Path, folder: Path, edit: Edit, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with (folder / "survey" / "codebook.csv").open(encoding="utf-8", newline="") as file:
        at = {
            row["option"]: number for number, row in enumerate(csv.DictReader(file), 2) if row["question"] == "barriers"
        }
    edit("survey/codebook.csv", at["visas"], {"label": "Visa rules"})
    edit("survey/codebook.csv", at["funding"], {"label": "Visa rules, and their costs"})
    edit("survey/codebook.csv", at["language"], {"label": "and their costs"})
    path = tmp_path / "google.csv"
    path.write_text(
        "Timestamp,What stands in the way?\n"
        + '1/2/2026,"Visa rules, and their costsome, Terrorism"\n' * 2
        + '1/2/2026,"Visa rules, Visa rules, and their costs"\n' * 3,
        encoding="utf-8",
    )
    assert run("import-survey", path, "--wave", "2026") == 0
    told = capsys.readouterr().out
    assert "Can be read as one option or as several" in told and "3  “Visa rules, and their costs”" in told
    answers = answers_in(folder)
    ticked = answers.loc[answers["answer"] == "yes", "option"].value_counts().to_dict()
    assert ticked == {"visas": 5, "funding": 3, "terrorism": 2, "other": 2}


def test_a_mapping_of_another_encoding_says_how_to_save_it(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.toml"
    kept.write_bytes(b'[questions]\n"Visas \x96 which?" = "barriers"\n')
    assert run("import-survey", FILES / "google-forms.csv", "--wave", "2026", "--map", kept) == 1
    told = capsys.readouterr().err
    assert "kept.toml, row 2" in told and "UTF-8" in told and "codec" not in told


def test_columns_in_any_order(tmp_path: Path, folder: Path, run: Run) -> None:
    with (FILES / "kobo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    path = tmp_path / "kobo.csv"
    with path.open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[row[at] for at in order] for row in rows])
    assert run("import-survey", path, "--wave", "2026") == 0
    answers = answers_in(folder)
    of = answers[answers["question"] == "barriers"]
    assert of.loc[of["answer"] == "yes", "option"].value_counts().to_dict() == BARRIERS
