"""What a spreadsheet of partnerships would change, row by row, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.dataset.problems import shorten
from dashboard.intake.partnership_file import PartnershipFile
from dashboard.intake.partnership_plan import Plan
from dashboard.strings import Words


def partnership_preview(plan: Plan, file: PartnershipFile, words: Words, *, name: str) -> str:
    """Columns, added, changed, unchanged, removed, held back, years that contradict each other."""
    columns = ", ".join(f"{heading} = {column}" if heading != column else column for heading, column in file.columns)
    lines = [
        words("partnerships.file", file=name, rows=f"{len(file.rows):,}"),
        words("partnerships.columns", columns=columns),
    ]
    if file.left_alone:
        lines.append(words("partnerships.left_alone", columns=", ".join(file.left_alone)))
    taken = {new: old for old, new in plan.identified}
    lines += _part(words("partnerships.added", count=len(plan.added)), "+", [
        words("partnerships.row", row=row.number, what=_pairing(new))
        + (" " + words("partnerships.identifies", old=taken[new["id"]]) if new["id"] in taken else "")
        for row, new in plan.added
    ])  # fmt: skip
    lines += _part(words("partnerships.changed", count=len(plan.changed)), "~", [
        words("partnerships.row", row=row.number, what=f"{key}: {_changes(changes, words)}")
        for row, key, changes in plan.changed
    ])  # fmt: skip
    lines += _part(words("partnerships.unchanged", count=len(plan.unchanged)), "=", plan.unchanged)
    lines += _part(words("partnerships.removed", count=len(plan.removed)), "-", plan.removed)
    lines += _part(words("partnerships.missing", count=len(plan.missing)), " ", plan.missing)
    lines += _part(words("partnerships.held", count=len(plan.held)), "!", [
        words("partnerships.row", row=row.number, what=f"{_pairing(row.cells)}: {words(why, id=key)}")
        for row, why, key in ((row, f"partnerships.why.{kind}", key) for row, kind, key in plan.held)
    ])  # fmt: skip
    lines += _part(words("partnerships.years", count=len(plan.years)), "?", [
        words("partnerships.row", row=row.number, what=f"{_pairing(row.cells)}: {column} {' / '.join(years)}")
        for row, column, years in plan.years
    ])  # fmt: skip
    return "\n".join(lines)


def _part(heading: str, mark: str, rows: list[str]) -> list[str]:
    return ["", heading, *(f"  {mark} {row}" for row in rows)] if rows else []


def _pairing(cells: Mapping[str, str]) -> str:
    place = ", ".join(filter(None, [cells.get("us_community", ""), cells.get("us_state", "")]))
    partner = ", ".join(filter(None, [cells.get("partner_community", ""), cells.get("country_iso3", "")]))
    year = cells.get("start_year", "")
    return shorten(f"{place} – {partner}" + (f", {year}" if year else ""), 110)


def _changes(changes: Mapping[str, tuple[str, str]], words: Words) -> str:
    blank = words("partnerships.blank")
    return "; ".join(
        f"{name} {shorten(before) or blank} → {shorten(after)}" for name, (before, after) in changes.items()
    )
