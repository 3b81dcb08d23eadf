"""A person lets a browser be told, and stops that again."""

import base64

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from bruecke.actions import limits, outgoing
from bruecke.clock import DAY, HOUR
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.push_endpoint import origin_of
from bruecke.keys import keyed_hash
from bruecke.language import pushes
from bruecke.settings import settings
from bruecke.store import deliveries, history, subscriptions
from bruecke.store.subscriptions import Browser, Reachable, Target
from bruecke.store.transaction import transaction
from bruecke.vapid import vapid

SAMPLE_LIFE = HOUR
LEFT_BEHIND = 90 * DAY


class Offered(msgspec.Struct, frozen=True):
    """What a page needs to offer push on this device."""

    # Our public key, as `pushManager.subscribe` takes it.
    key: str
    # Whether this login said yes: only then the page renews without asking.
    is_known: bool


async def offered_to(actor: Actor) -> Offered | None:
    """What to offer on this device; None on a shared phone and while push is off."""
    key = vapid()
    if key is None or actor.shared_phone:
        return None
    return Offered(key.public, await subscriptions.is_known(actor.login))


async def reachable(person: str) -> list[Reachable]:
    """The devices a message to `person` can go to; none while push is off."""
    return await subscriptions.of_person(person) if vapid() else []


async def save(
    actor: Actor, endpoint: str, p256dh: str, auth: str, language: str, now: int
) -> None:
    """Keeps what this browser gave us, until it signs out or changes hands; at most 10 a person.

    An endpoint of somebody else moves, and what waited for it is dropped. A renewed endpoint of
    the same login takes the place of the old one. Raises TooOften, or DomainError on a shared
    phone, while push is off, for an address that is no push service's and for keys nobody could
    encrypt to (RFC 8291).
    """
    await limits.spend("subscription.person", actor.id, now)
    key = vapid()
    if actor.shared_phone:
        raise DomainError("subscriptions.error.shared_phone")
    if key is None:
        raise DomainError("subscriptions.error.off")
    origin_of(endpoint, settings().extra_push_hosts)
    browser = Browser(
        endpoint=endpoint,
        endpoint_hash=keyed_hash("endpoint", endpoint),
        p256dh=_point(p256dh),
        auth=_secret(auth),
        vapid_key=key.id,
        language=language,
    )
    async with transaction():
        await subscriptions.take_from_others(actor.id, browser.endpoint_hash)
        known = await subscriptions.known(actor.id, actor.login, browser.endpoint_hash)
        await end(known[1:], now)
        if known:
            await subscriptions.renew(known[0], actor.login, browser, now)
        else:
            await subscriptions.add(actor.id, actor.login, browser, now)
        await end(await subscriptions.too_many(actor.id), now)


async def end(ended: list[str], now: int) -> None:
    """These devices are told no more, and what still waited for them finds another way.

    In the running transaction.
    """
    waiting = await deliveries.waiting_messages(ended)
    await subscriptions.end(ended)
    for person, message in waiting:
        await outgoing.mail_instead(person, message, now)


async def forget_left_behind(now: int) -> None:
    """Ends what nobody came back to for 90 days after its login ran out."""
    async with transaction():
        await end(await subscriptions.left_behind(now - LEFT_BEHIND), now)


async def remove(actor: Actor, subscription: str, now: int) -> None:
    """No more pushes to one of the actor's devices, nor mails instead: that was the wish.

    Raises NotThere for a device that is not the actor's.
    """
    async with transaction():
        if not await subscriptions.remove(actor.id, subscription):
            raise NotThere
        await history.note(actor.id, "stopped_push", "person", actor.id, now)


async def send_sample(actor: Actor, now: int) -> int:
    """A neutral push to each of the actor's devices, on request; answers to how many.

    Raises TooOften.
    """
    await limits.spend("push_test.person", actor.id, now)
    devices = await reachable(actor.id)
    async with transaction():
        for device in devices:
            await outgoing.queue_push(
                device.id,
                actor.id,
                "",
                "test",
                pushes.sample(device.language),
                "sample",
                SAMPLE_LIFE,
                "high",
                now,
            )
    return len(devices)


async def lose(target: Target, delivery: str, message: str, error: str, now: int) -> None:
    """A push service knows a device no longer: what it could not get finds another way.

    A device that came by with a new address meanwhile stays; `delivery` goes there at once.
    """
    async with transaction():
        if not await subscriptions.is_still_at(target):
            await deliveries.put_back(delivery, now)
            return
        await deliveries.done(delivery, "dead", now, error)
        await end([target.id], now)
        await outgoing.mail_instead(target.person, message, now)


def _point(text: str) -> str:
    point = _decoded(text)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as problem:
        raise DomainError("subscriptions.error.keys", "p256dh") from problem
    if len(point) != 65:
        raise DomainError("subscriptions.error.keys", "p256dh")
    return _encoded(point)


def _secret(text: str) -> str:
    secret = _decoded(text)
    if len(secret) != 16:
        raise DomainError("subscriptions.error.keys", "auth")
    return _encoded(secret)


def _decoded(text: str) -> bytes:
    plain = text.rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except ValueError as problem:
        raise DomainError("subscriptions.error.keys", "p256dh") from problem


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
