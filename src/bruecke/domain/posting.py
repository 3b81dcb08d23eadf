"""What an association asks for, and who may see it."""

from datetime import date, time

import msgspec

KINDS: tuple[str, ...] = ("need", "opportunity", "event", "support")


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as lists and matching see it; `places_left` sums its openings."""

    id: str
    region: str
    organisation: str
    organisation_name: str = ""
    kind: str = "need"
    template: str = ""
    activity: str = ""
    skills: int = 0
    title: str = ""
    text: str = ""
    text_language: str = ""
    format: str = "flexible"
    slots: int = 0
    starts_on: date | None = None
    last_date: date | None = None
    next_on: date | None = None
    starts_time: time | None = None
    ends_time: time | None = None
    area: str = ""
    postcode: str = ""
    radius_km: int = 0
    language_required: str = ""
    language_level: int = 0
    german_level: int = 0
    age_bands: str = ""
    checks: str = ""
    home_visit: bool = False
    with_children: bool = False
    meets_new: bool = False
    state: str = "draft"
    published_at: int = 0
    places: int = 1
    taken: int = 0

    @property
    def is_untouched(self) -> bool:
        """Nobody has said yes yet."""
        return self.taken == 0 and self.places > 0

    @property
    def places_left(self) -> int:
        """Places nobody has yet."""
        return max(0, self.places - self.taken)


def in_list_order(postings: list[Posting]) -> list[Posting]:
    """What nobody took yet comes first, what is full comes last (SmartSort, SSRN 4497747)."""
    return sorted(postings, key=lambda posting: (not posting.places_left, not posting.is_untouched))
