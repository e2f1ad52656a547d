"""What the importing commands can be told. Apart from them, so that other commands do not load what they need."""

from __future__ import annotations

import argparse

from dashboard.strings import Words


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], words: Words) -> None:
    """Adds import-survey, import-partnerships and template to the command line."""
    survey = commands.add_parser("import-survey", help=words("import.help.survey"))
    survey.add_argument("file", metavar="FILE", nargs="+", help=words("import.help.files"))
    survey.add_argument("--wave", required=True, help=words("import.help.wave"))
    survey.add_argument("--year", type=int, help=words("import.help.year"))
    survey.add_argument("--title", help=words("import.help.title"))
    survey.add_argument("--map", metavar="FILE.toml", help=words("import.help.map"))
    _common(survey, words)
    partnerships = commands.add_parser("import-partnerships", help=words("import.help.partnerships"))
    partnerships.add_argument("file", metavar="FILE", help=words("import.help.file"))
    partnerships.add_argument("--remove-missing", action="store_true", help=words("import.help.remove_missing"))
    partnerships.add_argument("--with-hidden", action="store_true", help=words("import.help.with_hidden"))
    partnerships.add_argument("--us-city", metavar="CITY, STATE", help=words("import.help.us_city"))
    _common(partnerships, words)
    template = commands.add_parser("template", help=words("import.help.template"))
    template.add_argument("into", nargs="?", default=".", metavar="INTO", help=words("import.help.into"))


def _common(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--sheet", metavar="NAME", help=words("import.help.sheet"))
    parser.add_argument("--yes", action="store_true", help=words("import.help.yes"))
