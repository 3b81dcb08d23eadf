"""Signing in again: a mailed code, or a code the desk handed over."""

import secrets

import msgspec

from bruecke.actions import limits
from bruecke.actions.accounts import Device
from bruecke.actions.logins import open_login
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.sign_in import CODE_LIFE, CODE_TRIES, HAND_OVER_LIFE
from bruecke.keys import keyed_hash, same, seal
from bruecke.store import deliveries, hand_over_codes, history, people, sign_in_codes
from bruecke.store.transaction import transaction

# 32 signs without look-alikes, 12 of them: 60 bits, readable over the counter.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
HAND_OVER_LENGTH = 12


class CodeMail(msgspec.Struct, frozen=True):
    """What waits in the outbox, sealed, until the mail has left."""

    to: str
    code: str
    language: str


async def ask_code(email: str, browser: str, language: str, network: str, now: int) -> None:
    """A six-digit code by mail, for this browser only.

    Known and unknown addresses take the same way: the same rows, the same answer, and no mail to
    somebody who is not here. A limit reached looks the same too, so that it tells nothing.
    Raises TooOften for a network that asks for everybody.
    """
    await limits.spend("code.network", network, now)
    allowed = await limits.within("code.address", email, now)
    code = f"{secrets.randbelow(1_000_000):06}"
    async with transaction():
        person = await people.who_owns(email)
        row = await sign_in_codes.add(
            keyed_hash("address", email) if allowed else keyed_hash("address", browser),
            keyed_hash("browser", browser),
            keyed_hash("code", code),
            person if allowed else None,
            now,
            CODE_LIFE,
        )
        mail = CodeMail(email, code, language)
        sealed = seal(msgspec.json.encode(mail).decode())
        kind = "sign_in_code" if person and allowed else "nobody"
        await deliveries.queue("mail", kind, sealed, now, dedupe=f"code:{row}")


async def redeem_code(code: str, browser: str, device: Device, now: int) -> str:
    """The login secret for the right code in the browser that asked.

    The try is taken before anything is compared. Raises DomainError("sign_in.error.code") for a
    wrong, old or spent code alike, TooOften for a network that guesses.
    """
    await limits.spend("try.network", device.network, now)
    # On its own: a try stays taken even when what follows fails.
    taken = await sign_in_codes.burn_try(keyed_hash("browser", browser), CODE_TRIES, now)
    if taken is None or not same(taken["code_hash"], keyed_hash("code", code)):
        raise DomainError("sign_in.error.code", "code")
    person = taken["person"]
    async with transaction():
        if person is None or not await sign_in_codes.use(taken["id"], now):
            raise DomainError("sign_in.error.code", "code")
        await people.update(person, email_confirmed_at=now)
        roles = await people.roles(person)
        return await open_login(
            person, "code", roles, device.name, now, device.shared_phone, device.login
        )


async def issue_hand_over(actor: Actor, person: str, now: int) -> str:
    """A code of 60 bits that signs `person` in once within 24 hours; asked for at the desk.

    Raises NotThere for a person of another region, and for people with a desk role: a code in
    somebody's hand must never open what only a passkey opens.
    """
    scope = next((Scope(region, actor.id) for region in actor.desk_regions), Scope())
    found = await people.in_region(scope, person)
    if found is None or set(await people.roles(person)) - {"representative"}:
        raise NotThere
    code = "".join(secrets.choice(_ALPHABET) for _ in range(HAND_OVER_LENGTH))
    async with transaction():
        await hand_over_codes.add(
            keyed_hash("hand_over", code), person, actor.id, now, HAND_OVER_LIFE
        )
        await history.note(actor.id, "issued_code", "person", person, now)
    return code


async def redeem_hand_over(typed: str, device: Device, now: int) -> str:
    """The login secret for a code from the desk; spaces, dashes and small letters do not matter.

    Raises DomainError for a wrong, old or used code alike, TooOften for a network that guesses.
    """
    await limits.spend("hand_over.network", device.network, now)
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    async with transaction():
        person = await hand_over_codes.use(keyed_hash("hand_over", code), now)
        if person is None:
            raise DomainError("sign_in.error.hand_over", "code")
        roles = await people.roles(person)
        return await open_login(
            person, "handed", roles, device.name, now, device.shared_phone, device.login
        )
