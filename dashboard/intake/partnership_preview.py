"""What a spreadsheet of partnerships would change, row by row, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.dataset.problems import shorten
from dashboard.intake.partnership_file import FileRow, PartnershipFile
from dashboard.intake.partnership_plan import Plan
from dashboard.strings import Catalog

MOST_NAMED = 3


def partnership_preview(plan: Plan, file: PartnershipFile, t: Catalog, *, name: str) -> str:
    """What matters first: what a person has to say, words that name no year, years that contradict each other, added,
    changed, removed. What is out of scope has a line a country, what is unchanged one line."""
    columns = ", ".join(f"{heading} = {column}" if heading != column else column for heading, column in file.columns)
    lines = [t("partnerships.file", file=name, rows=f"{len(file.rows):,}")]
    if file.sheet:
        lines.append(t("import.sheet", sheet=file.sheet))
    if file.other_sheets:
        lines.append(t("import.other_sheets", sheets=", ".join(file.other_sheets)))
    lines.append(t("partnerships.columns", columns=columns))
    if file.left_alone:
        lines.append(t("partnerships.left_alone", columns=", ".join(file.left_alone)))
    if file.us_city:
        lines.append(t("partnerships.us_city", city=file.us_city))
    if file.filled:
        lines.append(t("partnerships.filled", rows=", ".join(map(str, file.filled[:40]))))
    if any(row.has_own_id for row in file.rows):
        lines.append(t("partnerships.own_ids"))
    taken = {new: " " + t("partnerships.identifies", old=old) for old, new in plan.identified}

    def part(kind: str, mark: str, rows: Sequence[tuple[FileRow, str]]) -> None:
        marked = ((row, what + (" " + t("partnerships.is_hidden") if row.is_hidden else "")) for row, what in rows)
        named = [t("partnerships.row", row=row.number, what=what) for row, what in marked]
        lines.extend(_part(t(f"partnerships.{kind}", count=len(rows)), mark, named))

    def cell(row: FileRow, text: str) -> tuple[FileRow, str]:
        return row, f"{pairing_text(row.cells)}: {text}"

    part("held", "!", [cell(row, t(f"partnerships.why.{kind}", id=key)) for row, kind, key in plan.held])
    part("words", "?", [cell(row, f"{column} “{shorten(text)}”") for row, column, text in plan.words])
    part("years", "?", [cell(row, f"{column} {' / '.join(years)}") for row, column, years in plan.years])
    part("added", "+", [(row, pairing_text(new) + taken.get(new["id"], "")) for row, new in plan.added])
    part("changed", "~", [(row, f"{key}: {_changes(changes, t)}") for row, key, changes in plan.changed])
    lines += _part(t("partnerships.removed", count=len(plan.removed)), "-", plan.removed)
    outside = [t("partnerships.outside_country", country=land, count=many) for land, many in file.outside.items()]
    lines += _part(t("partnerships.outside", count=sum(file.outside.values())), " ", outside)
    lines += _folded(t("partnerships.unchanged", count=len(plan.unchanged)), [key for _, key in plan.unchanged])
    lines += _folded(t("partnerships.missing", count=len(plan.missing)), plan.missing)
    return "\n".join(lines)


def _folded(heading: str, rows: Sequence[str]) -> list[str]:
    """One line for what nothing happens to; a few are named."""
    if not rows:
        return []
    return ["", heading + (f" ({', '.join(rows)})" if len(rows) <= MOST_NAMED else "")]


def _part(heading: str, mark: str, rows: Sequence[str]) -> list[str]:
    return ["", heading, *(f"  {mark} {row}" for row in rows)] if rows else []


def pairing_text(cells: Mapping[str, str]) -> str:
    """A partnership in a line: "Toledo, OH – Tanga, TZA, 1999"."""
    place = ", ".join(filter(None, [cells.get("us_community", ""), cells.get("us_state", "")]))
    partner = ", ".join(filter(None, [cells.get("partner_community", ""), cells.get("country_iso3", "")]))
    year = cells.get("start_year", "")
    return shorten(f"{place} – {partner}" + (f", {year}" if year else ""), 110)


def _changes(changes: Mapping[str, tuple[str, str]], t: Catalog) -> str:
    blank = t("partnerships.blank")
    return "; ".join(
        f"{name} {shorten(before) or blank} → {shorten(after)}" for name, (before, after) in changes.items()
    )
