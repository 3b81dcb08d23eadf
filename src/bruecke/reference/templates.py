"""Ten ready-made postings an association starts from."""

from functools import cache
from typing import Literal

import msgspec

from bruecke.domain.check import CheckKind
from bruecke.reference.entries import Words, in_language, read

Kind = Literal["need", "opportunity"]
Format = Literal["one_off", "recurring", "tandem", "flexible", "remote"]


class Template(msgspec.Struct, frozen=True):
    """What a posting of this sort usually says; every field can be changed afterwards.

    `languages` maps a tag to the level asked for (1 = A1 .. 6 = C2), `slots` are codes such as
    "tue-afternoon", `minutes` is the usual length of one meeting.
    """

    code: str
    kind: Kind
    activity: str
    titles: Words
    texts: Words
    format: Format
    slots: tuple[str, ...]
    minutes: int
    places: int
    skills: tuple[str, ...]
    languages: dict[str, int]
    home_visit: bool
    with_children: bool
    checks: tuple[CheckKind, ...]

    def name(self, ui_language: str) -> str:
        return in_language(self.titles, ui_language)

    def text(self, ui_language: str) -> str:
        return in_language(self.texts, ui_language)


@cache
def templates() -> tuple[Template, ...]:
    """All ten, in the order of the activities."""
    return read("templates.json", Template)


@cache
def templates_by_code() -> dict[str, Template]:
    """The same, found by code."""
    return {template.code: template for template in templates()}
