"""Steps on polygons in degrees of longitude and latitude (x, y). Pure functions: shapes in, shapes out.

A coverage is a list of polygons that meet without gap or overlap, so that a shared edge has the same points
on both sides; the steps here keep it one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, floor, radians, sqrt
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import LinearRing, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

# cylindrical and of equal area, in metres
EQUAL_AREA = Transformer.from_crs("EPSG:4326", "EPSG:6933", always_xy=True)
# degrees; an edge is drawn as a great circle, so that a long one along a parallel would be seen to leave it
LONGEST_EDGE = 5.0
AROUND_THE_WORLD = box(-181, -91, 181, 91)


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons a shape consists of; lines and points, as an intersection can leave them, are dropped."""
    return [part for part in shapely.get_parts(shape, return_index=False) if isinstance(part, Polygon)]


def joined(parts: Iterable[Polygon]) -> MultiPolygon:
    """Polygons as one shape, none merged with another."""
    return MultiPolygon(list(parts))


def split_at_antimeridian(shape: BaseGeometry) -> MultiPolygon:
    """The shape with each polygon that crosses 180° cut there; such a polygon seems to span the whole globe,
    because its longitudes jump from 180 to -180."""
    parts: list[Polygon] = []
    for polygon in polygons(shape):
        west, _, east, _ = polygon.bounds
        if east - west <= 180:
            parts.append(polygon)
            continue
        unrolled = shapely.transform(polygon, lambda points: np.column_stack([points[:, 0] % 360, points[:, 1]]))
        parts += polygons(shapely.intersection(unrolled, box(0, -90, 180, 90)))
        beyond = shapely.intersection(unrolled, box(180, -90, 360, 90))
        parts += polygons(shapely.transform(beyond, lambda points: points - [360, 0]))
    return joined(parts)


def area_km2(shape: BaseGeometry) -> float:
    """Area on the globe in km², holes taken off."""
    flat = shapely.transform(shape, lambda points: np.column_stack(EQUAL_AREA.transform(*points.T)))
    return float(flat.area) / 1e6


def simplified(shapes: Sequence[BaseGeometry], *, tolerance: float) -> list[BaseGeometry]:
    """A coverage with fewer points; shared edges stay shared. Corners that cut off less than about tolerance²
    square degrees go first."""
    return list(shapely.coverage_simplify(np.array(shapes, dtype=object), tolerance))


def simplified_beside(
    shapes: Sequence[BaseGeometry], kept: Sequence[BaseGeometry], *, tolerance: float
) -> list[BaseGeometry]:
    """The shapes of a coverage with fewer points, where others of it are kept as they are: edges between the two stay
    shared, coasts of the shapes do not stay."""
    sea = shapely.difference(AROUND_THE_WORLD, shapely.coverage_union_all([*shapes, *kept]))
    # an edge of the shapes with the sea lies inside this coverage, one with what is kept at its boundary
    coverage = np.array([*shapes, sea], dtype=object)
    return list(shapely.coverage_simplify(coverage, tolerance, simplify_boundary=False))[:-1]


def without_small(
    shapes: Sequence[BaseGeometry], *, islands_from_km2: Sequence[float], keep_largest: Sequence[bool]
) -> list[MultiPolygon]:
    """The shapes without polygons that are smaller than islands_from_km2 (one number a shape) and touch no
    other polygon; an enclave stays, or it would be a hole. keep_largest: whether a shape's largest stays
    whatever its size."""
    owners = [(at, polygon) for at, shape in enumerate(shapes) for polygon in polygons(shape)]
    tree = shapely.STRtree([polygon for _, polygon in owners])
    kept: list[list[Polygon]] = [[] for _ in shapes]
    for number, (at, polygon) in enumerate(owners):
        is_largest = polygon.area == max(other.area for other in polygons(shapes[at]))
        is_island = set(tree.query(polygon, predicate="intersects")) == {number}
        is_small = area_km2(polygon) < islands_from_km2[at]
        if not (is_small and is_island) or (is_largest and keep_largest[at]):
            kept[at].append(polygon)
    return [joined(parts) for parts in kept]


Ring = list[list[float]]


def rounded_rings(shape: BaseGeometry, *, decimals: int) -> list[list[Ring]]:
    """GeoJSON coordinates of a MultiPolygon: polygon, ring, point, [longitude, latitude].

    Exteriors run clockwise and holes the other way, as Plotly wants it: it fills the rest of the globe
    otherwise. The turn is looked at after rounding, which can flip a sliver. What collapses to a line is left
    out.
    """
    found = []
    for polygon in polygons(shape):
        exterior = _rounded(polygon.exterior, decimals=decimals, clockwise=True)
        if exterior:
            holes = (_rounded(ring, decimals=decimals, clockwise=False) for ring in polygon.interiors)
            found.append([exterior, *(hole for hole in holes if hole)])
    return found


def _rounded(line: LinearRing, *, decimals: int, clockwise: bool) -> Ring:
    """A closed ring of rounded points in the wanted turn, or [] if nothing is left of it."""
    ring: Ring = []
    for point in shapely.segmentize(line, LONGEST_EDGE).coords:
        place = [_short(value, decimals) for value in point[:2]]
        if not ring or ring[-1] != place:
            ring.append(place)
    area = signed_area(ring)
    if len(ring) < 4 or area == 0:
        return []
    return ring if (area < 0) == clockwise else ring[::-1]


def _short(value: float, decimals: int) -> float:
    """A rounded number that JSON writes without ".0"."""
    number = round(float(value), decimals)
    return int(number) if number == int(number) else number


def signed_area(ring: Ring) -> float:
    """Area of a closed ring in square degrees; negative if it runs clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def stripes(
    shape: BaseGeometry, *, every: float, width: float, pixels_a_degree: tuple[float, float], least: float
) -> MultiPolygon:
    """Diagonal stripes ("/") clipped to the shape.

    every and width: pixels across the stripes, at so many pixels_a_degree in longitude and latitude; pieces
    under `least` square pixels are dropped. All shapes share one pattern, so stripes go on over a border.
    """
    scale_x, scale_y = pixels_a_degree
    west, south, east, north = shape.bounds
    step, half = every * sqrt(2), width / sqrt(2)
    # a stripe is where y - x lies around a multiple of step, x and y in pixels
    lowest = south * scale_y - east * scale_x
    highest = north * scale_y - west * scale_x
    bands = []
    for number in range(floor(lowest / step), floor(highest / step) + 2):
        middle = number * step
        corners = [
            (west, (west * scale_x + middle - half) / scale_y),
            (west, (west * scale_x + middle + half) / scale_y),
            (east, (east * scale_x + middle + half) / scale_y),
            (east, (east * scale_x + middle - half) / scale_y),
        ]
        bands.append(Polygon(corners))
    clipped = (piece for band in bands for piece in polygons(shapely.intersection(band, shape)))
    return joined(piece for piece in clipped if piece.area * scale_x * scale_y >= least)


def inner_point(shape: BaseGeometry) -> tuple[float, float]:
    """(lon, lat) of the middle of the largest circle that fits into the largest polygon."""
    largest = max(polygons(shape), key=area_km2)
    squeeze = cos(radians(largest.centroid.y))
    flat = shapely.transform(largest, lambda points: points * [squeeze, 1])
    middle = shapely.maximum_inscribed_circle(flat, tolerance=0.001).coords[0]
    return middle[0] / squeeze, middle[1]


def feature(code: str, coordinates: list[list[Ring]]) -> dict[str, Any]:
    """A GeoJSON feature without properties: Plotly finds it by its id."""
    geometry = {"type": "MultiPolygon", "coordinates": coordinates}
    return {"type": "Feature", "id": code, "properties": {}, "geometry": geometry}
