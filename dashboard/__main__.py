"""The command line: check a folder, bring it into the database and back, take files in, say what was changed and take
it back, print the table of a chart, write the story as PowerPoint."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.dataset import BadData, Dataset, describe_all, load
from dashboard.intake.arguments import add_commands
from dashboard.settings import BadSetting, Settings, read_settings
from dashboard.staff.commands import add_commands as add_staff_commands
from dashboard.staff.commands import run as run_on_accounts
from dashboard.store.commands import COMMANDS, dataset_of, opened
from dashboard.store.commands import add_commands as add_data_commands
from dashboard.store.commands import run as run_on_data
from dashboard.store.database import DatabaseProblem
from dashboard.store.folder import fingerprint
from dashboard.strings import FIRST_LANGUAGE, Catalog, languages, load_catalog

if TYPE_CHECKING:
    from dashboard.context import AppContext
    from dashboard.filters import Selection

DONE, REFUSED, USAGE = 0, 1, 2
TILES = "tiles"
STORY = "story-pptx"
STAFF = "staff"
REPORT = "report"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 done, 1 refused, 2 not understood."""
    try:
        settings = read_settings()
    except BadSetting as error:
        print(error, file=sys.stderr)
        return USAGE
    # what it says is English; what it writes for people is in the language asked for
    t = load_catalog()
    options = _parser(t).parse_args(arguments)
    if options.command in COMMANDS:
        return run_on_data(options, settings, t, check_data)
    if options.command == STAFF:
        return run_on_accounts(options, settings, t, check_data)
    if options.command not in {"check", "table", STORY, REPORT}:
        from dashboard.intake.commands import run

        return run(options, settings, t, check_data)
    folder = Path(options.data) if options.data else None
    try:
        if options.command == "check":
            folder = folder or settings.data
            dataset = load(folder, most_bytes=settings.max_file_mb * 1_000_000)
            check_data(dataset)
            print(_good(dataset, folder, t))
            return DONE
        dataset, place, version = _data(folder, settings, t)
    except BadData as error:
        print(describe_all(error.problems, t), file=sys.stderr)
        return REFUSED
    except DatabaseProblem as problem:
        print(problem.text(t), file=sys.stderr)
        return REFUSED
    if options.command == STORY:
        return _story(dataset, settings, t, url=options.url, lang=options.lang, into=Path(options.into), place=place)
    if options.command == REPORT:
        into, url, lang = Path(options.into), options.url, options.lang
        return _report(dataset, settings, t, url=url, lang=lang, into=into, version=version, paper=options.paper)
    return _table(dataset, settings, t, chart=options.chart, url=options.url)


def _data(folder: Path | None, settings: Settings, t: Catalog) -> tuple[Dataset, str, str]:
    """The data of a folder, or where none is named what the dashboard shows; what that is called, and its version.
    Raises BadData and DatabaseProblem."""
    database = None if folder else opened(settings, t, check_data).database
    if database is not None:
        version = database.version()
        return dataset_of(database), database.label, version
    folder = folder or settings.data
    return load(folder, most_bytes=settings.max_file_mb * 1_000_000), str(folder), fingerprint(folder)


def check_data(dataset: Dataset) -> None:
    """What no table can say of itself: whether the story can be told and the report written. Raises BadData."""
    from dashboard.report.check import check_texts

    check_texts(dataset)


def _parser(t: Catalog) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=t("cli.description"))
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help=t("cli.check"))
    check.add_argument("data", nargs="?", metavar="FOLDER", help=t("cli.folder"))
    table = commands.add_parser("table", help=t("cli.table"))
    table.add_argument("chart", metavar="CHART", help=t("cli.chart"))
    table.add_argument("--url", default="", help=t("cli.url"))
    table.add_argument("--data", metavar="FOLDER", help=t("cli.folder"))
    story = commands.add_parser(STORY, help=t("talk.help"))
    story.add_argument("into", metavar="OUT.pptx", help=t("talk.out"))
    story.add_argument("--url", default="", help=t("cli.url"))
    story.add_argument("--data", metavar="FOLDER", help=t("cli.folder"))
    story.add_argument("--lang", choices=languages(), help=t("cli.lang"))
    report = commands.add_parser(REPORT, help=t("report.cli.help"))
    report.add_argument("into", metavar="OUT.docx", help=t("report.cli.out"))
    report.add_argument("--url", default="", help=t("cli.url"))
    report.add_argument("--paper", choices=("letter", "a4"), help=t("report.cli.paper"))
    report.add_argument("--data", metavar="FOLDER", help=t("cli.folder"))
    report.add_argument("--lang", choices=languages(), help=t("cli.lang"))
    add_commands(commands, t)
    add_data_commands(commands, t)
    add_staff_commands(commands, t)
    return parser


def _good(dataset: Dataset, folder: Path, t: Catalog) -> str:
    return t(
        "check.good",
        folder=folder,
        partnerships=len(dataset.partnerships),
        countries=len(dataset.countries),
        sources=len(dataset.sources),
        snapshots=len(dataset.snapshots),
        waves=len(dataset.survey.waves),
    )


def _table(dataset: Dataset, settings: Settings, t: Catalog, *, chart: str, url: str) -> int:
    """Prints the very table that a chart draws for a selection, as CSV with full precision."""
    from dashboard.charts import CHARTS, tiles
    from dashboard.counting import rows_at

    known = [TILES, *CHARTS]
    if chart not in known:
        print(t("cli.unknown_chart", chart=chart, charts=", ".join(known)), file=sys.stderr)
        return USAGE
    context, selection = _asked(dataset, settings, t, url)
    view = context.view(selection)
    year = selection.year if selection.year is not None else view.basis.last_year
    if chart == TILES:
        table = rows_at(tiles.table(view), year)
    else:
        drawn = CHARTS[chart]
        table = drawn.shown(drawn.table(view), view, year)
        if drawn.is_sample(view):
            table = table.assign(note=t("sample.source"))
    table.to_csv(sys.stdout, index=False, lineterminator="\n")
    return DONE


def _story(
    dataset: Dataset, settings: Settings, t: Catalog, *, url: str, lang: str | None, into: Path, place: str
) -> int:
    """Writes the story of the data as PowerPoint; a file that is there may have been edited, and is left alone."""
    from dashboard.exports.as_story import story_file
    from dashboard.filters import to_query
    from dashboard.presentation.render import render_story

    context, selection = _asked(dataset, settings, t, url, lang=lang)
    slides = render_story(context, to_query(selection, context.choices))
    wrong = "" if into.suffix == ".pptx" else t("talk.ending", path=into)
    wrong = wrong or ("" if slides else t("talk.none", folder=place))
    written = t("talk.written", count=len(slides), path=into)
    return _write(into, lambda: story_file(slides, context.t), t, wrong=wrong, written=written)


def _report(
    dataset: Dataset,
    settings: Settings,
    t: Catalog,
    *,
    url: str,
    lang: str | None,
    into: Path,
    version: str,
    paper: str | None,
) -> int:
    """Writes the report of an address as a Word or PDF file; a file that is there may have been edited, and is left
    alone."""
    from dashboard.components.report import report_document
    from dashboard.filters import with_language
    from dashboard.report.as_docx import docx_file
    from dashboard.report.as_pdf import NoBrowser, PrintingFailed, find_browser, pdf_file
    from dashboard.report.contents import LETTER, address_of, build_report, paper_of

    context, selection = _asked(dataset, settings, t, url, lang=lang, version=version)
    language = context.t.language
    address = address_of(context, selection)
    address = address if language == settings.language else with_language(address, language)
    address = settings.public_address + address if settings.address else ""
    report = build_report(context, selection, address=address)
    size = paper or paper_of(selection) or LETTER

    def make() -> bytes:
        if into.suffix == ".docx":
            return docx_file(report, context.t, size)
        return pdf_file(
            report, context.t, lambda pages: report_document(report, context.t, paper=size, pages=pages), browser
        )

    wrong = "" if into.suffix in {".docx", ".pdf"} else t("report.cli.ending", path=into)
    browser = ""
    try:
        browser = find_browser(settings.chromium) if into.suffix == ".pdf" else ""
    except NoBrowser:
        name = settings.chromium
        wrong = t("report.cli.browser_not_there", name=name) if name else t("report.cli.no_browser")
    written = t("report.cli.written", sections=len(report.sections), sources=len(report.sources), path=into)
    try:
        return _write(into, make, t, wrong=wrong, written=written)
    except PrintingFailed as problem:
        print(t("report.cli.not_printed", browser=browser, reason=problem), file=sys.stderr)
        return REFUSED


def _write(into: Path, make: Callable[[], bytes], t: Catalog, *, wrong: str, written: str) -> int:
    """Writes what is made, and says so; refuses where something is `wrong`, or a file is there already."""
    wrong = wrong or (t("template.exists", path=into) if into.exists() else "")
    if wrong:
        print(wrong, file=sys.stderr)
        return REFUSED
    try:
        into.write_bytes(make())
    except OSError as error:
        into.unlink(missing_ok=True)
        print(t("talk.disk", path=into, reason=error.strerror or str(error)), file=sys.stderr)
        return REFUSED
    print(written)
    return DONE


def _asked(
    dataset: Dataset, settings: Settings, t: Catalog, url: str, *, lang: str | None = FIRST_LANGUAGE, version: str = ""
) -> tuple[AppContext, Selection]:
    """The data in a language (None: that of the address, else of the setting), and the selection of an address; what
    was not understood is said."""
    from dashboard.choice import notice_texts
    from dashboard.context import AppContext
    from dashboard.filters import language_of_query, parse, query_of
    from dashboard.metrics.survey import Thresholds

    thresholds = Thresholds(settings.hide_below, settings.counts_below, settings.small_below)
    query = query_of(url)
    lang = lang or language_of_query(query, languages()) or settings.language
    context = AppContext(dataset, t, thresholds, settings.contact, version).in_language(lang)
    parsed = parse(query, context.choices)
    for text in notice_texts(parsed.notices, t):
        print(text, file=sys.stderr)
    return context, parsed.selection


class _Told(io.FileIO):
    """Standard output whose reader may stop reading: `… | head` ends neither the work nor in a trace."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return len(data)


def _main_on_a_disk_that_may_be_full() -> int:
    """`main`, and where its output goes to a file that does not take it, a word about that and status 1. What was
    imported by then is imported: the output says less than was done, never more."""
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        print(load_catalog()("cli.output_lost", reason=error.strerror or str(error)), file=sys.stderr)
        # nothing is left to be written when the process ends, which would fail again
        sys.stdout = None  # type: ignore[assignment]
        return REFUSED
    return status


if __name__ == "__main__":
    shown = sys.stdout
    told = io.BufferedWriter(_Told(shown.fileno(), "w", closefd=False))
    sys.stdout = io.TextIOWrapper(told, shown.encoding, shown.errors, line_buffering=shown.isatty())
    sys.exit(_main_on_a_disk_that_may_be_full())
