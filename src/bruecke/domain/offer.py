"""What a person gives: activities or "anything", and when."""

import msgspec

from bruecke.domain import slots
from bruecke.domain.errors import DomainError

VALID_DAYS = 365


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Masks over the reference lists; `radius_km` 0 means the whole region."""

    id: str
    region: str
    person: str
    kind: str = "time"
    anything: bool = False
    activities: int = 0
    skills: int = 0
    slots: int = 0
    radius_km: int = 0
    max_parallel: int = 1
    state: str = "active"
    created_at: int = 0
    confirmed_at: int = 0


def check_answers(activities: int, anything: bool, chips: list[str]) -> int:
    """The slots of the chosen chips.

    Raises DomainError when the question "Wobei?" or "Wann?" has no answer.
    """
    if not activities and not anything:
        raise DomainError("join.error.what_required", "activities")
    if not chips:
        raise DomainError("join.error.when_required", "when")
    return slots.of_chips(chips)
