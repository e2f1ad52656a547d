"""The data that the settings name as what requests work on, kept up to date (`dashboard/store/reload.py`)."""

from __future__ import annotations

import logging

from dashboard.context import AppContext
from dashboard.counting import events_of, groups_of
from dashboard.dataset import Dataset
from dashboard.dataset.load import load
from dashboard.metrics.survey import Thresholds
from dashboard.report.check import check_texts
from dashboard.settings import VARIABLES, Settings
from dashboard.store.accounts import takes_proposals
from dashboard.store.commands import opened
from dashboard.store.folder import fingerprint
from dashboard.store.reload import DataReloader
from dashboard.store.start import PATIENCE
from dashboard.strings import load_catalog

LOG = logging.getLogger("dashboard.data")


def open_data(settings: Settings) -> DataReloader[AppContext]:
    """The data that the settings name, and whatever it becomes. Raises BadData where the folder is bad that a database
    is to be filled from, and DatabaseProblem where there is no database."""
    # the language of the data, of the log and of the staff; those of requests are made of it (`AppContext`)
    t = load_catalog()
    thresholds = Thresholds(settings.hide_below, settings.counts_below, settings.small_below)

    def make(dataset: Dataset, version: str) -> AppContext:
        dataset = dataset.without_answers()
        # added up here, before workers are made, so that they share it and the first visitor does not wait for it
        for basis in dataset.bases.values():
            events_of(basis)
            groups_of(basis)
        # asked with each version of the data, for the first account makes another one (store/accounts.py)
        return AppContext(dataset, t, thresholds, settings.contact, version, takes_proposals(found.database))

    def from_folder() -> tuple[Dataset, str]:
        dataset = load(settings.data, most_bytes=settings.max_file_mb * 1_000_000)
        check_texts(dataset)
        return dataset, fingerprint(settings.data)

    found = opened(settings, t, check_texts, patience=PATIENCE)
    first = found.filled or (from_folder() if found.database is None else None)
    data = DataReloader(found.database, make, t, first)
    if found.differs:
        LOG.warning("%s", t("live.differs", folder=settings.data, database=data.label))
    if found.database is None:
        LOG.warning("%s", t("live.memory", address=VARIABLES["database_url"], folder=settings.data))
    return data
