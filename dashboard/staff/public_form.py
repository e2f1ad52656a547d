"""The form by which the public tells what it knows, for every partnership and country: outside the staff area, without
cookies. What it takes is a proposal, of which nothing is public before an editor has accepted it.

Where nothing can be kept, or nobody has an account and so nobody would read it, the page says whom to write to.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, make_response, request
from flask_limiter import RateLimitExceeded
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from werkzeug.exceptions import RequestEntityTooLarge

from dashboard.components.header import language_links, navigation
from dashboard.context import AppContext
from dashboard.current import current_context, keep_language, links_keep_language
from dashboard.filters import with_language
from dashboard.http.cache import FORMS
from dashboard.metrics.registry import entries_of_country
from dashboard.settings import Contact
from dashboard.staff.area import Fields, StaffArea, go_to
from dashboard.staff.invitations import EMAIL
from dashboard.staff.telling import (
    COUNTRY,
    FIELDS,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_VALUE,
    PARTNERSHIP,
    Subject,
    entry_label,
    fault_of_source,
    fault_of_value,
    find_subject,
    has_refused_signs,
    held,
    is_known,
    last_year_of,
)
from dashboard.store.accounts import now, shared_secret, takes_proposals
from dashboard.store.database import DatabaseProblem
from dashboard.store.proposals import PUBLIC, QueueFull, add_proposal, erase_old_contacts
from dashboard.strings import FIRST_LANGUAGE
from dashboard.templating import render

LOG = logging.getLogger("dashboard.staff")
# what is taken of one address on the network, in each process; mistakes in a form do not count
TAKEN = "5 per minute; 30 per day"
# in seconds: nobody fills in the form faster, and a page that is older was loaded by something else than its reader
SHORTEST, LONGEST = 3, 24 * 3600
# of a request: all fields at their longest, as browsers write letters of any script
MOST_BYTES = 100_000
# a list of more partnerships than this helps nobody to find one
MOST_LISTED = 200
# a field that people do not see; who fills in everything fills it in too
TRAP = "website"
LINES = ("value", "source", "name", "email")
LONGEST_OF = {
    "value": LONGEST_VALUE,
    "source": LONGEST_NOTE,
    "note": LONGEST_NOTE,
    "name": LONGEST_NAME,
    "email": LONGEST_EMAIL,
}


@dataclass(frozen=True)
class Marks:
    """The mark of a form: which page it is of and since when, signed by a key that all machines share."""

    signer: URLSafeTimedSerializer

    def make(self, subject: Subject) -> str:
        """One for a form that is shown now."""
        return str(self.signer.dumps(subject.key))

    def fault(self, mark: str, subject: Subject) -> str:
        """Why a form with this mark is not taken, "fast" or "old"; "" where it is."""
        try:
            key, at = self.signer.loads(mark, max_age=LONGEST, return_timestamp=True)
        except (BadSignature, SignatureExpired):
            return "old"
        if key != subject.key:
            return "old"
        return "fast" if (now() - at.replace(tzinfo=None)).total_seconds() < SHORTEST else ""


def install_public_form(server: Flask, area: StaffArea) -> None:
    """Puts it on a server. Names and addresses that were kept too long go at each start, whenever somebody tells
    something, and whenever the staff looks at what was told."""
    if area.data.can_write:
        try:
            erase_old_contacts(area.database)
        except DatabaseProblem as problem:
            # no reason to show nothing at all; the next time they go
            LOG.error("%s", problem.text(area.t))
    server.register_blueprint(routes(area), url_prefix=FORMS.rstrip("/"))


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages = Blueprint("tell", __name__)

    @pages.after_request
    def keep_private(reply: Response) -> Response:
        reply.headers["Cache-Control"] = "no-store"
        reply.headers["X-Robots-Tag"] = "noindex"
        return reply

    def subject_of(kind: str, name: str) -> Subject:
        context = current_context()
        return area.or_404(find_subject(context.dataset, context.t, f"{kind}:{name}"))

    @pages.get(f"/<any({PARTNERSHIP}, {COUNTRY}):kind>/<name>")
    def show(kind: str, name: str) -> Response:
        subject = subject_of(kind, name)
        return form(area, subject, mark=marks(area).make(subject)) if is_open(area) else letter(area, subject)

    @pages.get(f"/<any({PARTNERSHIP}, {COUNTRY}):kind>/<name>/thanks")
    def thank(kind: str, name: str) -> Response:
        return page(area, "tell_thanks", subject_of(kind, name))

    @pages.post(f"/<any({PARTNERSHIP}, {COUNTRY}):kind>/<name>")
    def take(kind: str, name: str) -> Response:
        request.max_content_length = MOST_BYTES
        subject = subject_of(kind, name)
        return receive(area, subject) if is_open(area) else letter(area, subject, 503)

    return pages


def is_open(area: StaffArea) -> bool:
    """Whether what is told can be kept, and somebody reads it; asked each time, because it may change while running."""
    try:
        return takes_proposals(area.data.database)
    except DatabaseProblem:
        return False


def marks(area: StaffArea) -> Marks:
    """By what the marks of forms are made and known."""
    return Marks(URLSafeTimedSerializer(shared_secret(area.database, "forms"), salt="tell"))


def receive(area: StaffArea, subject: Subject) -> Response:
    """Takes a form, or shows it again with what was typed and what is wrong."""
    context, known_marks = current_context(), marks(area)
    t, dataset = context.t, context.dataset
    try:
        typed = {name: tidy(name, request.form.get(name, "")) for name in (*LONGEST_OF, "field", "about", "sure")}
        mark, trap = request.form.get("mark", ""), request.form.get(TRAP, "")
    except RequestEntityTooLarge:
        return form(area, subject, 413, mark=known_marks.make(subject), errors={"": t("tell.wrong.too_much")})
    errors = find_errors(context, typed)
    about = find_about(context, subject, typed["about"])
    if about is None:
        errors["about"] = t("tell.wrong.about")
    fault = known_marks.fault(mark, subject)
    if fault or trap:
        errors[""] = t(f"tell.wrong.{fault or 'trap'}")
    if fault == "old":
        # who mends a mistake is not asked to wait, and who comes too late begins anew
        mark = known_marks.make(subject)

    def show_again(status: int, errors: Mapping[str, str], **more: str) -> Response:
        return form(area, subject, status, mark=mark, errors=errors, typed={**typed, **more})

    field, value = typed["field"], typed["value"]
    sure = f"{field} {value}"
    if about and not errors and typed["sure"] != sure and is_known(dataset, about, field, value):
        has = t.listing(held(dataset, about, field)[:3]) if about.entry else value
        return show_again(400, {"value": t("tell.known", what=has) if has else t("tell.known_ended")}, sure=sure)
    if errors or about is None:
        return show_again(400, errors)
    texts = {name: typed[name] for name in ("field", "value", "source", "note")}
    texts |= {"contact_name": typed["name"], "contact_email": typed["email"]}
    try:
        with area.limiter.limit(TAKEN):
            add_proposal(area.database, author=PUBLIC, subject=about.key, texts=texts)
    except RateLimitExceeded:
        return show_again(429, {"": t("tell.wrong.often")})
    except QueueFull:
        return show_again(503, {"": t("tell.wrong.full")})
    except DatabaseProblem as problem:
        LOG.error("%s", problem.text(t))
        return show_again(503, {"": t("tell.wrong.away")})
    return go_to(keep_language(f"{FORMS}{subject.key.replace(':', '/')}/thanks"))


def tidy(name: str, text: str) -> str:
    """What was typed, without blanks around it; what has one line only is on one line."""
    return " ".join(text.split()) if name in LINES else text.replace("\r\n", "\n").strip()


def find_errors(context: AppContext, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a form, by field, in the order in which they stand."""
    t, errors = context.t, {}
    field, last_year = typed["field"], last_year_of(context.dataset)
    if field not in FIELDS:
        errors["field"] = t("tell.wrong.field")
    elif fault := fault_of_value(field, typed["value"], last_year=last_year):
        errors["value"] = t(f"tell.wrong.{fault}", last_year=last_year, longest=LONGEST_VALUE)
    if fault := fault_of_source(typed["source"]):
        errors["source"] = t(f"tell.wrong.{fault}")
    if typed["email"] and not EMAIL.fullmatch(typed["email"]):
        errors["email"] = t("tell.wrong.email")
    for name, longest in LONGEST_OF.items():
        if len(typed[name]) > longest:
            errors[name] = t("tell.wrong.long", longest=longest)
        if has_refused_signs(typed[name]):
            errors[name] = t("tell.wrong.signs")
    return {name: errors[name] for name in ("field", *LONGEST_OF) if name in errors}


def find_about(context: AppContext, subject: Subject, wanted: str) -> Subject | None:
    """What somebody tells something about: on the page of a country perhaps one of its partnerships. None where what
    was chosen is none of them."""
    if subject.entry or not wanted:
        return subject
    found = find_subject(context.dataset, context.t, f"{PARTNERSHIP}:{wanted}")
    return found if found and found.country_iso3 == subject.country_iso3 else None


def form(
    area: StaffArea,
    subject: Subject,
    status: int = 200,
    *,
    mark: str,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page with the form."""
    context = current_context()
    return page(
        area,
        "tell_form",
        subject,
        status,
        mark=mark,
        trap=TRAP,
        fields=FIELDS,
        longest=LONGEST_OF,
        last_year=last_year_of(context.dataset),
        partnerships=list_partnerships(context, subject),
        errors=Fields(errors or {}),
        typed=Fields(typed or {}),
    )


def list_partnerships(context: AppContext, subject: Subject) -> list[tuple[str, str]]:
    """(id, label) of those of a country that have a name; none on the page of a partnership."""
    if subject.entry or (context.dataset.partnerships["country_iso3"] == subject.country_iso3).sum() > MOST_LISTED:
        return []
    found = entries_of_country(context.dataset, subject.country_iso3)
    return [(entry.id, entry_label(context.t, entry)) for entry in found if entry.is_identified]


def letter(area: StaffArea, subject: Subject, status: int = 200) -> Response:
    """Whom to write to: there is no form, or not at this moment."""
    return page(area, "tell_letter", subject, status, is_of_deck=current_context().contact == Contact())


def page(area: StaffArea, template: str, subject: Subject, status: int = 200, **values: Any) -> Response:
    """A document of these."""
    context = current_context()
    html = render(
        template,
        context.t,
        subject=subject,
        links=[(path, context.t(f"page.{name}.name")) for name, path in navigation()],
        files=area.files,
        contact=context.contact,
        languages=language_links(context, ""),
        in_english=with_language("", FIRST_LANGUAGE),
        **values,
    )
    return make_response(str(links_keep_language(html)), status)
