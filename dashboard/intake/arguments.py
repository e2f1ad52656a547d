"""What the importing commands can be told. Apart from them, so that other commands do not load what they need."""

from __future__ import annotations

import argparse

from dashboard.intake.tools import NAMES
from dashboard.strings import Catalog

# what may part the cells of a text, by name: a tabulator cannot be typed everywhere
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], t: Catalog) -> None:
    """Adds import-survey, import-partnerships and template to the command line."""
    survey = commands.add_parser("import-survey", help=t("import.help.survey"))
    survey.add_argument("file", metavar="FILE", nargs="+", help=t("import.help.files"))
    survey.add_argument("--wave", required=True, help=t("import.help.wave"))
    survey.add_argument("--year", type=int, help=t("import.help.year"))
    survey.add_argument("--title", help=t("import.help.title"))
    survey.add_argument("--map", metavar="FILE.toml", help=t("import.help.map"))
    survey.add_argument("--tool", metavar="TOOL", choices=NAMES, default="", help=t("import.help.tool"))
    _common(survey, t)
    partnerships = commands.add_parser("import-partnerships", help=t("import.help.partnerships"))
    partnerships.add_argument("file", metavar="FILE", help=t("import.help.file"))
    partnerships.add_argument("--remove-missing", action="store_true", help=t("import.help.remove_missing"))
    partnerships.add_argument("--with-hidden", action="store_true", help=t("import.help.with_hidden"))
    partnerships.add_argument("--us-city", metavar="CITY, STATE", help=t("import.help.us_city"))
    _common(partnerships, t)
    template = commands.add_parser("template", help=t("import.help.template"))
    template.add_argument("into", nargs="?", default=".", metavar="INTO", help=t("import.help.into"))


def _common(parser: argparse.ArgumentParser, t: Catalog) -> None:
    parser.add_argument("--sheet", metavar="NAME", default="", help=t("import.help.sheet"))
    parser.add_argument("--header-row", metavar="ROW", type=int, help=t("import.help.header_row"))
    parser.add_argument("--separator", choices=SEPARATORS, default="", help=t("import.help.separator"))
    parser.add_argument("--yes", action="store_true", help=t("import.help.yes"))
