"""The slide of the map: the picture that a browser draws, or bars of its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.charts.base import SlideForm
from dashboard.charts.bundle import Bundle
from dashboard.charts.countries.slide import draw_places
from dashboard.charts.slide_frame import Frame

if TYPE_CHECKING:
    from pptx.slide import Slide


def draw_map(slide: Slide, bundle: Bundle, frame: Frame) -> list[Any]:
    """Bars of the places with most partnerships, whatever the table is ordered by."""
    by, key = ["partnerships", "upper", bundle.columns[0].name], bundle.view.dataset.naming.sort_column
    ordered = bundle.table.sort_values(by, ascending=[False, False, True], kind="stable", key=key)
    return draw_places(slide, replace(bundle, table=ordered), frame)


# the note of the card explains a map
SLIDE = SlideForm(draw_map, has_card_note=False, is_pictured=True)
