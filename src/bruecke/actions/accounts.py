"""A person joins, and changes what it said of itself."""

import msgspec

from bruecke.actions import limits, profiles
from bruecke.actions.logins import open_login
from bruecke.clock import DAY
from bruecke.domain.access import Actor
from bruecke.domain.contact import Contact
from bruecke.domain.errors import DomainError
from bruecke.domain.offer import VALID_DAYS, Offer
from bruecke.domain.person import CONSENT_VERSION, Person, SpokenLanguage
from bruecke.keys import keyed_hash
from bruecke.reference.languages import languages
from bruecke.reference.postcodes import is_postcode
from bruecke.store import history, idempotency, logins, offers, people, regions
from bruecke.store.ids import new_id
from bruecke.store.transaction import transaction


class Joining(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of the join questions, already sound."""

    region: str
    name: str
    contact: Contact
    activities: int
    anything: bool
    slots: int
    reading_language: str
    source: str = ""


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser tells without being asked: for the device list and for limits."""

    name: str
    network: str
    shared_phone: bool = False
    # The login (its hash) this browser had before, live or run out.
    login: str = ""


async def join(
    answers: Joining, device: Device, form_key: str, body_hash: str, now: int
) -> tuple[str, str]:
    """A new volunteer with a live offer, signed in on this device: (person id, login secret).

    A contact that is already known makes a new person and the same answer: nobody learns who is
    here. The same form sent twice joins once. Raises TooOften, SentDifferently, or DomainError
    where the region is unknown or the form was used before a sign-out.
    """
    await limits.spend("join.network", device.network, now)
    async with transaction():
        done = await idempotency.claim(keyed_hash("join", form_key), body_hash, now)
        if done is not None:
            return done, await _open_again(done, device, now)
        desk = await regions.desk_of(answers.region)
        if desk is None:
            raise DomainError("organisations.error.region", "region")
        person = Person(
            id=new_id(),
            region=answers.region,
            name=answers.name,
            reading_language=answers.reading_language,
            phone=answers.contact.value if answers.contact.kind == "phone" else "",
            email=answers.contact.value if answers.contact.kind == "email" else "",
            # The sentence beside the button says so; "Ich bin jünger" leads another way.
            age_band="adult",
        )
        await people.add(person, desk.id, answers.source, now)
        await people.consent(person.id, "join", CONSENT_VERSION, answers.reading_language, now)
        await offers.add(_offer(answers, person.id, now), now + VALID_DAYS * DAY)
        await profiles.rewrite_offer(person.id, now)
        await history.note(person.id, "joined", "person", person.id, now)
        await idempotency.answer(keyed_hash("join", form_key), person.id)
        secret = await _open(person.id, device, now)
    return person.id, secret


async def _open_again(person: str, device: Device, now: int) -> str:
    """The answer got lost on the way: the same person gets in, unless it has signed out since."""
    if not person or not await logins.devices(person, now):
        raise DomainError("join.error.used", "")
    return await _open(person, device, now)


async def _open(person: str, device: Device, now: int) -> str:
    return await open_login(
        person, "joined", (), device.name, now, device.shared_phone, device.login
    )


def _offer(answers: Joining, person: str, now: int) -> Offer:
    return Offer(
        id=new_id(),
        region=answers.region,
        person=person,
        anything=answers.anything,
        activities=answers.activities,
        slots=answers.slots,
        created_at=now,
        confirmed_at=now,
    )


async def tell_languages(actor: Actor, tags: list[str], now: int) -> None:
    """A person says in which languages it can help; an empty list is an answer too.

    Raises DomainError for a tag outside the list.
    """
    if any(tag not in languages() for tag in tags):
        raise DomainError("error.invalid", "languages")
    async with transaction():
        spoken = [SpokenLanguage(tag) for tag in dict.fromkeys(tags)]
        await people.set_languages(actor.id, spoken, now)
        await profiles.rewrite_offer(actor.id, now)
        await history.note(actor.id, "told_languages", "person", actor.id, now)


async def change_profile(actor: Actor, name: str, postcode: str, now: int) -> None:
    """A person changes name or postcode; an empty postcode means the whole region.

    Raises DomainError for a postcode that is none.
    """
    if postcode and not is_postcode(postcode):
        raise DomainError("person.error.postcode", "postcode")
    async with transaction():
        await people.update(actor.id, name=name, postcode=postcode)
        await profiles.rewrite_offer(actor.id, now)
        await history.note(actor.id, "changed_profile", "person", actor.id, now)


async def read_in(actor: Actor, language: str) -> None:
    """A person reads in another language from now on."""
    async with transaction():
        await people.update(actor.id, reading_language=language)
