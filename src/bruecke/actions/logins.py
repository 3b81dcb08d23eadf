"""A device is signed in, recognised, signed out."""

from collections.abc import Iterable

from bruecke.domain.access import Actor
from bruecke.domain.sign_in import login_life, stamp_step
from bruecke.keys import keyed_hash
from bruecke.store import history, idempotency, logins, subscriptions
from bruecke.store.ids import token
from bruecke.store.transaction import transaction


async def recognise(secret: str, now: int) -> Actor | None:
    """The actor behind a login cookie; its use is written down in coarse steps only."""
    login = keyed_hash("login", secret)
    known = await logins.find(login, now)
    if known is None:
        return None
    actor = known.actor
    life = login_life((seat.role for seat in actor.seats), actor.shared_phone)
    if now - known.seen_at >= stamp_step(life):
        await logins.stamp(login, now, life)
    return actor


async def open_login(
    person: str,
    method: str,
    roles: Iterable[str],
    device: str,
    now: int,
    shared_phone: bool = False,
    replaces: str = "",
) -> str:
    """A new login inside the running transaction; answers the secret for the cookie.

    Always a new one, so that nobody can plant a login before somebody signs in. The login
    `replaces` (its hash) ends; if it was the same person's, the device is told by push as before.
    """
    secret = token()
    life = login_life(roles, shared_phone)
    login = keyed_hash("login", secret)
    await logins.add(login, person, method, shared_phone, device, now, life)
    if replaces:
        if not shared_phone:
            await subscriptions.move(person, replaces, login)
        await logins.end(replaces)
    await history.note(person, f"signed_in:{method}", "person", person, now)
    return secret


async def sign_out(actor: Actor, now: int) -> None:
    """Ends this device's login; forms still open in its history open nothing any more."""
    async with transaction():
        await logins.end(actor.login)
        await idempotency.forget(actor.id)
        await history.note(actor.id, "signed_out", "person", actor.id, now)


async def sign_out_device(actor: Actor, device: str, now: int) -> None:
    """Ends another device's login, named by the start of its hash."""
    async with transaction():
        if await logins.end_one_of(actor.id, device):
            await history.note(actor.id, "signed_out_device", "person", actor.id, now)


async def sign_out_everywhere(actor: Actor, now: int) -> None:
    """Ends all logins of a person but the one that asks."""
    async with transaction():
        await logins.end_all(actor.id, but=actor.login)
        await history.note(actor.id, "signed_out_everywhere", "person", actor.id, now)
