"""A person adds a passkey, signs in with it, removes it."""

from urllib.parse import urlsplit

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from bruecke.actions.accounts import Device
from bruecke.actions.logins import end, open_login
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.passkey import (
    CHALLENGE_LIFE,
    CREDENTIAL_LENGTH,
    assert_may_enrol,
    short_name,
)
from bruecke.keys import keyed_hash
from bruecke.settings import settings
from bruecke.store import history, logins, passkeys, people
from bruecke.store.tables import Passkey
from bruecke.store.transaction import transaction

RP_NAME = "Brücke"
_ONLY_VERIFIED = UserVerificationRequirement.REQUIRED
_SELECTION = AuthenticatorSelectionCriteria(
    resident_key=ResidentKeyRequirement.REQUIRED,
    require_resident_key=True,
    user_verification=_ONLY_VERIFIED,
)


class _Refused(DomainError):
    """One answer for everything that does not verify, so that it tells nothing."""

    def __init__(self) -> None:
        super().__init__("passkeys.error.refused", "credential")


def _rp_id() -> str:
    return urlsplit(settings().base_url).hostname or ""


async def begin_registration(actor: Actor, browser: str, now: int) -> str:
    """The options (JSON) for a new passkey of `actor`; good for 5 minutes in this browser.

    Raises DomainError("passkeys.error.weak") for a login that may not add one.
    """
    assert_may_enrol(actor)
    kept = await passkeys.of_person(actor.id)
    options = generate_registration_options(
        rp_id=_rp_id(),
        rp_name=RP_NAME,
        # Random already, so it tells an authenticator nothing of the person.
        user_id=actor.id.encode(),
        user_name=actor.name,
        authenticator_selection=_SELECTION,
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(row["id"])) for row in kept
        ],
    )
    await _keep_challenge(browser, options.challenge, actor.id, now)
    return options_to_json(options)


async def finish_registration(
    actor: Actor, browser: str, credential_json: str, name: str, now: int
) -> str:
    """Keeps the new passkey and replaces the login by a strong one; answers its cookie's secret.

    The device has just verified its holder, which is all a passkey sign-in would prove again.
    Raises DomainError("passkeys.error.refused") for whatever does not verify,
    DomainError("passkeys.error.weak") for a login that may not add one, NotThere for one that
    ended meanwhile.
    """
    assert_may_enrol(actor)
    challenge = await _take_challenge(browser, actor.id, now)
    found = _registration(credential_json, challenge)
    credential = bytes_to_base64url(found.credential_id)
    if len(credential) > CREDENTIAL_LENGTH:
        raise _Refused
    async with transaction():
        if await passkeys.find(credential) is not None:
            raise _Refused
        await passkeys.add(
            Passkey(
                id=credential,
                person=actor.id,
                public_key=bytes_to_base64url(found.credential_public_key),
                sign_count=found.sign_count,
                name=short_name(name),
                created_at=now,
            )
        )
        await history.note(actor.id, "added_passkey", "person", actor.id, now)
        return await _replace_login(actor, now)


async def _replace_login(actor: Actor, now: int) -> str:
    devices = await logins.devices(actor.id, now)
    device = next((one.device for one in devices if one.id == actor.login), None)
    if device is None:
        raise NotThere
    roles = await people.roles(actor.id)
    return await open_login(
        actor.id, "passkey", roles, device, now, actor.shared_phone, replaces=actor.login
    )


async def begin_sign_in(browser: str, now: int) -> str:
    """The options (JSON) for a sign-in: they name nobody, the device knows whose keys it has."""
    options = generate_authentication_options(rp_id=_rp_id(), user_verification=_ONLY_VERIFIED)
    await _keep_challenge(browser, options.challenge, None, now)
    return options_to_json(options)


async def finish_sign_in(browser: str, credential_json: str, device: Device, now: int) -> str:
    """The login secret for a verified passkey; the login this browser had ends with it.

    Raises DomainError("passkeys.error.refused") for an unknown, removed or forged passkey, an old
    challenge and a counter that went back alike.
    """
    challenge = await _take_challenge(browser, None, now)
    async with transaction():
        credential = _credential_id(credential_json)
        kept = await passkeys.find(credential)
        if kept is None:
            raise _Refused
        found = _sign_in(
            credential_json, challenge, kept["person"], kept["public_key"], kept["sign_count"]
        )
        await passkeys.used(credential, found.new_sign_count, now)
        roles = await people.roles(kept["person"])
        return await open_login(
            kept["person"], "passkey", roles, device.name, now, device.shared_phone, device.login
        )


async def remove(actor: Actor, credential: str, now: int) -> None:
    """Forgets a passkey and ends all other logins that a passkey opened: nobody knows by which.

    Raises NotThere for one that is not the actor's, DomainError("passkeys.error.weak") for a login
    that could not add one either.
    """
    assert_may_enrol(actor)
    async with transaction():
        if not await passkeys.remove(actor.id, credential):
            raise NotThere
        others = [one for one in await logins.devices(actor.id, 0) if one.id != actor.login]
        await end([one.id for one in others if one.method == "passkey"], now)
        await history.note(actor.id, "removed_passkey", "person", actor.id, now)


async def _keep_challenge(browser: str, challenge: bytes, person: str | None, now: int) -> None:
    async with transaction():
        await passkeys.challenge(
            keyed_hash("browser", browser),
            bytes_to_base64url(challenge),
            person,
            now + CHALLENGE_LIFE,
        )


async def _take_challenge(browser: str, person: str | None, now: int) -> bytes:
    """The challenge of this browser for this purpose; on its own, so that it stays taken."""
    kept = await passkeys.take_challenge(keyed_hash("browser", browser), now) if browser else None
    if kept is None or kept["person"] != person:
        raise _Refused
    return base64url_to_bytes(kept["challenge"])


def _registration(credential_json: str, challenge: bytes) -> VerifiedRegistration:
    try:
        return verify_registration_response(
            credential=credential_json,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=settings().origin,
            require_user_verification=True,
        )
    except Exception as problem:
        # Hostile bytes run through four parsers; whatever one of them raises means no.
        raise _Refused from problem


def _credential_id(credential_json: str) -> str:
    try:
        return bytes_to_base64url(parse_authentication_credential_json(credential_json).raw_id)
    except Exception as problem:
        raise _Refused from problem


def _sign_in(
    credential_json: str, challenge: bytes, person: str, public_key: str, sign_count: int
) -> VerifiedAuthentication:
    try:
        credential = parse_authentication_credential_json(credential_json)
        found = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_rp_id(),
            expected_origin=settings().origin,
            credential_public_key=base64url_to_bytes(public_key),
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as problem:
        raise _Refused from problem
    # WebAuthn 7.2: a discoverable credential names its person, and it must be this one.
    if credential.response.user_handle != person.encode():
        raise _Refused
    return found
