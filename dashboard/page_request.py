"""What an address, or a choice that was made on a page, shows: the beginning of every layout and every callback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from dash import dcc, no_update

from dashboard.addresses import with_asset_addresses
from dashboard.charts.look import Look, look_of
from dashboard.choice import notice_texts
from dashboard.context import AppContext
from dashboard.current import current_context, look_of_request
from dashboard.filters import Selection, parse, to_query
from dashboard.payload import Contents, Payload, build_payload
from dashboard.templating import PageText

CHOICE = "choice"
LONGEST_KEY = 200


@dataclass(frozen=True)
class PageRequest:
    """One request for a page. `key` is what its path says behind that of the page ("TX" of /states/TX), `at` the
    position of the year shown, `notices` what was not understood, `kept` the graphs that stay as they are drawn."""

    context: AppContext
    selection: Selection
    look: Look
    key: str
    contents: Contents
    payload: Payload
    notices: tuple[str, ...]
    kept: tuple[str, ...] = ()

    @property
    def at(self) -> int:
        """The position of the year shown; a page that does not follow the year is that of the last."""
        return self.payload.position(self.selection.year if self.contents.follows_year else None)

    @property
    def page(self) -> PageText:
        """What fills the page's templates."""
        return PageText(self.context.t, self.payload.texts, self.at)

    def figure(self, graph: str) -> dict[str, Any]:
        """The figure of a graph at the year shown."""
        return with_asset_addresses(self.payload.figures[graph].at(self.at))

    def store(self) -> str:
        """The text of the store `frames`."""
        return self.payload.store(self.at, notices=self.notices, kept=self.kept)


def read_address(query: Mapping[str, str | list[str]] | str, contents: Contents, key: str = "") -> PageRequest:
    """What the query of an address (text, or in parts as Dash gives it to layouts) shows to the browser that asks."""
    text = query if isinstance(query, str) else urlencode(query, doseq=True)
    return _read(text, contents, look_of_request(), key)


def read_choice(choice: object, contents: Contents) -> PageRequest:
    """What the data of a page's store `choice` asks for; of data that no page of ours made, the nearest view."""
    data = choice if isinstance(choice, dict) else {}
    query, key, year, shapes = (data.get(name) for name in ("query", "key", "year", "shapes"))
    text = query if isinstance(query, str) else ""
    # what was chosen last stands last
    newest = text.rpartition("&")[2].removeprefix("?").partition("=")[0]
    if isinstance(year, int) and not isinstance(year, bool):
        text += f"&year={year}"
    return _read(
        text,
        contents,
        look_of(data.get("look")),
        key[:LONGEST_KEY] if isinstance(key, str) else "",
        shapes=shapes if isinstance(shapes, dict) else {},
        newest=newest,
    )


def _read(
    query: str,
    contents: Contents,
    look: Look,
    key: str,
    *,
    shapes: Mapping[str, object] | None = None,
    newest: str = "",
) -> PageRequest:
    context = current_context()
    parsed = parse(query, context.choices, newest=newest)
    payload = build_payload(context, parsed.selection.without_year(), look, contents, key)
    return PageRequest(
        context,
        parsed.selection,
        look,
        key,
        contents,
        payload,
        tuple(notice_texts(parsed.notices, context.t)),
        tuple(payload.kept(shapes or {})),
    )


# ---- the store of the choice, and what follows it
def choice_id(page: str) -> dict[str, str]:
    """The id of the store that holds what is chosen on a page. Each page has its own, so that a choice calls the
    callback of that page alone; the script finds it whatever the page."""
    return {"type": CHOICE, "page": page}


def stores(page: str, request: PageRequest) -> list[dcc.Store]:
    """The choice, what is shown of it, and what the script needs to call Dash; on every page."""
    choice = {
        "query": to_query(request.selection.without_year(), request.context.choices),
        "year": request.selection.year,
        "look": request.look.as_data(),
        "shapes": dict(request.payload.shapes),
        "key": request.key,
    }
    return [
        dcc.Store(id=choice_id(page), data=choice),
        dcc.Store(id="frames", data=request.store()),
        # the output of the clientside callback that shows a year: Dash does not run one without outputs at the start
        dcc.Store(id="shown", data=""),
        # "" and not None: a store whose data is None runs its callbacks when it is inserted
        dcc.Store(id="opened", data=""),
        dcc.Store(id="table-shown", data=""),
    ]


def answer(request: PageRequest, parts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the callback of a page (`add_choice_callback`) answers: figures, but of graphs that only take other values,
    frames, and the markup of its parts by id."""
    return {
        "figures": {
            name: no_update if name in request.kept else request.figure(name) for name in request.contents.graphs
        },
        "frames": request.store(),
        "parts": dict(parts or {}),
    }
