"""The languages Brücke speaks, and which of them this request is in."""

from contextvars import ContextVar
from typing import Literal

import msgspec


class Language(msgspec.Struct, frozen=True):
    """A shipped UI language: complete or not listed here."""

    tag: str
    name: str
    direction: Literal["ltr", "rtl"]
    draft: bool = False


LANGUAGES: dict[str, Language] = {
    "de": Language("de", "Deutsch", "ltr"),
    "en": Language("en", "English", "ltr"),
    "ar": Language("ar", "العربية", "rtl", draft=True),
}
DEFAULT = LANGUAGES["de"]

current: ContextVar[Language] = ContextVar("language", default=DEFAULT)


def choose(*wishes: str) -> Language:
    """The first wish we can serve: a tag, or a whole Accept-Language header."""
    for wish in wishes:
        for tag in _by_weight(wish):
            found = LANGUAGES.get(tag.split("-")[0].lower())
            if found:
                return found
    return DEFAULT


def _by_weight(header: str) -> list[str]:
    """Tags of an Accept-Language header, most wanted first; nonsense weighs nothing."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:200].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            q = float(weight) if weight else 1.0
        except ValueError:
            q = 0.0
        if tag and q > 0:
            weighed.append((-q, place, tag))
    return [tag for _, _, tag in sorted(weighed)]
