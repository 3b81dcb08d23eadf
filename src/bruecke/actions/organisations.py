"""An association comes in, and is verified or refused by its desk."""

import msgspec

from bruecke.actions import limits, profiles
from bruecke.actions.accounts import Device
from bruecke.actions.logins import open_login
from bruecke.domain.access import Actor, Scope
from bruecke.domain.contact import Contact
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.organisation import REFUSALS, STAGES, Organisation
from bruecke.domain.person import CONSENT_VERSION, Person
from bruecke.keys import keyed_hash
from bruecke.store import (
    history,
    idempotency,
    logins,
    organisations,
    people,
    postings,
    regions,
)
from bruecke.store.ids import new_id
from bruecke.store.transaction import transaction

ROLE = "representative"
# The text beside the button, under which a representative's name and contact are stored.
CONSENT = "represent"


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """What an association says of itself; a visitor adds `name` and `contact`."""

    region: str
    organisation: str
    stage: str
    reading_language: str
    name: str = ""
    contact: Contact | None = None


async def register(
    actor: Actor | None,
    answers: Registration,
    device: Device,
    form_key: str,
    body_hash: str,
    now: int,
) -> tuple[str, str]:
    """A new organisation nobody has verified, and its first representative.

    Answers (organisation id, login secret); the secret is "" for somebody who is signed in. The
    same form sent twice makes one. Raises TooOften, SentDifferently, or DomainError where region
    or stage are unknown or the form was used before a sign-out.
    """
    await limits.spend("join.network", device.network, now)
    if answers.stage not in STAGES:
        raise DomainError("error.invalid", "stage")
    key = keyed_hash("register", form_key)
    async with transaction():
        done = await idempotency.claim(key, body_hash, now)
        if done is not None:
            return await _registered(actor, done, device, now)
        desk = await regions.desk_of(answers.region)
        if desk is None:
            raise DomainError("organisations.error.region", "region")
        person = (
            actor.id
            if actor
            else await add_representative(
                answers.region, answers.name, answers.contact, answers.reading_language, now
            )
        )
        organisation = Organisation(
            id=new_id(),
            region=answers.region,
            name=answers.organisation,
            stage=answers.stage,
            created_at=now,
        )
        await organisations.add(organisation, desk.id)
        await people.add_membership(person, ROLE, now, organisation=organisation.id)
        await history.note(person, "registered", "organisation", organisation.id, now)
        # The person, so that a sign-out can forget it.
        await idempotency.answer(key, person)
        secret = "" if actor else await _signed_in(person, device, now)
    return organisation.id, secret


async def add_representative(
    region: str, name: str, contact: Contact | None, reading_language: str, now: int
) -> str:
    """A person without an offer inside the running transaction; answers its id."""
    person = Person(
        id=new_id(),
        region=region,
        name=name,
        reading_language=reading_language,
        phone=contact.value if contact and contact.kind == "phone" else "",
        email=contact.value if contact and contact.kind == "email" else "",
        # The sentence beside the button says so.
        age_band="adult",
    )
    desk = await regions.desk_of(region)
    await people.add(person, desk.id if desk else None, "", now)
    await people.consent(person.id, CONSENT, CONSENT_VERSION, reading_language, now)
    await history.note(person.id, "joined", "person", person.id, now)
    return person.id


async def _signed_in(person: str, device: Device, now: int) -> str:
    return await open_login(
        person, "joined", (ROLE,), device.name, now, device.shared_phone, device.login
    )


async def _registered(
    actor: Actor | None, person: str, device: Device, now: int
) -> tuple[str, str]:
    """The answer got lost on the way: the same again, unless the person signed out since."""
    own = await people.speaks_for(person)
    still_here = actor.id == person if actor else bool(await logins.devices(person, now))
    if not own or not still_here:
        raise DomainError("join.error.used")
    return own[-1], "" if actor else await _signed_in(person, device, now)


async def verify(actor: Actor, organisation: str, now: int) -> None:
    """The desk has spoken with the contact person: from now on the organisation is public.

    Raises NotThere outside the actor's regions, DomainError for an own organisation or one
    somebody has decided on meanwhile (the rule stands on the desk's page).
    """
    await _decide(actor, organisation, "verified", now, "", verified_at=now)


async def refuse(actor: Actor, organisation: str, reason: str, now: int) -> None:
    """The desk says no and why; the organisation reads the reason. Raises as `verify`, and
    DomainError without a reason from the published list."""
    if reason not in REFUSALS:
        raise DomainError("desk.error.reason_required", "reason")
    await _decide(actor, organisation, "refused", now, reason, refused_at=now, refusal=reason)


async def _decide(
    actor: Actor, organisation: str, did: str, now: int, detail: str, **columns: int | str
) -> None:
    for region in actor.desk_regions:
        if await organisations.for_desk(Scope(region, actor.id), organisation):
            break
    else:
        raise NotThere
    if organisation in actor.organisations:
        raise DomainError("desk.error.own_organisation")
    async with transaction():
        if not await organisations.decide(organisation, **columns):
            raise DomainError("desk.error.decided")
        await history.note(actor.id, did, "organisation", organisation, now, detail)
        for posting in await postings.open_of(organisation):
            await profiles.rewrite_posting(posting, now)
