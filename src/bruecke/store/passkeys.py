"""Passkeys and the challenges in flight."""

from typing import Any

from bruecke.store.tables import Passkey, PasskeyChallenge


async def add(passkey: Passkey) -> None:
    """A new credential of a person."""
    await Passkey.insert(passkey)


async def find(credential: str) -> dict[str, Any] | None:
    """A credential by its id."""
    rows = await Passkey.select().where(Passkey.id == credential)
    return dict(rows[0]) if rows else None


async def of_person(person: str) -> list[dict[str, Any]]:
    """A person's passkeys, the oldest first."""
    return [
        dict(row)
        for row in await Passkey.select(
            Passkey.id, Passkey.name, Passkey.created_at, Passkey.used_at
        )
        .where(Passkey.person == person)
        .order_by(Passkey.created_at)
    ]


async def remove(person: str, credential: str) -> bool:
    """Forgets one of a person's passkeys; whether it was there."""
    rows = (
        await Passkey.delete()
        .where((Passkey.person == person) & (Passkey.id == credential))
        .returning(Passkey.id)
    )
    return bool(rows)


async def remove_all(person: str) -> None:
    """Forgets all passkeys of a person."""
    await Passkey.delete().where(Passkey.person == person)


async def used(credential: str, sign_count: int, now: int) -> None:
    """Writes down a use and the authenticator's counter."""
    await Passkey.update({Passkey.sign_count: sign_count, Passkey.used_at: now}).where(
        Passkey.id == credential
    )


async def challenge(browser: str, challenge: str, person: str | None, expires_at: int) -> None:
    """Keeps the newest challenge of a browser."""
    await PasskeyChallenge.raw(
        "INSERT INTO passkey_challenge (id, challenge, person, expires_at) VALUES ({}, {}, {}, {})"
        " ON CONFLICT (id) DO UPDATE SET challenge = excluded.challenge,"
        " person = excluded.person, expires_at = excluded.expires_at",
        browser,
        challenge,
        person,
        expires_at,
    )


async def take_challenge(browser: str, now: int) -> dict[str, Any] | None:
    """The challenge of a browser, once."""
    rows = (
        await PasskeyChallenge.delete()
        .where((PasskeyChallenge.id == browser) & (PasskeyChallenge.expires_at > now))
        .returning(PasskeyChallenge.challenge, PasskeyChallenge.person)
    )
    return dict(rows[0]) if rows else None


async def sweep(now: int) -> None:
    """Forgets challenges that have ended."""
    await PasskeyChallenge.delete().where(PasskeyChallenge.expires_at <= now)
