"""What a count must be before it is published, and the change of the collection that it then becomes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.dataset import Dataset
from dashboard.dataset.about import last_possible_year
from dashboard.dataset.bases import is_left_out
from dashboard.dataset.records import records
from dashboard.dataset.schema import FIRST_YEAR
from dashboard.store.changes import Edit
from dashboard.store.count_drafts import CountDraft
from dashboard.strings import Catalog

CARD = ("title", "label", "counted_by", "year", "total")
SOURCE = ("source", "source_title", "source_short_title", "source_url", "source_kind")
MEMBER = YES, NO, UNKNOWN = "yes", "no", "unknown"
LONGEST = 400
MOST = 1_000_000


@dataclass(frozen=True)
class Candidate:
    """A partnership that may be a member. `why_not`: the key of a text that says why it cannot, "" where it can."""

    id: str
    name: str
    country_iso3: str
    start_year: int | None
    known_by: int | None
    is_identified: bool
    why_not: str


@dataclass(frozen=True)
class Country:
    """A country of a draft: how many were counted, as typed and as a number, and how many are ticked."""

    iso3: str
    name: str
    typed: str
    counted: int
    ticked: int

    @property
    def missing(self) -> int:
        """How many were counted that nobody has ticked: each becomes a row that is not identified yet."""
        return max(self.counted - self.ticked, 0)


@dataclass(frozen=True)
class Look:
    """A draft looked at: `errors` by field stand in the way of publishing; `countries` in the order of their names."""

    countries: Sequence[Country]
    candidates: Mapping[str, Sequence[Candidate]]
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def sum(self) -> int:
        """How many were counted in all countries."""
        return sum(each.counted for each in self.countries)

    @property
    def ticked(self) -> int:
        """How many members are ticked."""
        return sum(each.ticked for each in self.countries)

    @property
    def missing(self) -> int:
        """How many rows would be added that are not identified yet."""
        return sum(each.missing for each in self.countries)


def whole(text: str) -> int | None:
    """A whole number as people type it; None for anything else."""
    plain = text.strip().replace(",", "").replace(" ", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 8 else None


def look_at(draft: CountDraft, dataset: Dataset, t: Catalog, names: Mapping[str, str]) -> Look:
    """The draft beside the data. `names` of partnerships by id."""
    year = whole(draft.card.get("year", ""))
    candidates: dict[str, list[Candidate]] = {}
    for row in records(dataset.partnerships):
        why_not = ""
        if is_left_out(row["status"], row["confidence"]):
            why_not = "left_out"
        elif year is not None and row["start_year"] is not None and row["start_year"] > year:
            why_not = "too_late"
        candidates.setdefault(row["country_iso3"], []).append(
            Candidate(
                row["id"],
                names.get(row["id"], row["id"]),
                row["country_iso3"],
                row["start_year"],
                row["known_by"],
                bool(row["us_community"] and row["partner_community"]),
                why_not,
            )
        )
    by_id = {each.id: each for of in candidates.values() for each in of}
    ticked_ids = [key for key, (answer, _) in draft.members.items() if answer == YES and key in by_id]
    ticked = Counter(by_id[key].country_iso3 for key in ticked_ids)
    countries = [
        Country(
            row["iso3"],
            row["name"],
            draft.counts.get(row["iso3"], ""),
            whole(draft.counts.get(row["iso3"], "")) or 0,
            ticked.get(row["iso3"], 0),
        )
        for row in records(dataset.countries.sort_values("name"))
    ]
    look = Look(countries, candidates)
    errors = _card_errors(draft, dataset, t, year) | _count_errors(draft, look, t)
    if wrong := [by_id[key].name for key in ticked_ids if by_id[key].why_not]:
        errors["members"] = t("staff.counts.cannot_be", names=t.listing(wrong[:10]), count=len(wrong))
    elif many := [each.name for each in countries if each.ticked > each.counted]:
        errors["members"] = t("staff.counts.too_many", countries=t.listing(many))
    return replace(look, errors=errors)


def _card_errors(draft: CountDraft, dataset: Dataset, t: Catalog, year: int | None) -> dict[str, str]:
    card, errors = draft.card, {}
    for name in ("title", "counted_by", "label"):
        if not card.get(name, ""):
            errors[name] = t("staff.counts.needed")
        elif len(card[name]) > LONGEST:
            errors[name] = t("staff.counts.long", longest=LONGEST)
    last = last_possible_year(dataset.about)
    if year is None or not FIRST_YEAR <= year <= last:
        errors["year"] = t("staff.counts.bad_year", first=FIRST_YEAR, last=last)
    label = card.get("label", "")
    if "label" not in errors:
        if label.count("{count}") != 1 or set(label.replace("{count}", "")) & set("{}"):
            errors["label"] = t("staff.counts.bad_label")
        else:
            shown = label.format(count=whole(card.get("total", "")) or 0)
            if shown in {each.label.format(count=each.total) for each in dataset.snapshots}:
                errors["label"] = t("staff.counts.same_label", label=shown)
    return errors


def _count_errors(draft: CountDraft, look: Look, t: Catalog) -> dict[str, str]:
    errors, total = {}, whole(draft.card.get("total", ""))
    if total is None or not 0 < total <= MOST:
        errors["total"] = t("staff.counts.bad_total")
    for each in look.countries:
        if each.typed and whole(each.typed) is None:
            errors[f"count-{each.iso3}"] = t("staff.counts.bad_number", country=each.name)
    if total is not None and "total" not in errors and look.sum != total:
        errors["total"] = t("staff.counts.other_sum", sum=look.sum, total=total)
    return errors


def edits_of(draft: CountDraft, look: Look, source: str, t: Catalog, former_ids: Collection[str]) -> list[Edit]:
    """The change that publishes a draft without errors. `former_ids`: of partnerships that had them once, which no
    other one gets."""
    card = draft.card
    year = whole(card["year"])
    texts = {name: json.dumps(card[name], ensure_ascii=False) for name in ("title", "label", "counted_by")}
    lines = [*(f"{name} = {text}" for name, text in texts.items()), f"year = {year}"]
    lines.append(f"source_ids = {json.dumps([source])}")
    edits = [Edit("snapshots", None, {"id": draft.id, "card": "\n".join(lines) + "\n"})]
    within = {"snapshot_id": draft.id}
    there = {each.id for of in look.candidates.values() for each in of} | set(former_ids)
    members = [(key, *said) for key, said in draft.members.items() if key in there and (said[0] != UNKNOWN or said[1])]
    for each in look.countries:
        if each.counted:
            cells = {"country_iso3": each.iso3, "label": each.name, "partnerships": str(each.counted)}
            edits.append(Edit("snapshot_counts", None, {**within, **cells, "source_ids": source}))
        number = 0
        for _ in range(each.missing):
            number += 1
            while (key := f"not-yet-identified-{each.iso3.lower()}-{number}") in there:
                number += 1
            there.add(key)
            row = {"id": key, "country_iso3": each.iso3, "known_by": str(year), "status": "unknown"}
            row |= {"kind": "unknown", "confidence": "high", "source_ids": source}
            edits.append(Edit("partnerships", None, {**row, "note": t("staff.counts.open_note")}))
            members.append((key, YES, t("staff.counts.open_reason")))
    cells_of = [{"partnership_id": key, "is_member": answer, "reason": reason} for key, answer, reason in members]
    return [*edits, *(Edit("snapshot_members", None, {**within, **cells}) for cells in cells_of)]
