"""What chat programs, social networks and search engines show of a link: read from the document, for they run no
script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from flask import request

from dashboard.addresses import whole_address
from dashboard.charts import CHARTS
from dashboard.charts.base import mark_sample
from dashboard.context import AppContext
from dashboard.current import current_context, keep_language
from dashboard.filters import Selection, parse, to_query, with_language
from dashboard.page_list import contents_of, find_page, key_of, registered_contents
from dashboard.page_request import read_address
from dashboard.page_texts import view_texts
from dashboard.pages import PAGES
from dashboard.payload import Contents
from dashboard.strings import language_of

# taken by tools/previews.py; the first is that of pages that have none of their own
PICTURES = Path(__file__).resolve().parents[1] / "assets" / "previews"
USUAL = "overview"
# Facebook, which reads og:locale, knows one Arabic, by this name
LOCALES = {"ar": "ar_AR"}


@dataclass(frozen=True)
class LinkPreview:
    """The title and the sentence of a view, the whole addresses of its picture and of itself. `is_bare`: it is a card
    alone, whose links open another tab."""

    title: str
    description: str
    image: str
    address: str
    is_bare: bool
    # its language, and the others that it is in, as Open Graph names them
    locale: str
    other_locales: tuple[str, ...]
    # (language, address) of the same view in each, "x-default" for whoever wishes none of them
    alternates: tuple[tuple[str, str], ...] = ()


def preview_of_request(path: str) -> LinkPreview | None:
    """The preview of the view that the document is asked for, at a path of the app ("/states/TX"); None where there is
    no page."""
    found = find_page(path)
    if found is None:
        return None
    page, key = found
    context = current_context()
    key = key_of(context, page, key)
    selection = parse(request.query_string.decode("utf-8", "replace"), context.choices).selection
    view = whole_address(path + to_query(selection, context.choices))
    return LinkPreview(
        title=title_of(page, key),
        description=describe(context, page, selection, key),
        image=whole_address(f"/assets/previews/{picture_of(page)}.png"),
        address=keep_language(view),
        is_bare=bool(page.get("is_bare")),
        locale=open_graph_locale(context.t.locale),
        other_locales=tuple(
            open_graph_locale(language_of(code).locale) for code in context.languages if code != context.t.language
        ),
        alternates=alternates(context.languages, view),
    )


def alternates(languages: Sequence[str], address: str) -> tuple[tuple[str, str], ...]:
    """The addresses of a view in each language, and without one; () where there is one language."""
    if len(languages) < 2:
        return ()
    return (*((code, with_language(address, code)) for code in languages), ("x-default", address))


def open_graph_locale(locale: Locale) -> str:
    """A language with a territory, which Open Graph asks for: "fr_FR"; where the catalogue names none, that of most who
    speak it, by the CLDR."""
    language = locale.language
    territory = locale.territory or get_global("likely_subtags")[language].rpartition("_")[2]
    return LOCALES.get(language, f"{language}_{territory}")


def title_of(page: Mapping[str, Any], key: str) -> str:
    """The title of a page, in the language of the request."""
    return str(page["title"](key))


def describe(context: AppContext, page: Mapping[str, Any], selection: Selection, key: str) -> str:
    """What a page says first, for a selection, and how it counts: the `headline` that it is registered with, or that
    of its first chart; else its description."""
    contents, headline = registered_contents(page), page.get("headline")
    if headline is not None:
        request_of_page = read_address(to_query(selection, context.choices), contents, key)
        return context.t.beside((headline(request_of_page), request_of_page.page.text("view.summary")))
    if not contents.charts:
        return str(page["description"](key))
    chart, view = CHARTS[contents.charts[0]], context.view(selection.without_year(), key)
    years = view.basis.years
    year = min(max(selection.year or years[-1], years[0]), years[-1])
    sentence = mark_sample(chart, chart.headline(chart.table(view), view, year), view)
    summary = view_texts(view, basis_label=context.basis_label(selection.basis))["view.summary"]
    return context.t.beside((sentence, summary[year - years[0]]))


def picture_of(page: Mapping[str, Any]) -> str:
    """The name of a page's picture: its own, or that of the page that it belongs to ("states" for the one of Texas) or
    that has its chart."""
    charts = registered_contents(page).charts[:1]
    names = [
        page["id"],
        (page["path_template"] or page["path"]).split("/")[1],
        *(each.PAGE for each in PAGES for chart in charts if chart in (contents_of(each) or Contents()).charts),
    ]
    return next((name for name in names if name in _pictures()), USUAL)


@cache
def _pictures() -> frozenset[str]:
    return frozenset(file.stem for file in PICTURES.glob("*.png"))
