"""The language of a reply, said to browsers and to what keeps replies between them and us."""

from __future__ import annotations

from flask import Flask, Response, g

# what a reply depends on beside its address: the language and the look that were chosen, or that the browser wishes
DEPENDS_ON = ("Accept-Language", "Cookie")


def say_language(server: Flask) -> None:
    """`Content-Language` and `Vary` on what was made in the language of its request: documents, answers, files."""

    @server.after_request
    def say(reply: Response) -> Response:
        # what is public is the same for everybody
        if "context" in g and not reply.cache_control.public:
            reply.headers["Content-Language"] = g.context.t.language
            reply.vary.update(DEPENDS_ON)
        return reply
