"""What an association asks for, what it may say of it, and who may see it."""

from datetime import date, time
from typing import Literal

import msgspec

KINDS: tuple[str, ...] = ("need", "opportunity", "event", "support")
FORMATS: tuple[str, ...] = ("one_off", "recurring", "tandem", "flexible", "remote")
DATED_FORMATS: tuple[str, ...] = ("one_off", "recurring")
CLOSING_REASONS: tuple[str, ...] = ("found", "not_needed", "not_found")
# Why the desk gives a posting back to its organisation, which reads the reason and sends it again.
SENT_BACK: tuple[str, ...] = ("place", "task", "paid_work", "children")
# A1 .. C2 are 1 .. 6; German above A2 needs a reason (DOMAIN.md), and there is no place for one.
LEVELS: tuple[int, ...] = (2, 3, 5)
GERMAN_AT_MOST = 2
MAX_PLACES, MAX_TASKS = 99, 12
TITLE_LENGTH, TEXT_LENGTH, TASK_LENGTH, AREA_LENGTH, VENUE_LENGTH = 80, 1000, 60, 80, 200

When = Literal["once", "weekly", "loose"]


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as lists and matching see it.

    `next_on`, `places` and `taken` are those of the next date with a free place, which a plain yes
    asks for; where all are full, of the next date; without dates, of the whole posting.
    """

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
    advance_consent: bool = False
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

    @property
    def is_full(self) -> bool:
        """Every place of every coming date is taken: a yes leads to the waiting list (ADR 0020)."""
        return not self.places_left


def in_list_order(postings: list[Posting]) -> list[Posting]:
    """What nobody took yet comes first, what is full comes last (SmartSort, SSRN 4497747)."""
    return sorted(postings, key=lambda posting: (posting.is_full, not posting.is_untouched))


class OwnPosting(Posting, frozen=True, kw_only=True):
    """A posting as those see it who answer for it."""

    venue: str = ""
    closed_reason: str = ""
    sent_back: str = ""
    review_by: date | None = None

    def may_be_outdated(self, today: date) -> bool:
        """Whether it has been open so long that somebody has to say it is still true."""
        return self.state == "open" and self.review_by is not None and self.review_by <= today

    @property
    def is_draft(self) -> bool:
        """Whether it still waits for its first publication."""
        return self.state in ("draft", "review")


class WaitingPosting(OwnPosting, frozen=True, kw_only=True):
    """A posting as the desk decides on it: has anybody said yes, what is it about?"""

    activity_unsure: bool = False
    organisation_verified: bool = False
    has_team: bool = False


class Task(msgspec.Struct, frozen=True):
    """One of several tasks at the same time; 0 places stands for "as many as the posting"."""

    name: str
    places: int = 0


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the check-answers page says of a posting; dates and times are local."""

    format: str
    places: int
    weekdays: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    starts_on: date | None = None
    last_date: date | None = None
    starts: time | None = None
    ends: time | None = None
    tasks: tuple[Task, ...] = ()
    activity: str = ""
    area: str = ""
    venue: str = ""
    language_required: str = ""
    language_level: int = 0
    title: str = ""
    text: str = ""
    text_language: str = ""
    home_visit: bool = False
    with_children: bool = False
    advance_consent: bool = False


def when_of(kind: str, format_: str) -> When:
    """How its times are told: one date, dates of a weekly rule, or parts of the week."""
    if format_ == "one_off":
        return "once"
    return "weekly" if format_ == "recurring" and kind in ("opportunity", "event") else "loose"


def formats_of(kind: str) -> tuple[str, ...]:
    """What can happen only at a date has a date."""
    return DATED_FORMATS if kind in ("opportunity", "event") else FORMATS
