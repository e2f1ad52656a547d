"""What is odd in a survey file that was understood, so that somebody looks twice before it is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.intake.codebook import OTHER
from dashboard.intake.mapping import Mapped
from dashboard.intake.responses import Answered, Responses
from dashboard.intake.where import kinds_named

# of fewer answers all may well be the same
ENOUGH_ANSWERS = 5
# more "Other" than this share: probably a translation, or options that the codebook does not have
MUCH_OTHER = 0.3


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
