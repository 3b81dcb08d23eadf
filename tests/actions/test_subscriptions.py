"""A phone that may be told: whose it is, for how long, and which addresses are never taken."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bruecke.actions import logins, subscriptions
from bruecke.actions.outgoing import MOST_BYTES, queue_push, read_push
from bruecke.clock import DAY, HOUR, now
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, NotThere, TooOften
from bruecke.settings import settings
from bruecke.store import answer_links
from bruecke.store import logins as kept_logins
from bruecke.store import subscriptions as kept
from bruecke.store.tables import AnswerLink, Login, Subscription
from bruecke.store.transaction import transaction
from bruecke.vapid import vapid
from tests.support.push_checks import encoded
from tests.support.push_service import PushService
from tests.support.pushing import push_on, queue, rows, run_out, signed_in, subscribe
from tests.support.web import plant_person, plant_region

pytestmark = pytest.mark.anyio


@pytest.fixture
async def service(
    database: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[PushService]:
    """Nobody is called here: it only makes devices."""
    made = PushService()
    made.port = 9
    with push_on(monkeypatch, tmp_path, made):
        yield made


@pytest.fixture
async def amina(service: PushService) -> Actor:
    """Amina on her own phone."""
    await plant_region()
    return await signed_in(await plant_person("Amina"))


async def test_a_phone_that_says_yes_twice_is_told_once(service: PushService, amina: Actor) -> None:
    device = service.device()
    first = await subscribe(amina, device)
    assert await subscribe(amina, device, "ar") == first
    row = await Subscription.select().first()
    assert row and row["language"] == "ar" and row["login"] == amina.login
    key = vapid()
    assert key and row["vapid_key"] == key.id
    assert device.endpoint not in row["endpoint_hash"]


async def test_a_phone_that_changes_hands_tells_the_new_one_only(
    service: PushService, amina: Actor
) -> None:
    device = service.device()
    hers = await subscribe(amina, device)
    await queue(hers, amina.id, "m1")
    olena = await signed_in(await plant_person("Olena"))
    olenas = await subscribe(olena, device)
    assert olenas != hers
    assert await kept.of_person(amina.id) == []
    assert await rows(channel="push") == [], "what waited for Amina must not reach Olena"


async def test_a_renewed_endpoint_takes_the_place_of_the_old_one(
    service: PushService, amina: Actor
) -> None:
    old = await subscribe(amina, service.device())
    await queue(old, amina.id, "m1")
    assert await subscribe(amina, service.device()) == old
    assert await Subscription.count() == 1
    assert len(await rows(subscription=old)) == 1


async def test_signing_in_again_on_the_same_phone_keeps_one_row(
    service: PushService, amina: Actor
) -> None:
    device = service.device()
    first = await subscribe(amina, device)
    await queue(first, amina.id, "m1")
    again = await signed_in(amina.id)
    assert await subscribe(again, device) == first
    (row,) = await Subscription.select()
    assert row["login"] == again.login
    assert len(await rows(subscription=first)) == 1


@pytest.mark.parametrize("same_person", [True, False])
async def test_a_login_that_is_replaced_hands_push_on_to_the_same_person_only(
    service: PushService, amina: Actor, same_person: bool
) -> None:
    first = await subscribe(amina, service.device())
    person = amina.id if same_person else await plant_person("Olena")
    async with transaction():
        secret = await logins.open_login(
            person, "passkey", (), "Android, Chrome", now(), replaces=amina.login
        )
    again = await logins.recognise(secret, now())
    assert again and await logins.recognise(amina.login, now()) is None
    told = [(row["id"], row["login"]) for row in await Subscription.select()]
    assert told == ([(first, again.login)] if same_person else [])


async def test_ten_devices_a_person_the_oldest_goes(service: PushService, amina: Actor) -> None:
    first = await subscribe(amina, service.device())
    await Subscription.update({Subscription.seen_at: now() - 100}, force=True)
    await queue(first, amina.id, "m1")
    for _ in range(kept.MOST):
        await subscribe(await signed_in(amina.id), service.device())
    found = [device.id for device in await kept.of_person(amina.id)]
    assert len(found) == kept.MOST and first not in found
    assert [(row["kind"], row["message"]) for row in await rows()] == [("mail", "m1")]


async def test_a_shared_phone_is_refused(service: PushService, amina: Actor) -> None:
    shared = await signed_in(amina.id, shared_phone=True)
    assert await subscriptions.offered_to(shared) is None
    with pytest.raises(DomainError, match=r"^subscriptions\.error\.shared_phone$"):
        await subscribe(shared, service.device())


@pytest.mark.parametrize("way", ["itself", "another device", "everywhere"])
async def test_signing_a_device_out_ends_push_there(
    service: PushService, amina: Actor, way: str
) -> None:
    laptop = await signed_in(amina.id)
    await queue(await subscribe(amina, service.device()), amina.id, "m1")
    left = await subscribe(laptop, service.device())
    if way == "itself":
        await logins.sign_out(amina, now())
    elif way == "another device":
        await logins.sign_out_device(laptop, amina.login[:16], now())
    else:
        await logins.sign_out_everywhere(laptop, now())
    assert [device.id for device in await kept.of_person(amina.id)] == [left]
    (mail,) = await rows()
    assert (mail["channel"], mail["kind"], mail["message"]) == ("message", "mail", "m1")


@pytest.mark.parametrize("hours", [13, 89 * 24])
async def test_a_login_that_runs_out_by_itself_does_not_end_push(
    service: PushService, amina: Actor, hours: int
) -> None:
    hers = await subscribe(amina, service.device())
    await queue(hers, amina.id, "m1")
    await run_out(amina)
    await logins.sweep(now() + hours * HOUR)
    assert [device.id for device in await kept.of_person(amina.id)] == [hers]
    assert len(await rows(subscription=hers)) == 1
    assert await kept_logins.devices(amina.id, now()) == []
    assert [device.id for device in await kept.devices(amina.id)] == [hers]


async def test_ninety_days_after_its_login_ran_out_a_phone_is_told_no_more(
    service: PushService, amina: Actor
) -> None:
    await queue(await subscribe(amina, service.device()), amina.id, "m1")
    await run_out(amina)
    await logins.sweep(now() + 91 * DAY)
    assert (await Subscription.count(), await Login.count()) == (0, 0)
    assert [(row["kind"], row["message"]) for row in await rows()] == [("mail", "m1")]


@pytest.mark.parametrize("way", ["everywhere", "not my phone", "another person", "a shared phone"])
async def test_what_outlived_its_login_ends_like_any_other(
    service: PushService, amina: Actor, way: str
) -> None:
    laptop = await signed_in(amina.id)
    await queue(await subscribe(amina, service.device()), amina.id, "m1")
    await answer_links.add("link", amina.id, "m1", now(), now() + DAY)
    await run_out(amina)
    person = await plant_person("Olena") if way == "another person" else amina.id
    if way == "everywhere":
        await logins.sign_out_everywhere(laptop, now())
    elif way == "not my phone":
        await logins.leave(amina.login, now())
    else:
        async with transaction():
            shared = way == "a shared phone"
            await logins.open_login(person, "code", (), "", now(), shared, replaces=amina.login)
    assert (await Subscription.count(), await AnswerLink.count()) == (0, 0)
    assert [(row["person"], row["kind"]) for row in await rows()] == [(amina.id, "mail")]


async def test_the_next_login_on_the_same_phone_takes_over_what_the_last_one_left(
    service: PushService, amina: Actor
) -> None:
    hers = await subscribe(amina, service.device())
    await queue(hers, amina.id, "m1")
    await run_out(amina)
    async with transaction():
        secret = await logins.open_login(
            amina.id, "passkey", ("coordinator",), "", now(), replaces=amina.login
        )
    again = await logins.recognise(secret, now())
    assert again and (offered := await subscriptions.offered_to(again)) and offered.is_known
    assert len(await rows(subscription=hers)) == 1


async def test_what_was_switched_off_by_hand_is_not_mailed(
    service: PushService, amina: Actor
) -> None:
    hers = await subscribe(amina, service.device())
    await queue(hers, amina.id, "m1")
    await subscriptions.remove(amina, hers, now())
    assert await rows() == []


async def test_only_the_owner_switches_a_device_off(service: PushService, amina: Actor) -> None:
    subscription = await subscribe(amina, service.device())
    olena = await signed_in(await plant_person("Olena"))
    with pytest.raises(NotThere):
        await subscriptions.remove(olena, subscription, now())
    await subscriptions.remove(amina, subscription, now())
    assert await Subscription.count() == 0
    with pytest.raises(NotThere):
        await subscriptions.remove(amina, subscription, now())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "http://127.0.0.1:8000/desk"),
        ("endpoint", "https://evil-fcm.googleapis.com/x"),
        ("p256dh", ""),
        ("p256dh", "not base64!"),
        ("p256dh", encoded(b"\x04" + b"\x01" * 64)),
        ("p256dh", encoded(b"\x02" + b"\x01" * 32)),
        ("p256dh", encoded(b"\x04" * 12)),
        ("auth", encoded(b"four")),
        ("auth", encoded(b"x" * 17)),
        ("auth", "ä" * 22),
    ],
)
async def test_what_no_browser_gives_is_not_kept(
    service: PushService, amina: Actor, field: str, value: str
) -> None:
    given = service.device().form | {field: value}
    with pytest.raises(DomainError, match=r"^subscriptions\.error\.(endpoint|keys)$"):
        await subscriptions.save(
            amina, given["endpoint"], given["p256dh"], given["auth"], "de", now()
        )
    assert await Subscription.count() == 0


async def test_while_push_is_off_nothing_is_offered_or_kept(
    service: PushService, amina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await subscribe(amina, service.device())
    assert await subscriptions.offered_to(amina) is not None
    monkeypatch.setenv("BRUECKE_BASE_URL", "https://bruecke.example.org")
    settings.cache_clear()
    vapid.cache_clear()
    assert await subscriptions.offered_to(amina) is None
    assert await subscriptions.reachable(amina.id) == []
    with pytest.raises(DomainError, match=r"^subscriptions\.error\.off$"):
        await subscribe(amina, service.device())


async def test_a_sample_goes_to_each_own_device_in_its_language_and_not_too_often(
    service: PushService, amina: Actor
) -> None:
    await subscribe(amina, service.device())
    await subscribe(await signed_in(amina.id), service.device(), "ar")
    assert await subscriptions.send_sample(amina, now()) == 2
    payloads = {read_push(str(row["sealed"])).payload for row in await rows(kind="test")}
    assert sum('"dir":"rtl"' in payload for payload in payloads) == 1
    for _ in range(4):
        await subscriptions.send_sample(amina, now())
    with pytest.raises(TooOften):
        await subscriptions.send_sample(amina, now())


async def test_the_same_message_is_queued_once_for_each_device(
    service: PushService, amina: Actor
) -> None:
    subscription = await subscribe(amina, service.device())
    for _ in range(2):
        await queue(subscription, amina.id, "m1")
    await queue(subscription, amina.id, "m2")
    assert sorted(str(row["dedupe_key"]) for row in await rows(channel="push")) == [
        f"push:m1:{subscription}",
        f"push:m2:{subscription}",
    ]


async def test_what_waits_can_be_read_with_the_secret_only(
    service: PushService, amina: Actor
) -> None:
    await queue(await subscribe(amina, service.device()), amina.id, "m1")
    (row,) = await rows(channel="push")
    assert "Vorschlag" not in str(row["sealed"])
    assert read_push(str(row["sealed"])).urgency == "normal"


@pytest.mark.parametrize(
    ("payload", "topic", "ttl"),
    [("x" * (MOST_BYTES + 1), "t", 60), ("x", "no spaces", 60), ("x", "t" * 33, 60), ("x", "t", 0)],
)
async def test_what_no_push_service_would_carry_is_refused_early(
    service: PushService, amina: Actor, payload: str, topic: str, ttl: int
) -> None:
    subscription = await subscribe(amina, service.device())
    with pytest.raises(ValueError, match="no push service"):
        async with transaction():
            await queue_push(
                subscription, amina.id, "m1", "suggested", payload, topic, ttl, "normal", now()
            )
