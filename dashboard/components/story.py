"""The visitor's own story: the panel in which views are put in order. Kept in the browser alone (story.js)."""

from __future__ import annotations

import json

from markupsafe import Markup

from dashboard.charts import CHARTS
from dashboard.dataset.story import LONGEST
from dashboard.strings import Catalog
from dashboard.templating import render

# what the stage can show: of a chart that is a table, its headline and what it says in words
SHOWABLE = tuple(CHARTS)
MOST_VIEWS = 40
LONGEST_TEXT = {"view": LONGEST["view"], "headline": 300, "title": LONGEST["headline"], "notes": LONGEST["notes"]}
# what the script says of it
SAID = ("added", "full", "closed", "bad_file", "bad_in", "bad_entry", "bad_chart", "bad_view", "bad_title")


def story_panel(t: Catalog) -> Markup:
    """The dialog, and the button that opens it once there is something in it."""
    return render("story", t, rules=story_rules(), said=SAID, longest=LONGEST_TEXT)


def story_rules() -> str:
    """What a view can be, as JSON for the attribute `data-story-rules`, by which the script checks what it reads."""
    return json.dumps({"charts": SHOWABLE, "most": MOST_VIEWS, "longest": LONGEST_TEXT})
