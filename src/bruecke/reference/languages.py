"""The languages people speak and postings ask for: names, direction, who understands what."""

from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from bruecke.reference.entries import Words, in_language, read


class Language(msgspec.Struct, frozen=True):
    """One spoken language; `understands` names those its speakers can help in as well."""

    bit: int
    tag: str
    own: str
    names: Words
    direction: Literal["ltr", "rtl"] = "ltr"
    understands: tuple[str, ...] = ()

    def name(self, ui_language: str) -> str:
        return in_language(self.names, ui_language)


class Languages:
    """The whole list, the commonest languages first."""

    def __init__(self, entries: tuple[Language, ...]) -> None:
        self.entries = entries
        self._by_tag = {entry.tag: entry for entry in entries}

    def __iter__(self) -> Iterator[Language]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, tag: object) -> bool:
        return tag in self._by_tag

    def by_tag(self, tag: str) -> Language | None:
        """The entry of a BCP 47 tag, or None if the list does not have it."""
        return self._by_tag.get(tag)

    def names(self, tag: str, ui_language: str) -> str:
        """The language's name in a UI language; KeyError for a tag outside the list."""
        return self._by_tag[tag].name(ui_language)

    def serving(self, tag: str) -> frozenset[str]:
        """All tags whose speakers satisfy a wish for `tag`, itself among them."""
        others = (entry.tag for entry in self.entries if tag in entry.understands)
        return frozenset((tag, *others))


@cache
def languages() -> Languages:
    """The list, read once."""
    return Languages(read("languages.json", Language))
