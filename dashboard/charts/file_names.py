"""Names of files: what is in them, in letters that every system takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from dashboard.charts import CHARTS, View
from dashboard.filters import ANSWERS, FILTERS, MAPS, Filter

# values of one filter that a name lists; of more it says how many
MOST_VALUES = 2
# of invented answers, the same in each language: programs look for it, and no header takes Cyrillic or Arabic letters
SAMPLE = "SAMPLE"


def filename(what: str, view: View, year: int, *, is_sample: bool) -> str:
    """The name of a file without its ending, such as "ipi-growth_sci_western-asia_2005"."""
    return f"{filename_without_year(what, view, is_sample=is_sample)}_{year}"


def filename_without_year(what: str, view: View, *, is_sample: bool) -> str:
    """The same up to the year, which the browser adds to the pictures it makes."""
    selection = view.selection
    # shares of survey answers can be of those who answered, or of all who were asked
    has_shares = what in CHARTS and CHARTS[what].counts == ANSWERS
    mode = f"-{selection.map}" if what == "map" and selection.map != MAPS[0] else ""
    parts = [
        f"ipi-{what}{mode}",
        slug(view.key) if what == "pair" else "",
        short_basis(selection.basis, tuple(view.dataset.bases)),
        *(_slug_of_filter(each, view) for each in FILTERS),
        slug(selection.wave or ""),
        "of-asked" if selection.is_of_asked and has_shares else "",
        SAMPLE if is_sample else "",
    ]
    return "_".join(part for part in parts if part)


def _slug_of_filter(each: Filter, view: View) -> str:
    values = view.selection.filters[each.name]
    if len(values) > MOST_VALUES:
        return f"{len(values)}-{each.name}s"
    labels = values if each.has_short_labels else view.labels(each.name)
    # of a label without any Latin letter nothing would be left: the value stands for it
    return "+".join(slug(label) or slug(value) for label, value in zip(labels, values, strict=True))


@lru_cache(maxsize=500)
def slug(text: str) -> str:
    """A text in small Latin letters, digits and hyphens: "Côte d’Ivoire" is "cote-d-ivoire"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@lru_cache(maxsize=50)
def short_basis(basis: str, bases: tuple[str, ...]) -> str:
    """A basis without the year at its end ("sci-2007" is "sci"), where no other one is called the same then."""
    short = [re.sub(r"-\d{4}$", "", each) for each in bases]
    own = re.sub(r"-\d{4}$", "", basis)
    return slug(own if short.count(own) == 1 else basis)
