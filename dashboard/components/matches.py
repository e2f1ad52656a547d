"""Matches of a city with their reasons in words, as the template `match` draws them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.context import AppContext
from dashboard.dataset.model import Dataset
from dashboard.filters import Selection
from dashboard.metrics.advisories import Advisory, advisory_for, last_read
from dashboard.metrics.cities import PartnerCity, UsCity, partner_cities, us_cities
from dashboard.metrics.match import (
    DEFAULT_WEIGHTS,
    LEAST_WEIGHT,
    MOST_WEIGHT,
    Candidate,
    Reason,
    count_level_4,
    find_example,
    for_community,
    for_partner,
)
from dashboard.presentation.reasons import areas_of, reason_sentence
from dashboard.strings import Catalog

# addresses from before travel was a reason have so many weights
WEIGHTS_BEFORE = 4
# matches of the example that is there before a city is chosen
EXAMPLES = 3


@dataclass(frozen=True)
class ReasonLine:
    """A reason as a sentence. `part` is what it is worth, 0 to 1, as text; `sign` how it counts; `advisory` the one it
    rests on, where that has an official page, for `place`. `in_english` is what in it stands in English."""

    sentence: str
    part: str
    sign: str
    advisory: Advisory | None = None
    place: str = ""
    in_english: str = ""


@dataclass(frozen=True)
class Match:
    """One candidate of a list. `kept` is the entry of the shortlist that it becomes, as JSON; `partners` how many it
    has."""

    name: str
    people: str
    partners: int
    score: int
    kept: str
    reasons: Sequence[ReasonLine]


@dataclass(frozen=True)
class MatchList:
    """The ranked candidates for a city, best first. `left_out` is what is said of level 4, "" where nothing is;
    `advisories` those of a city abroad that was chosen, in `country`."""

    headline: str
    matches: Sequence[Match]
    left_out: str = ""
    advisories: Sequence[Advisory] = ()
    country: str = ""


@dataclass(frozen=True)
class Matches:
    """What is found for the cities of an address: a list for each. Before any is chosen `said` says what to do, and the
    only list is that of the `example`, None where there is none."""

    lists: Sequence[MatchList]
    said: str = ""
    example: UsCity | None = None


def read_weights(text: str) -> dict[str, int]:
    """Weights from an address ("3-2-2-1-2"), in the order of the reasons; the usual ones where it says nothing else.
    One of four is from before there was the last reason, which then has its usual weight."""
    given = text.split("-")
    if len(given) == WEIGHTS_BEFORE:
        given.append(str(DEFAULT_WEIGHTS["travel"]))
    if len(given) != len(DEFAULT_WEIGHTS) or not all(part.isascii() and part.isdigit() for part in given):
        return dict(DEFAULT_WEIGHTS)
    return {
        name: min(max(int(part), LEAST_WEIGHT), MOST_WEIGHT) for name, part in zip(DEFAULT_WEIGHTS, given, strict=True)
    }


def has_level_4(selection: Selection) -> bool:
    """Whether cities at level 4 were asked for."""
    return selection.page_param("travel") == "all"


def chosen_cities(dataset: Dataset, selection: Selection) -> tuple[UsCity | None, PartnerCity | None]:
    """The cities that an address names, in the United States and abroad; None where it names none that is known."""
    return (
        us_cities(dataset).get(selection.page_param("community")),
        partner_cities(dataset).get(selection.page_param("partner")),
    )


def find_matches(context: AppContext, selection: Selection) -> Matches:
    """The matches of the cities that an address names, or an example."""
    dataset, t = context.dataset, context.t
    basis, weights = dataset.bases[selection.basis], read_weights(selection.page_param("weights"))
    us, abroad = chosen_cities(dataset, selection)
    filters, is_there = selection.filters, has_level_4(selection)
    if not (us or abroad):
        is_unknown = selection.page_param("community") or selection.page_param("partner")
        said = t("match.unknown" if is_unknown else "match.start")
        city = find_example(dataset, basis)
        if city is None:
            return Matches([], said)
        found = for_community(
            dataset, basis, city, weights=weights, filters=filters, has_level_4=is_there, most=EXAMPLES
        )
        return Matches([_list_for_community(context, selection, found, city)], said, city)
    lists = []
    if us:
        found = for_community(dataset, basis, us, weights=weights, filters=filters, has_level_4=is_there)
        lists.append(_list_for_community(context, selection, found, us))
    if abroad:
        advisory = advisory_for(dataset, abroad)
        lists.append(
            MatchList(
                *_listed(t, for_partner(dataset, basis, abroad, weights=weights), abroad),
                advisories=[advisory] if advisory else [],
                country=abroad.country,
            )
        )
    return Matches(lists)


def _list_for_community(
    context: AppContext, selection: Selection, found: Sequence[Candidate], city: UsCity
) -> MatchList:
    return MatchList(*_listed(context.t, found, city), left_out=_left_out(context, selection, city))


def _left_out(context: AppContext, selection: Selection, city: UsCity) -> str:
    """How many cities are left out for their level, or that they are there; "" where there are none."""
    read, t = last_read(context.dataset), context.t
    if read is None:
        return ""
    count = count_level_4(context.dataset, context.dataset.bases[selection.basis], city, filters=selection.filters)
    if not count:
        return ""
    if has_level_4(selection):
        return t("match.levels_in_now")
    return t("match.left_out", count=count, as_of=t.date(read.isoformat()))


def _listed(t: Catalog, found: Sequence[Candidate], city: UsCity | PartnerCity) -> tuple[str, Sequence[Match]]:
    """The headline, which names the best, and the candidates."""
    is_outward = isinstance(city, UsCity)
    best = [(each.abroad if is_outward else each.us).short_name for each in found[:3]]
    headline = (
        t("match.headline", city=city.called(t), names=t.listing(best))
        if found
        else t("match.headline_none", city=city.called(t))
    )
    return headline, [_match(t, each, is_outward=is_outward) for each in found]


def _match(t: Catalog, each: Candidate, *, is_outward: bool) -> Match:
    city = each.abroad if is_outward else each.us
    reasons = [_reason(t, each, reason) for reason in each.reasons if reason.weight]
    kept = {
        "us": each.us.called(t),
        "abroad": each.abroad.called(t),
        "score": round(each.score),
        "why": t.series(reason.sentence for reason in reasons),
        # by which the same two are known in another language
        "ids": f"{each.us.id}|{each.abroad.id}",
    }
    return Match(
        name=city.called(t),
        people=t.in_groups(city.population),
        partners=len(each.partnerships),
        score=round(each.score),
        kept=json.dumps(kept, ensure_ascii=False),
        reasons=reasons,
    )


def _reason(t: Catalog, each: Candidate, reason: Reason) -> ReasonLine:
    sentence = reason_sentence(t, each, reason)
    if reason.value is None:
        return ReasonLine(sentence, "0", t("match.unknown_value"))
    has_page = reason.advisory is not None and reason.advisory.address
    return ReasonLine(
        sentence,
        f"{reason.value:.3f}",
        t("match.value", value=t.decimal(reason.value, 2), weight=reason.weight),
        reason.advisory if has_page else None,
        each.abroad.country,
        areas_of(reason.advisory) if reason.advisory else "",
    )
