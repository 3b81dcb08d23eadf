"""Texts by key: `text("join.title")`, `count("places.left", 3)`; memoised, safe in HTML."""

import gettext
import io
import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from bruecke.language.languages import LANGUAGES, current

FOLDER = Path(__file__).parent / "catalogs"
_FIELD = re.compile(r"\{([a-z_]+)\}")


def read(tag: str) -> Catalog:
    """The whole catalog of a language, joined from its files; a key may stand in one file only."""
    joined: Catalog | None = None
    for file in sorted((FOLDER / tag).glob("*.po")):
        with file.open("rb") as opened:
            part = read_po(opened, locale=tag, abort_invalid=True)
        if joined is None:
            # The files' own header rules plural forms: Babel orders the Arabic ones differently.
            joined = part
            continue
        for message in part:
            if not message.id:
                continue
            if joined.get(message.id):
                raise ValueError(f"{file.name}: {message.id!r} stands in two files")
            joined.add(message.id, message.string, flags=message.flags)
    return joined if joined is not None else Catalog(locale=tag)


@cache
def _translations(tag: str) -> gettext.GNUTranslations:
    packed = io.BytesIO()
    write_mo(packed, read(tag))
    packed.seek(0)
    return gettext.GNUTranslations(packed)


@cache
def _raw(tag: str, key: str) -> str:
    found = _translations(tag).gettext(key)
    if found == key:
        raise KeyError(f"no text {key!r} in {tag}")
    return found


@cache
def _raw_count(tag: str, key: str, n: int) -> str:
    found = _translations(tag).ngettext(key, key, n)
    if found == key:
        raise KeyError(f"no text {key!r} in {tag}")
    return found


def _fill(template: str, fields: dict[str, Any]) -> str:
    return _FIELD.sub(lambda hit: str(fields.get(hit[1], hit[0])), template)


def text(key: str, tag: str | None = None, /, **fields: Any) -> str:
    """The plain text of `key` in the reader's language, for mails and headers."""
    return _fill(_raw(tag or current.get().tag, key), fields)


def count(key: str, n: int, tag: str | None = None, /, **fields: Any) -> str:
    """The plain text of `key` in the plural form that `n` asks for."""
    return _fill(_raw_count(tag or current.get().tag, key, n), {"n": n, **fields})


@cache
def _markup(tag: str, key: str) -> Markup:
    return escape(_raw(tag, key))


def html(key: str, /, **fields: Any) -> Markup:
    """As `text`, for templates: what is filled in is escaped and kept apart in direction."""
    found = _markup(current.get().tag, key)
    return _filled(found, fields) if fields else found


def html_count(key: str, n: int, /, **fields: Any) -> Markup:
    """As `count`, for templates."""
    found = escape(_raw_count(current.get().tag, key, n))
    return _filled(found, {"n": n, **fields})


def _filled(found: Markup, fields: dict[str, Any]) -> Markup:
    # Safe: the text is escaped, and so is every field.
    return Markup(_fill(found, _isolated(fields)))  # noqa: S704


def _isolated(fields: dict[str, Any]) -> dict[str, Any]:
    # A German name inside an Arabic sentence must not pull the full stop to its side.
    return {
        name: value if isinstance(value, int | Markup) else f"<bdi>{escape(value)}</bdi>"
        for name, value in fields.items()
    }


def warm() -> None:
    """Reads all catalogs, so that a broken file stops the start and not a page."""
    for tag in LANGUAGES:
        _translations(tag)
