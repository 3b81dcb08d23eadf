"""The rows of `match_profile`: written whole, marked stale, found again by the worker."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from bruecke.domain.matching.profile import OfferProfile
from bruecke.store import profile_rows, tuples
from bruecke.store.deliveries import wake_worker
from bruecke.store.profile_rows import Row
from bruecke.store.tables import MatchProfile

AT_ONCE = 100
MARKS_AT_ONCE = 25
# Marks of one second count on, so some are a little ahead of the clock.
AHEAD = 60
EPOCH = date(1970, 1, 1).toordinal()
_NAMES = [column._meta.name for column in MatchProfile._meta.columns]
_ADD = f"INSERT INTO match_profile ({', '.join(_NAMES)}) VALUES ({', '.join(['{}'] * len(_NAMES))})"
_PUT = (
    f"{_ADD} ON CONFLICT (id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _NAMES[1:])}"
    " RETURNING id"
)
# What an appointment that passes or a taken place changes: nobody fits better or worse for it.
_COUNTED = frozenset({"places", "places_left", "next_day", "confirmed_day", "stale_at"})


class Mark(msgspec.Struct, frozen=True):
    """A row whose suggestions have to be made anew, as it was when it was looked at."""

    id: str
    kind: str
    person: str
    stale_at: int


async def hold(id: str) -> Row | None:
    """The row as it is, kept from others until the running transaction ends."""
    found = await MatchProfile.raw(
        "UPDATE match_profile SET kind = kind WHERE id = {} RETURNING *", id
    )
    return dict(found[0]) if found else None


async def write(row: Row, old: Row | None, now: int) -> None:
    """Puts `row` in place of `old`; where who fits may change, the worker is told."""
    marked = old["stale_at"] if old else 0
    if old is None or _matters(old, row):
        # What was put off after an error is looked at again once it is changed.
        marked = now if marked > now + AHEAD else max(now, marked + 1)
        wake_worker()
    if old is None or any(old[name] != value for name, value in row.items()):
        await MatchProfile.raw(_PUT, *_values(row, marked))


def _matters(old: Row, row: Row) -> bool:
    changed = any(old[name] != value for name, value in row.items() if name not in _COUNTED)
    return changed or old["places_left"] <= 0 < row["places_left"]


def _values(row: Row, stale_at: int) -> list[Any]:
    return [stale_at if name == "stale_at" else row[name] for name in _NAMES]


async def add_many(rows: Iterable[Row]) -> None:
    """New rows that wait for nothing, inside the running transaction; for many at once."""
    await tuples.insert(_ADD, [_values(row, 0) for row in rows])


async def remove(id: str) -> None:
    """Forgets a row: the offer or posting takes part no more."""
    await MatchProfile.delete().where(MatchProfile.id == id)


async def get(id: str) -> Row | None:
    """One row as it is stored."""
    found = await MatchProfile.select().where(MatchProfile.id == id)
    return dict(found[0]) if found else None


async def offers_of(people: list[str]) -> dict[str, OfferProfile]:
    """The offers of some people, by person."""
    if not people:
        return {}
    found = await MatchProfile.select().where(MatchProfile.person.is_in(people))
    return {row["person"]: profile_rows.offer(row) for row in found}


async def ids_of(person: str) -> list[str]:
    """The rows of a person's offers."""
    found = await MatchProfile.select(MatchProfile.id).where(MatchProfile.person == person)
    return [row["id"] for row in found]


async def stale(now: int, limit: int = MARKS_AT_ONCE) -> list[Mark]:
    """What waits for new suggestions: postings first, for phones are told of those."""
    found = await MatchProfile.raw(
        "SELECT id, kind, COALESCE(person, '') AS person, stale_at FROM match_profile"
        " WHERE stale_at > 0 AND stale_at <= {} ORDER BY kind DESC, stale_at, id LIMIT {}",
        now + AHEAD,
        limit,
    )
    return [Mark(row["id"], row["kind"], row["person"], int(row["stale_at"])) for row in found]


async def settle(mark: Mark, stale_at: int = 0) -> bool:
    """Takes a mark off, or moves it on; False where the row changed since it was looked at."""
    return bool(
        await MatchProfile.raw(
            "UPDATE match_profile SET stale_at = {} WHERE id = {} AND stale_at = {} RETURNING id",
            stale_at,
            mark.id,
            mark.stale_at,
        )
    )


async def givers_to_see_to(limit: int = AT_ONCE) -> list[str]:
    """People with a live offer and no row for it, or with a row and no such offer."""
    found = await MatchProfile.raw(
        "SELECT o.person FROM offer o WHERE o.state = 'active' AND o.person IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM match_profile m WHERE m.person = o.person)"
        " UNION SELECT m.person FROM match_profile m WHERE m.kind = 'offer'"
        " AND m.person IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM offer o WHERE o.id = m.id AND o.state = 'active') LIMIT {}",
        limit,
    )
    return [row["person"] for row in found]


async def postings_to_see_to(today: date, limit: int = AT_ONCE) -> list[str]:
    """Open postings without a row, rows of others, and those whose next date has passed."""
    found = await MatchProfile.raw(
        "SELECT p.id FROM posting p JOIN organisation o ON o.id = p.organisation"
        " WHERE p.state = 'open' AND p.kind <> 'support' AND o.verified_at > 0"
        " AND o.refused_at = 0 AND NOT EXISTS"
        " (SELECT 1 FROM match_profile m WHERE m.id = p.id)"
        " UNION SELECT m.id FROM match_profile m WHERE m.kind = 'posting'"
        " AND (m.next_day > 0 AND m.next_day < {} OR NOT EXISTS"
        " (SELECT 1 FROM posting p WHERE p.id = m.id AND p.state = 'open')) LIMIT {}",
        today.toordinal() - EPOCH,
        limit,
    )
    return [row["id"] for row in found]
