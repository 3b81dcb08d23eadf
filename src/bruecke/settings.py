"""What an operator can set: environment only, prefix BRUECKE_, read once at start."""

import os
import secrets
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

PREFIX = "BRUECKE_"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every field is one variable: `base_url` is BRUECKE_BASE_URL. `.env.example` explains each."""

    data_dir: Path = Path("data")
    database_url: str = ""
    base_url: str = "http://localhost:8000"
    secret_key: str = ""
    mail_url: str = "console:"
    mail_from: str = "bruecke@localhost"
    demo: bool = False
    worker: Literal["inside", "none"] = "inside"
    trusted_proxies: str = ""
    vapid_private_key: str = ""
    vapid_contact: str = ""
    push_extra_hosts: str = ""

    @property
    def extra_push_hosts(self) -> tuple[str, ...]:
        """Push hosts allowed besides those of the browsers, each as `host` or `host:port`."""
        return tuple(host.strip() for host in self.push_extra_hosts.split(",") if host.strip())

    @property
    def host(self) -> str:
        """Host and port as a browser sends them in Host and Origin."""
        return self.base_url.split("://", 1)[1].rstrip("/")

    @property
    def origin(self) -> str:
        """What a browser sends as Origin from our own pages."""
        return self.base_url.rstrip("/")


class SettingsError(Exception):
    """A setting cannot be used; the text says which and why."""


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read(dict(os.environ))


def read(environment: dict[str, str]) -> Settings:
    """Settings out of `environment`; raises SettingsError on one that cannot be used."""
    given = {
        field: environment[PREFIX + field.upper()]
        for field in Settings.__struct_fields__
        if environment.get(PREFIX + field.upper())
    }
    try:
        found = msgspec.convert(
            given, Settings, strict=False, dec_hook=lambda kind, value: kind(value)
        )
    except msgspec.ValidationError as problem:
        raise SettingsError(f"A BRUECKE_ setting cannot be read: {problem}") from problem
    if "://" not in found.base_url:
        raise SettingsError("BRUECKE_BASE_URL needs a scheme, like https://bruecke.example.org")
    if found.secret_key and len(found.secret_key) < 32:
        raise SettingsError("BRUECKE_SECRET_KEY needs at least 32 characters")
    if found.vapid_contact and not found.vapid_contact.startswith(("mailto:", "https://")):
        raise SettingsError("BRUECKE_VAPID_CONTACT begins with mailto: or https://")
    return msgspec.structs.replace(
        found,
        database_url=found.database_url or f"sqlite:///{found.data_dir / 'bruecke.sqlite3'}",
        secret_key=found.secret_key or _kept_secret(found.data_dir),
    )


def _kept_secret(folder: Path) -> str:
    """The secret made at the first run: lost with the folder, and every login with it."""
    file = folder / "secret.key"
    if not file.exists():
        keep_secret(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def keep_secret(file: Path, text: str) -> bool:
    """Writes a new file that only its owner can read; False where there is one already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under another name first: a second process must never read half of it.
    handle, draft = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "w") as fresh:
            fresh.write(text)
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        Path(draft).unlink()
    return True
