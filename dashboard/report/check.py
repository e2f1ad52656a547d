"""What is wrong with the texts of a collection once the data is known: the story's, and those of the report, by row."""

from __future__ import annotations

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.report_words import REPORT, SectionWords
from dashboard.dataset.story import gaps
from dashboard.filters import Choices, choices_of, parse
from dashboard.presentation.check import check_story
from dashboard.presentation.facts import NAMES


def check_texts(dataset: Dataset) -> None:
    """Raises BadData with everything that would make a slide of the story or a section of the report say something
    wrong or nothing."""
    problems: list[Problem] = []
    try:
        check_story(dataset)
    except BadData as error:
        problems += error.problems
    choices = choices_of(dataset)
    for words in dataset.report_words:
        problems += _of_words(words, choices)
    if problems:
        raise BadData(problems)


def _of_words(words: SectionWords, choices: Choices) -> list[Problem]:
    problems = []
    for name in dict.fromkeys(gaps(words.text)):
        if name not in NAMES:
            details = {"choices": ", ".join(NAMES)}
            problems.append(Problem(REPORT, "unknown_fact", words.row_of(name), "text", f"{{{name}}}", details))
    if parse(words.view, choices).notices:
        problems.append(Problem(REPORT, "view", words.row, "view", words.view))
    return problems
