"""The twelve activities people can help with, and their bits in a mask."""

from collections.abc import Iterable
from functools import cache

import msgspec

from bruecke.reference.entries import Words, codes_of, in_language, mask_of, read


class Activity(msgspec.Struct, frozen=True):
    """One kind of help, with what belongs to it and what does not."""

    bit: int
    code: str
    icon: str
    names: Words
    allowed_words: Words = msgspec.field(name="allowed")
    limits_words: Words = msgspec.field(name="limits")

    def name(self, ui_language: str) -> str:
        return in_language(self.names, ui_language)

    def allowed(self, ui_language: str) -> str:
        return in_language(self.allowed_words, ui_language)

    def limits(self, ui_language: str) -> str:
        return in_language(self.limits_words, ui_language)


@cache
def activities() -> tuple[Activity, ...]:
    """All twelve, in the order in which they are shown."""
    return read("activities.json", Activity)


@cache
def activities_by_code() -> dict[str, Activity]:
    """The same, found by code."""
    return {activity.code: activity for activity in activities()}


def codes_to_mask(codes: Iterable[str]) -> int:
    """The bit mask of activity codes; KeyError for an unknown one."""
    return mask_of(activities(), codes)


def mask_to_codes(mask: int) -> list[str]:
    """The activity codes in a mask, in the order of the list."""
    return codes_of(activities(), mask)
