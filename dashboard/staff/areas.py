"""The parts of the staff area, each a module with `routes(area)` and perhaps `PAGES`. Adding one is adding a line."""

from __future__ import annotations

from dashboard.staff import (
    account_pages,
    conversations,
    counts,
    history,
    home,
    imports,
    organisation,
    proposal_pages,
    registry,
    report_texts,
    sign_in,
    sources,
    translations,
)

# in the order of the navigation
AREAS = (
    home,
    registry,
    sources,
    conversations,
    proposal_pages,
    imports,
    counts,
    report_texts,
    translations,
    history,
    account_pages,
    sign_in,
    organisation,
)
