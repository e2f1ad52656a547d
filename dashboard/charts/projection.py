"""The map's projection on a flat canvas, to place labels before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import radians

from dashboard.charts.viewport import DESK

LON_RANGE = (-124.0, 147.0)
LAT_RANGE = (-15.0, 62.0)
MIDDLE_LON = 12.0
# what a map shows at most, where its place has room: not Antarctica, and not across the edge of the projection
MOST_LON, MOST_LAT = (-165.0, 180.0), (-58.0, 84.0)
# how wide a degree of longitude is at the equator, against how high one of latitude is; and by what share of it less
# corners at another latitude are apart, times the square of that (as Plotly fits them)
DEGREE, NARROWING = 0.87, 2.5e-5
EARTH_KM = 6371.0


def natural_earth(lon: float, lat: float) -> tuple[float, float]:
    """Natural Earth projection (T. Patterson 2008; polynomial by B. Šavrič et al. 2011), radius 1, y upwards.

    lon and lat in degrees, lon already relative to the middle of the map.
    """
    lam, phi = radians(lon), radians(lat)
    p2 = phi * phi
    p4 = p2 * p2
    x = lam * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
    y = phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
    return x, y


@dataclass(frozen=True)
class Canvas:
    """A piece of the world fitted into width × height pixels; y grows downwards."""

    lon_range: tuple[float, float] = LON_RANGE
    lat_range: tuple[float, float] = LAT_RANGE
    size: tuple[float, float] = DESK.map

    @cached_property
    def pixels_a_radius(self) -> float:
        """As d3-geo fits it: the widest parallel and the full height of the range must both fit."""
        low, high = self.lat_range
        widest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
        left = natural_earth(self.lon_range[0] - MIDDLE_LON, widest)[0]
        right = natural_earth(self.lon_range[1] - MIDDLE_LON, widest)[0]
        tall = natural_earth(0, high)[1] - natural_earth(0, low)[1]
        return min(self.size[0] / (right - left), self.size[1] / tall)

    @cached_property
    def _middle(self) -> tuple[float, float]:
        """What is drawn in the middle of the canvas, in radii of the projection."""
        low, high = self.lat_range
        x = natural_earth(sum(self.lon_range) / 2 - MIDDLE_LON, 0)[0]
        return x, (natural_earth(0, low)[1] + natural_earth(0, high)[1]) / 2

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place is drawn."""
        scale, (middle, centre) = self.pixels_a_radius, self._middle
        x, y = natural_earth(lon - MIDDLE_LON, lat)
        return self.size[0] / 2 + (x - middle) * scale, self.size[1] / 2 - (y - centre) * scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The (lon, lat) drawn at a pixel; latitudes by bisection, to a hundredth of a degree."""
        low, high = -89.0, 89.0
        while high - low > 0.01:
            middle = (low + high) / 2
            low, high = (middle, high) if self.pixel(MIDDLE_LON, middle)[1] > y else (low, middle)
        lat = (low + high) / 2
        at_zero, at_one = self.pixel(MIDDLE_LON, lat)[0], self.pixel(MIDDLE_LON + 1, lat)[0]
        return MIDDLE_LON + (x - at_zero) / (at_one - at_zero), lat
