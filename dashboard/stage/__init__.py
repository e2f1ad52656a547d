"""A story to what the stage shows of it: facts in its sentences, frames of every slide, what is wrong with it."""

from dashboard.stage.check import check_story
from dashboard.stage.frames import stage_answer

__all__ = ["check_story", "stage_answer"]
