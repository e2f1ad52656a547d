"""The answer to "show me this address": the frames of its selection, what the controls stand at, what was odd."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from dashboard.charts import View
from dashboard.dataset.model import DOCUMENTED, Dataset
from dashboard.filters import ASKED, CHIPS, FIGURES, FILTERS, Choices, Notice, Selection, choices_of, parse, to_query
from dashboard.frames.build import OVERVIEW, Contents, build_frames
from dashboard.frames.tabs import shared
from dashboard.metrics.survey import Thresholds, survey_of
from dashboard.settings import Contact
from dashboard.strings import Words

MOST_NOTICES = 4
# the value of a list in which nothing is chosen ; dbc keeps "" for its own placeholder
ANY = "any"
# whole answers are kept compressed by dashboard/serving/replies.py; these are for those that differ in the year alone
REMEMBERED = 2


@dataclass(frozen=True, eq=False)
class House:
    """What every request shares: the data, its choices, the language, thresholds. Nothing in it changes."""

    dataset: Dataset
    words: Words
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: Contact = field(default_factory=Contact)
    # which data this is: the same on every worker, another after every change
    version: str = ""
    choices: Choices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", choices_of(self.dataset))

    def view(self, selection: Selection, key: str = "") -> View:
        """What charts may know for a selection, on the page of `key`."""
        return View(
            self.dataset, selection, self.words, self.choices, self.thresholds, key or selection.page_param("of")
        )

    def basis_label(self, basis_id: str) -> str:
        """ "SCI’s 94", from the snapshot's own label, or the words for everything documented."""
        if basis_id == DOCUMENTED:
            return self.words("filter.documented")
        snapshot = self.dataset.bases[basis_id].snapshot
        return snapshot.label.format(count=snapshot.total) if snapshot else basis_id


def answer(house: House, query: str, contents: Contents = OVERVIEW, *, key: str = "") -> str:
    """JSON for an address (`key` as in View): the frames of `build_frames`, shared (what several of their tables
    have), version (of the data), query (the selection's one spelling, without its year), year (null for the last),
    controls, chosen (what can be taken off again), notices (texts)."""
    parsed = parse(query, house.choices)
    notices = notice_texts(parsed.notices, house.words)
    head = json.dumps({"year": parsed.selection.year, "notices": notices}, ensure_ascii=False, separators=(",", ":"))
    body = _body(house, contents, parsed.selection.without_year(), key)
    return f"{head[:-1]},{body.decode()[1:]}"


def notice_texts(notices: tuple[Notice, ...], words: Words) -> list[str]:
    """Notices as sentences; of many, the first few and how many more."""
    texts = [words(f"notice.{notice.kind}", **notice.details) for notice in notices[:MOST_NOTICES]]
    if len(notices) > MOST_NOTICES:
        texts.append(words("notice.more", count=len(notices) - MOST_NOTICES))
    return texts


@lru_cache(maxsize=REMEMBERED)
def _body(house: House, contents: Contents, selection: Selection, key: str) -> bytes:
    """The part of an answer that depends on nothing but the selection, so the same in every worker."""
    frames = build_frames(house.view(selection, key), contents, basis_label=house.basis_label(selection.basis))
    tables, ranked, alike = shared(frames["tables"], frames.get("list", {}))
    body = {
        **frames,
        "tables": tables,
        "shared": alike,
        **({"list": ranked} if ranked else {}),
        "version": house.version,
        "query": to_query(selection, house.choices),
        "controls": _controls(house, selection),
        "chosen": chosen_chips(house, selection),
    }
    return orjson.dumps(body)


def wave_options(house: House, *, is_sample: bool) -> list[tuple[str, str]]:
    """(wave, label), the newest first."""
    waves = survey_of(house.dataset, Selection(house.choices.default_basis, is_sample=is_sample)).waves
    labels = {"themes": "filter.wave_themes", "answers": "filter.wave_answers"}
    return [(wave.id, house.words(labels[wave.kind], title=wave.title)) for wave in reversed(waves)]


def _controls(house: House, selection: Selection) -> dict[str, dict[str, Any]]:
    """Properties of the page's controls, by their ids."""
    waves = [(ANY, house.words("filter.wave_newest")), *wave_options(house, is_sample=selection.is_sample)]
    filters = {
        f"filter-{each.name}": {"value": list(values) if each.is_multiple else (*values, ANY)[0]}
        for each in FILTERS
        if each.control != FIGURES
        for values in (selection.filters[each.name],)
    }
    return {
        "filter-basis": {"value": selection.basis},
        **filters,
        "filter-wave": {
            "value": selection.wave or ANY,
            "options": [{"value": value, "label": label} for value, label in waves],
        },
    }


def chosen_chips(house: House, selection: Selection) -> list[dict[str, str]]:
    """What stands as a chip of its own: name and value in the address, label. Filters whose options are chips have
    them."""
    view = house.view(selection)
    chips = [
        {"name": each.name, "value": value, "label": label, **({"many": "1"} if each.is_multiple else {})}
        for each in FILTERS
        if each.control != CHIPS
        for value, label in zip(selection.filters[each.name], view.labels(each.name), strict=True)
    ]
    if selection.wave is not None:
        titles = {wave.id: wave.title for wave in survey_of(house.dataset, selection).waves}
        chips.append({"name": "wave", "value": selection.wave, "label": titles[selection.wave]})
    switches = (
        ("base", ASKED, selection.is_of_asked, "filter.asked"),
        ("sample", "1", selection.is_sample, "filter.sample"),
        ("room", "1", selection.is_large_print, "stage.room"),
    )
    chips += [
        {"name": name, "value": value, "label": house.words(label)} for name, value, is_on, label in switches if is_on
    ]
    return chips
