"""Columns to questions of the codebook, by what stands in headings and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.spelling import normalize
from dashboard.intake.codebook import OTHER, Question
from dashboard.intake.doubts import disagreements, numbers_for_texts, rankings, repeated_options, strange_cells
from dashboard.intake.grid import Grid
from dashboard.intake.groups import OTHER_TEXT, TEXT_OF_OTHER, Group, OptionColumn, separator_of
from dashboard.intake.headers import LEVEL, Field, are_ticks, is_tick, splits
from dashboard.intake.mapping import LEAVE_OUT, Mapped


@dataclass(frozen=True)
class Recognised:
    """`groups`, one a question at most; `also`: columns that hold answers to a question too and were left out, because
    another is called as the codebook calls it; `companions`: columns that repeat what option columns say."""

    groups: Sequence[Group]
    also: Sequence[Field] = ()
    companions: Sequence[Field] = ()


def recognise(grid: Grid, fields: Sequence[Field], questions: Sequence[Question], mapped: Mapped) -> Recognised:
    """Which columns (of the rows below the header) are which questions. What a mapping says comes first. Raises BadData
    where several could be one question, or cells are no ticks: a person has to say."""
    free = [field for field in fields if mapped.question_of(field) != LEAVE_OUT]
    told = {field.at: mapped.question_of(field) for field in free if mapped.question_of(field) is not None}
    groups: list[Group] = []
    also: list[Field] = []
    companions: list[Field] = []
    problems: list[Problem] = []
    for question in questions:
        of_others = {at for at, target in told.items() if not _is_of(target, question)}
        taken = of_others | {field.at for group in groups for field in group.fields}
        own = [field for field in free if field.at not in taken]
        candidates = candidates_of(grid, own, question, mapped)
        by_map = {field.at for field in own if field.at in told}
        if by_map:
            candidates = [_told_group(grid, own, question, mapped, candidates, by_map)]
        group, others = _chosen(candidates, question, grid.name, problems)
        if group is None:
            continue
        repeats = [field for other in others for field, _ in other.lists if _says_the_same(group, field)]
        companions += repeats
        also += [field for other in others for field in other.fields if field not in repeats]
        for field in repeats:
            problems += disagreements(grid, group, field)
        problems += strange_cells(grid, group, mapped) + rankings(grid, group, mapped)
        problems += numbers_for_texts(grid, group, mapped) + repeated_options(grid, group, mapped)
        groups.append(group)
    if problems:
        raise BadData(problems)
    return Recognised(groups, also, companions)


def _is_of(target: str | None, question: Question) -> bool:
    return bool(target) and str(target).partition("/")[0].strip() == question.code


def candidates_of(grid: Grid, fields: Sequence[Field], question: Question, mapped: Mapped) -> list[Group]:
    """Every way to find a question in these columns."""
    groups = list(option_groups(grid, fields, question, mapped))
    used = {field.at for group in groups for field in group.fields}
    for field in fields:
        if field.at not in used and (separator := separator_of(grid.columns[field.at], field, question)) is not None:
            named = any(question.is_named(text) for text in field.names)
            groups.append(Group(question, field.label, lists=((field, separator),), is_named=named))
    return groups


def _told_group(
    grid: Grid, fields: Sequence[Field], question: Question, mapped: Mapped, found: Sequence[Group], by_map: set[int]
) -> Group:
    """The columns that a mapping names for a question, with the option columns that belong to one of them."""
    options: list[OptionColumn] = []
    lists: list[tuple[Field, str]] = []
    for group in found:
        if any(column.field.at in by_map for column in group.options):
            options += [column for column in group.options if column not in options]
    done = {column.field.at for column in options}
    for field in fields:
        if field.at not in by_map:
            continue
        column = grid.columns[field.at]
        text = str(mapped.question_of(field)).partition("/")[2].strip()
        if text:
            options = [known for known in options if known.field.at != field.at]
            options.append(OptionColumn(field, question.option(text), question.labels.get(text, text)))
        elif field.at not in done:
            options_named = (text for _, text, _ in splits(field.heading) if question.option(text))
            if option := next((text for text in options_named if are_ticks(column, text, question)), ""):
                options.append(OptionColumn(field, question.option(option), option))
            else:
                lists.append((field, separator_of(column, field, question) or ";"))
    heading = next((group.heading for group in found if group.options and group.fields[0].at in done), "")
    heading = heading or next((field.label for field in fields if field.at in by_map), "")
    return Group(question, heading, tuple(options), tuple(lists), is_named=True)


def _chosen(
    candidates: Sequence[Group], question: Question, name: str, problems: list[Problem]
) -> tuple[Group | None, list[Group]]:
    """The one group that is the question. Columns called as the codebook calls it come first, and option columns before
    a column that repeats them; where two are left, a person has to say."""
    if not candidates:
        return None, []
    named = [group for group in candidates if group.is_named]
    left = named or list(candidates)
    with_options = [group for group in left if group.options]
    if with_options and all(group.options or _says_the_same(with_options[0], group.lists[0][0]) for group in left):
        left = with_options
    if len(left) > 1:
        headings = "; ".join(f"“{group.heading[:60]}”" for group in left)
        details = {"question": question.title, "headings": headings, "code": question.code}
        problems.append(Problem(name, "several_columns", details=details))
        return None, []
    return left[0], [group for group in candidates if group is not left[0]]


def _says_the_same(group: Group, field: Field) -> bool:
    """Whether a column is headed as the option columns are without their options: some tools write both."""
    return bool(group.options) and (
        normalize(field.label) == normalize(group.heading)
        or normalize(field.heading.rpartition("/")[2]) == normalize(group.heading.rpartition("/")[2])
        or (group.is_named and any(group.question.is_named(text) for text in field.names))
    )


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
            ticked = {field.at for field, _, _ in found if _is_ticked(grid, field, question, mapped)}
            known = [field for field, _, _ in found if field.at in ticked or not ticked]
            if len({field.at for field in known}) < 2:
                continue
            options = list(_alone(grid, fields, known, question, taken))
        else:
            options = list(_members(grid, fields, {entry[1:] for entry in found}, question, taken, mapped))
        if options:
            heading = _stem_label(found[0][1], found[0][2]) or f"{options[0].text} … {options[-1].text}"
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
