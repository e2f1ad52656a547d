"""What an import would do, in plain words, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.dataset.problems import shorten
from dashboard.intake.flags import Flag
from dashboard.intake.responses import Answered, Responses
from dashboard.strings import Catalog

MOST_TEXTS = 15
BAR = 20


def survey_preview(
    responses: Responses, t: Catalog, *, file: str, wave: str, before: int, flags: Sequence[Flag] = ()
) -> str:
    """Rows in, questions, options with counts, unmatched texts, what is left out and why; and what is odd."""
    lines = [
        t("import.is_from", file=file, tool=", ".join(t(f"import.tool.{tool}") for tool in responses.tools)),
        t("import.rows", count=responses.rows_in, rows=f"{responses.rows_in:,}"),
    ]
    if responses.sheet:
        lines.append(t("import.sheet", sheet=responses.sheet))
    if responses.other_sheets:
        lines.append(t("import.other_sheets", sheets=", ".join(responses.other_sheets)))
    if responses.hidden:
        lines.append(t("import.hidden", rows=f"{responses.hidden:,}"))
    lines += ["  " + t(f"import.skipped.{reason}", rows=f"{many:,}") for reason, many in responses.skipped.items()]
    lines.append(t("import.respondents", count=responses.respondents, people=f"{responses.respondents:,}", wave=wave))
    if before:
        lines.append(t("import.replaces", wave=wave, people=f"{before:,}"))
    for found in responses.answered:
        lines += _question(found, responses.respondents, t)
    lines += _places(responses, t)
    if responses.also:
        lines += ["", t("import.also"), *(f"  ? “{shorten(heading, 100)}”" for heading in responses.also)]
    lines += _left_out(responses.left_out, t)
    if flags:
        lines += ["", t("import.flags", count=len(flags)), *(f"  ! {flag_text(flag, t)}" for flag in flags)]
    return "\n".join(lines)


def flag_text(flag: Flag, t: Catalog) -> str:
    """What is odd, in a sentence. Headings are cut; what a column says is named as the preview names it."""
    details = dict(flag.details)
    if "kind" in details:
        details |= {"kind": t(f"import.place_kind.{details['kind']}"), "heading": shorten(details["heading"], 100)}
    return t(f"import.flag.{flag.kind}", **details)


def _question(found: Answered, respondents: int, t: Catalog) -> list[str]:
    base = found.base
    lines = [
        "",
        t("import.question", title=found.question.title, heading=shorten(found.heading, 100)),
        "  " + t("import.base", base=f"{base:,}", silent=f"{respondents - base:,}"),
    ]
    counts = found.counts()
    widest = max((len(found.question.labels[option]) for option in counts), default=0)
    for option, many in sorted(counts.items(), key=lambda item: -item[1]):
        bar = "#" * round(BAR * many / base) if base else ""
        lines.append(f"    {found.question.labels[option]:<{widest}}  {many:>7,}  {bar}".rstrip())
    not_asked = [found.question.labels[option] for option in found.question.options if option not in counts]
    if not_asked:
        lines.append("  " + t("import.not_asked", options=", ".join(not_asked)))
    never = [found.question.labels[option] for option, many in counts.items() if not many]
    if never and not found.is_offered:
        lines.append("  " + t("import.never", options=", ".join(never)))
    if found.unknown_options:
        lines.append("  " + t("import.unknown_options", code=found.question.code))
        lines += [f"  ? {line.strip()}" for line in _texts(found.unknown_options, t)]
    if found.nones:
        lines.append("  " + t("import.nones"))
        lines += _texts(found.nones, t)
    if found.unmatched:
        key = "import.unmatched" if found.question.has_other else "import.unmatched_without_other"
        lines.append("  " + t(key, texts=f"{len(found.unmatched):,}"))
        lines += _texts(found.unmatched, t)
    if found.two_ways:
        lines.append("  " + t("import.two_ways"))
        lines += _texts(found.two_ways, t)
    return lines


def _texts(texts: Mapping[str, int], t: Catalog) -> list[str]:
    often = sorted(texts.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"    {many:>7,}  “{shorten(text, 90)}”" for text, many in often[:MOST_TEXTS]]
    if len(often) > MOST_TEXTS:
        lines.append("    " + t("import.more_texts", more=f"{len(often) - MOST_TEXTS:,}"))
    return lines


def _places(responses: Responses, t: Catalog) -> list[str]:
    lines = [""]
    lines += [
        t("import.place", heading=shorten(heading, 100), kind=t(f"import.place_kind.{kind}"))
        for heading, kind in responses.places
    ]
    if not responses.places:
        lines.append(t("import.no_place"))
    known = int((responses.regions != "").sum())
    lines.append("  " + t("import.with_region", known=f"{known:,}", unknown=f"{responses.respondents - known:,}"))
    known = int((responses.states != "").sum())
    lines.append("  " + t("import.with_state", known=f"{known:,}", unknown=f"{responses.respondents - known:,}"))
    if responses.unmatched_places:
        lines.append("  " + t("import.unmatched_places"))
        lines += _texts(responses.unmatched_places, t)
    lines += [t("import.place_question", heading=shorten(text, 100)) for text in responses.place_questions]
    return lines


def _left_out(left_out: Sequence[tuple[str, str]], t: Catalog) -> list[str]:
    if not left_out:
        return []
    lines = ["", t("import.left_out")]
    by_reason: dict[str, list[str]] = {}
    for heading, reason in left_out:
        by_reason.setdefault(reason, []).append(shorten(heading, 60))
    for reason, headings in by_reason.items():
        shown = ", ".join(headings[:12])
        more = t("import.more_columns", more=len(headings) - 12) if len(headings) > 12 else ""
        lines.append(f"  {t(f'import.reason.{reason}')}: {shown}{more}")
    return lines
