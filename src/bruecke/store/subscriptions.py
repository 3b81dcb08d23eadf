"""Browsers that may be sent a push: one row for each, bound to its login."""

from typing import Any

import msgspec
from piccolo.columns import Column

from bruecke.store import rows
from bruecke.store.ids import new_id
from bruecke.store.tables import Subscription

MOST = 10


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser gave us to reach it by."""

    endpoint: str
    endpoint_hash: str
    p256dh: str
    auth: str
    vapid_key: str
    language: str


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription as the sender needs it."""

    id: str
    person: str
    endpoint: str
    endpoint_hash: str
    p256dh: str
    auth: str
    vapid_key: str
    language: str
    failures: int = 0


class Reachable(msgspec.Struct, frozen=True):
    """A device a message can go to, and the language it reads."""

    id: str
    language: str


class OwnDevice(msgspec.Struct, frozen=True, kw_only=True):
    """A device with push as its owner sees it."""

    id: str
    login: str
    device: str = ""
    seen_at: int = 0
    delivered_at: int = 0


async def save(person: str, login: str, browser: Browser, now: int) -> None:
    """Keeps one row for this browser, whatever was known of it before.

    The same endpoint under another person moves: the phone has changed hands, and what waited for
    the one must not reach the other. A renewed endpoint of the same login takes the old one's
    place, so what waits for it still arrives.
    """
    await Subscription.delete().where(
        (Subscription.endpoint_hash == browser.endpoint_hash) & (Subscription.person != person)
    )
    known = (
        await Subscription.select(Subscription.id)
        .where(
            (Subscription.person == person)
            & (
                (Subscription.endpoint_hash == browser.endpoint_hash)
                | (Subscription.login == login)
            )
        )
        .order_by(Subscription.created_at)
    )
    if not known:
        await _add(person, login, browser, now)
    else:
        kept, *others = (row["id"] for row in known)
        if others:
            await Subscription.delete().where(Subscription.id.is_in(others))
        changed: dict[Column | str, Any] = {"login": login, "failures": 0, "seen_at": now}
        changed.update(msgspec.structs.asdict(browser).items())
        await Subscription.update(changed).where(Subscription.id == kept)
    await _keep_the_newest(person)


async def _add(person: str, login: str, browser: Browser, now: int) -> None:
    # Two tabs may ask at once: the second one finds the row of the first.
    await Subscription.raw(
        "INSERT INTO subscription (id, person, login, endpoint, endpoint_hash, p256dh, auth,"
        " vapid_key, language, failures, created_at, seen_at, delivered_at)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, 0, {}, {}, 0)"
        " ON CONFLICT (endpoint_hash) DO NOTHING",
        new_id(),
        person,
        login,
        browser.endpoint,
        browser.endpoint_hash,
        browser.p256dh,
        browser.auth,
        browser.vapid_key,
        browser.language,
        now,
        now,
    )


async def _keep_the_newest(person: str) -> None:
    found = (
        await Subscription.select(Subscription.id)
        .where(Subscription.person == person)
        .order_by(Subscription.seen_at, ascending=False)
        .order_by(Subscription.id)
    )
    too_many = [row["id"] for row in found[MOST:]]
    if too_many:
        await Subscription.delete().where(Subscription.id.is_in(too_many))


async def move(person: str, login: str, new_login: str) -> None:
    """The same device of the same person has a new login: it is told as before."""
    await Subscription.update({Subscription.login: new_login}).where(
        (Subscription.person == person) & (Subscription.login == login)
    )


async def find(subscriptions: list[str]) -> dict[str, Target]:
    """Those of some subscriptions that are still there, by id."""
    if not subscriptions:
        return {}
    found = await Subscription.select(*rows.columns(Subscription, Target)).where(
        Subscription.id.is_in(subscriptions)
    )
    return {target.id: target for target in rows.structs(found, Target)}


async def of_person(person: str) -> list[Reachable]:
    """The devices a message to `person` goes to."""
    found = (
        await Subscription.select(*rows.columns(Subscription, Reachable))
        .where(Subscription.person == person)
        .order_by(Subscription.created_at)
        .order_by(Subscription.id)
    )
    return rows.structs(found, Reachable)


async def with_devices(people: list[str]) -> set[str]:
    """Those of `people` who can be sent a push at all."""
    if not people:
        return set()
    found = await Subscription.select(Subscription.person).where(Subscription.person.is_in(people))
    return {str(row["person"]) for row in found}


async def devices(person: str) -> list[OwnDevice]:
    """A person's devices with push, the last renewed first."""
    found: list[dict[str, Any]] = await Subscription.raw(
        "SELECT s.id, s.login, l.device, s.seen_at, s.delivered_at FROM subscription s"
        " JOIN login l ON l.id = s.login WHERE s.person = {} ORDER BY s.seen_at DESC, s.id",
        person,
    )
    return rows.structs(found, OwnDevice)


async def is_known(login: str) -> bool:
    """Whether the device behind `login` is told."""
    return bool(await Subscription.exists().where(Subscription.login == login))


async def remove(person: str, subscription: str) -> bool:
    """Forgets one of a person's devices; whether it was there."""
    found = (
        await Subscription.delete()
        .where((Subscription.person == person) & (Subscription.id == subscription))
        .returning(Subscription.id)
    )
    return bool(found)


async def all_delivered(subscriptions: list[str], now: int) -> None:
    """Their push services took a message."""
    await Subscription.update({Subscription.delivered_at: now, Subscription.failures: 0}).where(
        Subscription.id.is_in(subscriptions)
    )


async def refused(subscription: str) -> int:
    """Its push service refused us; how many times in a row by now."""
    found = await Subscription.raw(
        "UPDATE subscription SET failures = failures + 1 WHERE id = {} RETURNING failures",
        subscription,
    )
    return int(found[0]["failures"]) if found else 0
