"""Mailed codes: five tries, one use, one browser."""

from typing import Any

from bruecke.store.tables import SignInCode


async def add(
    address: str, browser: str, code: str, person: str | None, now: int, life: int
) -> str:
    """A new code (all three as keyed hashes); older ones of this address are dead at once."""
    await SignInCode.delete().where(SignInCode.address_hash == address)
    row = SignInCode(
        address_hash=address,
        browser_hash=browser,
        code_hash=code,
        person=person,
        created_at=now,
        expires_at=now + life,
    )
    await SignInCode.insert(row)
    return str(row.id)


async def burn_try(browser: str, tries: int, now: int) -> dict[str, Any] | None:
    """Takes one try from the newest code this browser asked for, before anything is compared.

    One statement, so that parallel guesses get at most `tries` comparisons between them.
    """
    rows = await SignInCode.raw(
        "UPDATE sign_in_code SET tries = tries + 1 WHERE id = ("
        " SELECT id FROM sign_in_code WHERE browser_hash = {} AND used_at = 0 AND expires_at > {}"
        " ORDER BY created_at DESC, id LIMIT 1) AND tries < {} AND used_at = 0"
        " RETURNING id, code_hash, person, tries",
        browser,
        now,
        tries,
    )
    return dict(rows[0]) if rows else None


async def use(code: str, now: int) -> bool:
    """Marks a code used; only one caller gets True."""
    rows = (
        await SignInCode.update({SignInCode.used_at: now})
        .where((SignInCode.id == code) & (SignInCode.used_at == 0))
        .returning(SignInCode.id)
    )
    return bool(rows)


async def waiting(browser: str, now: int) -> bool:
    """Whether this browser asked for a code that still lives."""
    return bool(
        await SignInCode.exists().where(
            (SignInCode.browser_hash == browser)
            & (SignInCode.used_at == 0)
            & (SignInCode.expires_at > now)
        )
    )


async def sweep(now: int) -> None:
    """Forgets codes that have ended."""
    await SignInCode.delete().where(SignInCode.expires_at <= now)
