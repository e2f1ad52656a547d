"""What the initiative is for, what it plans, how to take part, whom to ask: the deck in our own words."""

from __future__ import annotations

from dash import html

from dashboard.components import shell
from dashboard.components.contact import contact_lines
from dashboard.components.sheet import sheet
from dashboard.frames import Contents
from dashboard.pages.page import Asked, Page, Pieces

# sections of the catalogue (about.<name>), each a card; those of the second column after those of the first
LEFT = ("purpose", "research", "task_force")
RIGHT = ("outreach", "programs")
# ways to take part, each with the page that helps
STEPS = (
    ("match", "/opportunities"),
    ("dialogue", "/programs"),
    ("reach_out", "/partnerships"),
    ("help", "/research"),
)


def body(asked: Asked) -> Pieces:
    """Five sections, four steps, one contact."""
    house = asked.house
    words = house.words

    def section(name: str) -> html.Section:
        return sheet(
            f"about-{name}",
            words(f"about.{name}.headline"),
            [html.P(words(f"about.{name}.text"), className="prose")],
        )

    steps = [
        html.Li(
            [
                html.B(words(f"about.steps.{name}.name")),
                html.P(words(f"about.steps.{name}.text")),
                html.A(words(f"about.steps.{name}.go"), href=path, **{"data-keeps-view": ""}),
            ]
        )
        for name, path in STEPS
    ]
    involved = sheet("involved", words("about.involved"), [html.Ul(steps, className="cardlets")])
    contact = sheet("contact", words("contact.title"), contact_lines(words, house.contact))
    return [
        shell.notices(words),
        html.Div(
            [
                html.Div([*map(section, LEFT), contact], className="column"),
                html.Div([involved, *map(section, RIGHT)], className="column"),
            ],
            className="grid pages-grid",
            id="figures",
            tabIndex="-1",
        ),
        html.P(words("about.source"), className="prose page-source"),
    ]


PAGE = Page(id="about", path="/about", contents=Contents(), body=body)
