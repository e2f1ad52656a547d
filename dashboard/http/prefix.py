"""Where the dashboard stands below a path of its host."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


class BelowPath:
    """Takes the path (with a slash at both ends) off requests, whether a proxy in front did that already or not, so
    that no address of ours has to know it."""

    def __init__(self, application: WSGIApplication, path: str) -> None:
        self.application, self.path = application, path

    def __call__(self, wsgi: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        asked = wsgi.get("PATH_INFO", "")
        if asked + "/" == self.path:
            query = wsgi.get("QUERY_STRING", "")
            start_response("308 Permanent Redirect", [("Location", self.path + ("?" + query if query else ""))])
            return []
        if asked.startswith(self.path):
            before = self.path.rstrip("/")
            wsgi = {
                **wsgi,
                "SCRIPT_NAME": wsgi.get("SCRIPT_NAME", "") + before,
                "PATH_INFO": asked[len(before) :],
            }
        return self.application(wsgi, start_response)


def stand_below(server: Flask, path: str) -> None:
    """Puts a server below a path ("/": the whole host is its)."""
    if path != "/":
        server.wsgi_app = BelowPath(server.wsgi_app, path)  # type: ignore[assignment, method-assign]


def trust_proxies(server: Flask, number: int) -> None:
    """Takes the word of so many proxies on who asks, and by which address; of none, where anybody could write it."""
    if number:
        server.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            server.wsgi_app, x_for=number, x_proto=number, x_host=number
        )
