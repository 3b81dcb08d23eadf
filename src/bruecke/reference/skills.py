"""The skills people offer and postings ask for, and their bits in a mask."""

from collections.abc import Iterable
from functools import cache

import msgspec

from bruecke.reference.entries import Words, codes_of, in_language, mask_of, read


class Skill(msgspec.Struct, frozen=True):
    """One thing a person can do, belonging to one activity."""

    bit: int
    code: str
    activity: str
    icon: str
    names: Words

    def name(self, ui_language: str) -> str:
        return in_language(self.names, ui_language)


@cache
def skills() -> tuple[Skill, ...]:
    """All skills, in the order of the activities they belong to."""
    return read("skills.json", Skill)


@cache
def skills_by_code() -> dict[str, Skill]:
    """The same, found by code."""
    return {skill.code: skill for skill in skills()}


def skills_of(activity: str) -> list[Skill]:
    """The skills that belong to one activity code."""
    return [skill for skill in skills() if skill.activity == activity]


def codes_to_mask(codes: Iterable[str]) -> int:
    """The bit mask of skill codes; KeyError for an unknown one."""
    return mask_of(skills(), codes)


def mask_to_codes(mask: int) -> list[str]:
    """The skill codes in a mask, in the order of the list."""
    return codes_of(skills(), mask)
