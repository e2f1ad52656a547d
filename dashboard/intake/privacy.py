"""Which columns tell who answered. They are never read into the data, and the preview says so."""

from __future__ import annotations

import re

from dashboard.dataset.spelling import normalize
from dashboard.intake.grid import Column
from dashboard.intake.tools import ENDS, STARTS, TIMESTAMPS

LOOKED_AT = 400
ENOUGH = 0.3
# what headings say, normalized; a heading that holds one of these
HEADINGS = {
    "name": (
        "firstname",
        "lastname",
        "fullname",
        "yourname",
        "surname",
        "respondentname",
        "contactname",
        "nameofrespondent",
        "recipientlastname",
        "recipientfirstname",
        "vorname",
        "nachname",
    ),
    "email": ("email", "mailaddress", "adressedemessagerie", "correoelectronico", "eposta", "courriel"),
    "network": (
        "ipaddress",
        "ipaddr",
        "useragent",
        "deviceid",
        "deviceinfo",
        "browser",
        "referer",
        "referrer",
        "subscriberid",
        "simserial",
        "imei",
        "macaddress",
    ),
    "place": (
        "latitude",
        "longitude",
        "geolocation",
        "gps",
        "coordinates",
        "postaladdress",
        "streetaddress",
        "homeaddress",
        "zipcode",
        "postalcode",
        "zippostal",
    ),
    "phone": ("phone", "telephone", "mobilenumber", "cellnumber", "faxnumber"),
    "account": (
        "username",
        "submittedby",
        "externalreference",
        "externaldatareference",
        "customdata",
        "recipient",
        "enumerator",
        "jobtitle",
        "submittername",
    ),
}
WHOLE_HEADINGS = {
    "name": ("name", "names", "nom", "nombre", "ad", "adi", "nama", "الاسم"),
    "network": ("ip",),
    "phone": ("tel", "fax"),
    "account": ("user",),
    "place": ("address", "address1", "address2", "lat", "lon", "lng", "zip"),
}
CONTENTS = {
    "email": re.compile(r"\S+@\S+\.\w{2,}"),
    "network": re.compile(
        r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?|(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}", re.I
    ),
    "place": re.compile(r"-?\d{1,3}\.\d{3,}[,; ]\s*-?\d{1,3}\.\d{3,}.*"),
    "phone": re.compile(r"(?:\+\d[\d ().-]{7,18}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})"),
}
# what tools add to each response, normalized
TECHNICAL = frozenset(
    normalize(text)
    for text in (
        "Timestamp", "Start time", "Completion time", "Last modified time", "ID", "Respondent ID", "Collector ID",
        "Date Created", "Date Modified", "StartDate", "EndDate", "Start Date", "End Date", "Status", "Response Type",
        "Progress", "Duration (in seconds)", "Finished", "RecordedDate", "Recorded Date", "ResponseId", "Response ID",
        "DistributionChannel", "Distribution Channel", "UserLanguage", "User Language", "start", "end", "today", "_id",
        "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "__version__", "_tags", "_index",
        "meta/instanceID", "meta/instanceName", "formhub/uuid", "_xform_id_string", "Total points", "Quiz feedback",
        "_parent_index", "_parent_table_name", "rootUuid", "meta/rootUuid", "Language", "Network ID",
        "Start Date (UTC)", "Submit Date (UTC)", "Date submitted", "Last page", "Start language", "Seed", "submitdate",
        "lastpage", "startlanguage", "startdate", "datestamp", "Date started", "Date last action", "Record ID",
        "record_id", "Complete?", "SubmissionDate", "KEY", "instanceID", "meta-instanceID", "meta-instanceName",
        "SubmitterID", "AttachmentsPresent", "AttachmentsExpected", "ReviewState", "Edits", "FormVersion",
        "formdef_version", "starttime", "endtime", "Submission Date", "Submission ID", "Submission IP", "Unique ID",
        "Time Started", "Time Taken", "Legacy Response ID", "Response Time", "Tags", "Stage Date (UTC)", "Ending",
        "Last Update Date", "Approval Status", "Date", "redcap_event_name", "redcap_repeat_instrument",
        "redcap_repeat_instance", "redcap_data_access_group", "Event Name", "Survey Timestamp",
    )
)  # fmt: skip


def personal(heading: str, column: Column) -> str:
    """What a column tells of a person: name, email, network, place, phone, account; "" for nothing found."""
    if kind := personal_heading(heading):
        return kind
    if not column.is_kept:
        return ""
    seen = [value for value, _ in column.used()][:LOOKED_AT]
    for kind, pattern in CONTENTS.items():
        if seen and sum(bool(pattern.fullmatch(value)) for value in seen) >= ENOUGH * len(seen):
            return kind
    return ""


def personal_heading(heading: str) -> str:
    """What a heading says that its column tells of a person, "" for nothing."""
    key = normalize(heading)
    for kind, wholes in WHOLE_HEADINGS.items():
        if key in wholes:
            return kind
    return next((kind for kind, parts in HEADINGS.items() if any(part in key for part in parts)), "")


def is_technical(heading: str) -> bool:
    """Whether a tool adds this column by itself."""
    key = normalize(heading)
    return heading.strip() == "#" or key in TECHNICAL or key in TIMESTAMPS or key in STARTS or key in ENDS
