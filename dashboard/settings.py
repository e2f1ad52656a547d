"""Every setting of the dashboard: one frozen object, read once from the environment.

`docs/settings.md` has the table of them; a test compares the two.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SHIPPED_DATA = Path(__file__).resolve().parent.parent / "data"
CATALOGUES = Path(__file__).resolve().parent / "strings"
# one part of a path, or several
PATH = re.compile(r"/([A-Za-z0-9_~.-]+/)*")
# what may stand in a header: scheme and host, perhaps a port, perhaps all hosts below one
SITE = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?")
NOBODY = "none"
# beside the program, in a folder that is its owner's alone
DEFAULT_DATABASE = "sqlite:///var/dashboard.sqlite"
# what an address of a database may begin with; hosts write postgres://
DATABASES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")
LOG_LEVELS = ("debug", "info", "warning", "error")


class BadSetting(ValueError):
    """A setting of the environment that cannot be used; the text says which and what is allowed."""


@dataclass(frozen=True)
class Contact:
    """Whom visitors are asked to write to. The defaults are those the deck of 2007 prints."""

    name: str = "Jenny Oliver"
    email: str = "joliver@sister-cities.org"
    phone: str = "202.347.8630 x8638"


@dataclass(frozen=True)
class Settings:
    """What the environment decides. Fields are named like their variables, in lower case."""

    host: str = "127.0.0.1"
    port: int = 8050
    path: str = "/"
    address: str = ""
    proxies: int = 0
    # looked up when asked for, so that tests have a database of their own
    database_url: str = dataclasses.field(default_factory=lambda: DEFAULT_DATABASE)
    data: Path = SHIPPED_DATA
    language: str = "en"
    max_file_mb: int = 200
    hide_below: int = 5
    counts_below: int = 10
    small_below: int = 30
    embed_sites: str = NOBODY
    workers: int = 0
    max_request_mb: int = 50
    slow_ms: int = 500
    log_level: str = "warning"
    contact_name: str = Contact.name
    contact_email: str = Contact.email
    contact_phone: str = Contact.phone
    chromium: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = dataclasses.field(default="", repr=False)
    oidc_name: str = ""

    @property
    def bind(self) -> str:
        """Host and port as an address has them: an IPv6 host in brackets."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def public_address(self) -> str:
        """What browsers ask for before each path: "https://dashboard.example.org/ipi", without a slash at its end."""
        return (self.address or f"http://{self.bind}") + self.path.rstrip("/")

    @property
    def provider_name(self) -> str:
        """What the accounts of the organisation are called on the page of signing in; "" where none are set up."""
        return self.oidc_name or urlsplit(self.oidc_issuer).netloc

    @property
    def framing_sites(self) -> tuple[str, ...]:
        """The sites that may show a card in a frame."""
        return () if self.embed_sites == NOBODY else tuple(self.embed_sites.split())

    @property
    def contact(self) -> Contact:
        """Whom visitors are asked to write to."""
        return Contact(self.contact_name, self.contact_email, self.contact_phone)


# variables that hosting platforms set
PLATFORM = {"host": "HOST", "port": "PORT", "database_url": "DATABASE_URL"}
# field of Settings -> environment variable
VARIABLES: Mapping[str, str] = {
    field.name: PLATFORM.get(field.name, f"DASHBOARD_{field.name.upper()}") for field in dataclasses.fields(Settings)
}


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an environment; a blank variable counts as not set.

    Raises BadSetting for a value that cannot be used, such as a number out of range or a language without a catalogue.
    """
    defaults = Settings()
    values: dict[str, object] = {}
    for field, variable in VARIABLES.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        default = getattr(defaults, field)
        if isinstance(default, int):
            most = {"port": 65_535, "proxies": 9}.get(field, 1_000_000)
            values[field] = _whole_number(variable, text, most=most)
        elif isinstance(default, Path):
            values[field] = Path(text).expanduser()
        else:
            values[field] = CHECKED[field](variable, text) if field in CHECKED else text
    settings = Settings(**values)  # type: ignore[arg-type]
    if not settings.database_url.startswith(DATABASES):
        # never the address itself: it may hold a password
        raise BadSetting(f"{VARIABLES['database_url']} must begin with one of {', '.join(DATABASES)}")
    if settings.log_level not in LOG_LEVELS:
        raise BadSetting(f"{VARIABLES['log_level']} is {settings.log_level!r}: give one of {', '.join(LOG_LEVELS)}.")
    languages = sorted(path.stem for path in CATALOGUES.glob("*.toml"))
    if settings.language not in languages:
        raise BadSetting(f"{VARIABLES['language']} is {settings.language!r}: give one of {', '.join(languages)}.")
    _check_oidc(settings)
    if not settings.hide_below <= settings.counts_below <= settings.small_below:
        raise BadSetting(
            f"{VARIABLES['hide_below']} ({settings.hide_below}) must not exceed {VARIABLES['counts_below']} "
            f"({settings.counts_below}), nor that {VARIABLES['small_below']} ({settings.small_below})."
        )
    return settings


def _path(variable: str, text: str) -> str:
    """A path with a slash at both ends."""
    path = "/" + text.strip("/") + "/" if text.strip("/") else "/"
    if not PATH.fullmatch(path) or any(part in (".", "..") for part in path.split("/")):
        raise BadSetting(f"{variable} is {text!r}: give a path of letters, digits, dots and dashes, as /partnerships/.")
    return path


def _check_oidc(settings: Settings) -> None:
    """All that an organisation's sign-in needs, or nothing; of one organisation, because only there an address of mail
    says who somebody is."""
    names = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
    given = [name for name in names if getattr(settings, name)]
    if given and len(given) < len(names):
        missing = ", ".join(VARIABLES[name] for name in names if name not in given)
        raise BadSetting(f"{VARIABLES[given[0]]} is set, so {missing} must be set, too.")
    host = re.match(r"https://[^/]+|http://(127\.0\.0\.1|localhost)(:\d+)?(?=/|$)", settings.oidc_issuer)
    is_shared = {"common", "organizations", "consumers"} & set(settings.oidc_issuer.split("/"))
    if settings.oidc_issuer and (not host or is_shared):
        raise BadSetting(
            f"{VARIABLES['oidc_issuer']} must be the https address of your own organisation's sign-in, "
            "as https://accounts.google.com or https://login.microsoftonline.com/<tenant id>/v2.0."
        )


def _address(variable: str, text: str) -> str:
    """Scheme and host of one site."""
    if "*" in text or not SITE.fullmatch(text.rstrip("/")):
        raise BadSetting(
            f"{variable} is {text!r}: give scheme and host without a path, as https://dashboard.example.org."
        )
    return text.rstrip("/")


def _sites(variable: str, text: str) -> str:
    """Sites joined by blanks, from a list with blanks or commas between them."""
    sites = text.replace(",", " ").split()
    for site in sites:
        if text != NOBODY and not SITE.fullmatch(site):
            raise BadSetting(f"{variable} has {site!r}: give each site as scheme and host without a path, or none.")
    return " ".join(sites)


def _whole_number(variable: str, text: str, *, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise BadSetting(f"{variable} is {text!r}: give a whole number from 1 to {most}.")
    return int(text)


# texts that have to have a form
CHECKED = {"embed_sites": _sites, "path": _path, "address": _address}
