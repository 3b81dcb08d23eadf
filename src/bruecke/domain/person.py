"""What Brücke knows of a person: as little as works."""

import unicodedata

import msgspec

from bruecke.domain.errors import DomainError

NAME_LENGTH = 80
AGE_BANDS = ("", "adult", "16-17", "12-15")
CONSENT_VERSION = "2026-11"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person as its own pages see it. `age_band` is "" where nobody asked."""

    id: str
    region: str
    name: str
    reading_language: str = "de"
    postcode: str = ""
    phone: str = ""
    email: str = ""
    phone_confirmed_at: int = 0
    email_confirmed_at: int = 0
    age_band: str = ""
    languages_told_at: int = 0
    created_at: int = 0


class SpokenLanguage(msgspec.Struct, frozen=True):
    """A language somebody can help in; level 1 (A1) to 6 (C2), 0 where nobody asked."""

    tag: str
    level: int = 0


def clean_name(typed: str, field: str = "name") -> str:
    """One name in any script, 1-80 characters; the first name is enough.

    Raises DomainError when nothing readable is left.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(sign.isalpha() for sign in name):
        raise DomainError("person.error.name_required", field)
    if len(name) > NAME_LENGTH:
        raise DomainError("person.error.name_long", field)
    return name
