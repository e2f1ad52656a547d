"""What the search box of the header searches, as one small JSON that the browser keeps (assets/js/search.js)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dashboard.context import AppContext
from dashboard.dataset.labels import label_of
from dashboard.dataset.place_names import country_terms, spellings_of_country, state_terms
from dashboard.dataset.records import records
from dashboard.filters import Selection
from dashboard.metrics.cities import MOST_KEPT, partner_cities, us_cities
from dashboard.metrics.programs import programs
from dashboard.metrics.states import state_names

# kind -> the address of one, `{id}` filled; in the order in which equal finds are listed
ADDRESSES = {
    "page": "{id}",
    "country": "/?basis=documented&country={id}",
    "state": "/states/{id}",
    "partnership": "/partnerships/{id}",
    "program": "/programs?country={id}",
    "city": "/opportunities?partner={id}#card-match",
    "us_city": "/opportunities?community={id}#card-match",
}
Entry = tuple[str, str, str, str]


@lru_cache(maxsize=4)
def search_index(context: AppContext, pages: tuple[tuple[str, str], ...]) -> str:
    """JSON: `kinds`, a list of [kind, label, address with {id}], and by kind in `entries` rows of [id, name, detail,
    other spellings joined by ";"]. `pages` are (path, name). Names are folded in the browser."""
    entries: dict[str, list[Entry]] = {
        "page": [(path, name, "", "") for path, name in pages],
        "country": list(_countries(context)),
        "state": list(_states(context)),
        "partnership": list(_partnerships(context)),
        "program": list(_programs(context)),
        "city": [
            (city.id, city.name, city.country, city.also_called) for city in partner_cities(context.dataset).values()
        ],
        "us_city": [(city.id, city.name, city.state, "") for city in us_cities(context.dataset).values()],
    }
    kinds = [[kind, context.t(f"search.kinds.{kind}"), address] for kind, address in ADDRESSES.items()]
    return json.dumps({"kinds": kinds, "entries": entries}, ensure_ascii=False, separators=(",", ":"))


def _countries(context: AppContext) -> Iterable[Entry]:
    terms = country_terms(context.dataset)
    for row in records(context.dataset.countries):
        _, of_data, deck, region, *_ = terms[row["iso3"]]
        others = (of_data, deck, row["iso3"], *spellings_of_country(row["iso3"]))
        spellings = dict.fromkeys(name for name in others if name not in ("", row["name"]))
        yield row["iso3"], row["name"], region or row["region"], ";".join(spellings)


def _states(context: AppContext) -> Iterable[Entry]:
    terms = state_terms(context.dataset)
    for code, name in state_names(context.dataset).items():
        yield code, name, code, ";".join(other for other in terms[code] if other != name)


def _partnerships(context: AppContext) -> Iterable[Entry]:
    """Those of a collection that a browser can keep; the registry searches any."""
    rows = context.dataset.partnerships
    if len(rows) > MOST_KEPT:
        return
    countries = {row["iso3"]: row for row in records(context.dataset.countries)}
    for row in records(rows[(rows["us_community"] != "") & (rows["partner_community"] != "")]):
        country = countries[row["country_iso3"]]
        yield row["id"], f"{row['us_community']}–{row['partner_community']}", country["name"], country["deck_label"]


def _programs(context: AppContext) -> Sequence[Entry]:
    """Programs lead to the menu with their country chosen."""
    return [
        (each.country_iso3, each.title, context.t.beside((each.pair, label_of(context.t, "sector", each.sector))), "")
        for each in programs(context.dataset, Selection(context.choices.default_basis))
    ]
