"""Every answer of a push service, and what becomes of the message and the device."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from bruecke.actions.subscriptions import lose, send_sample
from bruecke.clock import DAY, HOUR, now
from bruecke.delivery.again import BACK_OFF
from bruecke.delivery.push import judge, seconds_of
from bruecke.delivery.worker import Worker
from bruecke.domain.access import Actor
from bruecke.settings import settings
from bruecke.store import deliveries
from bruecke.store import subscriptions as kept_rows
from bruecke.store.tables import Delivery, Subscription
from bruecke.vapid import vapid
from tests.support.push_service import Answer, Device, PushService
from tests.support.pushing import make_due, push_on, queue, rows, signed_in, sleeps, subscribe
from tests.support.web import plant_person, plant_region

pytestmark = pytest.mark.anyio


@pytest.fixture
async def service(
    database: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[PushService]:
    """A strict push service, allowed by setting; in the end nothing of ours was faulty."""
    made = PushService()
    await made.start()
    with push_on(monkeypatch, tmp_path, made):
        yield made
    await made.stop()
    assert made.faults == []


@pytest.fixture
async def worker(service: PushService) -> AsyncIterator[Worker]:
    """A worker that is asked batch by batch."""
    made = Worker()
    yield made
    await made.stop()


@pytest.fixture
async def amina(service: PushService) -> Actor:
    """Amina on her own phone."""
    await plant_region()
    person = await plant_person("Amina")
    await sleeps(person)
    return await signed_in(person)


async def told(
    service: PushService, amina: Actor, *answers: Answer, message: str = "m1"
) -> tuple[Device, str]:
    """Amina's phone, which has one message waiting."""
    device = service.device(*answers)
    subscription = await subscribe(amina, device)
    await queue(subscription, amina.id, message)
    return device, subscription


async def the_push() -> dict[str, object]:
    (row,) = await rows(channel="push")
    return row


async def test_a_message_arrives_encrypted_signed_and_in_time(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    device, subscription = await told(service, amina)
    await worker.work_once()
    (received,) = service.sent_to(device)
    assert received.payload == {
        "web_push": 8030,
        "notification": {
            "title": "Brücke",
            "body": "Neuer Vorschlag für Sie",
            "navigate": f"{settings().origin}/home",
            "lang": "de",
            "dir": "ltr",
            "tag": "suggestion",
        },
    }
    assert (received.topic, received.urgency) == ("suggestion", "normal")
    assert 3 * DAY - 60 < received.ttl <= 3 * DAY
    row = await the_push()
    assert (row["state"], row["sealed"]) == ("sent", "")
    kept = await Subscription.select().first()
    assert kept and kept["delivered_at"] > 0 and kept["id"] == subscription


@pytest.mark.parametrize("status", [200, 201, 202])
async def test_taken_is_taken(
    service: PushService, amina: Actor, worker: Worker, status: int
) -> None:
    await told(service, amina, Answer(status))
    await worker.work_once()
    assert (await the_push())["state"] == "sent"
    assert await rows(channel="message") == []


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_goes_and_the_last_one_leaves_the_mailbox(
    service: PushService, amina: Actor, worker: Worker, status: int
) -> None:
    await told(service, amina, Answer(status))
    await worker.work_once()
    assert await Subscription.count() == 0
    row = await the_push()
    assert (row["state"], row["error"]) == ("dead", str(status))
    (mail,) = await rows(channel="message")
    assert (mail["kind"], mail["person"], mail["message"]) == ("mail", amina.id, "m1")
    assert mail["dedupe_key"] == "mail:m1"


async def test_where_another_device_has_it_nobody_needs_a_mail(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, Answer(410))
    laptop = service.device()
    await queue(await subscribe(await signed_in(amina.id), laptop), amina.id, "m1")
    await worker.work_once()
    assert len(service.sent_to(laptop)) == 1
    assert [row["endpoint"] for row in await Subscription.select()] == [laptop.endpoint]
    assert await rows(channel="message") == []


async def test_two_devices_that_go_at_once_leave_one_mail(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, Answer(410))
    laptop = service.device(Answer(404))
    await queue(await subscribe(await signed_in(amina.id), laptop), amina.id, "m1")
    await worker.work_once()
    assert await Subscription.count() == 0
    assert len(await rows(channel="message")) == 1


async def test_what_else_waited_for_a_lost_device_goes_to_the_mailbox_too(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    _, subscription = await told(service, amina, Answer(410))
    await queue(subscription, amina.id, "m2")
    await Delivery.update({Delivery.not_before_at: now() + HOUR}).where(Delivery.message == "m2")
    await worker.work_once()
    assert {row["message"] for row in await rows(channel="message")} == {"m1", "m2"}


@pytest.mark.parametrize("status", [400, 401, 403, 302, 307, 308])
async def test_a_refusal_is_most_often_our_fault_and_ends_push_only_on_the_third_day(
    service: PushService, amina: Actor, worker: Worker, status: int
) -> None:
    elsewhere = {"Location": f"{service.origin}/inside"}
    await told(service, amina, *[Answer(status, elsewhere)] * 3)
    for refusals in (1, 2):
        before = now()
        await worker.work_once()
        row = await the_push()
        assert row["state"] == "waiting" and int(str(row["not_before_at"])) >= before + DAY
        kept = await Subscription.select().first()
        assert kept and kept["failures"] == refusals
        assert await rows(channel="message") == []
        await make_due()
        await Subscription.update({Subscription.refused_at: now() - DAY}, force=True)
    await worker.work_once()
    assert await Subscription.count() == 0
    assert (await the_push())["state"] == "dead"
    assert len(await rows(channel="message")) == 1
    assert service.elsewhere == [], "a redirect was followed"


async def test_refusals_of_one_day_count_once(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    _, subscription = await told(service, amina, *[Answer(403)] * 3)
    for message in ("m2", "m3"):
        await worker.work_once()
        await queue(subscription, amina.id, message)
    await worker.work_once()
    kept = await Subscription.select().first()
    assert kept and kept["failures"] == 1
    assert {row["state"] for row in await rows(channel="push")} == {"waiting"}


async def test_an_address_renewed_during_the_flight_stays_and_gets_the_message(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    _, subscription = await told(service, amina)
    target = (await kept_rows.find([subscription]))[subscription]
    (row,) = await deliveries.claim(1, 60, now())
    renewed = service.device()
    assert await subscribe(amina, renewed) == subscription
    await lose(target, row.id, "m1", "410", now())
    await worker.work_once()
    assert len(service.sent_to(renewed)) == 1
    assert (await the_push())["state"] == "sent"
    assert await rows(channel="message") == []


async def test_a_push_that_comes_back_at_night_waits_for_the_morning(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, Answer(503))
    await worker.work_once()
    await sleeps(amina.id, hours=2)
    await make_due()
    before = now()
    await worker.work_once()
    row = await the_push()
    assert (row["state"], row["attempts"], row["lease_until_at"]) == ("waiting", 1, 0)
    assert before < int(str(row["not_before_at"])) <= now() + HOUR
    assert [one.status for one in service.received] == [503]


async def test_a_sample_rings_when_it_was_asked_for(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await subscribe(amina, service.device())
    await sleeps(amina.id, hours=2)
    await send_sample(amina, now())
    await worker.work_once()
    assert len(service.received) == 1


async def test_one_delivery_forgives_refusals(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, Answer(403), Answer(201))
    await worker.work_once()
    await make_due()
    await worker.work_once()
    kept = await Subscription.select().first()
    assert kept and kept["failures"] == 0


async def test_too_large_is_sent_once_more_as_a_short_text(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    device, _ = await told(service, amina, Answer(413), Answer(201))
    await worker.work_once()
    (received,) = service.sent_to(device)
    assert received.payload["notification"]["body"] == "Es gibt etwas Neues für Sie."
    assert (await the_push())["state"] == "sent"


async def test_too_large_twice_is_given_up(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, Answer(413), Answer(413))
    await worker.work_once()
    assert (await the_push())["state"] == "dead"
    assert len(service.received) == 2
    assert await Subscription.count() == 1
    assert len(await rows(channel="message")) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
async def test_a_service_in_trouble_is_asked_again_after_the_back_off(
    service: PushService, amina: Actor, worker: Worker, status: int
) -> None:
    device, _ = await told(service, amina, Answer(status))
    before = now()
    await worker.work_once()
    row = await the_push()
    wait = int(str(row["not_before_at"])) - before
    assert row["state"] == "waiting" and BACK_OFF[0] <= wait <= BACK_OFF[0] * 1.5
    await make_due()
    await worker.work_once()
    assert len(service.sent_to(device)) == 1
    assert (await the_push())["state"] == "sent"


async def test_after_the_last_try_the_mailbox_gets_it(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    await told(service, amina, *[Answer(500)] * 9)
    for _ in range(len(BACK_OFF) + 1):
        for host in worker._pushes._hosts.values():
            host.answered()
            host._rests_until = 0
        await make_due()
        await worker.work_once()
    assert (await the_push())["state"] == "dead"
    assert await Subscription.count() == 1
    assert len(await rows(channel="message")) == 1


@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_a_service_that_asks_for_a_rest_gets_it_for_all_its_devices(
    service: PushService, amina: Actor, worker: Worker, form: str
) -> None:
    at = datetime.fromtimestamp(now() + 600, UTC)
    asked = "600" if form == "seconds" else format_datetime(at, usegmt=True)
    await told(service, amina, Answer(429, {"Retry-After": asked}))
    await worker.work_once()
    laptop = service.device()
    await queue(await subscribe(await signed_in(amina.id), laptop), amina.id, "m2")
    await worker.work_once()
    assert service.sent_to(laptop) == []
    for row in await rows(channel="push"):
        wait = int(str(row["not_before_at"])) - now()
        assert row["state"] == "waiting" and 590 <= wait <= 751
    assert {row["attempts"] for row in await rows(message="m2")} == {0}


async def test_a_message_that_nobody_needs_any_more_is_not_sent(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    subscription = await subscribe(amina, service.device())
    await queue(subscription, amina.id, "m1", ttl=1)
    from bruecke.delivery import push

    later = now() + 5
    push_now, push.now = push.now, lambda: later  # type: ignore[assignment]
    try:
        await worker.work_once()
    finally:
        push.now = push_now
    assert (await the_push())["state"] == "void"
    assert service.received == []


async def test_a_host_that_was_struck_off_the_list_is_not_called(
    service: PushService, amina: Actor, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(service, amina)
    monkeypatch.setenv("BRUECKE_PUSH_EXTRA_HOSTS", "")
    settings.cache_clear()
    await worker.work_once()
    assert service.received == []
    assert await Subscription.count() == 0
    assert len(await rows(channel="message")) == 1


async def test_a_device_of_another_key_waits_until_its_owner_comes_by(
    service: PushService, amina: Actor, worker: Worker
) -> None:
    device, _ = await told(service, amina)
    await Subscription.update({Subscription.vapid_key: "of-yesterday"}, force=True)
    await worker.work_once()
    assert service.received == []
    assert (await the_push())["state"] == "waiting"
    await subscribe(amina, device)
    await make_due()
    await worker.work_once()
    assert len(service.sent_to(device)) == 1


async def test_without_a_key_nothing_is_sent_and_nothing_is_lost(
    service: PushService, amina: Actor, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    await told(service, amina)
    monkeypatch.setenv("BRUECKE_BASE_URL", "https://bruecke.example.org")
    settings.cache_clear()
    vapid.cache_clear()
    await worker.work_once()
    assert (await the_push())["state"] == "waiting"


@pytest.mark.parametrize(
    ("status", "verdict"),
    [(204, "delivered"), (304, "refused"), (405, "refused"), (415, "refused"), (599, "later")],
)
def test_what_no_standard_mentions_is_judged_carefully(status: int, verdict: str) -> None:
    assert judge(status) == verdict


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("", 0), ("soon", 0), ("-5", 0), ("0", 0), ("120", 120), ("99999999999", HOUR), ("٣", 0),
     ("Thu, 01 Jan 1970 00:20:00 GMT", 200), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
     ("Fri, 31 Dec 9999 23:59:59 GMT", HOUR)],
)  # fmt: skip
def test_a_rest_is_read_in_both_forms_and_lasts_an_hour_at_most(said: str, seconds: int) -> None:
    assert seconds_of(said, 1_000) == seconds
