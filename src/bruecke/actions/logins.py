"""A device is signed in, recognised, signed out."""

from collections.abc import Iterable

from bruecke.actions import subscriptions
from bruecke.domain.access import Actor
from bruecke.domain.sign_in import login_life, stamp_step
from bruecke.keys import keyed_hash
from bruecke.store import answer_links, history, idempotency, logins
from bruecke.store import subscriptions as push_rows
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
    `replaces` (its hash), live or run out, ends; if it was the same person's on an own phone, the
    device is told by push as before, else no more.
    """
    secret = token()
    life = login_life(roles, shared_phone)
    login = keyed_hash("login", secret)
    await logins.add(login, person, method, shared_phone, device, now, life)
    if replaces:
        if not shared_phone:
            await push_rows.move(person, replaces, login)
        if await push_rows.of_logins([replaces]):
            await _part(replaces)
        await end([replaces], now)
    await history.note(person, f"signed_in:{method}", "person", person, now)
    return secret


async def end(ended: list[str], now: int) -> None:
    """Inside the running transaction: these logins open nothing, their devices are told no more."""
    await subscriptions.end(await push_rows.of_logins(ended), now)
    await logins.end(ended)


async def end_all(person: str, now: int, but: str = "") -> None:
    """As `end` for all logins of a person but one, also for those that have run out."""
    every = await logins.devices(person, 0)
    await end([login.id for login in every if login.id != but], now)


async def sweep(now: int) -> None:
    """Forgets logins that have run out.

    An own phone is told on: what it shows is neutral, and a tap asks for the passkey. The login
    stays as long, so that signing in on the same phone finds what it replaces.
    """
    await subscriptions.forget_left_behind(now)
    await logins.sweep(now)


async def sign_out(actor: Actor, now: int) -> None:
    """Ends this device's login; forms still open in its history open nothing any more."""
    async with transaction():
        await end([actor.login], now)
        await answer_links.end_of(actor.id)
        await idempotency.forget(actor.id)
        await history.note(actor.id, "signed_out", "person", actor.id, now)


async def leave(login: str, now: int) -> None:
    """Ends what a login (its hash) that has run out left behind on this device."""
    async with transaction():
        await _part(login)
        await end([login], now)


async def _part(login: str) -> None:
    """This phone is not its owner's any more: the messages on it answer nothing."""
    owner = await logins.owner(login)
    if owner:
        await answer_links.end_of(owner)


async def sign_out_device(actor: Actor, device: str, now: int) -> None:
    """Ends another device's login, named by the start of its hash."""
    async with transaction():
        found = [one.id for one in await logins.devices(actor.id, now) if one.id[:16] == device]
        if found:
            await end(found, now)
            await answer_links.end_of(actor.id)
            await history.note(actor.id, "signed_out_device", "person", actor.id, now)


async def sign_out_everywhere(actor: Actor, now: int) -> None:
    """Ends all logins of a person but the one that asks."""
    async with transaction():
        await end_all(actor.id, now, but=actor.login)
        await answer_links.end_of(actor.id)
        await history.note(actor.id, "signed_out_everywhere", "person", actor.id, now)
