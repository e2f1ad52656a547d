"""Columns that stand for one option each, found by what their headings share, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dashboard.dataset.spelling import normalize
from dashboard.intake.codebook import OTHER, Question
from dashboard.intake.grid import Grid
from dashboard.intake.groups import OTHER_TEXT, TEXT_OF_OTHER, Group, OptionColumn
from dashboard.intake.headers import LEVEL, Field, are_ticks, is_tick, splits
from dashboard.intake.mapping import Mapped


def option_groups(grid: Grid, fields: Sequence[Field], question: Question, mapped: Mapped) -> Iterator[Group]:
    """Columns that share a heading but for an option of this question, or are headed by the options alone."""
    stems: dict[tuple[str, str], list[tuple[Field, str, str]]] = {}
    for field in fields:
        for heading in dict.fromkeys((field.heading, field.code)):
            for prefix, option, suffix in splits(heading):
                if heading and question.is_telling(option):
                    stems.setdefault((normalize(prefix), normalize(suffix)), []).append((field, prefix, suffix))
    _join_coded(stems, question)
    taken: set[int] = set()
    by_size = sorted(stems.items(), key=lambda item: -len({found[0].at for found in item[1]}))
    for (before, behind), found in by_size:
        found = [entry for entry in found if entry[0].at not in taken]
        places = {field.at for field, _, _ in found}
        is_named = bool(before or behind) and any(question.is_named(prefix + suffix) for _, prefix, suffix in found)
        if len(places) < 2 and not (is_named and places):
            continue
        if not (before or behind):
            # headings such as "Language" and "Partnerships" are options by their cells alone
            ticked = {at for at, field in ((f.at, f) for f, _, _ in found) if _is_ticked(grid, field, question, mapped)}
            known = [field for field, _, _ in found if field.at in ticked or not ticked]
            if len({field.at for field in known}) < 2:
                continue
            options = list(_alone(grid, fields, known, question, taken))
        else:
            options = list(_members(grid, fields, {entry[1:] for entry in found}, question, taken, mapped))
        if options:
            heading = _stem_label(found[0][1], found[0][2]) or _stem_label_of(options)
            taken |= {column.field.at for column in options}
            yield Group(question, heading, tuple(options), is_named=is_named)


def _join_coded(stems: dict[tuple[str, str], list[tuple[Field, str, str]]], question: Question) -> None:
    """Puts stems of one column each together that all say this question and differ in a code before it alone, such as
    "q1[a]. Question [Option]": where each has an option of its own."""
    single = {
        key: found
        for key, found in stems.items()
        if len({field.at for field, _, _ in found}) == 1
        and any(key)
        and any(question.is_named(prefix + suffix) for _, prefix, suffix in found)
    }
    longest: dict[int, tuple[Field, str, str]] = {}
    for found in single.values():
        for entry in found:
            if len("".join(entry[1:])) > len("".join(longest.get(entry[0].at, ("", "", ""))[1:])):
                longest[entry[0].at] = entry
    options = [
        question.option(field.heading[len(prefix) : len(field.heading) - len(suffix)])
        for field, prefix, suffix in longest.values()
    ]
    if len(longest) >= 2 and len(set(options)) == len(options):
        for key in single:
            del stems[key]
        stems[("joined", "")] = list(longest.values())


def _is_ticked(grid: Grid, field: Field, question: Question, mapped: Mapped) -> bool:
    column = grid.columns[field.at]
    return (
        column.is_kept
        and bool(column.used())
        and all(is_tick(value, field.heading, question) or mapped.tick_of(value) for value, _ in column.used())
    )


def _stem_label(prefix: str, suffix: str) -> str:
    text = f"{prefix} {suffix}".replace(LEVEL, " ")
    return re.sub(r"\(?choice\s*=|[\[(\])]+\s*$", "", text.strip()).strip(" -–—:/|_.[(])=")


def _stem_label_of(options: Sequence[OptionColumn]) -> str:
    return f"{options[0].text} … {options[-1].text}"


def _members(
    grid: Grid,
    fields: Sequence[Field],
    stems: Iterable[tuple[str, str]],
    question: Question,
    taken: set[int],
    mapped: Mapped,
) -> Iterator[OptionColumn]:
    """All columns whose heading begins (and ends) as those of known options do; the rest of it is the option, even
    where it has marks of its own ("Lack of funding - money or staff")."""
    # the longest first, so that no mark between question and option is left to the option
    pairs = sorted(
        ((prefix.casefold(), suffix.casefold()) for prefix, suffix in stems), key=lambda pair: -len("".join(pair))
    )
    for field in fields:
        if field.at in taken:
            continue
        rest = next(filter(None, (_rest(heading, pairs) for heading in (field.heading, field.code) if heading)), "")
        if not rest:
            continue
        column = grid.columns[field.at]
        is_text = bool(TEXT_OF_OTHER.search(rest))
        text = TEXT_OF_OTHER.sub("", rest)
        option = question.option(text) or (OTHER if OTHER_TEXT.search(text) and question.has_other else "")
        if option == OTHER and not are_ticks(column, text, question):
            is_text = True
        # what is no option and holds no ticks is another question with the same beginning, such as a remark
        if option or are_ticks(column, text) or all(mapped.tick_of(value) for value, _ in column.used()):
            yield OptionColumn(field, option, text, is_text)


def _rest(heading: str, pairs: Sequence[tuple[str, str]]) -> str:
    lower = heading.casefold()
    for prefix, suffix in pairs:
        fits = lower.startswith(prefix) and lower.endswith(suffix) and len(lower) > len(prefix) + len(suffix)
        if fits and len(lower) == len(heading):
            return heading[len(prefix) : len(heading) - len(suffix)].strip()
    return ""


def _alone(
    grid: Grid, fields: Sequence[Field], known: Sequence[Field], question: Question, taken: set[int]
) -> Iterator[OptionColumn]:
    """Columns headed by options alone: the known ones, and between and beside them those whose every cell repeats the
    heading, or is "Other" with what was typed."""
    is_known = {field.at for field in known}
    first, last = min(is_known), max(is_known)
    for field in fields:
        if field.at in taken or LEVEL in field.heading:
            continue
        column = grid.columns[field.at]
        option = question.option(field.heading)
        if field.at in is_known:
            yield OptionColumn(field, option, field.heading)
        elif option == OTHER or (OTHER_TEXT.search(field.heading) and question.has_other):
            # the one that stands with them: another question may have an "Other" of its own
            if first - 1 <= field.at <= last + 2:
                yield OptionColumn(field, OTHER, field.heading, not are_ticks(column, field.heading, question))
        elif first < field.at < last or field.at in {first - 1, last + 1}:
            used = column.used()
            if used and column.is_kept and all(normalize(value) == normalize(field.heading) for value, _ in used):
                yield OptionColumn(field, "", field.heading)
