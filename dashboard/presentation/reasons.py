"""Why a city is a match, as sentences: the same on the page of opportunities and in the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.dataset.labels import label_of, labels_of
from dashboard.dataset.problems import shorten
from dashboard.metrics.advisories import Advisory
from dashboard.metrics.match import Candidate, Reason
from dashboard.strings import Catalog

MOST_NAMES = 3
# a reason names areas with another advisory level up to so many letters; the country's panel has all
LONGEST_AREAS = 120


def reason_sentence(t: Catalog, each: Candidate, reason: Reason) -> str:
    """One reason of a candidate."""
    return _SENTENCES[reason.name](t, each, reason)


def advisory_line(t: Catalog, advisory: Advisory) -> str:
    """ "level 4, do not travel, 20 February 2026"."""
    if advisory.level is None:
        return t("advisory.none")
    says, issued = t(f"advisory.level.{advisory.level}"), t.date(advisory.issued)
    line = t("advisory.line", level=advisory.level, says=says, issued=issued)
    return t("advisory.line_part", place=advisory.place, line=line) if advisory.place else line


def _size(t: Catalog, each: Candidate, _reason: Reason) -> str:
    # beside each other they are compared
    us, abroad = t.in_groups(each.us.population), t.in_groups(each.abroad.population)
    return t("match.size", us=us, abroad=abroad)


def _opening(t: Catalog, each: Candidate, reason: Reason) -> str:
    return t("match.open" if reason.value else "match.not_open", country=each.abroad.country)


def _state(t: Catalog, each: Candidate, reason: Reason) -> str:
    if not reason.names:
        return t("match.state_none", state=each.us.state_name, region=label_of(t, "region", each.abroad.region))
    place = each.abroad.country if reason.value == 1 else label_of(t, "region", each.abroad.region)
    names = t.listing(reason.names[:MOST_NAMES])
    if len(reason.names) > MOST_NAMES:
        names = t("match.and_more", names=names, count=len(reason.names) - MOST_NAMES)
    return t("match.state", state=each.us.state_name, place=place, names=names)


def _sectors(t: Catalog, each: Candidate, reason: Reason) -> str:
    state, country = each.us.state_name, each.abroad.country
    if not reason.names:
        return t("match.sectors_none", state=state, country=country)
    return t("match.sectors", names=t.listing(labels_of(t, "sector", reason.names)), state=state, country=country)


def _travel(t: Catalog, each: Candidate, reason: Reason) -> str:
    if reason.advisory is None:
        return t("match.travel_unknown", name=each.abroad.name)
    line = advisory_line(t, reason.advisory)
    if not reason.advisory.areas:
        return t("match.travel", line=line)
    return t("match.travel_areas", line=line, areas=areas_of(reason.advisory))


def areas_of(advisory: Advisory) -> str:
    """The areas with another level, as far as a reason names them."""
    return shorten(advisory.areas, LONGEST_AREAS)


_SENTENCES: Mapping[str, Callable[[Catalog, Candidate, Reason], str]] = {
    "size": _size,
    "opening": _opening,
    "state": _state,
    "sectors": _sectors,
    "travel": _travel,
}
