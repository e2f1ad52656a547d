"""What every request in a language shares: the data, its choices, the words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dashboard.charts import View
from dashboard.dataset.localize import localize
from dashboard.dataset.model import DOCUMENTED, Dataset
from dashboard.filters import Choices, Selection, choices_of
from dashboard.metrics.survey import Thresholds
from dashboard.settings import Contact
from dashboard.strings import Catalog, languages, load_catalog


@dataclass(frozen=True, eq=False)
class AppContext:
    """What every request in a language shares: the data, its choices, the words, thresholds. Nothing in it changes.

    The first is in English; `in_language` gives those of other languages, which are made when they are first asked for.
    """

    dataset: Dataset
    t: Catalog
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: Contact = field(default_factory=Contact)
    # which data this is: the same on every worker, another after every change
    version: str = ""
    # whether the public can tell by a form what it knows: somebody has an account and so reads it
    has_tell_form: bool = False
    # the languages that pages can be had in: those with a catalogue
    languages: tuple[str, ...] = field(default_factory=languages)
    # of one in another language, the first
    first: AppContext | None = field(default=None, repr=False)
    choices: Choices = field(init=False)
    _others: dict[str, AppContext] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", choices_of(self.dataset, self.languages))

    def in_language(self, code: str) -> AppContext:
        """The same in another language, one of `languages`: made once for each version of the data."""
        if code == self.t.language:
            return self
        if self.first is not None:
            return self.first.in_language(code)
        found = self._others.get(code)
        if found is None:
            t = load_catalog(code)
            # of two requests at once the second takes what the first has put there
            found = self._others.setdefault(code, replace(self, dataset=localize(self.dataset, t), t=t, first=self))
        return found

    def view(self, selection: Selection, key: str = "") -> View:
        """What charts may know for a selection, on the page of `key`."""
        return View(self.dataset, selection, self.t, self.choices, self.thresholds, key or selection.page_param("of"))

    def basis_label(self, basis_id: str) -> str:
        """ "SCI’s 94", from the snapshot's own label, or the words for everything documented."""
        if basis_id == DOCUMENTED:
            return self.t("filter.documented")
        snapshot = self.dataset.snapshot(basis_id)
        return snapshot.label.format(count=snapshot.total) if snapshot else basis_id
