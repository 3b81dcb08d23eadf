"""The Jinja set-up: one environment for pages and mails, texts and dates as globals."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bruecke import reference
from bruecke.domain.contact import show_phone
from bruecke.language import catalog, dates, languages, words
from bruecke.paths import data


def environment(asset: Callable[[str], str], reload: bool = False) -> Environment:
    """Templates with autoescape; an undefined name is an error, not an empty string."""
    made = Environment(
        loader=FileSystemLoader(data("templates")),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        auto_reload=reload,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_globals(asset))
    return made


def _globals(asset: Callable[[str], str]) -> dict[str, Any]:
    return {
        "_": catalog.html,
        "ngettext": catalog.html_count,
        "plain": catalog.text,
        "asset": asset,
        "icons": asset("icons/sprite.svg"),
        "languages": list(languages.LANGUAGES.values()),
        "comma": dates.comma,
        "date_words": dates.date_words,
        "whole_date": dates.whole_date,
        "clock_words": dates.clock_words,
        "instant_words": dates.instant_words,
        "weekday_name": dates.weekday_name,
        "weekday_short": dates.weekday_short,
        "current_tag": lambda: languages.current.get().tag,
        "reason_words": words.reason_words,
        "slot_words": words.slot_words,
        "check_words": words.check_words,
        "common_languages": words.common_languages(),
        "show_phone": show_phone,
        "reference": reference,
    }
