"""What a posting must say before it is kept, and what follows from what it says."""

import calendar
from datetime import date, timedelta

from bruecke.domain import slots
from bruecke.domain.check import CERTIFICATE
from bruecke.domain.errors import DomainError
from bruecke.domain.posting import (
    GERMAN_AT_MOST,
    MAX_PLACES,
    MAX_TASKS,
    TASK_LENGTH,
    Changes,
    OwnPosting,
    Task,
    formats_of,
    when_of,
)
from bruecke.domain.shift import Occasion, weekly_dates

_A_YEAR = timedelta(days=366)


def check_posting(posting: OwnPosting, changes: Changes, today: date) -> list[DomainError]:
    """Everything that is wrong with `changes`, each with the field it belongs to."""
    if changes.format not in formats_of(posting.kind):
        return [DomainError("error.invalid", "format")]
    found = _wrong_words(posting, changes)
    if not 1 <= changes.places <= MAX_PLACES:
        found.append(DomainError("postings.error.places", "places"))
    if len(changes.tasks) > MAX_TASKS or any(_is_wrong(task) for task in changes.tasks):
        found.append(DomainError("postings.error.tasks", "tasks"))
    elif len({task.name for task in changes.tasks}) < len(changes.tasks):
        found.append(DomainError("postings.error.tasks_alike", "tasks"))
    if _another_activity(posting, changes):
        found.append(DomainError("postings.error.activity_stays", "activity"))
    when = when_of(posting.kind, changes.format)
    if when == "loose":
        return found + _wrong_weeks(posting, changes, today)
    return found + _wrong_dates(posting, changes, today) + _wrong_clock(changes)


def _another_activity(posting: OwnPosting, changes: Changes) -> bool:
    # A certificate was shown for this activity and counts for no other (§ 72a(5) SGB VIII).
    asked = CERTIFICATE in posting.checks.split() and not posting.is_draft
    chooses = bool(changes.activity) and not posting.template
    return asked and chooses and changes.activity != posting.activity


def _is_wrong(task: Task) -> bool:
    return not task.name or len(task.name) > TASK_LENGTH or not 0 <= task.places <= MAX_PLACES


def _wrong_words(posting: OwnPosting, changes: Changes) -> list[DomainError]:
    found = []
    if not posting.template and not changes.title:
        found.append(DomainError("postings.error.title_required", "title"))
    if changes.language_required == "de" and changes.language_level > GERMAN_AT_MOST:
        found.append(DomainError("postings.error.german", "language_level"))
    if changes.advance_consent and not changes.venue:
        # Nobody is sent to a place that is not named.
        found.append(DomainError("postings.error.venue_ahead", "venue"))
    return found


def _wrong_weeks(posting: OwnPosting, changes: Changes, today: date) -> list[DomainError]:
    found = _too_early(posting, changes, today) + _too_late(changes, today)
    if changes.format in ("recurring", "tandem") and not (changes.weekdays or changes.parts):
        found.append(DomainError("postings.error.days_required", "days"))
    first = max(changes.starts_on or today, today)
    if changes.last_date and changes.last_date < first:
        found.append(DomainError("postings.error.last_date", "last_date"))
    return found


def _wrong_dates(posting: OwnPosting, changes: Changes, today: date) -> list[DomainError]:
    if changes.starts_on is None:
        return [DomainError("postings.error.date_required", "starts_on")]
    found = _too_early(posting, changes, today) + _too_late(changes, today)
    if changes.format == "one_off" or found:
        return found
    if not changes.weekdays:
        return [DomainError("postings.error.days_required", "days")]
    if not weekly_dates(changes.starts_on, changes.weekdays, today, changes.last_date):
        return [DomainError("postings.error.no_dates", "last_date")]
    return []


def _too_early(posting: OwnPosting, changes: Changes, today: date) -> list[DomainError]:
    # What began long ago may go on; nothing can begin in the past, drafts least of all.
    began = changes.starts_on == posting.starts_on and not posting.is_draft
    if changes.starts_on and changes.starts_on < today and not began:
        return [DomainError("postings.error.past_date", "starts_on")]
    return []


def _too_late(changes: Changes, today: date) -> list[DomainError]:
    if changes.starts_on and changes.starts_on > today + _A_YEAR:
        return [DomainError("postings.error.far_date", "starts_on")]
    return []


def _wrong_clock(changes: Changes) -> list[DomainError]:
    if changes.starts is None or changes.ends is None:
        return [DomainError("postings.error.time_required", "time")]
    if changes.ends <= changes.starts:
        return [DomainError("postings.error.ends_before_start", "time")]
    return []


def occasions(kind: str, changes: Changes, today: date) -> list[Occasion]:
    """Every task at every date, or once where there are no dates; `changes` passed the check."""
    tasks = changes.tasks or (Task(""),)
    dates: list[date | None] = [None]
    if when_of(kind, changes.format) != "loose":
        dates = list(_dates(changes, today))
    return [
        Occasion(
            held_on=day,
            starts=changes.starts if day else None,
            ends=changes.ends if day else None,
            task=task.name,
            capacity=task.places or changes.places,
        )
        for day in dates
        for task in tasks
    ]


def _dates(changes: Changes, today: date) -> list[date]:
    if changes.starts_on is None:
        return []
    if changes.format == "one_off":
        return [changes.starts_on]
    return weekly_dates(changes.starts_on, changes.weekdays, today, changes.last_date)


def slots_of(kind: str, changes: Changes, was: int) -> int:
    """The parts of the week `changes` speak of; `was` stays where they say the same of it."""
    when = when_of(kind, changes.format)
    if when != "loose" and changes.starts_on and changes.starts and changes.ends:
        days = (changes.starts_on.weekday(),) if when == "once" else changes.weekdays
        mask = 0
        for day in days:
            mask |= slots.of_wall_time(day, changes.starts, changes.ends)
        return mask
    told = slots.pairs(was)
    if (
        was
        and {day for day, _ in told} == set(changes.weekdays)
        and ({part for _, part in told} == set(changes.parts))
    ):
        return was
    return slots.of_days(changes.weekdays or range(7), changes.parts or range(4))


def last_date_of(kind: str, changes: Changes) -> date | None:
    """The day after which nobody is suggested any more."""
    if when_of(kind, changes.format) == "once":
        return changes.starts_on
    return changes.last_date


def review_day(today: date) -> date:
    """Three calendar months on: when to ask "still true?" (bagfa's rule for shared postings)."""
    month = today.month + 3
    year, month = today.year + (month > 12), (month - 1) % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def needs_review(posting: OwnPosting, changes: Changes, has_published: bool) -> bool:
    """Homes and children of an organisation's first posting wait for a person at the desk."""
    guarded = posting.home_visit or posting.with_children
    return (guarded or changes.home_visit or changes.with_children) and not has_published


def age_bands(home_visit: bool, with_children: bool) -> str:
    """Homes and children wait for a person to decide, so nobody young is led there."""
    return "adult" if home_visit or with_children else ""


def checks_of(with_children: bool, home_visit: bool, asked: str = "") -> str:
    """What our own templates ask for with children and in homes, after what was `asked` already."""
    kinds = asked.split()
    kinds += ["interview"] if with_children or home_visit else []
    kinds += ["training", "confidentiality"] if home_visit else []
    kinds += [CERTIFICATE] if with_children else []
    return " ".join(dict.fromkeys(kinds))
