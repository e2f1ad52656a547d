"""Two pieces of HTML as what a browser makes of them, so that they can be compared."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # pages of one app are served below a path of its own
        each = sorted(f"{name.lower()}={(value or '').removeprefix('/next')}" for name, value in attrs)
        self.found.append((tag, *each))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("/" + tag,))

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            if self.found and self.found[-1][0] == "":
                text = f"{self.found.pop()[1]} {text}"
            self.found.append(("", text))


def parts_of(markup: str) -> list[tuple[str, ...]]:
    """Tags with their attributes in order, and texts between them, whatever blanks stand between elements."""
    reader = _Reader()
    reader.feed(markup)
    return reader.found


def texts_of(markup: str) -> list[str]:
    """The texts between its tags."""
    return [part[1] for part in parts_of(markup) if part[0] == ""]
