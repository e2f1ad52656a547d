"""Writes the names of all countries in the languages that forms are made in, from the CLDR through Babel.

    python tools/spellings/build.py            writes dashboard/dataset/country_names.json

A line a country: its ISO 3166 codes and its names. What is no name of the CLDR ("UAE", "Ivory Coast", "Burkino-Faso")
stands in dashboard/dataset/spellings.toml and in data/countries.csv. A name that two countries have in different
languages is left out. The same version of the package (requirements-dev.txt) gives the same file.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from babel.core import get_global

from dashboard.dataset.spelling import normalize

OUT = Path(__file__).resolve().parents[2] / "dashboard" / "dataset" / "country_names.json"
# English first; then the languages of the countries in scope, and those that forms are often made in
LANGUAGES = (
    "en", "fr", "es", "de", "it", "pt", "nl", "sv", "tr", "az", "ar", "fa", "ps", "ku", "ur", "bn", "hi", "id", "ms",
    "kk", "ky", "uz", "uz_Cyrl", "tg", "tk", "ru", "uk", "sq", "bs", "hr", "sr", "sr_Latn", "sw", "ha", "so", "am",
    "wo", "ff", "yo", "zh", "zh_Hant", "ja", "ko", "pl", "el", "ro", "he", "vi", "th",
)  # fmt: skip


def main() -> None:
    """Gathers the names, takes out those that mean two countries, and writes the file."""
    alpha3 = {
        codes[0]: code
        for code, codes in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and len(codes) == 1
    }
    alpha3 = {two: three for two, three in alpha3.items() if two not in {"EU", "EZ", "UN", "QO", "XA", "XB"}}
    alpha3["XK"] = "XKX"
    names: dict[str, list[str]] = {}
    owners: dict[str, set[str]] = {}
    english: dict[str, str] = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        for two, three in alpha3.items():
            for spelling in filter(None, [territories.get(two)]):
                key = normalize(spelling)
                if language == "en":
                    english.setdefault(key, three)
                owners.setdefault(key, set()).add(three)
                known = names.setdefault(three, [])
                # "End" and "Sin" are countries in some language, and words in many
                is_word = len(spelling) <= 3 and spelling.isascii() and spelling not in {"Fas", "USA"}
                if key and not is_word and key not in map(normalize, known):
                    known.append(spelling)
    lines = []
    for two, three in sorted(alpha3.items(), key=lambda pair: pair[1]):
        kept = [
            name
            for name in names.get(three, [])
            if english.get(normalize(name), three) == three
            and (len(owners[normalize(name)]) == 1 or normalize(name) in english)
        ]
        if kept:
            lines.append(f"{json.dumps(three)}: {json.dumps([two, *kept], ensure_ascii=False)}")
    OUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
