"""Reads the reference files, chooses a language, turns codes into bit masks and back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

Entry = TypeVar("Entry")
Words = dict[str, str]


class Coded(Protocol):
    """An entry of a list that is stored as a bit mask; its bit never changes."""

    @property
    def bit(self) -> int: ...

    @property
    def code(self) -> str: ...


def read(file: str, kind: type[Entry]) -> tuple[Entry, ...]:
    """All entries of one reference file, in its order, checked against their type."""
    content = Path(__file__).with_name(file).read_bytes()
    return tuple(msgspec.json.decode(content, type=list[kind]))  # type: ignore[valid-type]


def in_language(words: Words, ui_language: str) -> str:
    """The words in a UI language, else in German, which every entry has."""
    return words.get(ui_language) or words["de"]


def mask_of(entries: Iterable[Coded], codes: Iterable[str]) -> int:
    """The bit mask of these codes; KeyError for a code that is not in the list."""
    bits = {entry.code: 1 << entry.bit for entry in entries}
    mask = 0
    for code in codes:
        mask |= bits[code]
    return mask


def codes_of(entries: Iterable[Coded], mask: int) -> list[str]:
    """The codes in the mask, in the order of the list; unknown bits are passed over."""
    return [entry.code for entry in entries if mask >> entry.bit & 1]
