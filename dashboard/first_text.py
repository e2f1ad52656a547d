"""What the document of a page says before any script has run, and where none may: title and headlines, as text."""

from __future__ import annotations

from dataclasses import replace

from flask import request

from dashboard.components.cards import is_of_answers
from dashboard.components.frame import footer
from dashboard.components.header import header
from dashboard.current import current_context
from dashboard.filters import to_query
from dashboard.link_preview import LinkPreview
from dashboard.page_list import find_page, key_of, registered_contents
from dashboard.page_request import read_address
from dashboard.pages import overview, present


def first_text(preview: LinkPreview) -> str:
    """The text, as HTML, of the page that the request is for, whose preview this is. The overview says its key figures
    and headlines where they will stand, other pages theirs one below the other. The stage says nothing: a room sees it
    when it is there."""
    page, text = find_page(request.path) or ({}, "")
    query = request.query_string.decode("utf-8", "replace")
    if page["id"] == overview.PAGE:
        return overview.first_text(query)
    if page["id"] == present.PAGE:
        return ""
    context = current_context()
    key = key_of(context, page, text)
    shown = read_address(query, registered_contents(page), key)
    selection, charts = shown.selection, shown.contents.charts
    of_key = replace(selection, page_params=(*selection.page_params, *([("of", key)] if key else [])))
    section = request.path.split("/")[1]
    return shown.page.render(
        "first_page",
        section=section,
        preview=preview,
        header=header(context, section, query=to_query(selection, context.choices), has_figures=bool(charts)),
        footer=footer(context, section, selection),
        has_sentence="headline" in page or not charts,
        charts=[name for name in charts if shown.page.text(f"{name}.face") != "empty"],
        of_answers=[name for name in charts if is_of_answers(name)],
        query=to_query(of_key, context.choices),
    )
