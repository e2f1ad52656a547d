"""The slide of the barriers wave by wave: a table, a column a wave."""

from __future__ import annotations

from functools import partial

from dashboard.charts.base import SlideForm
from dashboard.charts.slide_tables import draw_crossed

SLIDE = SlideForm(partial(draw_crossed, by="year"))
