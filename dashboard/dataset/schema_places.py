"""The shape of `data/places/`: cities that partners are looked for among. Built by `tools/places/build.py`."""

from __future__ import annotations

from dashboard.dataset.schema import COUNTRY, LATITUDE, LONGITUDE, Column, TableShape

US_CITIES = TableShape(
    "places/us_cities.csv",
    (
        Column("id", "code", needed=True),
        Column("name", needed=True),
        Column("us_state", "reference", needed=True, to="us_states"),
        Column("lat", needed=True, **LATITUDE),  # type: ignore[arg-type]
        Column("lon", needed=True, **LONGITUDE),  # type: ignore[arg-type]
        Column("population", "integer", needed=True, least=1),
    ),
    key=("id",),
    is_optional=True,
)
PARTNER_CITIES = TableShape(
    "places/partner_cities.csv",
    (
        Column("id", "code", needed=True),
        Column("name", needed=True),
        COUNTRY,
        Column("lat", needed=True, **LATITUDE),  # type: ignore[arg-type]
        Column("lon", needed=True, **LONGITUDE),  # type: ignore[arg-type]
        Column("population", "integer", needed=True, least=1),
        Column("also_called", longest=2000),
    ),
    key=("id",),
    is_optional=True,
)

# name of a table -> its shape; without them the dashboard works, but has no cities to propose
PLACES = {"us_cities": US_CITIES, "partner_cities": PARTNER_CITIES}
