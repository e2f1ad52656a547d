"""What was proposed, by the public and by contributors: the queue, and each proposal with what it would change, until
an editor accepts it, asks, or declines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, flash, request

from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import BadData
from dashboard.dataset.records import records
from dashboard.dataset.schema import STATUSES
from dashboard.metrics.registry import entries_of_country
from dashboard.staff.acceptance import (
    COLUMNS,
    NEW,
    PARTNERSHIPS,
    Cell,
    cells_of,
    edits_of,
    errors_of,
    find_errors,
    first_values,
)
from dashboard.staff.area import (
    CONTRIBUTOR,
    EDITOR,
    PREFIX,
    Page,
    StaffArea,
    allow,
    column_label,
    go_to,
    read_object,
    signed_in_account,
)
from dashboard.staff.sources import COLUMNS as SOURCE_COLUMNS
from dashboard.staff.telling import (
    FIELDS,
    LONGEST_NOTE,
    PROGRAM,
    Subject,
    entry_label,
    find_subject,
    held,
    is_known,
    same_as,
)
from dashboard.store import accounts
from dashboard.store.accounts import Account
from dashboard.store.changes import Conflict, Edit, Image, current_row
from dashboard.store.commands import conflict_text
from dashboard.store.proposals import (
    DECIDED,
    PUBLIC,
    UNDECIDED,
    AlreadyDecided,
    AskedMeanwhile,
    Proposal,
    accept,
    decide,
    erase_old_contacts,
    find_proposal,
    list_proposals,
)
from dashboard.store.staff_tables import ACCEPTED, ASKED, DECLINED, OPEN
from dashboard.strings import Catalog

PATH = f"{PREFIX}/proposals"


def waiting_text(area: StaffArea) -> str:
    """How many proposals are open."""
    count = len(list_proposals(area.database, states=(OPEN,)))
    return area.t("staff.home.proposals", count=count) if count else ""


PAGES = (Page(PATH, "staff.proposals.title", "staff.proposals.title_what", waiting=waiting_text),)
# what the list can show, and which states that is
LISTS = {OPEN: (OPEN,), ASKED: (ASKED,), "decided": DECIDED}
AT_ONCE = 50
# the largest number that a row can have, and numbers in addresses up to it
NEWEST = 2**31 - 1
NUMBER = f"int(max={NEWEST})"
# the part of a letter that an address can take in every browser and mail program
LONGEST_LETTER = 1500
CONFIDENCES = ("high", "medium", "low")


@dataclass(frozen=True)
class Listed:
    """A proposal as lists and pages show it. `author`: who proposes, "" the public; `held`: what the data has of it;
    `is_known`: it has just that; `same`: other proposals that say the same and nobody has decided."""

    proposal: Proposal
    author: str
    subject: Subject | None
    held: Sequence[str] = ()
    is_known: bool = False
    same: Sequence[Proposal] = ()


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_proposals", __name__), area.t

    def find(number: int) -> Proposal:
        """One that whoever is signed in may see; any other is none."""
        found = find_proposal(area.database, number)
        return area.or_404(found if found and _may_see(signed_in_account(), found) else None)

    def show(proposal: Proposal, status: int = 200, **values: Any) -> Response:
        listed = _listed(area, [proposal])[0]
        is_editor = signed_in_account().is_editor
        is_open = proposal.state in UNDECIDED
        letter = _letter(t, listed, ASKED, proposal.answer) if is_editor and proposal.state == ASKED else ""
        cells = cells_of(proposal.edits, [_row(area, edit) for edit in proposal.edits]) if is_open else ()
        given = {"label": partial(column_label, t), "cells": cells, "problems": [], **values}
        # who somebody of the public is, editors alone may know
        contact = _contact(proposal) if is_editor else ("", "")
        return area.render("proposal", status, each=listed, contact=contact, letter=letter, **given)

    @pages.get("/proposals")
    @allow(CONTRIBUTOR)
    def list_them() -> Response:
        erase_old_contacts(area.database)
        name = request.args.get("state", OPEN)
        name = name if name in LISTS else OPEN
        account = signed_in_account()
        authors = () if account.is_editor else (PUBLIC, account.email)
        before = min(request.args.get("before", 0, type=int), NEWEST)
        found = list_proposals(
            area.database, states=LISTS[name], authors=authors, before=max(0, before), most=AT_ONCE + 1
        )
        listed = _listed(area, found[:AT_ONCE])
        older = found[AT_ONCE - 1].id if len(found) > AT_ONCE else 0
        return area.render("proposals", listed=listed, lists=list(LISTS), shown=name, older=older)

    @pages.get(f"/proposals/<{NUMBER}:number>")
    @allow(CONTRIBUTOR)
    def show_one(number: int) -> Response:
        erase_old_contacts(area.database)
        return show(find(number))

    @pages.post(f"/proposals/<{NUMBER}:number>/ask", defaults={"state": ASKED})
    @pages.post(f"/proposals/<{NUMBER}:number>/decline", defaults={"state": DECLINED})
    @pages.post(f"/proposals/<{NUMBER}:number>/done", defaults={"state": ACCEPTED})
    @allow(EDITOR)
    def say(number: int, state: str) -> Response:
        """Asks, declines, or says that it was taken up elsewhere; each with words for who proposed it."""
        found = find(number)
        answer = request.form.get(state, "").replace("\r\n", "\n").strip()
        if not answer or len(answer) > LONGEST_NOTE:
            wrong = t("staff.proposals.needed") if not answer else t("staff.proposals.long", longest=LONGEST_NOTE)
            return show(found, 400, errors={state: wrong}, typed={state: answer})
        by, mark = signed_in_account().email, request.form.get("mark")
        try:
            decide(area.database, number, state, by=by, answer=answer, mark=mark)
        except AskedMeanwhile as error:
            return show(error.proposal, 409, errors={state: asked_meanwhile(error)}, typed={state: answer})
        if state == ASKED:
            flash(t("staff.proposals.asked"))
            return go_to(f"{PATH}/{number}")
        return close(found, state, answer)

    def asked_meanwhile(error: AskedMeanwhile) -> str:
        now = error.proposal
        return t("staff.proposals.asked_meanwhile", who=now.decided_by, answer=now.answer)

    @pages.errorhandler(AlreadyDecided)
    def say_decided(error: AlreadyDecided) -> Response:
        flash(t("staff.proposals.already"), "wrong")
        return go_to(f"{PATH}/{error.proposal.id}")

    def close(before: Proposal, state: str, answer: str = "") -> Response:
        """What was decided; to who left an address a letter, for the last time, because it is erased now."""
        letter = _letter(t, _listed(area, [before])[0], state, answer)
        if not letter or before.author != PUBLIC:
            flash(t(f"staff.proposals.told.{state}"))
            return go_to(f"{PATH}/{before.id}")
        return area.render("proposal_closed", number=before.id, state=state, letter=letter)

    @pages.get(f"/proposals/<{NUMBER}:number>/accept")
    @allow(EDITOR)
    def show_accept(number: int) -> Response:
        found = find(number)
        if found.edits or found.state not in UNDECIDED:
            return go_to(f"{PATH}/{number}")
        return show_edits(found)

    def show_edits(
        proposal: Proposal,
        status: int = 200,
        *,
        typed: Mapping[str, str] | None = None,
        errors: Mapping[str, object] | None = None,
        conflict: str = "",
    ) -> Response:
        """The form of an editor: which row, what it becomes, by which source, why."""
        dataset = area.dataset()
        listed = _listed(area, [proposal], dataset)[0]
        field, key, row = _target(area, dataset, listed)
        values = dict(typed or first_values(dataset, field, row, proposal.texts))
        is_ready = bool(listed.subject) and (row is not None or field == PROGRAM)
        cells: Sequence[Cell] = ()
        if is_ready and listed.subject:
            form = _form_values(field, values)
            edits = edits_of(dataset, field, key, row or {}, form, country_iso3=listed.subject.country_iso3)
            cells = cells_of(edits, [_row(area, edit) for edit in edits])
        return area.render(
            "proposal_accept",
            status,
            each=listed,
            field=field,
            fields=FIELDS,
            columns=COLUMNS[field] if is_ready else (),
            key=key,
            partnerships=_partnerships_of(dataset, t, listed),
            seen=json.dumps(row or {}, ensure_ascii=False),
            cells=cells,
            label=partial(column_label, t),
            choices={
                "status": [("", ""), *((each, t(f"panel.statuses.{each}")) for each in STATUSES)],
                "confidence": [(each, t(f"panel.confidences.{each}")) for each in CONFIDENCES],
                "us_state": [("", ""), *((each, each) for each in sorted(dataset.tables["us_states"]["state"]))],
            },
            sectors=sorted(set(dataset.tables["programs"]["sector"])),
            sources=[(each["id"], f"{each['id']}: {each['title'][:90]}") for each in records(dataset.sources)],
            new=NEW,
            conflict=conflict,
            typed=values,
            errors=errors or {},
        )

    @pages.post(f"/proposals/<{NUMBER}:number>/accept")
    @allow(EDITOR)
    def take(number: int) -> Response:
        found = find(number)
        if found.state in DECIDED:
            raise AlreadyDecided(found)
        return take_edits(found) if found.edits else take_form(found)

    def do(proposal: Proposal, edits: Sequence[Edit], *, who: str, what: str, reason: str) -> None:
        by, check = signed_in_account().email, area.check
        mark = request.form.get("mark")
        accept(area.database, proposal.id, edits, by=by, who=who, what=what, reason=reason, check=check, mark=mark)

    def take_edits(proposal: Proposal) -> Response:
        """Does what a contributor proposed, exactly that."""
        who = t("staff.proposals.who", author=proposal.author, editor=signed_in_account().email)
        reason = request.form.get("reason", "").strip()[:LONGEST_NOTE] or proposal.texts["note"]
        try:
            do(proposal, proposal.edits, who=who, what=proposal.texts["value"], reason=reason)
        except Conflict as conflict:
            return show(proposal, 409, problems=[conflict_text(conflict, t)])
        except AskedMeanwhile as error:
            return show(error.proposal, 409, problems=[asked_meanwhile(error)])
        except BadData as error:
            lines = [line for lines in errors_of(error, t, ()).values() for line in lines]
            return show(proposal, 400, problems=lines)
        flash(t("staff.proposals.told.accepted"))
        return go_to(f"{PATH}/{proposal.id}")

    def take_form(proposal: Proposal) -> Response:
        """Does what an editor made of what the public told."""
        dataset = area.dataset()
        listed = _listed(area, [proposal], dataset)[0]
        field, key, row = _target(area, dataset, listed)
        if listed.subject is None or (row is None and field != PROGRAM):
            return show_edits(proposal, 400, errors={"row": t("staff.proposals.needed")})
        form = _form_values(field, request.form)
        typed = {**request.form.to_dict(), **form}
        errors: dict[str, Any] = dict(find_errors(t, field, form, set(dataset.sources["id"])))
        if errors or request.form.get("look"):
            return show_edits(proposal, 400 if errors else 200, typed=typed, errors=errors)
        seen = {name: str(cell) for name, cell in read_object(request.form.get("seen", "")).items()}
        edits = edits_of(dataset, field, key, seen, form, country_iso3=listed.subject.country_iso3)
        if not edits:
            return show_edits(proposal, 400, typed=typed, errors={"": t("staff.proposals.no_change")})
        about = t(f"staff.proposals.fields.{field}")
        what = t("staff.proposals.what", subject=_label(listed), field=about, number=proposal.id)
        try:
            do(proposal, edits, who=signed_in_account().email, what=what, reason=form["reason"])
        except Conflict as conflict:
            # where this editor changed nothing, what the other wrote stands in the form
            others = {name: (row or {}).get(name, "") for name in COLUMNS[field] if form[name] == seen.get(name, "")}
            return show_edits(proposal, 409, typed={**typed, **others}, conflict=conflict_text(conflict, t))
        except AskedMeanwhile as error:
            return show_edits(error.proposal, 409, typed=typed, errors={"": asked_meanwhile(error)})
        except BadData as error:
            fields = [*form, *(f"source_{each}" for each in SOURCE_COLUMNS)]
            return show_edits(proposal, 400, typed=typed, errors=errors_of(error, t, fields))
        return close(proposal, ACCEPTED)

    return pages


def _may_see(account: Account, proposal: Proposal) -> bool:
    return account.is_editor or proposal.author in (PUBLIC, account.email)


def _listed(area: StaffArea, found: Sequence[Proposal], dataset: Dataset | None = None) -> list[Listed]:
    """Proposals with what the data has of them: the data that is shown, which is a second old at most, or another."""
    dataset = dataset or area.data.current.dataset
    names = {account.email: account.label for account in accounts.list_accounts(area.database)}
    waiting = list_proposals(area.database, states=UNDECIDED, authors=(PUBLIC,)) if found else []
    listed = []
    for proposal in found:
        author = names.get(proposal.author, proposal.author)
        subject = find_subject(dataset, area.t, proposal.subject)
        field, value = proposal.texts["field"], proposal.texts["value"]
        each = Listed(proposal, author, subject)
        if subject and field in FIELDS and not proposal.edits:
            each = replace(each, held=held(dataset, subject, field) if subject.entry else ())
            if proposal.state in UNDECIDED:
                known, same = is_known(dataset, subject, field, value), same_as(proposal, waiting)
                each = replace(each, is_known=known, same=same)
        listed.append(each)
    return listed


def _label(listed: Listed) -> str:
    return listed.subject.label if listed.subject else listed.proposal.subject


def _contact(proposal: Proposal) -> tuple[str, str]:
    return proposal.texts["contact_name"], proposal.texts["contact_email"] or proposal.author


def _letter(t: Catalog, listed: Listed, kind: str, answer: str) -> str:
    """The address of a letter with prepared words, as a link has it; "" where there is no address to write to."""
    name, email = _contact(listed.proposal)
    if not email:
        return ""
    # what was typed as an address must not add to the letter: "?" and "&" in it are none of ours
    label, name = _label(listed), name or t("staff.proposals.letter.somebody")
    title = t(f"staff.proposals.letter.{kind}_title", subject=label)
    body = t(f"staff.proposals.letter.{kind}", subject=label, name=name, answer=answer[:LONGEST_LETTER])
    return f"mailto:{quote(email, safe='@')}?{urlencode({'subject': title, 'body': body}, quote_via=quote)}"


def _row(area: StaffArea, edit: Edit) -> Image | None:
    return None if edit.key is None else current_row(area.database, edit.table, edit.key)


def _target(area: StaffArea, dataset: Dataset, listed: Listed) -> tuple[str, str, Image | None]:
    """What an editor makes of a proposal: the field, the id of the partnership ("" where none is chosen yet), its row
    as it is now."""
    wanted, proposed = request.values.get("as", ""), listed.proposal.texts["field"]
    field = wanted if wanted in FIELDS else proposed if proposed in FIELDS else FIELDS[-1]
    if listed.subject is None:
        return field, "", None
    key = listed.subject.entry.id if listed.subject.entry else request.values.get("row", "")
    if not key:
        return field, "", None
    row = current_row(area.database, PARTNERSHIPS, (key,))
    is_here = row is not None and row.get("country_iso3") == listed.subject.country_iso3
    return (field, key, row) if is_here else (field, "", None)


def _partnerships_of(dataset: Dataset, t: Catalog, listed: Listed) -> list[tuple[str, str]]:
    """(id, label) of what a proposal about a country may turn out to be about."""
    if listed.subject is None or listed.subject.entry:
        return []
    found = entries_of_country(dataset, listed.subject.country_iso3)
    return [("", ""), *((entry.id, f"{entry_label(t, entry)} ({entry.id})") for entry in found)]


def _form_values(field: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields of an editor's form, "" where nothing was typed."""
    names = (*COLUMNS[field], "source", *(f"source_{column}" for column in SOURCE_COLUMNS), "reason")
    return {name: str(given.get(name, "")).replace("\r\n", "\n").strip() for name in names}
