"""What fits a person: reads the open postings and asks the matching core."""

from datetime import date

import msgspec

from bruecke.clock import DAY
from bruecke.domain.access import Scope
from bruecke.domain.matching import rank
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.offer import Offer
from bruecke.domain.person import Person, SpokenLanguage
from bruecke.domain.posting import Posting
from bruecke.reference.activities import activities_by_code
from bruecke.reference.languages import languages
from bruecke.reference.postcodes import locate
from bruecke.store import matches, offers, people, postings


class Suggested(msgspec.Struct, frozen=True):
    """A posting with what speaks for it."""

    posting: Posting
    suggestion: rank.Suggestion


async def for_person(scope: Scope, now: int, today: date, limit: int = 3) -> list[Suggested]:
    """The best open postings the asking person has not answered; empty without a live offer."""
    person = await people.me(scope)
    offer = await offers.of_person(scope.person)
    if person is None or offer is None:
        return []
    spoken = await people.languages(person.id) if person.languages_told_at else None
    answered = {
        one.posting.id for one in await matches.of_volunteer(scope, now) if one.state != "suggested"
    }
    listed = await postings.listed(scope, today, limit=500)
    open_postings = [posting for posting in listed if posting.id not in answered]
    ranked = rank.for_offer(
        offer_profile(offer, person, spoken),
        [posting_profile(posting, now) for posting in open_postings],
        now,
        limit,
    )
    by_id = {posting.id: posting for posting in open_postings}
    return [Suggested(by_id[one.posting], one) for one in ranked]


def offer_profile(
    offer: Offer, person: Person, spoken: list[SpokenLanguage] | None
) -> OfferProfile:
    """What matching may know of a person; related languages count where people understand both."""
    levels: dict[str, int] | None = None
    if spoken is not None:
        levels = {}
        for one in spoken:
            entry = languages().by_tag(one.tag)
            for tag in (one.tag, *(entry.understands if entry else ())):
                levels[tag] = max(one.level, levels.get(tag, 0))
    return OfferProfile(
        id=offer.id,
        region=offer.region,
        anything=offer.anything,
        activities=offer.activities,
        skills=offer.skills,
        slots=offer.slots,
        radius_km=offer.radius_km,
        place=_place(person.postcode),
        languages=levels,
        age_band=person.age_band,
        confirmed_at=offer.confirmed_at,
    )


def posting_profile(posting: Posting, now: int) -> PostingProfile:
    """What matching may know of a posting; `days_left` counts from `now` (UTC seconds)."""
    days_left = None
    if posting.last_date is not None:
        days_left = posting.last_date.toordinal() - 719_163 - now // DAY
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


def _place(postcode: str) -> tuple[float, float] | None:
    found = locate(postcode) if postcode else None
    return (found.lat, found.lon) if found else None
