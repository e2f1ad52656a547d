"""What a request works on: the data that is shown at that moment, in the language of its page, and how its browser
shows it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, g, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept

from dashboard.addresses import with_query
from dashboard.charts.look import DARK, LIGHT, NARROW, Look
from dashboard.context import AppContext
from dashboard.filters import find_language, language_of_query, with_language
from dashboard.strings import FIRST_LANGUAGE, primary

# written by assets/js/early.js before anything is asked: "dark", "light-narrow"
LOOK_COOKIE = "look"
# written by the script when somebody chooses a language
LANGUAGE_COOKIE = "lang"
# where the server has the language of whoever asks for none, by `create_app`
USUAL_LANGUAGE = "DASHBOARD_LANGUAGE"
# the staff area, which is in English alone
STAFF = "/staff"


def current_context() -> AppContext:
    """The data that the request began with, so that one answer is of one version of it, in the request's language."""
    if "context" not in g:
        first: AppContext = current_app.extensions["data"].current
        g.context = first.in_language(_language_of_request(first.languages))
    context: AppContext = g.context
    return context


def asked_language(languages: Sequence[str]) -> str | None:
    """The language that the address asks for, None where it leaves that open. Whatever the script asks says the
    language of its page here, because two tabs may differ."""
    return language_of_query(request.query_string.decode("utf-8", "replace"), languages)


def keep_language(address: str) -> str:
    """An address of ours that keeps the language, where that of the request says one."""
    code = asked_language(current_context().languages)
    return address if code is None else with_language(address, code)


def links_keep_language(markup: str) -> Markup:
    """A document without a script of ours, or what it says before one runs: its links and forms keep the language."""
    return Markup(with_query(markup, keep_language))


def _language_of_request(languages: Sequence[str]) -> str:
    """What the address says, else what was chosen in this browser, else what it wishes, else the setting."""
    if request.path == STAFF or request.path.startswith(f"{STAFF}/"):
        return FIRST_LANGUAGE
    usual: str = current_app.config.get(USUAL_LANGUAGE, FIRST_LANGUAGE)
    chosen = asked_language(languages) or find_language(request.cookies.get(LANGUAGE_COOKIE, ""), languages)
    if chosen is not None:
        return chosen
    # by the language alone: "fr-CA, en;q=0.5" wishes French
    wishes = LanguageAccept([(primary(tag), quality) for tag, quality in request.accept_languages if quality > 0])
    # of several that are wished alike, as by "*", the usual one
    by_tag = {primary(code): code for code in (usual, *languages)}
    return by_tag.get(wishes.best_match(list(by_tag)) or "", usual)


def look_of_request() -> Look:
    """How the browser that asks shows the page, as it said in a cookie."""
    said = request.cookies.get(LOOK_COOKIE, "").split("-")
    return Look(DARK if DARK in said else LIGHT, NARROW in said)
