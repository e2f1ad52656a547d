"""Jinja2 templates: the text of a page, with every word from the catalogue and the values of one year in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from dashboard.addresses import with_root
from dashboard.dataset.labels import has_label, label_of
from dashboard.strings import FIRST_LANGUAGE, Catalog

TEMPLATES = Path(__file__).resolve().parent / "templates"


@cache
def environment() -> Environment:
    """The templates of this package. What is put into them is escaped; a name that is not there is an error."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"english": english, "with_english": with_english, "label": label}
    return made


def english(text: str, t: Catalog) -> Markup:
    """A text of the data, which is English: on a page in another language it says so, for whoever has it read out."""
    if t.language == FIRST_LANGUAGE or not text:
        return escape(text)
    return Markup('<bdi lang="{}" dir="ltr">{}</bdi>').format(FIRST_LANGUAGE, text)


def with_english(sentence: str, t: Catalog, texts: Iterable[str]) -> Markup:
    """A sentence of the catalogue in which texts of the data stand, each of them marked."""
    if t.language == FIRST_LANGUAGE:
        return escape(sentence)
    # the marks have a direction, so that those of the catalogue around the same text are not needed
    made = str(escape(sentence))
    for text in filter(None, dict.fromkeys(texts)):
        plain = str(escape(text))
        made = made.replace(t.isolate(plain), plain).replace(plain, str(english(text, t)), 1)
    return Markup(made)


def label(word: str, t: Catalog, group: str) -> Markup:
    """What a word of the data is called in a language; where nobody has called it anything, the word, marked."""
    return escape(label_of(t, group, word)) if has_label(t, group, word) else english(word, t)


def render(template: str, t: Catalog, **values: Any) -> Markup:
    """A template as HTML. `words` gives it its words. Addresses in it are from the root, "/partnerships"."""
    return Markup(with_root(environment().get_template(f"{template}.html").render(t=t, **values)))


def has_template(name: str) -> bool:
    """Whether there is a template of this name."""
    return (TEMPLATES / f"{name}.html").is_file()


class PageText:
    """Fills templates with the texts of one year: `texts` by path, one or one a year."""

    def __init__(self, t: Catalog, texts: Mapping[str, Any], at: int) -> None:
        self.t, self.texts, self.at = t, texts, at

    def text(self, path: str) -> str:
        """The text of a path; "" where there is no such path."""
        found = self.texts.get(path, "")
        return str(found[self.at] if isinstance(found, list) else found)

    def is_shown(self, rule: str) -> bool:
        """Whether an element with `data-show` of this rule is there: "path", or "path=value|value"."""
        path, mark, wanted = rule.partition("=")
        found = self.text(path)
        return found in wanted.split("|") if mark else found != ""

    # what templates call: an element that shows a text, or is there only sometimes, says so for the script, and is
    # right already
    def show(self, rule: str) -> Markup:
        """The attributes of an element that is there only while a rule holds."""
        return Markup(' data-show="{}"{}').format(rule, "" if self.is_shown(rule) else Markup(" hidden"))

    def tag(self, path: str, tag: str = "span", **attributes: str) -> Markup:
        """An element whose text is that of a path."""
        more = Markup("").join(
            Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items()
        )
        return Markup('<{0}{1} data-text="{2}">{3}</{0}>').format(tag, more, path, self.text(path))

    def render(self, template: str, **values: Any) -> Markup:
        """A template with this page's words and texts."""
        return render(template, self.t, page=self, **values)
