"""Which tool wrote a survey export: for the words of messages alone. Nothing is counted by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.dataset.spelling import normalize
from dashboard.intake.cells import headings_of

QUALTRICS, LONG, PLAIN = "qualtrics", "long", "plain"
# columns that Google Forms and Microsoft Forms add, in the languages of their forms
TIMESTAMPS = headings_of("timestamps")
STARTS = headings_of("starts")
ENDS = headings_of("ends")


def tool_of(headings: Sequence[str]) -> str:
    """The tool whose own columns stand among these headings; "plain" for none that is known."""
    keys = {normalize(heading.partition("\x1f")[0]) for heading in headings}
    return next((tool for tool, is_it in TOOLS if is_it(keys, headings)), PLAIN)


def _has(*t: str) -> Callable[[set[str], Sequence[str]], bool]:
    wanted = {normalize(word) for word in t}
    return lambda keys, _headings: wanted <= keys


TOOLS: Sequence[tuple[str, Callable[[set[str], Sequence[str]], bool]]] = (
    ("surveymonkey", _has("Respondent ID", "Collector ID")),
    ("qualtrics", _has("ResponseId", "DistributionChannel")),
    ("qualtrics", _has("Response ID", "Distribution Channel")),
    ("limesurvey", _has("Response ID", "Date submitted", "Last page")),
    ("limesurvey", _has("submitdate", "lastpage", "startlanguage")),
    ("redcap", lambda _keys, headings: any("(choice=" in text.replace(" ", "") for text in headings)),
    ("redcap", lambda keys, headings: "recordid" in keys and any("___" in text for text in headings)),
    ("surveycto", _has("formdef_version", "KEY")),
    ("kobo", _has("_uuid", "_submission_time")),
    ("kobo", _has("_uuid", "_index")),
    ("kobo", _has("formhub/uuid")),
    ("odk", _has("SubmissionDate", "KEY")),
    ("odk", lambda keys, _headings: bool({"metainstanceid", "instanceid"} & keys)),
    ("kobo", lambda keys, _headings: "uuid" in keys),
    ("microsoft", lambda keys, _headings: bool(STARTS & keys and ENDS & keys)),
    ("typeform", _has("Network ID")),
    ("typeform", _has("Submit Date (UTC)", "Start Date (UTC)")),
    ("alchemer", _has("Response ID", "Time Started", "Date Submitted")),
    ("jotform", _has("Submission Date", "Submission ID")),
    ("formstack", _has("Unique ID", "Time")),
    ("google", lambda keys, _headings: bool(TIMESTAMPS & keys)),
)
NAMES = (*dict.fromkeys(tool for tool, _ in TOOLS), PLAIN, LONG)
