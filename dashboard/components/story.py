"""The visitor's own story: a button on cards, and the panel where views are put in order. Kept in the browser alone."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.charts import CHARTS
from dashboard.components.bind import icon_button
from dashboard.strings import Words

# what the stage can show: of a chart that is a table, its headline and what it says in words
SHOWABLE = tuple(CHARTS)


# what the browser says of it
SAID = (
    *("added", "full", "closed", "up", "down", "remove", "retitle", "notes", "view"),
    *("bad_file", "bad_in", "bad_entry", "bad_chart", "bad_view", "bad_title", "no_slides"),
)


def add_button(words: Words, chart: str) -> Component:
    """Adds the card as it is now."""
    return icon_button("plus", words("story.add"), **{"data-add-story": chart})


def panel(words: Words) -> list[Component]:
    """The dialog, and the button that opens it once there is something in it."""
    said = {f"data-{name.replace('_', '-')}": words(f"story.{name}") for name in SAID}
    acts = [
        html.A(
            words("story.present"), href="/present?story=mine&slide=1", className="button main", **{"data-needs": ""}
        ),
        html.Button(
            words("story.slides"), type="button", className="button", **{"data-story": "slides", "data-needs": ""}
        ),
        html.Button(words("story.save"), type="button", className="button", **{"data-story": "save", "data-needs": ""}),
        html.Button(words("story.load"), type="button", className="button", **{"data-story": "load"}),
    ]
    head = html.Header(
        [
            html.H2(words("story.title"), id="story-title"),
            icon_button("close", words("action.close"), class_name="button icon-only", **{"data-close": ""}),
        ]
    )
    body = [
        html.P(words("story.none"), className="story-none subline"),
        html.Ol(),
        html.Div(className="story-wrong", role="alert"),
        html.Div(acts, className="story-acts"),
        html.P(words("story.where"), className="subline"),
    ]
    dialog = html.Dialog(
        [head, *body], id="story", **{"aria-labelledby": "story-title", "data-charts": " ".join(SHOWABLE), **said}
    )
    opens = html.Button(
        id="story-open", type="button", className="button", hidden=True, **{"data-label": words("story.open")}
    )
    return [dialog, opens]
