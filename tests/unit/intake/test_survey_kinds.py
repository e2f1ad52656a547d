"""Survey exports as they really come: of each kind a file, and others like it, with what each really says."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dataset import BadData, Dataset, describe_all
from dashboard.intake.codebook import codebook_of
from dashboard.intake.mapping import Mapped, read_mapping
from dashboard.intake.responses import Responses
from dashboard.intake.survey import open_file, understand
from dashboard.strings import Catalog
from tests.unit.intake.conftest import Run

FILES = Path(__file__).parents[2] / "fixtures" / "intake" / "survey"
Q = "Which of these stand in the way of your partnership?"
T, TR, V = "terrorism", "travel", "visas"
FORTY = {
    "terrorism": 13, "travel": 15, "safety": 15, "understanding": 20, "atmosphere": 14, "funding": 16, "staff": 14,
    "visas": 18, "language": 16, "interest": 15,
}  # fmt: skip
GOOGLE = (6, 5, {T: 3, TR: 3, V: 2, "language": 1})
# file: people, those who answered, ticks
TRUTHS: Mapping[str, tuple[int, int, Mapping[str, int]]] = {
    "01-google-own-download-semicolons.csv": GOOGLE,
    "02-google-sheets-tr.csv": (4, 4, {T: 3, TR: 3, V: 2}),
    "02-google-sheets-id.csv": (4, 4, {T: 3, TR: 3, V: 2}),
    "03-remark-with-angle-brackets.csv": (2, 2, {T: 2, V: 1}),
    "03b-mail-name-in-brackets.csv": (2, 2, {T: 2, V: 1}),
    "04-remark-begins-with-equals.csv": (2, 2, {T: 2, V: 1}),
    "05-typeform-option-columns.csv": (4, 4, {T: 2, TR: 3, V: 1, "other": 1}),
    "06-one-header-question-dash-option.csv": (4, 4, {T: 2, TR: 3, V: 1}),
    "08-surveymonkey-states-and-countries-as-ticks.csv": (4, 4, {T: 2, V: 3}),
    "09-google-headings-with-slash-read-as-kobo.csv": (3, 3, {T: 3, TR: 2, V: 2}),
    "10-limesurvey-full-text.csv": (4, 3, {T: 2, TR: 2, V: 1, "other": 1}),
    "11-redcap-labels.csv": (2, 2, {T: 1, TR: 2, V: 1}),
    "12-odk-central-not-split.csv": (3, 3, {T: 2, TR: 3, V: 2}),
    "13-workbook-cover-sheet-first.xlsx": (2, 2, {T: 2, V: 1}),
    "13c-workbook-helper-formula-column.xlsx": (2, 2, {T: 2, V: 1}),
    "14-google-download.csv.zip": GOOGLE,
    "15-jotform-line-breaks.csv": (3, 3, {T: 2, TR: 3, V: 2}),
    "16-surveymonkey-no-gaps.csv": (2, 2, {T: 1, V: 1}),
    "18-qualtrics-option-with-dash.csv": (3, 3, {T: 1, "other": 1}),
    "19-country-codes-read-as-states.csv": (5, 5, {T: 5, V: 1}),
    "20-id-of-the-organisation.csv": (4, 4, {T: 2, V: 1, "language": 1}),
    "21-excel-sep-line.csv": GOOGLE,
    "22-tsv-utf16.tsv": (2, 2, {T: 2, V: 1}),
    "23-turkish-cp1254.csv": (2, 2, {T: 2, V: 1}),
    "24-country-names-in-other-languages.csv": (12, 12, {T: 12}),
    "27-ms-forms-french-saved-as-csv.csv": (3, 3, {T: 2, TR: 2, V: 1}),
    "28-none-of-these.csv": (4, 4, {T: 1, V: 1}),
    "29-two-language-forms-merged.csv": (4, 4, {T: 1, V: 1, "language": 2}),
    "31-short-words-read-as-countries.csv": (4, 4, {T: 4, V: 1}),
    "34-region-words.csv": (5, 5, {T: 5}),
    "35-surveycto-wide.csv": (2, 2, {T: 1, TR: 2, V: 1}),
    "40-kobo-label-with-date-slash.csv": (40, 40, FORTY),
    "41-limesurvey-yes-or-blank.csv": (40, 39, FORTY),
}
Read = Callable[..., Responses]


@pytest.fixture
def read(dataset: Dataset) -> Read:
    """read(file, …, mapped=…) understands files as the command does, without a data folder."""

    def responses(*paths: Path, mapped: Mapped = Mapped()) -> Responses:  # noqa: B008
        opened = [open_file(path, dataset, mapped, most_bytes=10**8) for path in paths]
        return understand(opened, dataset, mapped, map_name="kept.toml")

    return responses


def barriers(responses: Responses) -> tuple[int, int, dict[str, int]]:
    (found,) = [found for found in responses.answered if found.question.code == "barriers"]
    return responses.respondents, found.base, {option: many for option, many in found.counts().items() if many}


def offered(responses: Responses) -> set[str]:
    (found,) = [found for found in responses.answered if found.question.code == "barriers"]
    return set(found.options)


def table(path: Path, rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize("file", TRUTHS)
def test_each_file_says_what_it_really_says(file: str, read: Read) -> None:
    kept = FILES / f"{Path(file).stem}.map.toml"
    assert barriers(read(FILES / file, mapped=read_mapping(kept))) == TRUTHS[file]


def ticks(*rows: str) -> list[list[bool]]:
    return [[letter in row for letter in "TRV"] for row in rows]


ANSWERS = ticks("TR", "RV", "T", "", "TRV")
LABELS = ["Terrorism", "Travel restrictions", "Visa rules"]
SAID = (5, 4, {T: 3, TR: 3, V: 2})
SAID_NO = (5, 5, {T: 3, TR: 3, V: 2})


def joined(mark: str, labels: Sequence[str] = LABELS) -> list[str]:
    return [mark.join(label for label, tick in zip(labels, row, strict=True) if tick) for row in ANSWERS]


def columns(heads: Sequence[str], yes: Sequence[str], no: str, first: Sequence[str] = ("Nr",)) -> list[list[str]]:
    """A header and five people, with a column for each option."""
    rows = [[*first, *heads]]
    for number, row in enumerate(ANSWERS):
        rows.append([f"n{number}"] * len(first) + [yes[at] if tick else no for at, tick in enumerate(row)])
    return rows


LISTS = {
    "semicolon": ";", "semicolon and space": "; ", "comma": ", ", "comma alone": ",", "line": "\n", "windows line": "\r\n",
    "bar": "|", "bars with spaces": " | ", "arabic comma": "، ", "arabic semicolon": "؛ ", "slash": " / ",
}  # fmt: skip


@pytest.mark.parametrize("mark", LISTS)
@pytest.mark.parametrize("heading", [Q, "Obstacles", f"3. {Q} (tick all)"])
def test_the_separator_is_what_gives_most_options(mark: str, heading: str, tmp_path: Path, read: Read) -> None:
    rows = [["When", heading], *[[f"m{at}", cell] for at, cell in enumerate(joined(LISTS[mark]))]]
    assert barriers(read(table(tmp_path / "a.csv", rows))) == SAID


@pytest.mark.parametrize("mark", [" ", ";", ","])
def test_codes_too(mark: str, tmp_path: Path, read: Read) -> None:
    cells = joined(mark, ["terrorism", "travel", "visas"])
    assert barriers(read(table(tmp_path / "a.csv", [["k", "barriers"], *[["x", cell] for cell in cells]]))) == SAID


HEADS = {
    "dash": f"{Q} - {{}}", "long dash": f"{Q} – {{}}", "colon": f"{Q}: {{}}", "brackets": f"{Q} [{{}}]", "slash": f"{Q}/{{}}",
    "before": f"{{}}:{Q}", "choice": f"{Q} (choice={{}})", "round": f"{Q} ({{}})", "bar": f"{Q} | {{}}", "space": f"{Q} {{}}",
    "unknown question": "What is hard? [{}]", "unknown, before": "{} - What is hard?", "arrow": f"{Q} > {{}}",
    "numbered": f"Q3. {Q} - {{}}", "alone": "{}",
}  # fmt: skip
CELLS = {
    "label": (LABELS, "", SAID), "yes": (["Yes"] * 3, "", SAID), "yes and no": (["Yes"] * 3, "No", SAID_NO),
    "1": (["1"] * 3, "", SAID), "1 and 0": (["1"] * 3, "0", SAID_NO), "1.0 and 0.0": (["1.0"] * 3, "0.0", SAID_NO),
    "true": (["TRUE"] * 3, "FALSE", SAID_NO), "Y": (["Y"] * 3, "", SAID), "oui": (["Oui"] * 3, "Non", SAID_NO),
    "evet": (["Evet"] * 3, "Hayır", SAID_NO), "x": (["x"] * 3, "", SAID), "sign": (["✓"] * 3, "", SAID),
    "checked": (["Checked"] * 3, "Unchecked", SAID_NO), "arabic": (["نعم"] * 3, "لا", SAID_NO),
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_a_column_for_each_option_whatever_its_heading(head: str, tmp_path: Path, read: Read) -> None:
    heads = [HEADS[head].format(label) for label in LABELS]
    found = read(table(tmp_path / "a.csv", columns(heads, LABELS, "")))
    assert barriers(found) == SAID
    assert offered(found) == {T, TR, V}


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("head", ["dash", "brackets", "alone"])
def test_a_tick_is_a_tick(cell: str, head: str, tmp_path: Path, read: Read) -> None:
    yes, no, truth = CELLS[cell]
    heads = [HEADS[head].format(label) for label in LABELS]
    assert barriers(read(table(tmp_path / "a.csv", columns(heads, yes, no)))) == truth


@pytest.mark.parametrize(
    "head", ["barriers_{}", "barriers/{}", "barriers.{}", "barriers[{}]", "group/barriers/{}", "barriers___{}"]
)
def test_ids_are_headings_too(head: str, tmp_path: Path, read: Read) -> None:
    heads = [head.format(code) for code in (T, TR, V)]
    assert barriers(read(table(tmp_path / "a.csv", columns(heads, ["1"] * 3, "0")))) == SAID_NO


def test_two_rows_of_header_below_titles(tmp_path: Path, read: Read) -> None:
    rows = columns(["", "", ""], LABELS, "", ("Respondent ID", "Collector ID"))
    rows[0][2] = Q
    rows.insert(1, ["", "", *LABELS])
    assert barriers(read(table(tmp_path / "a.csv", rows))) == SAID
    assert barriers(read(table(tmp_path / "b.csv", [["Annual survey"], [], *rows]))) == SAID


def test_codes_above_texts_are_a_header_of_two_rows(tmp_path: Path, read: Read) -> None:
    rows = columns(["Q3_1", "Q3_2", "Q3_3"], LABELS, "", ("ResponseId",))
    rows.insert(1, ["Response ID", *[f"{Q} - {label}" for label in LABELS]])
    assert barriers(read(table(tmp_path / "a.csv", rows))) == SAID


@pytest.mark.parametrize(
    "option", ["Post-9/11 atmosphere", "Lack of funding - money or staff", "CI/CD", "Time: too little"]
)
def test_marks_inside_an_option_stay(option: str, tmp_path: Path, read: Read) -> None:
    heads = [f"{Q} - {label}" for label in LABELS[:2]] + [f"{Q} - {option}"]
    found = read(table(tmp_path / "a.csv", columns(heads, [*LABELS[:2], option], "")))
    (answered,) = found.answered
    if answered.question.option(option):
        assert barriers(found) == (5, 4, {T: 3, TR: 3, "atmosphere": 2})
    else:
        assert barriers(found) == (5, 4, {T: 3, TR: 3})
        assert answered.unknown_options == {option: 2}


RATINGS = {
    "words": ["Not at all", "A little", "Very much", "A little", "Not at all"], "numbers": ["1", "5", "3", "2", "4"],
    "ranks": ["1", "2", "3", "2", "1"], "choices": ["1st choice", "2nd choice", "", "", ""],
    "one and two": ["1", "2", "1", "2", "2"], "with no": ["No", "Somewhat", "Yes", "No", "Somewhat"],
}  # fmt: skip


@pytest.mark.parametrize("rating", RATINGS)
@pytest.mark.parametrize("head", ["dash", "brackets", "alone", "before"])
def test_ratings_and_rankings_are_asked_about(rating: str, head: str, tmp_path: Path, read: Read, t: Catalog) -> None:
    heads = [HEADS[head].format(label) for label in LABELS]
    rows = [
        ["Nr", *heads],
        *[[f"n{at}", value, value, RATINGS[rating][-1 - at]] for at, value in enumerate(RATINGS[rating])],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert "no ticks" in describe_all(caught.value.problems, t) or "no question" in describe_all(
        caught.value.problems, t
    )


def test_a_ranking_in_a_cell_is_asked_about(tmp_path: Path, read: Read) -> None:
    cells = [
        "Terrorism;Visa rules;Travel restrictions;",
        "Visa rules;Terrorism;Travel restrictions;",
        "Travel restrictions;Visa rules;Terrorism;",
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", [["ID", Q], *[[str(at), cell] for at, cell in enumerate(cells)]]))
    assert [problem.kind for problem in caught.value.problems] == ["ranking"]


def test_a_mapping_says_which_words_of_a_grid_are_ticks(tmp_path: Path, read: Read) -> None:
    heads = [f"{Q} [{label}]" for label in LABELS]
    rows = columns(heads, ["Very much"] * 3, "Not at all")
    mapped = Mapped(ticks={"Very much": "yes", "Not at all": "no"})
    assert barriers(read(table(tmp_path / "a.csv", rows), mapped=mapped)) == SAID_NO


@pytest.mark.parametrize(
    "none",
    [
        "None of these",
        "None of the above",
        "Nothing stands in our way",
        "Aucune de ces réponses",
        "Hiçbiri",
        "لا شيء مما سبق",
    ],
)
def test_none_of_these_answers_and_ticks_nothing(none: str, tmp_path: Path, read: Read) -> None:
    rows = [["When", Q], ["a", none], ["b", "Terrorism"], ["c", ""], ["d", none]]
    assert barriers(read(table(tmp_path / "a.csv", rows))) == (4, 3, {T: 1})
    heads = [f"{Q} - {text}" for text in ("Terrorism", "Visa rules", none)]
    rows = [
        ["Nr", *heads],
        ["1", "Terrorism", "", ""],
        ["2", "", "", none],
        ["3", "", "", ""],
        ["4", "", "Visa rules", ""],
    ]
    found = read(table(tmp_path / "b.csv", rows))
    assert barriers(found) == (4, 3, {T: 1, V: 1})
    assert not found.answered[0].unknown_options


def test_what_has_no_column_was_not_offered(tmp_path: Path, read: Read) -> None:
    found = read(table(tmp_path / "a.csv", columns([f"barriers/{code}" for code in (T, TR, V)], ["1"] * 3, "0")))
    assert offered(found) == {T, TR, V}


PLACES = {
    "code": ("Partner country code", ["ID", "MA", "TR"], ["South-eastern Asia", "Northern Africa", "Western Asia"]),
    "three letters": ("Country (ISO)", ["IDN", "MAR", "TUR"], ["South-eastern Asia", "Northern Africa", "Western Asia"]),
    "several": ("Partner country", ["Turkey, Egypt", "Turkey; Jordan", "Mali"], ["", "Western Asia", "Sub-Saharan Africa"]),
    "several with and": ("Partner country", ["Egypt and Mali", "Mali & Senegal", "Iraq"], ["", "Sub-Saharan Africa", "Western Asia"]),
    "outside too": ("Partner country", ["Turkey; France", "Turkey", "Japan"], ["", "Western Asia", ""]),
    "city": ("Your partner city", ["Izmir, Turkey", "Dakar (Senegal)", "Cairo, Egypt"], ["Western Asia", "Sub-Saharan Africa", "Northern Africa"]),
    "french": ("Pays du partenaire", ["Turquie", "Égypte", "Liban"], ["Western Asia", "Northern Africa", "Western Asia"]),
    "turkish": ("Ortağınızın ülkesi", ["Mısır", "Ürdün", "Fas"], ["Northern Africa", "Western Asia", "Northern Africa"]),
    "arabic": ("البلد", ["مصر", "تركيا", "المغرب"], ["Northern Africa", "Western Asia", "Northern Africa"]),
    "region": ("Region of your partner", ["North Africa", "South Asia", "West Africa"], ["Northern Africa", "Southern Asia", "Sub-Saharan Africa"]),
    "wide region": ("Region of your partner", ["Middle East", "South Asia", "MENA"], ["", "Southern Asia", ""]),
    "remark": ("Anything else?", ["Turkey", "Egypt", "Mali"], ["", "", ""]),
    "remark about a country": ("Comments about your country", ["Turkey", "Egypt", "Mali"], ["", "", ""]),
    "id": ("Organisation ID", ["TR", "MA", "ID"], ["", "", ""]),
    "short words": ("Who runs it?", ["BD/fundraising", "Council & AF", "BD"], ["", "", ""]),
    "language": ("Language of the form", ["AR", "TR", "ID"], ["", "", ""]),
}  # fmt: skip


@pytest.mark.parametrize("kind", PLACES)
def test_a_place_comes_from_a_question_about_a_place(kind: str, tmp_path: Path, read: Read) -> None:
    heading, cells, regions = PLACES[kind]
    found = read(table(tmp_path / "a.csv", [["When", Q, heading], *[["m", "Terrorism", cell] for cell in cells]]))
    assert found.regions.tolist() == regions
    assert found.states.tolist() == ["", "", ""]


STATES = {
    "codes": ("U.S. state", ["TX", "OH", "ID"], ["TX", "OH", "ID"]),
    "names": ("In which state are you?", ["Texas", "N. Carolina", "Washington, D.C."], ["TX", "NC", "DC"]),
    "several": ("State", ["Texas, Ohio", "TX", "Houston, TX"], ["", "TX", "TX"]),
    "id": ("ID", ["TX-01", "TX", "OH"], ["", "", ""]),
    "option": ("Initials", ["OK", "IN", "ME"], ["", "", ""]),
}


@pytest.mark.parametrize("kind", STATES)
def test_a_state_comes_from_a_question_about_a_state(kind: str, tmp_path: Path, read: Read) -> None:
    heading, cells, states = STATES[kind]
    found = read(table(tmp_path / "a.csv", [["When", Q, heading], *[["m", "Terrorism", cell] for cell in cells]]))
    assert found.states.tolist() == states


def test_places_as_ticks_in_one_row_of_headings(tmp_path: Path, read: Read) -> None:
    head = "In which countries are your partners?"
    rows = [
        ["Nr", Q, f"{head} [Turkey]", f"{head} [Jordan]", f"{head} [Mali]"],
        ["1", "Terrorism", "Yes", "Yes", "No"],
        ["2", "Terrorism", "No", "Yes", "Yes"],
    ]
    assert read(table(tmp_path / "a.csv", rows)).regions.tolist() == ["Western Asia", ""]


def test_two_questions_about_a_country_are_asked_about(tmp_path: Path, read: Read) -> None:
    rows = [
        ["When", Q, "Country", "Country of birth"],
        ["a", "Terrorism", "Turkey", "Egypt"],
        ["b", "Terrorism", "Mali", "Iraq"],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [problem.kind for problem in caught.value.problems] == ["several_places"]
    mapped = Mapped(places={"Country": "country", "Country of birth": "leave out"})
    assert read(tmp_path / "a.csv", mapped=mapped).regions.tolist() == ["Western Asia", "Sub-Saharan Africa"]


def test_words_for_regions_are_told_once(tmp_path: Path, read: Read) -> None:
    mapped = Mapped(place_words={"Middle East": "Western Asia", "Middle East & North Africa": ""})
    found = read(FILES / "34-region-words.csv", mapped=mapped)
    assert found.regions.tolist() == ["Western Asia", "Northern Africa", "", "Sub-Saharan Africa", "Southern Asia"]
    assert not found.unmatched_places


def test_several_columns_for_one_question(tmp_path: Path, read: Read) -> None:
    rows = [
        ["When", "Obstacles now", "Obstacles then"],
        ["a", "Terrorism", "Visa rules"],
        ["b", "Terrorism", ""],
        ["c", "Visa rules", "Language"],
    ]
    path = table(tmp_path / "a.csv", rows)
    with pytest.raises(BadData) as caught:
        read(path)
    assert [problem.kind for problem in caught.value.problems] == ["several_columns"]
    both = Mapped(questions={"Obstacles now": "barriers", "Obstacles then": "barriers"})
    assert barriers(read(path, mapped=both)) == (3, 3, {T: 2, V: 2, "language": 1})
    one = Mapped(questions={"Obstacles now": "barriers", "Obstacles then": "leave out"})
    assert barriers(read(path, mapped=one)) == (3, 3, {T: 2, V: 1})


def test_a_column_may_be_said_to_be_an_option(tmp_path: Path, read: Read) -> None:
    rows = columns(["Q1", "Q2", "Q3"], ["1"] * 3, "0")
    mapped = Mapped(
        questions={"Q1": "barriers/terrorism", "Q2": "barriers / Travel restrictions", "Q3": "barriers/visas"}
    )
    assert barriers(read(table(tmp_path / "a.csv", rows), mapped=mapped)) == SAID_NO


def test_a_wrong_word_in_a_mapping_is_said(read: Read) -> None:
    mapped = Mapped(
        questions={"Wich of these": "barriers", Q: "bariers"},
        places={"Partner country": "land"},
        texts={"barriers": {"Money": "fundng", "Red tape": "leave out", "Nothing": ""}, "x": {}},
        place_words={"Here": "Atlantis"},
        ticks={"Ja": "ja"},
    )
    with pytest.raises(BadData) as caught:
        read(FILES / "25-map-with-typing-errors.csv", mapped=mapped)
    kinds = sorted(problem.kind for problem in caught.value.problems)
    assert kinds == ["map_heading", "map_kind", "map_option", "map_place", "map_question", "map_question", "map_tick"]
    with pytest.raises(BadData) as caught:
        read(FILES / "25-map-with-typing-errors.csv", mapped=read_mapping(FILES / "25-map-with-typing-errors.map.toml"))
    assert sorted(problem.kind for problem in caught.value.problems) == ["map_heading", "map_option"]


def test_what_is_kept_names_every_row_at_once(tmp_path: Path, read: Read) -> None:
    rows = [
        ["When", Q, "Remark"],
        ["a", "Terrorism", "<b>x</b>"],
        ["b", "=1+1", "=x"],
        ["c", "Terrorism", ""],
        ["d", "<script>", ""],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [("formula", 3), ("markup", 5)]


def test_rows_with_too_many_cells_are_all_named(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"When,{Q}\n" + "a,Terrorism\n" * 4 + "b,Terrorism,Visa rules\n" + "c,Terrorism\n" + "d,Visa rules,x\n",
        encoding="utf-8",
    )
    with pytest.raises(BadData) as caught:
        read(path)
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [("cells", 6), ("cells", 8)]


def test_two_files_of_one_wave_are_added_up(tmp_path: Path, read: Read) -> None:
    head = ["ID", "Start time", "Completion time", Q]
    first = table(
        tmp_path / "en.csv",
        [
            head,
            ["1", "3/2/2026 10:01", "3/2/2026 10:05", "Terrorism;"],
            ["2", "3/2/2026 10:02", "3/2/2026 10:05", "Visa rules;"],
        ],
    )
    second = table(
        tmp_path / "tr.csv",
        [
            head,
            ["1", "3/3/2026 10:01", "3/3/2026 10:05", "Language;"],
            ["2", "3/2/2026 10:02", "3/2/2026 10:05", "Visa rules;"],
        ],
    )
    found = read(first, second)
    assert barriers(found) == (3, 3, {T: 1, V: 1, "language": 1})
    assert found.skipped == {"other_file": 1}


def test_files_that_offered_other_options_are_asked_about(tmp_path: Path, read: Read) -> None:
    one = table(tmp_path / "a.csv", columns([f"{Q} - {label}" for label in LABELS], LABELS, ""))
    other = table(
        tmp_path / "b.csv",
        columns(
            [f"{Q} - {label}" for label in ("Terrorism", "Travel restrictions", "Language")],
            ["Terrorism", "Travel restrictions", "Language"],
            "",
        ),
    )
    with pytest.raises(BadData) as caught:
        read(one, other)
    assert {problem.kind for problem in caught.value.problems} == {"not_offered"}


def test_the_same_response_twice_is_one_only_where_the_whole_row_is(tmp_path: Path, read: Read) -> None:
    head = ["Respondent ID", "Collector ID", "End Date", Q]
    rows = [
        ["118000001", "9", "03/02/2026 10:20", "Terrorism"],
        ["118000001", "9", "03/02/2026 10:20", "Terrorism"],
        ["118000002", "9", "03/02/2026 10:21", "Visa rules"],
    ]
    assert barriers(read(table(tmp_path / "a.csv", [head, *rows]))) == (2, 2, {T: 1, V: 1})
    rows[1][3] = "Language"
    assert barriers(read(table(tmp_path / "b.csv", [head, *rows]))) == (3, 3, {T: 1, V: 1, "language": 1})


def google() -> str:
    out = io.StringIO()
    csv.writer(out).writerows([["Timestamp", Q], *[["2026/03/02 10:10:00 AM GMT+3", cell] for cell in joined(";")]])
    return out.getvalue()


def zipped(path: Path, members: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_zip_has_its_table_somewhere(tmp_path: Path, read: Read) -> None:
    members = {"CSV/Survey.csv": google(), "__MACOSX/CSV/._Survey.csv": "x", "readme.txt": "hello"}
    assert barriers(read(zipped(tmp_path / "Data_All.zip", members))) == SAID
    both = zipped(tmp_path / "both.zip", {"Summary.csv": "Answers,5\n", "Responses.csv": google()})
    assert barriers(read(both)) == SAID
    with pytest.raises(BadData) as caught:
        read(zipped(tmp_path / "two.zip", {"a.csv": google(), "b.csv": google()}))
    assert caught.value.problems[0].kind == "several_tables"
    with pytest.raises(BadData):
        read(zipped(tmp_path / "empty.zip", {"survey.pdf": "%PDF"}))


def test_a_sep_line_and_other_encodings(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\ufeffsep=;\r\n" + f'When;"{Q}"\r\n' + "".join(f'm;"{cell}"\r\n' for cell in joined(", ")), encoding="utf-8"
    )
    assert barriers(read(path)) == SAID
    assert (
        barriers(
            read(table(tmp_path / "b.csv", [["When", Q], *[["m", cell] for cell in joined("; ")]], "\t", "utf-16"))
        )
        == SAID
    )
    path.write_bytes("When,Partner country\nm,Ћирилица и још\n".encode("cp1251"))
    with pytest.raises(BadData) as caught:
        read(path)
    assert caught.value.problems[0].kind == "unclear_encoding"


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, tuple):
                        sheet.write_formula(at, place, value[0], None, value[1])
                    elif value != "":
                        sheet.write(at, place, value)
    return path


def test_of_a_workbook_the_sheet_with_the_answers_is_read(tmp_path: Path, read: Read) -> None:
    rows = [["When", Q], *[["m", cell] for cell in joined(";")]]
    sheets = {
        "About": [["Annual survey"], ["See the next sheet"]],
        "Answers": [["Annual survey 2026"], [], *rows],
        "Codes": [["1", "Terrorism"]],
    }
    found = read(workbook(tmp_path / "a.xlsx", sheets))
    assert barriers(found) == SAID
    assert (found.sheet, list(found.other_sheets)) == ("Answers", ["About", "Codes"])
    with pytest.raises(BadData) as caught:
        read(workbook(tmp_path / "b.xlsx", {"One": rows, "Copy": rows}))
    assert caught.value.problems[0].kind == "several_sheets"


def test_formulas_give_what_was_stored_with_them(tmp_path: Path, read: Read) -> None:
    rows: list[list[Any]] = [["When", Q], ["a", ('="Terror"&"ism"', "Terrorism")], ["b", "Visa rules"]]
    assert barriers(read(workbook(tmp_path / "a.xlsx", {"S": rows}))) == (2, 2, {T: 1, V: 1})
    rows[1][1] = ('="Terror"&"ism"', "")
    with pytest.raises(BadData) as caught:
        read(workbook(tmp_path / "b.xlsx", {"S": rows}))
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [("formula", 2)]


def test_a_column_and_its_options_must_not_contradict_each_other(tmp_path: Path, read: Read) -> None:
    rows = [
        ["barriers", "barriers/terrorism", "barriers/visas", "_uuid"],
        ["terrorism visas", "1", "1", "a"],
        ["visas", "1", "1", "b"],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [("disagree", 3)]


def test_several_answers_as_json(tmp_path: Path, read: Read) -> None:
    cells = [json.dumps([label for label in cell.split(";") if label]) for cell in joined(";")]
    rows = [["When", Q], *[["m", cell if cell != "[]" else ""] for cell in cells]]
    assert barriers(read(table(tmp_path / "a.csv", rows))) == SAID


def test_a_mapping_to_fill_in_is_written_when_a_file_was_not_understood(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.toml"
    path = table(tmp_path / "a.csv", columns(["Q1", "Q2", "Q3"], ["1"] * 3, "0"))
    assert run("import-survey", path, "--wave", "2026", "--map", kept) == 1
    assert "to fill in is written" in capsys.readouterr().err
    empty = read_mapping(kept)
    assert not (empty.questions or empty.places or any(empty.texts.values()))
    text = kept.read_text(encoding="utf-8")
    for number, code in enumerate((T, TR, V), 1):
        assert f'# "Q{number}" = "leave out"' in text
        text = text.replace(f'# "Q{number}" = "leave out"', f'"Q{number}" = "barriers/{code}"')
    kept.write_text(text, encoding="utf-8")
    assert run("import-survey", path, "--wave", "2026", "--map", kept) == 0
    assert "barriers/terrorism" in kept.read_text(encoding="utf-8")


def test_messages_are_in_the_words_of_the_tool(tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    head = ["Respondent ID", "Collector ID", Q]
    assert (
        run("import-survey", table(tmp_path / "a.csv", [head, ["", "", "Response"], ["1", "9", "4"]]), "--wave", "2026")
        == 1
    )
    assert "Actual answer text" in capsys.readouterr().err
    head = ["StartDate", "ResponseId", "DistributionChannel", "Q3"]
    assert (
        run("import-survey", table(tmp_path / "b.csv", [head, ["2026", "R_1", "anonymous", "4"]]), "--wave", "2026")
        == 1
    )
    assert "Use choice text" in capsys.readouterr().err


@given(
    chosen=st.lists(st.sets(st.sampled_from(range(10)), max_size=6), min_size=3, max_size=12),
    mark=st.sampled_from([";", ", ", "|", "\n", "; "]),
)
@settings(max_examples=60)
def test_whatever_was_ticked_is_found_again(
    chosen: list[set[int]], mark: str, dataset: Dataset, tmp_path: Path, read: Read
) -> None:
    """In a cell with any mark, and in a column for each option with any words for yes and no."""
    question = next(question for question in codebook_of(dataset) if question.code == "barriers")
    options = [option for option in question.options if option != "other"]
    ticked = {option: sum(at in row for row in chosen) for at, option in enumerate(options)}
    truth = {option: many for option, many in ticked.items() if many}
    cells = [mark.join(question.labels[options[at]] for at in sorted(row)) for row in chosen]
    base = sum(map(bool, cells))
    if base:
        rows = [["When", Q], *[["m", cell] for cell in cells]]
        assert barriers(read(table(tmp_path / "a.csv", rows))) == (len(chosen), base, truth)
    heads = [f"{Q} [{question.labels[option]}]" for option in options]
    rows = [
        ["Nr", *heads],
        *[[f"n{at}", *["Ja" if place in row else "Nein" for place in range(10)]] for at, row in enumerate(chosen)],
    ]
    assert barriers(read(table(tmp_path / "b.csv", rows))) == (len(chosen), len(chosen), truth)


def test_numbers_for_options_are_asked_about(tmp_path: Path, read: Read) -> None:
    rows = [
        ["Respondent ID", "Collector ID", Q, "", ""],
        ["", "", *LABELS],
        ["1", "9", "1", "", "3"],
        ["2", "9", "1", "2", ""],
        ["3", "9", "", "2", ""],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [problem.kind for problem in caught.value.problems] == ["no_ticks"]
    rows = [["When", Q], ["a", "Terrorism"], ["b", "Visa rules, 4"], ["c", "Terrorism"], ["d", "7"]]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "b.csv", rows))
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [
        ("number_for_text", 3),
        ("number_for_text", 5),
    ]


def test_a_rating_below_a_known_question_is_asked_about(tmp_path: Path, read: Read) -> None:
    rows = [[Q, "", ""], LABELS, ["A little", "Very much", "Not at all"], ["Very much", "Very much", "A little"]]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [problem.kind for problem in caught.value.problems] == ["no_ticks"]


def test_two_questions_with_the_same_options_are_asked_about(tmp_path: Path, read: Read) -> None:
    rows = [
        ["Nr", *LABELS, *LABELS],
        ["1", "Yes", "No", "No", "No", "Yes", "No"],
        ["2", "Yes", "No", "No", "No", "No", "Yes"],
    ]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "a.csv", rows))
    assert [problem.kind for problem in caught.value.problems] == ["several_columns"]
    heads = [*(f"{Q} (this year) - {label}" for label in LABELS), *(f"{Q} (last year) - {label}" for label in LABELS)]
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "b.csv", [["Nr", *heads], *rows[1:]]))
    assert [problem.kind for problem in caught.value.problems] == ["several_columns"]


def test_codes_before_the_question_do_no_harm(tmp_path: Path, read: Read) -> None:
    heads = [f"barriers[{code}]. {Q} [{label}]" for code, label in zip((T, TR, V), LABELS, strict=True)]
    assert barriers(read(table(tmp_path / "a.csv", columns(heads, ["Yes"] * 3, "No")))) == SAID_NO
    heads = [f"G1Q{at}_SQ00{at}. {Q} [{label}]" for at, label in enumerate(LABELS)]
    assert barriers(read(table(tmp_path / "b.csv", columns(heads, ["Yes"] * 3, "")))) == SAID


def test_a_very_long_remark_stops_nothing(tmp_path: Path, read: Read) -> None:
    rows = [["When", Q, "Remark"], ["a", "Terrorism", "x" * 60_000], ["b", "Visa rules", ""]]
    assert barriers(read(table(tmp_path / "a.csv", rows))) == (2, 2, {T: 1, V: 1})
    rows[2][1] = "y" * 60_000
    with pytest.raises(BadData) as caught:
        read(table(tmp_path / "b.csv", rows))
    assert [(problem.kind, problem.row) for problem in caught.value.problems] == [("cell_too_long", 3)]
