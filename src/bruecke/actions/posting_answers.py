"""The answers of the check-answers page, written as a posting with its dates and places."""

from datetime import date
from typing import Any

import msgspec

from bruecke.domain.errors import DomainError
from bruecke.domain.policy import asks_ahead
from bruecke.domain.posting import Changes, OwnPosting
from bruecke.domain.posting_rules import (
    age_bands,
    check_posting,
    checks_of,
    last_date_of,
    occasions,
    slots_of,
)
from bruecke.domain.shift import plan
from bruecke.store import postings, regions, shifts


async def write_answers(
    found: OwnPosting,
    changes: Changes,
    today: date,
    states: tuple[str, ...],
    columns: dict[str, Any],
) -> None:
    """Keeps what was said where the posting is in one of `states`, with `columns` besides.

    Inside the caller's transaction. Raises DomainError for what the rules refuse, for a posting
    that moved, and for dates or places that people have said yes to.
    """
    problems = check_posting(found, changes, today)
    if problems:
        raise problems[0]
    region = await regions.get(found.region)
    wants_ahead = region is not None and region.passes_by_itself
    said = _columns(found, changes, wants_ahead)
    if not await postings.change(found.id, states, {**said, **columns}):
        raise DomainError("postings.error.moved")
    wanted = occasions(found.kind, changes, today)
    change = plan(await shifts.of_posting(found.id), wanted, today)
    if not await shifts.apply(found.id, region.zone if region else "Europe/Berlin", change):
        raise DomainError("postings.error.people_waiting")


def _columns(found: OwnPosting, changes: Changes, wants_ahead: bool) -> dict[str, Any]:
    # What a template says of homes and children can be added to, never taken back.
    home = found.home_visit or (changes.home_visit and found.is_draft)
    children = found.with_children or (changes.with_children and found.is_draft)
    german = changes.language_level if changes.language_required == "de" else found.german_level
    return {
        "format": changes.format,
        "slots": slots_of(found.kind, changes, found.slots),
        "starts_on": changes.starts_on,
        "last_date": last_date_of(found.kind, changes),
        "starts_time": changes.starts,
        "ends_time": changes.ends,
        "activity_unsure": False,
        "activity": found.activity if found.template else changes.activity or found.activity,
        "area": changes.area,
        "venue": changes.venue,
        "language_required": changes.language_required,
        "language_level": changes.language_level if changes.language_required else 0,
        "german_level": german,
        "title": changes.title,
        "text": changes.text,
        "text_language": changes.text_language if changes.title or changes.text else "",
        "home_visit": home,
        "with_children": children,
        "checks": checks_of(children, home, found.checks),
        "advance_consent": wants_ahead
        and changes.advance_consent
        and asks_ahead(
            msgspec.structs.replace(
                found, format=changes.format, home_visit=home, with_children=children
            )
        ),
        "age_bands": age_bands(home, children) or found.age_bands,
    }
