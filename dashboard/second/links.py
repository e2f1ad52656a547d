"""Addresses of pages, as links on other pages write them."""

from __future__ import annotations

import dash


def page_path(path: str) -> str:
    """The address of a page, or of one thing on it ("/states", "/states/TX"), where this app is served: below a path of
    its own. A page that it does not have is the other app's."""
    page = "/" + path.split("/")[1]
    here = {each["path"]: each["relative_path"] for each in dash.page_registry.values() if not each["path_template"]}
    return here[page] + path.removeprefix(page) if page in here else path
