"""Two hundred volunteers with fixed shares of languages, times and ages, and everybody with a seat."""

import base64
from collections.abc import Iterable
from random import Random
from typing import NamedTuple

from bruecke.clock import DAY
from bruecke.domain import slots
from bruecke.domain.offer import VALID_DAYS
from bruecke.domain.offer import Offer as OfferView
from bruecke.domain.person import CONSENT_VERSION, SpokenLanguage
from bruecke.domain.person import Person as PersonView
from bruecke.reference.activities import activities
from bruecke.reference.activities import codes_to_mask as activities_to_mask
from bruecke.reference.skills import codes_to_mask as skills_to_mask
from bruecke.reference.skills import skills_of
from bruecke.seed.cast import MEMBERS, VOLUNTEERS, Volunteer
from bruecke.seed.names import plain_name, rare_names
from bruecke.seed.places import CITIES, CITIES_BY_SLUG, desk_id, phone
from bruecke.store.tables import Consent, Membership, Offer, Person, PersonLanguage

COUNT = 200
LANGUAGES: dict[str, int] = {
    "de": 78, "en": 25, "tr": 22, "ar": 22, "uk": 13, "ru": 10, "ku": 10, "fa-AF": 7, "fr": 6,
    "fa": 5, "pl": 5, "ro": 5, "bs": 5, "sq": 4, "ti": 4, "es": 3, "vi": 3, "ckb": 2, "bg": 2,
}  # fmt: skip
READING: dict[str, int] = {"uk": 11, "ar": 15, "tr": 13, "en": 13}
CHIPS: dict[str, int] = {"evenings": 60, "weekend": 50, "daytime": 35}
AGES: dict[str, float] = {"12-15": 1.5, "16-17": 2.5, "": 15}
CONTACTS: dict[str, int] = {"phone": 55, "mail": 12, "none": 3}
ANYTHING = 29
PAUSED = 3


class Giver(NamedTuple):
    """A volunteer as matching sees it; `spoken` is None where nobody asked yet."""

    person: PersonView
    offer: OfferView
    spoken: list[SpokenLanguage] | None
    paused: bool


def seeded_id(chance: Random) -> str:
    """An id of the usual shape that is the same for the same seed."""
    return base64.urlsafe_b64encode(chance.randbytes(16)).decode().rstrip("=")


def share(chance: Random, percent: float, among: Iterable[int], already: int = 0) -> set[int]:
    """So many of `among` that `percent` of all volunteers have it, `already` counted in."""
    wanted = round(COUNT * percent / 100) - already
    pool = sorted(among)
    return set(chance.sample(pool, max(0, min(wanted, len(pool)))))


def givers(chance: Random, now: int) -> list[Giver]:
    """All volunteers, the cast first."""
    cast = dict(enumerate(VOLUNTEERS))
    drawn = set(range(len(cast), COUNT))
    speaks: dict[str, set[int]] = {}
    for tag, percent in LANGUAGES.items():
        named = {place for place, one in cast.items() if tag in one.languages}
        speaks[tag] = named | share(chance, percent, drawn, len(named))
    reads = _one_each(chance, {tag: (READING[tag], speaks[tag] & drawn) for tag in READING}, "de")
    ages = _one_each(chance, {band: (percent, drawn) for band, percent in AGES.items()}, "adult")
    reached = _one_each(chance, {way: (part, drawn) for way, part in CONTACTS.items()}, "both")
    free = {chip: share(chance, percent, drawn) for chip, percent in CHIPS.items()}
    anything = share(chance, ANYTHING, drawn)
    paused = share(chance, PAUSED, drawn)
    names = _names(chance, drawn, speaks)
    homes = _homes(chance, drawn)
    found: list[Giver] = []
    for place in range(COUNT):
        created = now - chance.randrange(2 * DAY, 200 * DAY)
        tags = [tag for tag in LANGUAGES if place in speaks[tag]]
        one = cast.get(place)
        if one is None:
            chips = [chip for chip in CHIPS if place in free[chip]]
            chosen = [] if place in anything else chance.sample(activities(), chance.randint(1, 3))
            one = Volunteer(
                seeded_id(chance), names[place], homes[place], _postcode(chance, homes[place]),
                reads[place], {tag: _level(chance, tag) for tag in tags},
                tuple(activity.code for activity in chosen), slots.of_chips(chips or ["varies"]),
            )  # fmt: skip
        way = reached[place]
        person = PersonView(
            id=one.id,
            region=one.city,
            name=one.name,
            reading_language=one.reading_language,
            postcode=one.postcode,
            phone=phone(place) if way in ("phone", "both") else "",
            email=_mail(one.id, place) if way in ("mail", "both") else "",
            phone_confirmed_at=created + DAY if chance.random() < 0.6 and way != "mail" else 0,
            email_confirmed_at=created + DAY if way == "mail" or place in cast else 0,
            age_band=ages[place],
            languages_told_at=created if one.languages else 0,
            created_at=created,
        )
        spoken = [SpokenLanguage(tag, level) for tag, level in one.languages.items()]
        offer = OfferView(
            id=seeded_id(chance),
            region=one.city,
            person=one.id,
            anything=not one.activities,
            activities=activities_to_mask(one.activities),
            skills=_skills(chance, one.activities),
            slots=one.slots,
            radius_km=0 if place in cast else chance.choice((0, 0, 0, 5, 10)),
            max_parallel=chance.choice((1, 1, 2)),
            state="paused" if place in paused else "active",
            created_at=created,
            confirmed_at=chance.randrange(created, now),
        )
        found.append(Giver(person, offer, spoken or None, place in paused))
    return found


def rows_of(
    chance: Random, everybody: list[Giver], now: int
) -> tuple[list[Person], list[PersonLanguage], list[Consent], list[Offer]]:
    """The rows of all volunteers."""
    persons = [_row(chance, one.person, now, one.offer.confirmed_at) for one in everybody]
    languages = [
        PersonLanguage(
            id=seeded_id(chance), person=one.person.id, language=said.tag, level=said.level
        )
        for one in everybody
        for said in one.spoken or ()
    ]
    consents = [
        Consent(
            id=seeded_id(chance),
            person=one.person.id,
            text="join",
            version=CONSENT_VERSION,
            language=one.person.reading_language,
            given_at=one.person.created_at,
        )
        for one in everybody
    ]
    offers = [
        Offer(
            **{name: getattr(one.offer, name) for name in one.offer.__struct_fields__},
            valid_until_at=one.offer.confirmed_at + VALID_DAYS * DAY,
        )
        for one in everybody
    ]
    return persons, languages, consents, offers


def team(chance: Random, now: int) -> tuple[list[Person], list[Membership]]:
    """Everybody with a seat, and the seats."""
    persons: list[Person] = []
    seats: list[Membership] = []
    for number, member in enumerate(MEMBERS):
        since = now - (300 - number) * DAY
        view = PersonView(
            id=member.id,
            region=member.city,
            name=member.name,
            reading_language=member.reading_language,
            postcode=CITIES_BY_SLUG[member.city].postcode,
            phone=phone(80 + number),
            email=f"{member.id.removeprefix('demo-')}@example.org",
            phone_confirmed_at=since,
            email_confirmed_at=since,
            age_band="adult",
            created_at=since,
        )
        persons.append(_row(chance, view, now, now - number * 3600))
        seats.append(
            Membership(
                id=seeded_id(chance),
                person=member.id,
                organisation=member.organisation or None,
                region=None if member.organisation else member.city,
                role=member.role,
                created_at=since,
            )
        )
    return persons, seats


def _row(chance: Random, view: PersonView, now: int, seen_at: int) -> Person:
    return Person(
        **{name: getattr(view, name) for name in view.__struct_fields__},
        desk=desk_id(view.region),
        wants_new_communities=chance.random() < 0.6,
        source=chance.choice(("", "", "poster-library", "poster-market", "school")),
        seen_at=min(now, seen_at),
    )


def _one_each(
    chance: Random, parts: dict[str, tuple[float, set[int]]], rest: str
) -> dict[int, str]:
    answers = dict.fromkeys(range(COUNT), rest)
    taken: set[int] = set()
    for answer, (percent, among) in parts.items():
        chosen = share(chance, percent, among - taken)
        taken |= chosen
        answers |= dict.fromkeys(chosen, answer)
    return answers


def _names(chance: Random, drawn: set[int], speaks: dict[str, set[int]]) -> dict[int, str]:
    names: dict[int, str] = {}
    for name, tag in rare_names():
        names[chance.choice(sorted((drawn & speaks[tag]) - names.keys()))] = name
    for place in sorted(drawn - names.keys()):
        spoken = [tag for tag in LANGUAGES if place in speaks[tag]]
        names[place] = plain_name(spoken, chance)
    return names


def _homes(chance: Random, drawn: set[int]) -> dict[int, str]:
    places = [city.slug for city in CITIES for _ in range(city.volunteers)]
    for one in VOLUNTEERS:
        places.remove(one.city)
    chance.shuffle(places)
    return dict(zip(sorted(drawn), places, strict=True))


def _mail(person: str, place: int) -> str:
    named = person.removeprefix("demo-") if person.startswith("demo-") else f"person.{place:03}"
    return f"{named}@example.org"


def _postcode(chance: Random, city: str) -> str:
    codes = sorted(CITIES_BY_SLUG[city].districts.values())
    return chance.choice(codes) if chance.random() < 0.6 else ""


def _level(chance: Random, tag: str) -> int:
    if tag in ("de", "en"):
        return chance.choice((0, 1, 2, 3, 3, 4, 5, 6))
    return chance.choice((0, 5, 6, 6))


def _skills(chance: Random, chosen: tuple[str, ...]) -> int:
    if chance.random() < 0.5:
        return 0
    codes = [skill.code for activity in chosen for skill in skills_of(activity)]
    return skills_to_mask(chance.sample(codes, min(2, len(codes))))
