"""A survey tool's export, looked at: what pages show of it, and nothing that one respondent alone has said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from dashboard.dataset.problems import BadData
from dashboard.intake.grid import plain
from dashboard.intake.headers import Field
from dashboard.intake.mapping import (
    KEPT_FROM,
    LEAVE_OUT,
    Mapped,
    examples_of,
    mapping_text,
    of_headings,
    parse_mapping,
)
from dashboard.intake.preview import flag_text, flags_of
from dashboard.intake.responses import Answered, ColumnUse, Responses
from dashboard.intake.survey import Opened, open_file, possible_uses, understand
from dashboard.intake.survey_import import (
    Wave,
    check_wave,
    commit_survey,
    problems_in_words,
    respondents_before,
    wave_of,
)
from dashboard.staff.imports.reading import LONGEST_SHOWN, Job, Look, key_of, problem_lines
from dashboard.store import uploads
from dashboard.store.accounts import Account
from dashboard.store.changes import Entry

MOST_TEXTS = 100


def told_of(options: Mapping[str, Any]) -> Mapped:
    """What a person has said so far of headings and words."""
    return Mapped(**options.get("told", {}))


def look_at_survey(job: Job) -> Look:
    """Reads all files of an upload, and says what is in them."""
    options = job.upload.options
    wave = wave_of(options["wave"], options["year"], options["title"], job.t)
    result: dict[str, Any] = {"files": [], "problems": [], "columns": []}
    if wave is None:
        return Look(result, is_read=False)
    try:
        check_wave(job.dataset, wave.id)
    except BadData as error:
        result["problems"] = problem_lines(error.problems, job.t)
        return Look(result, is_read=False)
    read = partial(open_file, mapped=told_of(options))
    opened: list[Opened] = []
    for at in range(len(job.paths)):
        facts: dict[str, Any] = {}
        result["files"].append(facts)
        if one := job.look_at_file(at, facts, read):
            facts |= facts_of(one)
            opened.append(one)
    if any(facts["problems"] for facts in result["files"]):
        return Look(result, is_read=False)
    return _understood(job, opened, wave, result)


def facts_of(one: Opened) -> dict[str, Any]:
    """What was taken for what in a file. Of its rows only titles above the header are shown."""
    first = one.header.first_row
    titles = [" ".join(filter(None, row)) for row in one.body.head[: first - 1]]
    return {
        "tool": one.header.tool,
        "sheet": one.body.sheet,
        "separator": one.body.delimiter,
        "header_row": first,
        "titles": [[at, title[:LONGEST_SHOWN]] for at, title in enumerate(titles, 1) if title],
        "headings": [field.label[:LONGEST_SHOWN] for field in one.header.fields[:12]],
        "more_headings": max(len(one.header.fields) - 12, 0),
        "rows": one.body.rows,
    }


def _understood(job: Job, opened: Sequence[Opened], wave: Wave, result: dict[str, Any]) -> Look:
    fields = [field for one in opened for field in one.header.fields]
    name = mapping_name(fields)
    told = told_of(job.upload.options)
    options: dict[str, Any] = {}
    if told == Mapped() and not job.upload.options.get("is_begun_anew"):
        kept = uploads.find_mapping(job.area.database, name)
        if kept is not None:
            try:
                told = parse_mapping(kept[1], name)
                options = {"told": asdict(told), "kept_at": kept[0].strftime("%Y-%m-%d")}
            except BadData:
                # kept by another version of the program, perhaps: then it is found out again
                told = Mapped()
    mapped = of_headings(told, fields)
    job.progress = 0.85
    try:
        responses = understand(opened, job.dataset, mapped)
    except BadData as error:
        result["problems"] = problem_lines(problems_in_words(error.problems, job.t), job.t)
        uses = [use for one in opened for use in possible_uses(one, job.dataset, mapped)]
        result["columns"] = columns_of(opened, uses, mapped, is_sure=False)
        return Look(result, is_read=True, options=options)
    result["columns"] = columns_of(opened, responses.columns, mapped, is_sure=True)
    result["preview"] = preview_of(responses, wave, respondents_before(job.dataset, wave.id))
    result["flags"] = [
        {"question": flag.question, "text": flag_text(flag, job.t)} for flag in flags_of(responses, mapped)
    ]
    result["done"] = {"wave": wave.id, "people": responses.respondents}
    text = result["map"] = mapping_text(responses, mapped)
    told_once_more = json.dumps(asdict(mapped), sort_keys=True)
    digest = key_of(json.dumps([result["preview"], result["files"], told_once_more], sort_keys=True))

    def accept(by: Account) -> Entry:
        entry, _ = commit_survey(job.area.database, job.dataset, responses, wave, job.area.t, **job.change(by))
        uploads.keep_mapping(job.area.database, name, text)
        return entry

    return Look(result, is_read=True, options=options, digest=digest, accept=accept)


def mapping_name(fields: Sequence[Field]) -> str:
    """By what the mapping of files is kept: all their headings, in whatever order and however often."""
    headings = sorted({plain(field.label).casefold() for field in fields})
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


def columns_of(
    opened: Sequence[Opened], uses: Sequence[ColumnUse], mapped: Mapped, *, is_sure: bool
) -> list[dict[str, Any]]:
    """Every heading once: what it was taken for or could be, what was said of it, and what several people answered. Of
    columns that tell who somebody is no answers are shown."""
    by_heading: dict[str, list[ColumnUse]] = {}
    for use in uses:
        by_heading.setdefault(use.heading, []).append(use)
    found: dict[str, dict[str, Any]] = {}
    for one in opened:
        for column in one.header.fields:
            if column.label in found:
                continue
            of_it = by_heading.get(column.label, [])
            is_personal = any(use.reason.startswith("personal") for use in of_it)
            told = mapped.place_of(column) or mapped.question_of(column) or ""
            found[column.label] = {
                "key": key_of(column.label),
                "heading": column.label,
                "examples": [] if is_personal else examples_of(one.body, column),
                "uses": list(dict.fromkeys(use.use for use in of_it if use.use)),
                "reason": next((use.reason for use in of_it if use.reason), ""),
                "told": LEAVE_OUT if told == LEAVE_OUT else told,
                "is_sure": is_sure,
            }
    return list(found.values())


def preview_of(responses: Responses, wave: Wave, before: int) -> dict[str, Any]:
    """What the preview of the command line says, for a page; texts only that several people gave."""
    known_regions, known_states = (int((texts != "").sum()) for texts in (responses.regions, responses.states))
    reasons: dict[str, list[str]] = {}
    for heading, reason in responses.left_out:
        reasons.setdefault(reason, []).append(heading)
    return {
        "wave": wave.id,
        "title": wave.title,
        "tools": list(responses.tools),
        "rows_in": responses.rows_in,
        "hidden": responses.hidden,
        "skipped": dict(responses.skipped),
        "respondents": responses.respondents,
        "before": before,
        "questions": [_question(found) for found in responses.answered],
        "places": [list(pair) for pair in responses.places],
        "regions": [known_regions, responses.respondents - known_regions],
        "states": [known_states, responses.respondents - known_states],
        "place_questions": list(responses.place_questions),
        "unmatched_places": _often(responses.unmatched_places),
        "rare_places": _rare(responses.unmatched_places),
        "also": list(responses.also),
        "left_out": reasons,
    }


def _question(found: Answered) -> dict[str, Any]:
    counts = found.counts()
    labels = found.question.labels
    never = [labels[option] for option, many in counts.items() if not many]
    return {
        "code": found.question.code,
        "title": found.question.title,
        "heading": found.heading,
        "base": found.base,
        "has_other": found.question.has_other,
        "counts": [[labels[option], many] for option, many in sorted(counts.items(), key=lambda item: -item[1])],
        "not_asked": [labels[option] for option in found.question.options if option not in counts],
        "never": [] if found.is_offered else never,
        # headings of the file, which nobody has typed into a form
        "unknown_options": sorted(found.unknown_options.items(), key=lambda item: -item[1]),
        "nones": _often(found.nones),
        "unmatched": _often(found.unmatched),
        "rare": _rare(found.unmatched),
        "two_ways": _often(found.two_ways),
    }


def _often(texts: Mapping[str, int]) -> list[list[Any]]:
    """Texts of several people, the most frequent first; rarer ones may be of one person."""
    often = sorted(texts.items(), key=lambda item: (-item[1], item[0]))
    return [[text, many] for text, many in often if many >= KEPT_FROM][:MOST_TEXTS]


def _rare(texts: Mapping[str, int]) -> int:
    return len(texts) - len(_often(texts))
