"""Links that let one person in: a second representative, a hand-over, a colleague for the desk."""

import msgspec

from bruecke.actions import limits
from bruecke.actions.accounts import Device
from bruecke.actions.logins import end_all, open_login
from bruecke.actions.organisations import ROLE, add_representative
from bruecke.actions.team import give_up_seat
from bruecke.domain.access import Actor, Scope
from bruecke.domain.contact import Contact, read_contact
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.sign_in import INVITE_LIFE
from bruecke.keys import keyed_hash, seal, unseal
from bruecke.store import (
    hand_over_codes,
    history,
    idempotency,
    logins,
    organisations,
    passkeys,
    people,
    regions,
)
from bruecke.store.hand_over_codes import InviteView
from bruecke.store.tables import Invite
from bruecke.store.transaction import transaction

DESK_INVITES: tuple[str, ...] = ("coordinator", "admin")


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """Who accepts without being signed in; the desk's invites know the contact already."""

    name: str
    reading_language: str
    contact: Contact | None = None


class Opened(msgspec.Struct, frozen=True):
    """What stands behind a link: for whom, and in whose name."""

    invite: InviteView
    region: str
    place: str
    invited_by: str
    email: str

    @property
    def is_desk(self) -> bool:
        """Whether it leads to the desk and not to an organisation."""
        return not self.invite.organisation


class Accepted(msgspec.Struct, frozen=True):
    """Where to go now; `secret` is "" where the login stays as it is."""

    organisation: str
    secret: str


async def invite_representative(
    actor: Actor, organisation: str, hand_over: bool, form_key: str, now: int
) -> str:
    """The secret of a link for one person, good for 14 days; only its hash is kept.

    With `hand_over` the inviter's seat ends when it is accepted, the postings stay. The same form
    sent twice answers the same secret. Raises NotThere for somebody else's organisation,
    SentDifferently when the key comes with the other choice.
    """
    if organisation not in actor.organisations:
        raise NotThere
    await limits.spend("invite.person", actor.id, now)
    # Made from the form's own key, so that the second click needs nothing stored in clear.
    secret = keyed_hash("invite_secret", "\x00".join((actor.id, organisation, form_key)))
    key = keyed_hash("invite_form", secret)
    async with transaction():
        if await idempotency.claim(key, str(hand_over), now) is not None:
            return secret
        await organisations.lock(organisation)
        await hand_over_codes.add_invite(
            Invite(
                id=keyed_hash("invite", secret),
                organisation=organisation,
                role=ROLE,
                hand_over=hand_over,
                invited_by=actor.id,
                created_at=now,
                expires_at=now + INVITE_LIFE,
            )
        )
        await idempotency.answer(key, organisation)
        await history.note(actor.id, "invited", "organisation", organisation, now)
    return secret


async def revoke(actor: Actor, organisation: str, now: int) -> None:
    """All open invites of an organisation open nothing any more; raises NotThere for others'."""
    if organisation not in actor.organisations:
        raise NotThere
    async with transaction():
        await organisations.lock(organisation)
        await hand_over_codes.revoke_invites(organisation, now)
        await history.note(actor.id, "revoked_invites", "organisation", organisation, now)


async def invite_to_desk(email: str, region: str, role: str, now: int) -> str:
    """The secret of a link for a colleague at the desk, by the operator's command.

    The address travels sealed inside the link: no table holds it before somebody accepts. Without
    a region the first one is home. Raises DomainError for an unknown region or role, where there
    is no region yet, or for what is no mail address.
    """
    contact = read_contact(email, "email")
    if contact.kind != "email":
        raise DomainError("sign_in.error.email", "email")
    region = region or next((one.id for one in await regions.with_desks()), "")
    if role not in DESK_INVITES or await regions.desk_of(region) is None:
        raise DomainError("error.invalid", "region")
    secret = seal(contact.value).rstrip("=")
    async with transaction():
        invite = Invite(
            id=keyed_hash("invite", secret),
            region=region,
            role=role,
            created_at=now,
            expires_at=now + INVITE_LIFE,
        )
        await hand_over_codes.add_invite(invite)
        await history.note("", f"invited:{role}", "region", region, now)
    return secret


async def look_at(secret: str, now: int) -> Opened | None:
    """What a link offers, without using it; None for unknown, old and used ones alike."""
    invite = await hand_over_codes.get_invite(keyed_hash("invite", secret), now)
    if invite is None:
        return None
    if invite.organisation:
        team = Scope(organisations=(invite.organisation,))
        organisation = await organisations.get(team, invite.organisation)
        by = {one.id: one.name for one in await people.team(invite.organisation)}
        if organisation is None or invite.invited_by not in by:
            return None
        return Opened(invite, organisation.region, organisation.name, by[invite.invited_by], "")
    desk = await regions.desk_of(invite.region or "")
    email = unseal(secret + "=" * (-len(secret) % 4))
    return Opened(invite, desk.region, desk.name, "", email) if desk and email else None


async def accept(
    actor: Actor | None,
    secret: str,
    newcomer: Newcomer | None,
    device: Device,
    form_key: str,
    body_hash: str,
    now: int,
) -> Accepted:
    """Takes the seat a link offers: `actor`, or a new person made of `newcomer`.

    The same form sent twice joins once. Raises NotThere for unknown, old and used links alike,
    DomainError for one's own link, TooOften, SentDifferently.
    """
    await limits.spend("join.network", device.network, now)
    key = keyed_hash("accept", secret + "\x00" + form_key)
    async with transaction():
        done = await idempotency.claim(key, body_hash, now)
        if done is not None:
            return await _again(actor, done, secret, device, now)
        opened = await look_at(secret, now)
        if opened is None:
            raise NotThere
        invite = opened.invite
        if actor and invite.invited_by == actor.id:
            raise DomainError("invites.error.own")
        if actor and invite.organisation in actor.organisations and not invite.hand_over:
            await idempotency.answer(key, actor.id)
            return Accepted(invite.organisation or "", "")
        if invite.organisation:
            await organisations.lock(invite.organisation)
        if not await hand_over_codes.use_invite(invite.id, now):
            raise NotThere
        person = actor.id if actor else await _new_person(opened, newcomer, now)
        await _take_seat(invite, person, now)
        await idempotency.answer(key, person)
        return await _accepted(actor, invite, person, device, now)


async def _new_person(opened: Opened, newcomer: Newcomer | None, now: int) -> str:
    if newcomer is None:
        raise DomainError("person.error.name_required", "name")
    contact = Contact("email", opened.email) if opened.is_desk else newcomer.contact
    if contact is None:
        raise DomainError("contact.error.required", "contact")
    return await add_representative(
        opened.region, newcomer.name, contact, newcomer.reading_language, now
    )


async def _take_seat(invite: InviteView, person: str, now: int) -> None:
    if not invite.organisation:
        await people.add_membership(person, invite.role, now, region=invite.region)
        await history.note(person, f"accepted:{invite.role}", "region", invite.region or "", now)
        return
    await people.add_membership(person, ROLE, now, organisation=invite.organisation)
    await history.note(person, "accepted", "organisation", invite.organisation, now)
    if invite.hand_over and invite.invited_by:
        await give_up_seat(invite.organisation, invite.invited_by, person, now)
        await history.note(person, "took_over", "organisation", invite.organisation, now)


async def _accepted(
    actor: Actor | None, invite: InviteView, person: str, device: Device, now: int
) -> Accepted:
    """A seat at the desk asks for a short login of its own, even from somebody signed in."""
    if invite.organisation:
        secret = "" if actor else await _open(person, "joined", device, now)
        return Accepted(invite.organisation, secret)
    await end_all(person, now)
    # One enrolled from a mailed code must not open the desk.
    await passkeys.remove_all(person)
    return Accepted("", await _open(person, "invited", device, now))


async def _again(
    actor: Actor | None, person: str, secret: str, device: Device, now: int
) -> Accepted:
    """The answer got lost on the way: the same again, unless the person signed out since."""
    invite = await hand_over_codes.find_invite(keyed_hash("invite", secret))
    still_here = actor.id == person if actor else bool(await logins.devices(person, now))
    if invite is None or not still_here:
        raise NotThere
    if actor is not None:
        return Accepted(invite.organisation or "", "")
    method = "joined" if invite.organisation else "invited"
    return Accepted(invite.organisation or "", await _open(person, method, device, now))


async def _open(person: str, method: str, device: Device, now: int) -> str:
    roles = await people.roles(person)
    return await open_login(
        person, method, roles, device.name, now, device.shared_phone, device.login
    )
