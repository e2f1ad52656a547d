"""What is wrong with a story once the data is known: gaps that name no fact, views that cannot be shown."""

from __future__ import annotations

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData, Problem
from dashboard.dataset.story import STORY, Slide, gaps, story_file
from dashboard.filters import Choices, choices_of, parse
from dashboard.metrics.story import pairs_of
from dashboard.presentation.facts import NAMES


def check_story(dataset: Dataset) -> None:
    """Raises BadData with everything that would make a slide of the story say something wrong or nothing."""
    choices = choices_of(dataset)
    problems = [
        problem for at, slide in enumerate(dataset.story, 1) for problem in _of_slide(slide, at, dataset, choices)
    ]
    for language, slides in dataset.stories.items():
        for at, slide in enumerate(slides, 1):
            problems += _unknown_facts(slide, at, story_file(language))
    if problems:
        raise BadData(problems)


def _of_slide(slide: Slide, at: int, dataset: Dataset, choices: Choices) -> list[Problem]:
    problems = _unknown_facts(slide, at, STORY)
    parsed = parse(slide.view, choices)
    if parsed.notices:
        problems.append(Problem(STORY, "view", None, "view", slide.view, slide=at))
    elif slide.kind == "pairs" and not pairs_of(dataset, parsed.selection, slide.community):
        problems.append(Problem(STORY, "no_pairs", None, "community", slide.community, slide=at))
    return problems


def _unknown_facts(slide: Slide, at: int, file: str) -> list[Problem]:
    return [
        Problem(file, "unknown_fact", None, key, f"{{{name}}}", {"choices": ", ".join(NAMES)}, slide=at)
        for key, text in slide.texts().items()
        for name in gaps(text)
        if name not in NAMES
    ]
