"""What matching knows of an offer and of a posting, written anew whenever one of them changes."""

import logging
from datetime import date

from bruecke.clock import DAY
from bruecke.domain.access import Scope
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.offer import Offer
from bruecke.domain.person import Person, SpokenLanguage
from bruecke.domain.posting import Posting
from bruecke.language.dates import today
from bruecke.reference.activities import activities_by_code
from bruecke.reference.languages import languages
from bruecke.reference.postcodes import locate
from bruecke.store import offers, people, postings, profile_rows, profiles
from bruecke.store.profile_rows import NEVER, Row
from bruecke.store.transaction import transaction

_log = logging.getLogger(__name__)


async def rewrite_offer(person: str, now: int) -> None:
    """Inside the running transaction: the row of a person's live offer says what is true now.

    Call it last, after every other change, so that two transactions never wait for each other.
    """
    row = await fresh_offer(person)
    for id in await profiles.ids_of(person):
        if row is None or id != row["id"]:
            await profiles.remove(id)
    if row is not None:
        await profiles.write(row, await profiles.hold(row["id"]), now)


async def rewrite_posting(posting: str, now: int) -> None:
    """The same for a posting, its places too; one that is not open and public has no row."""
    # Held before it is read: who waits here must count the places the other one took.
    old = await profiles.hold(posting)
    row = await fresh_posting(posting, now)
    if row is not None:
        await profiles.write(row, old, now)
    elif old is not None:
        await profiles.remove(posting)


async def live_offer(person: str) -> OfferProfile | None:
    """A person's live offer from what was told, None without one."""
    offer = await offers.of_person(person)
    found = await people.me(Scope(person=person))
    if offer is None or found is None:
        return None
    return offer_profile(offer, found, await people.languages(person))


async def fresh_offer(person: str) -> Row | None:
    """The row a person's live offer should have, None without one."""
    profile = await live_offer(person)
    if profile is None:
        return None
    valid = await offers.valid_until(profile.id)
    return profile_rows.of_offer(profile, valid // DAY if valid else NEVER)


async def fresh_posting(posting: str, now: int) -> Row | None:
    """The row a posting should have at `now` (UTC seconds), None for one volunteers cannot see."""
    found = await postings.get(Scope(), today(now), posting)
    if found is None or found.kind == "support":
        return None
    profile = posting_profile(found, now)
    return profile_rows.of_posting(profile, now // DAY, day_number(found.next_on))


async def repair(now: int) -> bool:
    """Sees to what no action can: rows that are missing or left over, dates that have passed.

    Answers whether there may be more of them.
    """
    givers = await profiles.givers_to_see_to()
    overdue = await profiles.postings_to_see_to(today(now))
    done = 0
    for rewrite, ids in ((rewrite_offer, givers), (rewrite_posting, overdue)):
        for id in ids:
            try:
                async with transaction():
                    await rewrite(id, now)
            except Exception as problem:
                # One that cannot be read must not keep the others out.
                _log.error("profile: %s", type(problem).__name__)
            else:
                done += 1
    return done >= profiles.AT_ONCE


def offer_profile(offer: Offer, person: Person, spoken: list[SpokenLanguage]) -> OfferProfile:
    """What matching may know of a person; related languages count where people understand both."""
    levels: dict[str, int] = {}
    for one in spoken:
        entry = languages().by_tag(one.tag)
        for tag in (one.tag, *entry.understands) if entry else ():
            levels[tag] = max(one.level, levels.get(tag, 0))
    # A language told at a yes is an answer, though the others were never asked.
    asked = bool(person.languages_told_at)
    return OfferProfile(
        id=offer.id,
        person=person.id,
        region=offer.region,
        anything=offer.anything,
        activities=offer.activities,
        skills=offer.skills,
        slots=offer.slots,
        radius_km=offer.radius_km,
        place=_place(person.postcode),
        languages=levels if asked or levels else None,
        languages_open=not asked and bool(levels),
        age_band=person.age_band,
        confirmed_at=offer.confirmed_at // DAY * DAY,
    )


def posting_profile(posting: Posting, now: int) -> PostingProfile:
    """What matching may know of a posting; `days_left` counts from `now` (UTC seconds)."""
    days_left = None
    if posting.last_date is not None:
        days_left = day_number(posting.last_date) - now // DAY
    return PostingProfile(
        id=posting.id,
        region=posting.region,
        organisation=posting.organisation,
        activity=1 << activities_by_code()[posting.activity].bit,
        skills=posting.skills,
        slots=posting.slots,
        places_left=posting.places_left,
        places=posting.places,
        radius_km=posting.radius_km,
        place=_place(posting.postcode),
        language_required=posting.language_required,
        language_level=posting.language_level,
        adults_only=posting.age_bands == "adult",
        remote=posting.format == "remote",
        days_left=days_left,
    )


def day_number(day: date | None) -> int:
    """Days since 1970, 0 without a date."""
    return day.toordinal() - profiles.EPOCH if day else 0


def _place(postcode: str) -> tuple[float, float] | None:
    found = locate(postcode) if postcode else None
    return (found.lat, found.lon) if found else None
