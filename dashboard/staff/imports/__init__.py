"""Files on their way in, in steps: brought, read, understood, looked at, accepted. What is understood and what is
written is the work of `dashboard.intake`, as on the command line; here it is shown, and what a person says is kept."""

from dashboard.staff.imports.pages import PAGES, routes

__all__ = ["PAGES", "routes"]
