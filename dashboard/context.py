"""What every request shares: the data, its choices, the language."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.charts import View
from dashboard.dataset.model import DOCUMENTED, Dataset
from dashboard.filters import Choices, Selection, choices_of
from dashboard.metrics.survey import Thresholds
from dashboard.settings import Contact
from dashboard.strings import Catalog


@dataclass(frozen=True, eq=False)
class AppContext:
    """What every request shares: the data, its choices, the language, thresholds. Nothing in it changes."""

    dataset: Dataset
    t: Catalog
    thresholds: Thresholds = field(default_factory=Thresholds)
    contact: Contact = field(default_factory=Contact)
    # which data this is: the same on every worker, another after every change
    version: str = ""
    # whether the public can tell by a form what it knows: somebody has an account and so reads it
    has_tell_form: bool = False
    choices: Choices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", choices_of(self.dataset))

    def view(self, selection: Selection, key: str = "") -> View:
        """What charts may know for a selection, on the page of `key`."""
        return View(self.dataset, selection, self.t, self.choices, self.thresholds, key or selection.page_param("of"))

    def basis_label(self, basis_id: str) -> str:
        """ "SCI’s 94", from the snapshot's own label, or the words for everything documented."""
        if basis_id == DOCUMENTED:
            return self.t("filter.documented")
        snapshot = self.dataset.bases[basis_id].snapshot
        return snapshot.label.format(count=snapshot.total) if snapshot else basis_id
