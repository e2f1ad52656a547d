"""Whom to write to: a setting, by default the contact that the deck prints."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.settings import Contact
from dashboard.strings import Words


def contact_lines(words: Words, contact: Contact) -> list[Component]:
    """Name, address, number; that it is the deck's where nobody has set another."""
    lines: list[Component] = [html.B(contact.name)]
    if contact.email:
        lines += [html.Br(), html.A(contact.email, href=f"mailto:{contact.email}")]
    if contact.phone:
        lines += [html.Br(), html.Span(contact.phone)]
    said = [html.P(words("contact.of_deck"), className="subline")] if contact == Contact() else []
    return [html.P(lines, className="prose contact"), *said]
