"""Conversations with partnerships: what was spoken and what is next, written down by whoever of us spoke.

Names and notes are seen here alone. Nothing of a person is ever part of an address, because addresses are logged: names
are looked for by forms that are sent, and who of us spoke stands in an address as a code.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, abort, flash, request

from dashboard.dataset import Dataset
from dashboard.staff.area import (
    CONTRIBUTOR,
    EDITOR,
    PREFIX,
    Page,
    StaffArea,
    allow,
    go_to,
    is_own_path,
    read_object,
    signed_in_account,
)
from dashboard.staff.partnership_names import find_partnerships, name_partnerships
from dashboard.store import conversations as store
from dashboard.store.conversations import FIELDS, ChangedMeanwhile, Conversation
from dashboard.store.registry import current_ids
from dashboard.store.staff_tables import LONGEST_NOTE, MEANS, OUTCOMES
from dashboard.store.tables import LONG
from dashboard.strings import Catalog

PATH = f"{PREFIX}/conversations"
PAGES = (Page(PATH, "staff.conversations.title", "staff.conversations.title_what"),)
LONGEST = {"who": 400, "with_whom": 400, "note": LONGEST_NOTE, "next_step": LONG}
# of a list so many at once, and of partnerships that were looked for
MOST, MOST_FOUND = 100, 30


def routes(area: StaffArea) -> Blueprint:
    """Its addresses."""
    pages, t = Blueprint("staff_conversations", __name__), area.t

    def current_dataset() -> Dataset:
        return area.data.current.dataset

    def render(template: str, status: int = 200, **values: object) -> Response:
        """A page with what all of them need to say what a conversation is."""
        return area.render(
            f"conversations/{template}",
            status,
            today=today(),
            means=_choices(t, "means", MEANS),
            outcomes=_choices(t, "outcome", OUTCOMES),
            can_change=can_change,
            **values,
        )

    def render_log(partnership_id: str, status: int = 200, **values: object) -> Response:
        log = store.list_conversations(area.database, partnership_ids=[partnership_id])
        partnership = name_partnerships(current_dataset(), t, [partnership_id])[partnership_id]
        if not partnership.is_there:
            if now := current_ids(area.database).get(partnership_id):
                return go_to(f"{PATH}/of/{now}")
            area.or_404(log or None)
        words = request.args.get("find", "").strip()[:200]
        targets = find_partnerships(current_dataset(), words)[:MOST_FOUND] if words and not partnership.is_there else []
        begun = {"on_date": today(), "who": signed_in_account().label, "means": MEANS[0], "outcome": OUTCOMES[1]}
        return render(
            "of",
            status,
            partnership=partnership,
            log=log,
            open_steps=[each for each in log if each.has_next],
            people=store.list_people(area.database),
            find=words,
            targets=[*name_partnerships(current_dataset(), t, targets).values()],
            **{"typed": begun, "ticked": (), **values},
        )

    def own(number: int) -> Conversation:
        """A conversation that whoever is signed in may change; one that is not there or not theirs is refused."""
        found = store.find_conversation(area.database, number)
        if found is None or not can_change(found):
            abort(area.refuse())
        return found

    @pages.get("/conversations")
    @allow(CONTRIBUTOR)
    def list_all() -> Response:
        words, code = (request.args.get(name, "").strip()[:200] for name in ("find", "who"))
        is_due, start = "due" in request.args, _position(request.args.get("start", ""))
        people = {code_of(name): name for name in store.list_people(area.database)}
        who, counts = people.get(code, ""), store.count_by_partnership(area.database)
        found = find_partnerships(current_dataset(), words) if words else []
        # what is said to somebody of a partnership that is gone is found by its id
        gone = [each for each in counts if words and words.casefold() in each.casefold() and each not in found]
        ids = [each for each in (*found, *gone) if each in counts] if words else None
        steps = store.list_next_steps(area.database, partnership_ids=ids, who=who)
        total = store.count_conversations(area.database, partnership_ids=ids, who=who)
        most = 0 if is_due else MOST
        log = store.list_conversations(area.database, partnership_ids=ids, who=who, start=start, most=most)
        return render(
            "list",
            steps=steps,
            log=log,
            total=total,
            start=start,
            most=MOST,
            find=words,
            who=code,
            is_due=is_due,
            people=people,
            counts=counts,
            found=found[:MOST_FOUND],
            more=max(len(found) - MOST_FOUND, 0),
            names=name_partnerships(
                current_dataset(), t, {*found[:MOST_FOUND], *(each.partnership_id for each in (*steps, *log))}
            ),
        )

    @pages.get("/conversations/of/<partnership_id>")
    @allow(CONTRIBUTOR)
    def show_log(partnership_id: str) -> Response:
        return render_log(partnership_id)

    @pages.post("/conversations/of/<partnership_id>")
    @allow(CONTRIBUTOR)
    def add(partnership_id: str) -> Response:
        if not name_partnerships(current_dataset(), t, [partnership_id])[partnership_id].is_there:
            return render_log(partnership_id, 400)
        values, errors = read_form(t, request.form)
        ticked = [int(each) for each in request.form.getlist("done") if each.isdecimal() and len(each) < 10]
        if errors:
            return render_log(partnership_id, 400, typed=request.form, errors=errors, ticked=ticked)
        store.add_conversation(area.database, partnership_id, values, account_id=signed_in_account().id, done=ticked)
        flash(t("staff.conversations.added"))
        return go_to(f"{PATH}/of/{partnership_id}")

    @pages.post("/conversations/of/<partnership_id>/move")
    @allow(CONTRIBUTOR)
    def move(partnership_id: str) -> Response:
        target = request.form.get("to", "")
        names = name_partnerships(current_dataset(), t, [partnership_id, target])
        if names[partnership_id].is_there or not names[target].is_there:
            return render_log(partnership_id, 400, errors={"to": t("staff.conversations.no_target")})
        moved = store.move_conversations(area.database, partnership_id, target)
        flash(t("staff.conversations.moved", count=moved))
        return go_to(f"{PATH}/of/{target}")

    def render_entry(found: Conversation, status: int = 200, **values: object) -> Response:
        partnership = name_partnerships(current_dataset(), t, [found.partnership_id])[found.partnership_id]
        given = {"typed": found.values, "is_done": found.is_done, "now": None, **values}
        seen = json.dumps(found.values, ensure_ascii=False)
        people = store.list_people(area.database)
        return render("entry", status, entry=found, partnership=partnership, seen=seen, people=people, **given)

    @pages.get("/conversations/entry/<int:number>")
    @allow(CONTRIBUTOR)
    def show_entry(number: int) -> Response:
        return render_entry(area.or_404(store.find_conversation(area.database, number)))

    @pages.post("/conversations/entry/<int:number>")
    @allow(CONTRIBUTOR)
    def mend(number: int) -> Response:
        found = own(number)
        if found.is_erased:
            flash(t("staff.conversations.erased_meanwhile"), "wrong")
            return go_to(f"{PATH}/entry/{number}")
        (values, errors), is_done = read_form(t, request.form), "is_done" in request.form
        if errors:
            return render_entry(found, 400, typed=request.form, errors=errors, is_done=is_done)
        try:
            before = read_object(request.form.get("seen", ""))
            store.mend_conversation(area.database, number, values, before=before, is_done=is_done)
        except ChangedMeanwhile as conflict:
            if conflict.current is None:
                flash(t("staff.conversations.gone"), "wrong")
                return go_to(f"{PATH}/of/{found.partnership_id}")
            errors = {"": t("staff.conversations.conflict")}
            return render_entry(
                conflict.current, 400, typed=request.form, errors=errors, is_done=is_done, now=conflict.current
            )
        flash(t("staff.conversations.mended"))
        return go_to(f"{PATH}/of/{found.partnership_id}")

    @pages.post("/conversations/entry/<int:number>/done")
    @allow(CONTRIBUTOR)
    def finish(number: int) -> Response:
        store.finish_next_step(area.database, number)
        flash(t("staff.conversations.done"))
        back = request.form.get("back", "")
        return go_to(back if is_own_path(back) else PATH)

    @pages.post("/conversations/entry/<int:number>/erase")
    @allow(CONTRIBUTOR)
    def erase(number: int) -> Response:
        found = own(number)
        store.erase_people(area.database, [number])
        flash(t("staff.conversations.erased", count=1))
        return go_to(f"{PATH}/of/{found.partnership_id}")

    @pages.post("/conversations/entry/<int:number>/delete")
    @allow(CONTRIBUTOR)
    def delete(number: int) -> Response:
        own(number)
        store.delete_conversation(area.database, number)
        flash(t("staff.conversations.deleted"))
        return go_to(PATH)

    @pages.get("/conversations/person")
    @allow(EDITOR)
    def show_person() -> Response:
        return render("person", name="", found=None, names={}, errors={})

    @pages.post("/conversations/person")
    @allow(EDITOR)
    def look_for_person() -> Response:
        name = request.form.get("name", "").strip()[:400]
        errors = {} if name else {"name": t("staff.conversations.no_name")}
        found = store.find_person(area.database, name)
        names = name_partnerships(current_dataset(), t, {each.partnership_id for each in found})
        return render("person", 400 if errors else 200, name=name, found=found, names=names, errors=errors)

    @pages.post("/conversations/person/erase")
    @allow(EDITOR)
    def erase_person() -> Response:
        numbers = [int(each) for each in request.form.getlist("entry") if each.isdecimal() and len(each) < 10]
        erased = store.erase_people(area.database, numbers)
        flash(t("staff.conversations.erased", count=erased), "done" if erased else "wrong")
        return go_to(f"{PATH}/person")

    return pages


def can_change(conversation: Conversation) -> bool:
    """Whether whoever is signed in may mend, erase and delete it: who wrote it, and editors."""
    account = signed_in_account()
    return account.is_editor or account.id == conversation.writer_id


def today() -> str:
    """This day where the server is."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def code_of(name: str) -> str:
    """What stands for a name in an address."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def read_form(t: Catalog, form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a form says of a conversation (FIELDS), and what is wrong with it, by field."""
    values = {name: form.get(name, "").strip().replace("\r\n", "\n") for name in FIELDS}
    errors = {}
    on, following = _day(values["on_date"]), _day(values["next_date"])
    # where the day is further than here it may be tomorrow already
    last = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    if on is None:
        errors["on_date"] = t("staff.conversations.bad_day")
    elif on > last:
        errors["on_date"] = t("staff.conversations.future")
    if not values["who"]:
        errors["who"] = t("staff.conversations.no_who")
    if values["means"] not in MEANS:
        errors["means"] = t("staff.conversations.choose")
    if values["outcome"] not in OUTCOMES:
        errors["outcome"] = t("staff.conversations.choose")
    if values["next_date"] and following is None:
        errors["next_date"] = t("staff.conversations.bad_day")
    elif following and on and following < on:
        errors["next_date"] = t("staff.conversations.before")
    elif following and not values["next_step"]:
        errors["next_step"] = t("staff.conversations.no_step")
    for name, longest in LONGEST.items():
        if len(values[name]) > longest:
            errors[name] = t("staff.conversations.long", longest=longest)
    return values, errors


def _day(text: str) -> datetime.date | None:
    """A day as 2026-11-28; None for anything else."""
    try:
        found = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text and found.year >= 1900 else None


def _choices(t: Catalog, name: str, codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(code, t(f"staff.conversations.{name}_is.{code}")) for code in codes]


def _position(text: str) -> int:
    return int(text) // MOST * MOST if text.isdecimal() and len(text) < 10 else 0
