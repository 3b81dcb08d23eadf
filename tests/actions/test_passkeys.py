"""Passkeys: only a verified person, on our address, answering our newest question, gets in."""

from collections.abc import Iterator

import pytest
from msgspec import structs
from webauthn.helpers import bytes_to_base64url

from bruecke.actions import passkeys
from bruecke.actions.accounts import Device
from bruecke.actions.logins import open_login, recognise
from bruecke.domain.access import Actor, Seat
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.passkey import CHALLENGE_LIFE
from bruecke.domain.person import Person as PersonView
from bruecke.settings import settings
from bruecke.store import passkeys as kept
from bruecke.store import people, regions
from bruecke.store.tables import Region
from bruecke.store.transaction import transaction
from tests.support.authenticator import PRESENT, Authenticator

NOW = 1_790_000_000
BROWSER = "amina-phone"
DEVICE = Device(name="Android, Chrome", network="192.0.2.1")
REFUSED = r"^passkeys\.error\.refused$"
WEAK = r"^passkeys\.error\.weak$"

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def secret_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes need a key; the one of this folder is not ours to make."""
    monkeypatch.setenv("BRUECKE_SECRET_KEY", "a key that is only good for tests")
    monkeypatch.setenv("BRUECKE_BASE_URL", "http://localhost:8000")
    settings.cache_clear()
    yield
    settings.cache_clear()


async def signed_in(name: str, method: str = "code", role: str = "") -> Actor:
    if await regions.get("kassel") is None:
        await regions.add(Region(id="kassel", name="Kassel", kind="city", postcode="34117"))
    person = f"{name.lower()}-0000000000000000"[:22]
    async with transaction():
        await people.add(PersonView(id=person, region="kassel", name=name), None, "", NOW)
        if role:
            await people.add_membership(person, role, NOW, region="kassel")
        secret = await open_login(person, method, [role] if role else [], "Android", NOW)
    return await actor_behind(secret)


async def actor_behind(secret: str, now: int = NOW) -> Actor:
    actor = await recognise(secret, now)
    assert actor is not None
    return actor


async def enrol(actor: Actor, device: Authenticator, now: int = NOW) -> str:
    options = await passkeys.begin_registration(actor, BROWSER, now)
    return await passkeys.finish_registration(actor, BROWSER, device.create(options), "", now)


async def sign_in(device: Authenticator, browser: str = BROWSER, now: int = NOW) -> str:
    options = await passkeys.begin_sign_in(browser, now)
    return await passkeys.finish_sign_in(browser, device.get(options), DEVICE, now)


async def assert_refused(device: Authenticator) -> None:
    with pytest.raises(DomainError, match=REFUSED):
        await sign_in(device)


async def test_a_new_passkey_makes_this_login_a_strong_one() -> None:
    amina = await signed_in("Amina")
    after = await actor_behind(await enrol(amina, Authenticator()))
    assert (after.id, after.method, after.is_strong) == (amina.id, "passkey", True)


async def test_the_weak_login_ends_when_a_passkey_replaces_it() -> None:
    amina = await signed_in("Amina")
    device = Authenticator()
    await enrol(amina, device)
    # The old login may not even add another: its row is gone.
    with pytest.raises(NotThere):
        await enrol(amina, Authenticator())
    assert [row["id"] for row in await kept.of_person(amina.id)] == [
        bytes_to_base64url(device.credential_id)
    ]


async def test_a_passkey_signs_its_person_in_again() -> None:
    amina = await signed_in("Amina")
    device = Authenticator()
    await enrol(amina, device)
    again = await actor_behind(await sign_in(device, browser="another-browser"))
    assert (again.id, again.method) == (amina.id, "passkey")


async def test_a_sign_in_ends_the_login_it_replaces() -> None:
    amina = await signed_in("Amina")
    device = Authenticator()
    secret = await enrol(amina, device)
    strong = await actor_behind(secret)
    options = await passkeys.begin_sign_in(BROWSER, NOW)
    here = structs.replace(DEVICE, login=strong.login)
    await passkeys.finish_sign_in(BROWSER, device.get(options), here, NOW)
    assert await recognise(secret, NOW) is None


async def test_a_sign_in_names_nobody_before_the_device_answers() -> None:
    await enrol(await signed_in("Amina"), Authenticator())
    assert '"allowCredentials": []' in await passkeys.begin_sign_in(BROWSER, NOW)


async def test_without_the_flag_of_a_verified_user_nothing_is_kept() -> None:
    amina = await signed_in("Amina")
    with pytest.raises(DomainError, match=REFUSED):
        await enrol(amina, Authenticator(flags=PRESENT))
    assert await kept.of_person(amina.id) == []


async def test_without_the_flag_of_a_verified_user_nobody_gets_in() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    device.flags = PRESENT
    await assert_refused(device)


@pytest.mark.parametrize("wrong", [{"origin": "https://example.org"}, {"rp_id": "example.org"}])
async def test_an_answer_made_for_another_address_is_refused(wrong: dict[str, str]) -> None:
    amina = await signed_in("Amina")
    with pytest.raises(DomainError, match=REFUSED):
        await enrol(amina, Authenticator(**wrong))
    device = Authenticator()
    await enrol(amina, device)
    for name, value in wrong.items():
        setattr(device, name, value)
    await assert_refused(device)


async def test_an_answer_works_once() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    answer = device.get(await passkeys.begin_sign_in(BROWSER, NOW))
    await passkeys.finish_sign_in(BROWSER, answer, DEVICE, NOW)
    with pytest.raises(DomainError, match=REFUSED):
        await passkeys.finish_sign_in(BROWSER, answer, DEVICE, NOW)


async def test_a_challenge_is_spent_by_a_wrong_answer_too() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    options = await passkeys.begin_sign_in(BROWSER, NOW)
    for answer in ("{}", device.get(options)):
        with pytest.raises(DomainError, match=REFUSED):
            await passkeys.finish_sign_in(BROWSER, answer, DEVICE, NOW)


async def test_the_challenge_of_another_browser_is_refused() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    answer = device.get(await passkeys.begin_sign_in("olenas-browser", NOW))
    for browser in (BROWSER, ""):
        with pytest.raises(DomainError, match=REFUSED):
            await passkeys.finish_sign_in(browser, answer, DEVICE, NOW)


async def test_a_challenge_ends_after_five_minutes() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    answer = device.get(await passkeys.begin_sign_in(BROWSER, NOW))
    with pytest.raises(DomainError, match=REFUSED):
        await passkeys.finish_sign_in(BROWSER, answer, DEVICE, NOW + CHALLENGE_LIFE)


async def test_a_challenge_for_one_person_enrols_no_other() -> None:
    amina, olena = await signed_in("Amina"), await signed_in("Olena")
    answer = Authenticator().create(await passkeys.begin_registration(amina, BROWSER, NOW))
    with pytest.raises(DomainError, match=REFUSED):
        await passkeys.finish_registration(olena, BROWSER, answer, "", NOW)


async def test_a_counter_that_goes_back_is_refused() -> None:
    device = Authenticator(counter=7)
    await enrol(await signed_in("Amina"), device)
    await sign_in(device)
    device.counter = 3
    await assert_refused(device)


async def test_an_answer_signed_with_another_key_is_refused() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    device.key = Authenticator().key
    await assert_refused(device)


async def test_an_answer_that_names_another_person_is_refused() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    device.user_handle = b"olena-0000000000000000"
    await assert_refused(device)


async def test_a_passkey_belongs_to_one_person() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    olena = await signed_in("Olena")
    with pytest.raises(DomainError, match=REFUSED):
        await enrol(olena, device)


@pytest.mark.parametrize("answer", ["", "null", "[]", "{", "[" * 5_000, '{"id": 1}'])
async def test_nonsense_is_refused_like_anything_else(answer: str) -> None:
    amina = await signed_in("Amina")
    await passkeys.begin_registration(amina, BROWSER, NOW)
    with pytest.raises(DomainError, match=REFUSED):
        await passkeys.finish_registration(amina, BROWSER, answer, "", NOW)
    await passkeys.begin_sign_in(BROWSER, NOW)
    with pytest.raises(DomainError, match=REFUSED):
        await passkeys.finish_sign_in(BROWSER, answer, DEVICE, NOW)


@pytest.mark.parametrize("method", ["code", "handed", "joined"])
async def test_a_mailed_code_makes_no_passkey_for_the_desk(method: str) -> None:
    anna = await signed_in("Anna", method, "coordinator")
    with pytest.raises(DomainError, match=WEAK):
        await passkeys.begin_registration(anna, BROWSER, NOW)


@pytest.mark.parametrize("method", ["invited", "passkey"])
async def test_an_invited_coordinator_may_enrol(method: str) -> None:
    anna = await signed_in("Anna", method, "coordinator")
    assert (await actor_behind(await enrol(anna, Authenticator()))).is_strong


async def test_whoever_became_coordinator_meanwhile_needs_more_than_a_code() -> None:
    anna = await signed_in("Anna")
    answer = Authenticator().create(await passkeys.begin_registration(anna, BROWSER, NOW))
    promoted = structs.replace(anna, seats=(Seat("coordinator", region="kassel"),))
    with pytest.raises(DomainError, match=WEAK):
        await passkeys.finish_registration(promoted, BROWSER, answer, "", NOW)


async def test_a_removed_passkey_signs_nobody_in() -> None:
    device = Authenticator()
    amina = await actor_behind(await enrol(await signed_in("Amina"), device))
    elsewhere = await sign_in(device)
    await passkeys.remove(amina, bytes_to_base64url(device.credential_id), NOW)
    await assert_refused(device)
    assert await recognise(elsewhere, NOW) is None


async def test_a_passkey_is_removed_by_its_owner_only() -> None:
    device = Authenticator()
    await enrol(await signed_in("Amina"), device)
    olena = await signed_in("Olena")
    with pytest.raises(NotThere):
        await passkeys.remove(olena, bytes_to_base64url(device.credential_id), NOW)
    assert await sign_in(device)


async def test_a_mailed_code_removes_no_passkey_of_the_desk() -> None:
    device = Authenticator()
    await enrol(await signed_in("Anna", "invited", "coordinator"), device)
    async with transaction():
        weak = await open_login("anna-0000000000000000", "code", ["coordinator"], "", NOW)
    with pytest.raises(DomainError, match=WEAK):
        await passkeys.remove(
            await actor_behind(weak), bytes_to_base64url(device.credential_id), NOW
        )
