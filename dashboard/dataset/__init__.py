"""Files to a checked, frozen Dataset. No Dash, no Plotly here."""

from dashboard.dataset.load import load
from dashboard.dataset.model import DOCUMENTED, Basis, Dataset, Snapshot, Survey, Wave
from dashboard.dataset.problems import BadData, Problem, describe_all, describe_each, unreadable

__all__ = [
    "DOCUMENTED",
    "BadData",
    "Basis",
    "Dataset",
    "Problem",
    "Snapshot",
    "Survey",
    "Wave",
    "describe_all",
    "describe_each",
    "load",
    "unreadable",
]
