"""The report says what the pages say, cites what it says, leaves out what is empty and hides what they hide."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from dashboard.charts import CHARTS, tiles
from dashboard.charts.base import mark_sample
from dashboard.components.report import acts_markup, report_markup
from dashboard.context import AppContext
from dashboard.counting import rows_at
from dashboard.dataset import BadData, describe_all, load
from dashboard.filters import parse
from dashboard.metrics.registry import UNIDENTIFIED, entries
from dashboard.metrics.survey import Thresholds
from dashboard.report.check import check_texts
from dashboard.report.contents import build_report
from dashboard.report.drawing import to_png, to_svg
from dashboard.report.model import (
    FigureBlock,
    Heading,
    Notes,
    Paragraph,
    Points,
    Report,
    TableBlock,
    Terms,
    Written,
    groups_of,
    notes_text,
)
from dashboard.report.sections.register import MOST_SHORT_ROWS
from dashboard.report.sections.summary import SENTENCES
from dashboard.report.words import to_html
from dashboard.strings import Catalog
from tests.markup import text_of, texts_of_rows

ADDRESSES = (
    "",
    "?region=Western+Asia&year=2000",
    "?country=IRQ",
    "?state=TX&form=full",
    "?state=TX&basis=documented&form=full",
    "?basis=documented&sample=1",
    "?country=TUR&year=1985&sample=1",
    "?region=Central+Asia&status=ended",
    "?state=WY&form=full",
    "?country=SAU&basis=documented",
)


def report_of(context: AppContext, query: str) -> Report:
    return build_report(context, parse(query, context.choices).selection)


def sentences(report: Report) -> Iterator[str]:
    """Everything a report says, but for its tables and its drawings."""
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Paragraph() | Heading():
                    yield block.text
                case Points():
                    yield from (text for text, _ in block.items)
                case Terms():
                    yield from (means for _, means in block.items)
                case FigureBlock():
                    yield block.description
                case Written():
                    yield block.markdown


def blocks_of(report: Report, kind: type, section: str = "") -> list[object]:
    """The blocks of one kind, of one section or of all."""
    chosen = [each for each in report.sections if section in ("", each.id)]
    return [block for each in chosen for block in each.blocks if isinstance(block, kind)]


def table_of(report: Report, section: str, at: int = 0) -> TableBlock:
    table = blocks_of(report, TableBlock, section)[at]
    assert isinstance(table, TableBlock)
    return table


# ---- the same numbers
@pytest.mark.parametrize("query", ADDRESSES)
def test_what_it_says_is_what_the_pages_say(app_context: AppContext, query: str) -> None:
    report, selection = report_of(app_context, query), parse(query, app_context.choices).selection
    view = app_context.view(selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    said = " ".join(sentences(report))
    for name, section in (("map", "where"), ("growth", "growth")):
        chart = CHARTS[name]
        headline = mark_sample(chart, chart.headline(chart.table(view), view, year), view)
        assert (headline in said) == (report.section(section) is not None), name
    shown = rows_at(tiles.table(view), year).set_index("name")["value"]
    first = blocks_of(report, Points, "summary")[0]
    assert isinstance(first, Points)
    assert 1 <= len(first.items) <= SENTENCES
    numbers = [int(each) for each in re.findall(r"\d+", first.items[0][0])]
    low, high = int(shown["partnerships"]), int(shown["partnerships_upper"])
    assert {low, high} - {0} <= set(numbers)
    if (register := report.section("partnerships")) is not None:
        counted = entries(app_context.dataset, replace(selection, year=year))
        rows = table_of(report, "partnerships").rows
        named = rows[rows.iloc[:, 2] != ""]
        assert len(named) == sum(each.recorded != UNIDENTIFIED for each in counted)
        still = [int(text.split()[0]) for text in rows.loc[rows.iloc[:, 2] == ""].iloc[:, 1]]
        assert len(named) + sum(still) == len(counted) == low, register.title
    else:
        assert low == 0


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_table_of_countries_is_that_of_the_page(app_context: AppContext, query: str) -> None:
    report, view = report_of(app_context, query), app_context.view(parse(query, app_context.choices).selection)
    year = view.selection.year or view.basis.last_year
    chart = CHARTS["countries"]
    rows = chart.shown(chart.table(view), view, year)
    rows = rows[rows["upper"] > 0]
    if rows.empty:
        assert report.section("where") is None
        return
    table = table_of(report, "where").rows
    assert table.iloc[:, 0].tolist() == rows["country"].tolist()
    assert table.iloc[:, 1].astype(int).tolist() == rows["partnerships"].tolist()


def test_the_whole_has_five_sentences_and_every_computed_section(app_context: AppContext) -> None:
    report = report_of(app_context, "")
    first = blocks_of(report, Points, "summary")[0]
    assert isinstance(first, Points) and len(first.items) == SENTENCES
    assert [each.number for each in report.sections] == list(range(1, 10))
    assert not report.left_out


def test_another_collection_gives_other_numbers(folder: Path, t: Catalog) -> None:
    """No figure is typed: one partnership without its year and one program less, and every sentence about them says so."""
    before = " ".join(sentences(report_of(AppContext(load(folder), t), "")))
    path = folder / "partnerships.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == "houston-tx--baku-aze":
            row["start_year"], row["known_by"] = "", "2007"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    path = folder / "programs.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    after = " ".join(sentences(report_of(AppContext(load(folder), t), "")))
    for text, now in (
        ("24 of the 60 dated partnerships", "24 of the 59 dated partnerships"),
        ("34 carry no start year", "35 carry no start year"),
        ("Of 34 partnerships on record no source says", "Of 35 partnerships on record no source says"),
        ("68 of 94 identified, 60 dated", "68 of 94 identified, 59 dated"),
        ("116 program examples", "115 program examples"),
    ):
        assert text in before and text not in after and now in after, now


# ---- what is empty, and why
@pytest.mark.parametrize("query", ADDRESSES)
def test_what_is_empty_is_left_out_with_a_sentence(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    assert all(section.blocks for section in report.sections)
    there, gone = {each.title for each in report.sections}, dict(report.left_out)
    assert not there & gone.keys()
    assert len(there) + len(gone) == 9
    assert all(why.endswith(".") for why in gone.values())
    markup = text_of(report_markup(report, app_context.t))
    assert all(why in markup for why in gone.values())


def test_a_state_without_any_says_so_and_still_has_matches(app_context: AppContext) -> None:
    report = report_of(app_context, "?state=WY&form=full")
    assert {"Where the partnerships are", "Partnerships by country"} <= dict(report.left_out).keys()
    assert any("Wyoming" in text for text in sentences(report))


# ---- the form of two pages
def test_a_state_has_two_pages_and_the_full_report_by_its_address(app_context: AppContext) -> None:
    short, full = report_of(app_context, "?state=TX"), report_of(app_context, "?state=TX&form=full")
    assert [each.id for each in short.sections] == ["summary", "partnerships", "growth", "open", "contact"]
    assert short.is_short and not full.is_short and full.section("method") is not None
    address = app_context.t("files.about.address")
    assert dict(short.stamps)[address] == "/report?state=TX"
    assert dict(full.stamps)[address] == "/report?state=TX&form=full"
    assert len(table_of(short, "partnerships").rows) == 5
    assert any(app_context.contact.email in text for text in sentences(short))
    assert "report-contents" not in report_markup(short, app_context.t)
    assert not report_of(app_context, "?country=IRQ&form=short").is_short


def test_two_pages_hold_some_partnerships_and_say_how_many_more_there_are(app_context: AppContext) -> None:
    query = "?state=CA&basis=documented"
    selection = parse(query, app_context.choices).selection
    listed = entries(app_context.dataset, replace(selection, year=app_context.choices.bases["documented"][1]))
    short = report_of(app_context, query)
    assert len(listed) > MOST_SHORT_ROWS == len(table_of(short, "partnerships").rows)
    more = app_context.t("report.more_in_full", count=len(listed) - MOST_SHORT_ROWS)
    assert more in sentences(short)


def test_a_state_without_any_says_why_on_its_pages(app_context: AppContext) -> None:
    report = report_of(app_context, "?state=WY")
    why = dict(report.left_out)
    assert {app_context.t("report.section.growth"), app_context.t("report.section.partnerships")} == why.keys()
    markup = text_of(report_markup(report, app_context.t))
    assert all(each in markup for each in why.values())


def test_what_is_chosen_of_form_paper_and_year_stands_above_it(app_context: AppContext) -> None:
    query = "?state=TX&year=2000&form=full&paper=a4&region=Western+Asia"
    markup = acts_markup(app_context, parse(query, app_context.choices).selection)
    chosen = re.findall(r'<option value="([^"]*)" selected>', markup)
    assert chosen == ["2000", "full", "a4"]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', markup)
    assert hidden == [("region", "Western Asia"), ("state", "TX")]
    assert (
        'href="/export/report.docx?region=Western+Asia&amp;year=2000&amp;state=TX&amp;form=full&amp;paper=a4"' in markup
    )
    whole = acts_markup(app_context, parse("", app_context.choices).selection)
    assert 'name="form"' not in whole and re.findall(r'<option value="([^"]*)" selected>', whole) == ["", "letter"]


# ---- sources
@pytest.mark.parametrize("query", ADDRESSES)
def test_sources_are_one_list_in_the_order_of_first_use(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    cited: list[int] = []
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Points():
                    cited += [number for _, notes in block.items for number in notes]
                case TableBlock():
                    cited += [*(number for notes in block.notes_of for number in notes), *block.notes]
                case Paragraph() | FigureBlock():
                    cited += block.notes
    assert set(cited) == set(range(1, len(report.sources) + 1))
    assert len({each.id for each in report.sources}) == len(report.sources)
    assert cited[0] == 1


def test_a_row_of_the_register_has_its_own_sources(app_context: AppContext) -> None:
    report = report_of(app_context, "?country=IRQ")
    table = table_of(report, "partnerships")
    (_, rows), *others = groups_of(table)
    assert not others
    of = {cells[table.columns[0]]: notes for cells, notes in rows}
    counted = entries(app_context.dataset, parse("?country=IRQ&year=2007", app_context.choices).selection)
    for each in counted:
        if each.recorded != UNIDENTIFIED:
            assert {report.sources[number - 1].id for number in of[each.us_name]} == {one.id for one in each.sources}


def test_notes_are_numbered_once_and_printed_in_runs() -> None:
    notes = Notes()
    assert notes.cite(["b", "a"]) == (1, 2)
    assert notes.cite(["a", "c", "d"]) == (2, 3, 4)
    assert notes.few(["d", "e", "f", "g"]) == (4, 5, 6)
    assert notes_text((1, 2, 3, 5, 7, 8)) == "1–3, 5, 7, 8"
    assert notes_text(()) == ""


# ---- stamps, sample, privacy
def test_it_is_stamped(app_context: AppContext) -> None:
    context = AppContext(app_context.dataset, app_context.t, version="0123456789abcdef")
    report = build_report(context, parse("?state=TX&year=2000", context.choices).selection, address="https://a/report")
    stamps = dict(report.stamps)
    assert {"0123456789ab", "2000", "https://a/report"} <= set(stamps.values())
    assert app_context.t.date(app_context.dataset.about.collected.isoformat()) in stamps.values()
    assert any("Texas" in text for text in stamps.values())
    assert report.is_draft and app_context.t("report.draft") in text_of(report_markup(report, context.t))


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_address_gives_the_same_report_again(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    again = report_of(app_context, dict(report.stamps)[app_context.t("files.about.address")].partition("?")[2])
    assert report_markup(again, app_context.t) == report_markup(report, app_context.t)


def test_the_sample_says_so_wherever_it_is(app_context: AppContext) -> None:
    with_sample, without = report_of(app_context, "?sample=1"), report_of(app_context, "")
    assert with_sample.is_sample and "SAMPLE" in with_sample.filename
    assert not without.is_sample and "SAMPLE" not in text_of(report_markup(without, app_context.t))
    invented = [each for each in blocks_of(with_sample, TableBlock) if getattr(each, "is_sample", False)]
    figures = [each for each in blocks_of(with_sample, FigureBlock) if getattr(each, "is_sample", False)]
    assert invented and figures
    for row in re.findall(
        r"<(?:caption|figcaption)>.*?</(?:caption|figcaption)>", report_markup(with_sample, app_context.t)
    ):
        assert ("SAMPLE" in row) == ("What stands in the way" in row or "Answers" in row), row


@pytest.mark.parametrize(
    "query", ["?sample=1&region=Southern+Europe", "?sample=1&state=WY&form=full", "?sample=1&country=IRQ"]
)
def test_small_groups_are_hidden(app_context: AppContext, query: str) -> None:
    """With a threshold that nobody reaches no share, count or interval of an answer is anywhere."""
    hidden = AppContext(app_context.dataset, app_context.t, Thresholds(hide_below=10_000))
    report = report_of(hidden, query)
    assert not blocks_of(report, FigureBlock, "barriers") and not blocks_of(report, TableBlock, "barriers")
    said = [block.text for block in blocks_of(report, Paragraph, "barriers") if isinstance(block, Paragraph)]
    assert any("Too few answered" in text or "No answers came" in text for text in said)
    assert not any("%" in text for text in said)


@pytest.mark.parametrize(
    "query", ["?sample=1", "?sample=1&region=Western+Asia", "?sample=1&state=TX&base=asked&form=full"]
)
def test_shares_are_those_of_the_page(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    newest = app_context.dataset.sample.waves[-1]
    view = app_context.view(parse(f"{query}&wave={newest.id}", app_context.choices).selection)
    chart = CHARTS["barriers"]
    rows = chart.shown(chart.table(view), view, view.basis.last_year)
    tables = blocks_of(report, TableBlock, "barriers")
    if set(rows["shown"]) <= {"hidden", "nobody"}:
        assert not any(getattr(table, "is_sample", False) for table in tables)
        return
    shown = next(table for table in tables if isinstance(table, TableBlock) and table.is_sample).rows
    assert shown[app_context.t("column.label")].tolist() == rows["label"].tolist()
    assert shown[app_context.t("column.count")].tolist() == [str(count) for count in rows["count"]]


# ---- the page
@pytest.mark.parametrize("query", ADDRESSES)
def test_the_page_says_all_of_it(app_context: AppContext, query: str) -> None:
    report = report_of(app_context, query)
    markup = report_markup(report, app_context.t)
    text = text_of(markup)
    for sentence in sentences(report):
        assert " ".join(sentence.split()) in text or sentence in markup, sentence
    assert [each.title in text for each in report.sources].count(False) == 0
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= set(ids)
    assert all(len(row) > 0 for row in texts_of_rows(markup))
    assert markup.count("<svg") == len(blocks_of(report, FigureBlock)) == markup.count('role="img" aria-label="')


def test_drawings_are_pictures_of_some_size(app_context: AppContext) -> None:
    for query in ("", "?region=Western+Asia&year=2000", "?basis=documented&sample=1"):
        for block in blocks_of(report_of(app_context, query), FigureBlock):
            assert isinstance(block, FigureBlock)
            picture = Image.open(io.BytesIO(to_png(block.drawing)))
            assert picture.width > 1400 and picture.height > 500
            assert len(picture.convert("RGB").getcolors(maxcolors=100_000) or ()) > 4
            svg = to_svg(block.drawing, name="a", label='<b> "quoted"')
            assert "&lt;b&gt;" in svg and "<b>" not in svg
            assert not re.search(r'"#[0-9a-fA-F]{3}', svg), "colours are those of the theme"


# ---- words of people
WORDS = (
    '[[words]]\nsection = "conclusions"\nby = "A. Person"\ntext = """\nOf **{partnerships}** by {year}.\n\n- one\n"""\n'
)


def context_of(folder: Path, t: Catalog, text: str) -> AppContext:
    (folder / "report.toml").write_text(text, encoding="utf-8")
    dataset = load(folder)
    check_texts(dataset)
    return AppContext(dataset, t)


def test_words_of_people_stand_in_their_section_with_numbers_of_the_report(folder: Path, t: Catalog) -> None:
    context = context_of(folder, t, WORDS)
    for query, number in (("", "94"), ("?country=IRQ", "7"), ("?state=TX&form=full", "5")):
        report = report_of(context, query)
        section = report.section("conclusions")
        assert section is not None and section.number == 9 - len(report.left_out)
        markup = report_markup(report, t)
        assert f"<strong>{number}</strong> by 2007." in markup and "<li>one</li>" in markup
        assert t("report.signed", by="A. Person") in markup


def test_a_variant_may_have_its_own_words(folder: Path, t: Catalog) -> None:
    own = '[[words]]\nsection = "conclusions"\nview = "?state=TX&year=2000"\ntext = "Of Texas."\n'
    foreword = '[[words]]\nsection = "foreword"\ntext = "Welcome."\n'
    context = context_of(folder, t, WORDS + own + foreword)
    texas, whole = report_of(context, "?state=TX&form=full"), report_of(context, "")
    assert [block.markdown for block in blocks_of(texas, Written) if isinstance(block, Written)] == [
        "Welcome.",
        "Of Texas.",
    ]
    assert whole.sections[0].id == "foreword" and whole.sections[0].number == 0 and whole.sections[1].number == 1
    assert "94" in str(blocks_of(whole, Written)[1])


def test_words_stand_before_what_is_computed(folder: Path, t: Catalog) -> None:
    context = context_of(folder, t, '[[words]]\nsection = "growth"\ntext = "Read this first."\n')
    section = report_of(context, "").section("growth")
    assert section is not None and section.blocks[0] == Written("Read this first.") and len(section.blocks) > 3


def test_markdown_lets_no_markup_through() -> None:
    html = to_html(
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) ![b](https://x/y.png)\n\n# Large\n\n| a |\n|---|\n| b |\n"
    )
    assert "<script" not in html and "<img" not in html and 'href="javascript' not in html
    assert "<h3>Large</h3>" in html and "<td>b</td>" in html


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[[words]\n", ["report.toml", "cannot be understood"]),
        ("words = 3\n", ["report.toml, row 1", "no words of the report"]),
        ("# a line\n" + WORDS.replace("{year}", "{years}"), ["report.toml, row 6, text", "“{years}”", "no such fact", "partnerships"]),
        (WORDS.replace("{year}", "{year"), ["report.toml, row 1, text", "braces"]),
        (WORDS.replace("conclusions", "epilogue"), ["report.toml, row 1, section", "“epilogue”", "recommendations"]),
        (WORDS + WORDS, ["report.toml, row 9, section", "line 1"]),
        (WORDS + "colour = 'red'\n", ["report.toml, row 1, colour", "not known"]),
        (WORDS + "view = '?region=Atlantis'\n", ["report.toml, row 1, view", "Atlantis"]),
        ("[[words]]\nsection = 'foreword'\ntext = ' '\n", ["report.toml, row 1, text", "a value is needed"]),
        ("[[words]]\nsection = 'foreword'\ntext = 7\n", ["report.toml, row 1, text", "“7”", "quotation marks"]),
    ],
)  # fmt: skip
def test_bad_words_are_refused_by_row(folder: Path, t: Catalog, text: str, parts: list[str]) -> None:
    with pytest.raises(BadData) as found:
        context_of(folder, t, text)
    said = describe_all(found.value.problems, t)
    assert all(part in said for part in parts), said


def test_both_the_story_and_the_report_are_named_when_both_are_bad(folder: Path, t: Catalog) -> None:
    story = '[[slide]]\nid = "a"\nkind = "words"\nheadline = "H"\nwords = "{nothing}"\n'
    (folder / "story.toml").write_text(story, encoding="utf-8")
    with pytest.raises(BadData) as found:
        context_of(folder, t, WORDS.replace("{year}", "{years}"))
    assert {"story.toml", "report.toml"} <= {each.file for each in found.value.problems}
