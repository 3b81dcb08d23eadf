"""Browsers that may be sent a push: one row for each, bound to the login it came with."""

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


async def take_from_others(person: str, endpoint_hash: str) -> None:
    """The phone has changed hands: what waited for the one must not reach the other."""
    await Subscription.delete().where(
        (Subscription.endpoint_hash == endpoint_hash) & (Subscription.person != person)
    )


async def known(person: str, login: str, endpoint_hash: str) -> list[str]:
    """A person's rows that stand for this browser, the oldest first."""
    found = (
        await Subscription.select(Subscription.id)
        .where(
            (Subscription.person == person)
            & ((Subscription.endpoint_hash == endpoint_hash) | (Subscription.login == login))
        )
        .order_by(Subscription.created_at)
        .order_by(Subscription.id)
    )
    return [row["id"] for row in found]


async def renew(subscription: str, login: str, browser: Browser, now: int) -> None:
    """The browser has a new endpoint, key or login; what waits for it still arrives."""
    changed: dict[Column | str, Any] = {
        "login": login,
        "failures": 0,
        "refused_at": 0,
        "seen_at": now,
    }
    changed.update(msgspec.structs.asdict(browser).items())
    await Subscription.update(changed).where(Subscription.id == subscription)


async def add(person: str, login: str, browser: Browser, now: int) -> None:
    """A browser nobody knew. Two tabs may ask at once: the second finds the row of the first."""
    await Subscription.raw(
        "INSERT INTO subscription (id, person, login, endpoint, endpoint_hash, p256dh, auth,"
        " vapid_key, language, failures, refused_at, created_at, seen_at, delivered_at)"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, 0, 0, {}, {}, 0)"
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


async def too_many(person: str) -> list[str]:
    """What a person has beyond the ten renewed last."""
    found = (
        await Subscription.select(Subscription.id)
        .where(Subscription.person == person)
        .order_by(Subscription.seen_at, ascending=False)
        .order_by(Subscription.id)
    )
    return [row["id"] for row in found[MOST:]]


async def of_logins(logins: list[str]) -> list[str]:
    """The subscriptions that came with these logins."""
    if not logins:
        return []
    found = await Subscription.select(Subscription.id).where(Subscription.login.is_in(logins))
    return [row["id"] for row in found]


async def left_behind(before: int) -> list[str]:
    """Those whose login ran out before `before` (UTC seconds)."""
    found = await Subscription.raw(
        "SELECT s.id FROM subscription s JOIN login l ON l.id = s.login WHERE l.expires_at < {}",
        before,
    )
    return [row["id"] for row in found]


async def is_still_at(target: Target) -> bool:
    """Whether a device has this endpoint yet; nobody changes it until the transaction ends."""
    found = await Subscription.raw(
        "UPDATE subscription SET seen_at = seen_at WHERE id = {} AND endpoint_hash = {}"
        " RETURNING id",
        target.id,
        target.endpoint_hash,
    )
    return bool(found)


async def end(subscriptions: list[str]) -> None:
    """Forgets these devices and what waits for them."""
    if subscriptions:
        await Subscription.delete().where(Subscription.id.is_in(subscriptions))


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
    await Subscription.update(
        {
            Subscription.delivered_at: now,
            Subscription.failures: 0,
            Subscription.refused_at: 0,
        }
    ).where(Subscription.id.is_in(subscriptions))


async def refused(target: Target, now: int, since: int) -> int:
    """Its push service refused us; on how many days in a row by now.

    One that counted after `since` (UTC seconds), or was of an older address, does not count: 0.
    """
    found = await Subscription.raw(
        "UPDATE subscription SET failures = failures + 1, refused_at = {}"
        " WHERE id = {} AND endpoint_hash = {} AND refused_at <= {} RETURNING failures",
        now,
        target.id,
        target.endpoint_hash,
        since,
    )
    return int(found[0]["failures"]) if found else 0
