"""What is refused before anything is computed: too large, too long, or no request of our own pages."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Mapping
from typing import Any

from dash.exceptions import DashException
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from dashboard.strings import Catalog

CALLBACKS = "/_dash-update-component"
# of an address, in characters; what of it is read is capped in dashboard/filters.py
LONGEST_ADDRESS = 100_000
# how deep lists and dicts of a request may stand in each other; our own stand four deep
DEEPEST = 40
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
WILDCARDS = ("ALL", "MATCH", "ALLSMALLER")
# errors of a callback whose values no page of ours would have sent: answered 400 and not 500
OF_VALUES = (DashException, TypeError, ValueError, KeyError, IndexError, AttributeError)


def refuse_bad_requests(
    server: Flask, callbacks: Mapping[str, Any], words: Callable[[], Catalog], *, most_bytes: int
) -> None:
    """Answers 400, 413 or 414 where a request cannot be one of ours. `callbacks` is Dash's table of them, by output.
    What is wrong with a body is for who wrote a program, in the terms of Dash; all else is in the `words` of the
    request. What a callback was asked is kept in `flask.g.callback` as (output, values) for the log."""
    server.config["MAX_CONTENT_LENGTH"] = most_bytes

    @server.before_request
    def refuse() -> Response | None:
        if len(request.full_path) > LONGEST_ADDRESS:
            return _refusal(414, words()("refused.address"))
        if request.path != CALLBACKS or request.method != "POST":
            return None
        try:
            body = json.loads(request.get_data(), parse_constant=_no_number)
            problem = problem_of(body, callbacks)
        except RequestEntityTooLarge:
            raise
        except (ValueError, RecursionError, HTTPException):
            problem = "it is not JSON"
        if problem:
            return _refusal(400, words()("refused.request", problem=problem))
        g.callback = (body["output"], [_value(each) for each in [*body["inputs"], *body.get("state", [])]])
        return None

    @server.errorhandler(Exception)
    def say(error: Exception) -> Response | HTTPException:
        """One sentence instead of a stack trace, which is for the log. A callback that could not use its values was
        asked something that no page of ours asks."""
        if isinstance(error, HTTPException):
            return error
        if _is_for_want_of_room(error):
            server.logger.error("no room left on the disk", extra={"reason": str(error)})
            return _refusal(507, words()("refused.disk"))
        is_of_values = request.path == CALLBACKS and isinstance(error, OF_VALUES)
        server.logger.exception("callback refused" if is_of_values else "failed")
        if is_of_values:
            return _refusal(400, words()("refused.request", problem="its values are not those of a page"))
        return _refusal(500, words()("refused.failed"))


def _is_for_want_of_room(error: BaseException | None) -> bool:
    """Whether a full disk is behind an error; libraries raise errors of their own from it."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False


def problem_of(body: object, callbacks: Mapping[str, Any]) -> str:
    """What is wrong with the body of a callback request; "" where nothing is."""
    if not isinstance(body, dict):
        return "it is not an object"
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks or "callback" not in callbacks[output]:
        return "there is no such output"
    for name in ("inputs", "state"):
        if not _are_those(body.get(name, []), callbacks[output].get(name, [])):
            return f"{name} are not those of the output"
    if not _is_output(body.get("outputs")):
        return "outputs are objects with id and property"
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(each, str) for each in changed):
        return "changedPropIds is a list of texts"
    if not isinstance(body.get("parsedChangedPropsIds", []), list):
        return "parsedChangedPropsIds is a list"
    return "" if _is_shallow(body) else "it is nested too deep"


def _are_those(given: object, known: list[dict[str, Any]]) -> bool:
    """Whether these are the properties that a callback is wired to. Behind a pattern of ids there may be any number."""
    if not isinstance(given, list) or len(given) != len(known):
        return False
    return all(
        isinstance(mine, dict | list)
        if _is_pattern(its["id"])
        else isinstance(mine, dict) and (_as_text(mine.get("id")), mine.get("property")) == (its["id"], its["property"])
        for mine, its in zip(given, known, strict=True)
    )


def _is_pattern(known: object) -> bool:
    """Whether an id, as Dash's table has it, stands for any number of components."""
    return not isinstance(known, str) or (known.startswith("{") and any(f'["{name}"]' in known for name in WILDCARDS))


def _as_text(given: object) -> object:
    """An id of a request as Dash's table has it: one that is an object is JSON with its keys in order."""
    return json.dumps(given, sort_keys=True, separators=(",", ":")) if isinstance(given, dict) else given


def _are_properties(found: object) -> bool:
    return isinstance(found, list) and all(
        isinstance(each, dict) and isinstance(each.get("id"), str | dict) and isinstance(each.get("property"), str)
        for each in found
    )


def _is_output(found: object) -> bool:
    if isinstance(found, list):
        return bool(found) and _are_properties(found)
    return _are_properties([found])


def _is_shallow(found: object, left: int = DEEPEST) -> bool:
    if not left:
        return False
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return all(_is_shallow(each, left - 1) for each in inside)


def _no_number(name: str) -> None:
    raise ValueError(name)


def _value(given: dict[str, Any] | list[Any]) -> object:
    return given.get("value") if isinstance(given, dict) else given


def _refusal(status: int, text: str) -> Response:
    return Response(text + "\n", status, content_type="text/plain; charset=utf-8")
