"""What menus of cards open: the code to show a card on another site. The menus themselves are templates, `card_menu`
and `header`."""

from __future__ import annotations

from flask import current_app
from markupsafe import Markup

from dashboard.settings import VARIABLES
from dashboard.strings import Catalog
from dashboard.templating import render

# where the server has the sites that may show a card in a frame, by `create_app`
EMBED_SITES = "EMBED_SITES"


def embed_dialog(t: Catalog) -> Markup:
    """The code, to be copied, and who may show it: where nobody may, which setting says who."""
    sites = current_app.config.get(EMBED_SITES, ())
    return render("embed_dialog", t, sites=sites, setting=VARIABLES["embed_sites"])
