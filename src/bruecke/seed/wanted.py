"""How a posting of the demo is written down: what differs from its template, and who is at it."""

from collections.abc import Mapping
from datetime import time
from types import MappingProxyType
from typing import NamedTuple


class Weekly(NamedTuple):
    """Every week on `weekday` (0 is Monday), `past` times already and `coming` times from now."""

    weekday: int
    starts: time
    ends: time
    past: int = 2
    coming: int = 4


class Dated(NamedTuple):
    """Once, `weeks` after this week (negative: before it), on `weekday` (0 is Monday)."""

    weeks: int
    weekday: int
    starts: time
    ends: time


class Wanted(NamedTuple):
    """One posting. What is left empty comes from the template, or is empty.

    `matches` says how many stand in which state; "unsure" is interested with a check missing.
    `cast` puts a named person into one of these places.
    """

    organisation: str
    state: str
    places: int
    template: str = ""
    kind: str = ""
    activity: str = ""
    skills: str = ""
    title: str = ""
    text: str = ""
    text_language: str = ""
    format: str = ""
    slots: str = ""
    language: str = ""
    level: int = 0
    when: Weekly | Dated | None = None
    tasks: tuple[str, ...] = ()
    closed_reason: str = ""
    age_bands: str = ""
    matches: Mapping[str, int] = MappingProxyType({})
    cast: Mapping[str, str] = MappingProxyType({})
