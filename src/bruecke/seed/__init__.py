"""The demo: an invented week in four cities, the same for the same seed."""

from collections.abc import Sequence
from datetime import date
from random import Random

from piccolo.table import Table

from bruecke.actions.profiles import fresh_posting, offer_profile
from bruecke.clock import DAY
from bruecke.domain.offer import VALID_DAYS
from bruecke.seed import checks, notices, people, places
from bruecke.seed.cast import ASSOCIATIONS, DEMO_ROLES
from bruecke.seed.matches import Pairing
from bruecke.seed.people import Giver
from bruecke.seed.postings import Planned, planned
from bruecke.store import facts, profile_rows, profiles
from bruecke.store.tables import (
    Check,
    Consent,
    Desk,
    HistoryEntry,
    Match,
    Membership,
    Notification,
    Offer,
    Opening,
    Organisation,
    Person,
    PersonLanguage,
    Posting,
    Region,
    Shift,
)
from bruecke.store.transaction import transaction

# Rows in one INSERT, below the limit of values both engines set.
_AT_ONCE = 300


async def plant(now: int, today: date, seed: int = 20261122) -> None:
    """Fills an empty migrated database with the demo, as of `now` (UTC seconds) and `today`.

    Raises RuntimeError where persons live already: a demo never mixes with them.
    """
    chance = Random(seed)
    givers = people.givers(chance, now)
    persons, languages, consents, offers = people.rows_of(chance, givers, now)
    members, seats = people.team(chance, now)
    plans = planned(chance, now, today)
    pairing = Pairing(chance, now, givers)
    for plan in plans:
        pairing.fill(plan)
    seen = checks.seen(chance, pairing, plans, now, today)
    organisations = _organisations(now)
    async with transaction():
        if await Person.exists():
            raise RuntimeError("This database has persons already; the demo needs an empty one")
        await facts.state("demo", "yes")
        for role, person in DEMO_ROLES.items():
            await facts.state(f"demo:{role}", person)
        await _insert(Region, places.regions())
        await _insert(Desk, places.desks())
        await _insert(Organisation, organisations)
        await _insert(Person, [*members, *persons])
        await _insert(Membership, seats)
        await _insert(PersonLanguage, languages)
        await _insert(Consent, consents)
        await _insert(Offer, offers)
        await _insert(Posting, [plan.row for plan in plans])
        await _insert(Shift, [shift for plan in plans for shift in plan.shifts])
        await _insert(Opening, [opening for plan in plans for opening in plan.openings])
        await _insert(Match, pairing.rows)
        await _insert(Check, seen)
        await _insert(Notification, notices.said(chance, pairing.rows, plans, now))
        await profiles.add_many(await _profiles(givers, plans, now))
        await _insert(HistoryEntry, _history([*members, *persons], organisations))


async def _insert(table: type[Table], rows: Sequence[Table]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        await table.insert(*rows[start : start + _AT_ONCE])


async def _profiles(givers: list[Giver], plans: list[Planned], now: int) -> list[profile_rows.Row]:
    """What matching reads; nothing waits for the worker, the week has its suggestions already."""
    postings = [await fresh_posting(plan.view.id, now) for plan in plans]
    offers = [
        profile_rows.of_offer(
            offer_profile(one.offer, one.person, one.spoken or []),
            (one.offer.confirmed_at + VALID_DAYS * DAY) // DAY,
        )
        for one in givers
        if not one.paused
    ]
    return offers + [row for row in postings if row]


def _organisations(now: int) -> list[Organisation]:
    found = []
    for number, one in enumerate(ASSOCIATIONS):
        created = now - (2 + 20 * number if one.verified else 2 + number) * DAY
        found.append(
            Organisation(
                id=one.id,
                region=one.city,
                desk=places.desk_id(one.city),
                name=one.name,
                kind="mso",
                stage=one.stage,
                area=one.district,
                purpose=one.purpose,
                languages=one.languages,
                public_phone=places.phone(60 + number),
                public_email=f"{one.id.removeprefix('demo-')}.verein@example.org",
                created_at=created,
                verified_at=created + DAY if one.verified else 0,
            )
        )
    return found


def _history(persons: list[Person], organisations: list[Organisation]) -> list[HistoryEntry]:
    joined = [
        HistoryEntry(at=one.created_at, actor=one.id, did="joined", thing="person", thing_id=one.id)
        for one in persons
    ]
    verified = [
        HistoryEntry(
            at=one.verified_at,
            did="verified",
            thing="organisation",
            thing_id=one.id,
        )
        for one in organisations
        if one.verified_at
    ]
    return sorted([*joined, *verified], key=lambda entry: entry.at)
