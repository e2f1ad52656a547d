"""What several table tabs and the ranked list have is sent once."""

from __future__ import annotations

from typing import Any

import orjson

from dashboard.frames.tabs import LEAST, SAME, shared


def opened(packed: Any, kept: list[Any]) -> Any:
    """What stands there, or what it points at: what `assets/js/20-frames.js` does with it."""
    return kept[packed[SAME]] if isinstance(packed, dict) and SAME in packed else packed


def test_what_is_long_and_in_several_places_is_sent_once() -> None:
    long, other, short = list(range(LEAST)), list(range(LEAST, 2 * LEAST)), [1, 2, 3]
    tabs = {
        "one": {"headers": ["a"], "columns": [long, long, short], "count": 3, "order": other},
        "two": {"headers": ["b"], "columns": [short, other], "count": 2, "order": None},
        "three": {"headers": [], "columns": [list(range(2 * LEAST))], "count": 1, "order": None},
    }
    ranked = {"names": ["a", "b"], "order": other}
    made, made_list, kept = orjson.loads(orjson.dumps(shared(tabs, ranked)))
    assert kept == [long, other]
    for id_, tab in tabs.items():
        found = made[id_]
        assert [opened(each, kept) for each in found["columns"]] == tab["columns"]
        assert opened(found["order"], kept) == tab["order"]
        assert (found["headers"], found["count"]) == (tab["headers"], tab["count"])
    assert made["one"]["columns"][:2] == [{SAME: 0}] * 2
    assert made["three"] == tabs["three"]
    assert made_list == {"names": ["a", "b"], "order": {SAME: 1}}
