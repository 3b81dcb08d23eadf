"""Push switched on for a test: a key, one or more loopback push services, devices of the cast."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bruecke.actions import subscriptions
from bruecke.actions.logins import open_login, recognise
from bruecke.actions.outgoing import Urgency, queue_push
from bruecke.clock import DAY, now
from bruecke.domain.access import Actor
from bruecke.language.pushes import declarative
from bruecke.settings import settings
from bruecke.store.tables import Delivery, Login, Person, Subscription
from bruecke.store.transaction import transaction
from bruecke.vapid import make_key, vapid
from tests.support.push_service import Device, PushService


@contextmanager
def push_on(patch: pytest.MonkeyPatch, folder: Path, *services: PushService) -> Iterator[None]:
    """Settings with a key in `folder`; `services` are the hosts that may be called besides."""
    make_key(folder)
    patch.setenv("BRUECKE_DATA_DIR", str(folder))
    patch.setenv("BRUECKE_PUSH_EXTRA_HOSTS", ",".join(service.host for service in services))
    settings.cache_clear()
    vapid.cache_clear()
    yield
    patch.undo()
    settings.cache_clear()
    vapid.cache_clear()


async def sleeps(person: str, hours: int = 0) -> None:
    """Quiet hours of `person` in Kassel: `hours` around now, none for 0."""
    local = datetime.now(ZoneInfo("Europe/Berlin"))
    minute, half = local.hour * 60 + local.minute, hours * 30
    await Person.update(
        {Person.quiet_from: (minute - half) % 1_440, Person.quiet_until: (minute + half) % 1_440}
    ).where(Person.id == person)


async def run_out(actor: Actor) -> None:
    """Nobody has used this login for as long as it lives."""
    await Login.update({Login.expires_at: now()}).where(Login.id == actor.login)


async def signed_in(person: str, shared_phone: bool = False) -> Actor:
    """`person` on a new phone."""
    async with transaction():
        secret = await open_login(person, "joined", (), "Android, Chrome", now(), shared_phone)
    actor = await recognise(secret, now())
    assert actor is not None
    return actor


async def subscribe(actor: Actor, device: Device, language: str = "de") -> str:
    """The actor's phone says yes; the id of the row."""
    keys = device.form
    await subscriptions.save(actor, device.endpoint, keys["p256dh"], keys["auth"], language, now())
    row = await Subscription.select(Subscription.id).where(Subscription.endpoint == device.endpoint)
    return str(row[0]["id"])


async def queue(
    subscription: str,
    person: str,
    message: str,
    body: str = "Neuer Vorschlag für Sie",
    ttl: int = 3 * DAY,
    urgency: Urgency = "normal",
) -> None:
    """A suggestion to one device, as an action queues it."""
    payload = declarative("Brücke", body, "/home", "de", "suggestion")
    async with transaction():
        await queue_push(
            subscription, person, message, "suggested", payload, "suggestion", ttl, urgency, now()
        )


async def make_due() -> None:
    """Time passes until everything that waits is due."""
    await Delivery.update({Delivery.not_before_at: 0, Delivery.lease_until_at: 0}, force=True)


async def rows(**fields: str) -> list[dict[str, object]]:
    """The outbox: all rows, or those with these fields."""
    found = await Delivery.select().order_by(Delivery.created_at).order_by(Delivery.id)
    return [row for row in found if all(row[name] == value for name, value in fields.items())]
