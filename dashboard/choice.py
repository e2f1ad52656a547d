"""What is chosen, for the page: where controls stand, what can be taken off again, what could not be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.context import AppContext
from dashboard.dataset.labels import label_of
from dashboard.filters import ASKED, CHIPS, FILTERS, LIST, Filter, Notice, Selection
from dashboard.metrics.survey import survey_of
from dashboard.strings import Catalog

MOST_NOTICES = 4
# the value of a list in which nothing is chosen; dbc keeps "" for its own placeholder
ANY = "any"


@dataclass(frozen=True)
class Control:
    """A control of Dash's for a name of the address: a component and its property. `value` as it is, `empty` what
    takes the choice away: a list where several values can be chosen."""

    id: str
    property: str
    value: str | list[str]
    empty: str | list[str]


def controls(context: AppContext, selection: Selection) -> dict[str, Control]:
    """The controls that a bar of filters can have, by name of the address. What has none is chosen by buttons and
    figures."""
    values: dict[str, tuple[str | list[str], str | list[str]]] = {
        "basis": (selection.basis, context.choices.default_basis),
        **{each.name: _value_and_nothing(each, selection) for each in FILTERS if each.control in (CHIPS, LIST)},
        "wave": (selection.wave or ANY, ANY),
    }
    return {name: Control(control_id(name), "value", *of_name) for name, of_name in values.items()}


def control_id(name: str) -> str:
    """The id of the control for a name of the address."""
    return f"filter-{name}"


CONTROL_IDS = tuple(
    control_id(name) for name in ("basis", *(each.name for each in FILTERS if each.control in (CHIPS, LIST)), "wave")
)


def wave_choices(context: AppContext, selection: Selection) -> list[dict[str, str]]:
    """The options of the list of waves: those of the sample survey where that is shown."""
    newest = (ANY, context.t("filter.wave_newest"))
    options = (newest, *wave_options(context, is_sample=selection.is_sample))
    return [{"value": value, "label": label} for value, label in options]


def _value_and_nothing(each: Filter, selection: Selection) -> tuple[str | list[str], str | list[str]]:
    """What the control of a filter has, and what it has where nothing is chosen: a list of dbc keeps "" for itself."""
    values = selection.filters[each.name]
    return (list(values), []) if each.is_multiple else ((*values, ANY)[0], ANY)


def wave_options(context: AppContext, *, is_sample: bool) -> list[tuple[str, str]]:
    """(wave, label), the newest first."""
    waves = survey_of(context.dataset, Selection(context.choices.default_basis, is_sample=is_sample)).waves
    labels = {"themes": "filter.wave_themes", "answers": "filter.wave_answers"}
    return [(wave.id, context.t(labels[wave.kind], title=wave.title)) for wave in reversed(waves)]


def chosen_chips(context: AppContext, selection: Selection) -> list[dict[str, str]]:
    """What stands as a chip of its own: name and value in the address, label. Filters whose options are chips have
    them."""
    view = context.view(selection)
    chips = [
        {"name": each.name, "value": value, "label": label, **({"many": "1"} if each.is_multiple else {})}
        for each in FILTERS
        if each.control != CHIPS
        for value, label in zip(selection.filters[each.name], view.labels(each.name), strict=True)
    ]
    if selection.wave is not None:
        titles = {wave.id: wave.title for wave in survey_of(context.dataset, selection).waves}
        chips.append({"name": "wave", "value": selection.wave, "label": titles[selection.wave]})
    switches = (
        ("base", ASKED, selection.is_of_asked, "filter.asked"),
        ("sample", "1", selection.is_sample, "filter.sample"),
        ("room", "1", selection.is_large_print, "stage.room"),
    )
    chips += [
        {"name": name, "value": value, "label": context.t(label)} for name, value, is_on, label in switches if is_on
    ]
    return chips


def notice_texts(notices: Sequence[Notice], t: Catalog) -> list[str]:
    """What could not be taken as it stood, as sentences; of many, the first few and how many more."""
    texts = [t(f"notice.{each.kind}", **_named(each.details, t)) for each in notices[:MOST_NOTICES]]
    if len(notices) > MOST_NOTICES:
        texts.append(t("notice.more", count=len(notices) - MOST_NOTICES))
    return texts


def _named(details: Mapping[str, Any], t: Catalog) -> dict[str, Any]:
    """What a notice says, with the name of what is chosen as the language has it."""
    return {name: label_of(t, "notice.of", value) if name == "name" else value for name, value in details.items()}
