"""The slide of the barriers by region: a table, a column a region."""

from __future__ import annotations

from functools import partial

from dashboard.charts.base import SlideForm
from dashboard.charts.slide_tables import draw_crossed

SLIDE = SlideForm(partial(draw_crossed, by="region"))
