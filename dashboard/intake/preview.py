"""What an import of answers would do, in plain words, before anything is written; and what is odd in it, so that
somebody looks twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.dataset.problems import shorten
from dashboard.intake.codebook import OTHER
from dashboard.intake.mapping import Mapped
from dashboard.intake.responses import Answered, Responses
from dashboard.intake.where import kinds_named
from dashboard.strings import Catalog

MOST_TEXTS = 15
BAR = 20
# of fewer answers all may well be the same
ENOUGH_ANSWERS = 5
# more "Other" than this share: probably a translation, or options that the codebook does not have
MUCH_OTHER = 0.3


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
    unmatched = "import.unmatched" if found.question.has_other else "import.unmatched_without_other"
    kinds = (("import.nones", found.nones), (unmatched, found.unmatched), ("import.two_ways", found.two_ways))
    for key, texts in kinds:
        if texts:
            lines += ["  " + t(key, texts=f"{len(texts):,}"), *_texts(texts, t)]
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
    for key, texts in (("import.with_region", responses.regions), ("import.with_state", responses.states)):
        known = int((texts != "").sum())
        lines.append("  " + t(key, known=f"{known:,}", unknown=f"{responses.respondents - known:,}"))
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


@dataclass(frozen=True)
class Flag:
    """One odd thing: `kind` names its text (import.flag.…), which `details` fill; `question` is the code of the
    question that it is about, "" for none."""

    kind: str
    question: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def flags_of(responses: Responses, mapped: Mapped) -> list[Flag]:
    """Everything odd: an option that all have ticked, much Other, options of the codebook without a column, people left
    out, a place from a column whose heading asks for another kind of place (unless a person said so), or of whose words
    fewer than half are known."""
    flags = [flag for found in responses.answered for flag in _of_question(found)]
    flags += [
        Flag(f"left_out_{reason}", "", {"rows": f"{many:,}"})
        for reason, many in responses.skipped.items()
        if reason != "blank" and many
    ]
    told = {*mapped.places, *mapped.questions}
    flags += [
        Flag("unlikely_place", "", {"heading": heading, "kind": kind})
        for heading, kind in responses.places
        if kinds_named(heading) and kind not in kinds_named(heading) and heading not in told
    ]
    known = sum(int((texts != "").sum()) for texts in (responses.regions, responses.states))
    unknown = sum(responses.unmatched_places.values())
    if responses.places and unknown > known:
        headings = "”, “".join(dict.fromkeys(heading for heading, _ in responses.places))
        flags.append(Flag("few_places", "", {"headings": headings}))
    return flags


def _of_question(found: Answered) -> list[Flag]:
    question, base, counts = found.question, found.base, found.counts()
    title = {"title": question.title}
    flags = []
    for option, many in counts.items():
        if base >= ENOUGH_ANSWERS and many == base:
            flags.append(Flag("everybody", question.code, {**title, "option": question.labels[option]}))
    other = counts.get(OTHER, 0)
    if base >= ENOUGH_ANSWERS and other > MUCH_OTHER * base:
        flags.append(Flag("much_other", question.code, {**title, "percent": round(100 * other / base)}))
    without = [question.labels[option] for option in question.options if option not in counts]
    if without:
        flags.append(Flag("no_column", question.code, {**title, "options": ", ".join(without)}))
    return flags
