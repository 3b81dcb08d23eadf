"""Push services as machines: connections, addresses, slow ones beside quick ones, nothing told."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bruecke.delivery import push, push_hosts
from bruecke.delivery.worker import Worker
from bruecke.domain.access import Actor
from bruecke.store.tables import Delivery
from tests.delivery.test_worker import _queue as queue_mail
from tests.support.push_service import Answer, PushService
from tests.support.pushing import make_due, push_on, queue, rows, signed_in, sleeps, subscribe
from tests.support.web import plant_person, plant_region

pytestmark = pytest.mark.anyio


@pytest.fixture
async def services(
    database: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[tuple[PushService, PushService]]:
    """Two push services, and mails into a folder."""
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"file:{tmp_path / 'mails'}")
    one, other = PushService(), PushService()
    await one.start()
    await other.start()
    with push_on(monkeypatch, tmp_path, one, other):
        yield one, other
    await one.stop()
    await other.stop()
    assert one.faults + other.faults == []


@pytest.fixture
async def amina(services: object) -> Actor:
    """Amina on her own phone."""
    await plant_region()
    person = await plant_person("Amina")
    await sleeps(person)
    return await signed_in(person)


async def until(done: object) -> None:
    """Waits for something that happens by itself; the test's own patience is 8 seconds."""
    for _ in range(160):
        found = done()  # type: ignore[operator]
        if await found if asyncio.iscoroutine(found) else found:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never happened")


async def test_many_messages_share_few_connections(
    services: tuple[PushService, PushService], amina: Actor
) -> None:
    service, _ = services
    subscription = await subscribe(amina, service.device())
    for number in range(60):
        await queue(subscription, amina.id, f"m{number}")
    worker = Worker()
    while await worker.work_once():
        pass
    await worker.stop()
    assert len(service.received) == 60
    assert len(service.connections) <= push_hosts.AT_ONCE


async def test_each_host_is_addressed_by_its_own_name(
    services: tuple[PushService, PushService], amina: Actor
) -> None:
    worker = Worker()
    for service in services:
        actor = await signed_in(amina.id)
        await queue(await subscribe(actor, service.device()), amina.id, "m1")
    await worker.work_once()
    await worker.stop()
    assert [one.received[0].claims["aud"] for one in services] == [one.origin for one in services]


async def test_a_host_that_hangs_delays_neither_another_host_nor_a_mail(
    services: tuple[PushService, PushService], amina: Actor, tmp_path: Path
) -> None:
    hanging, quick = services
    stuck = await subscribe(amina, hanging.device(*[Answer(manner="hang")] * 30))
    for number in range(30):
        await queue(stuck, amina.id, f"stuck{number}")
    worker = Worker()
    worker.start()
    await until(lambda: len(hanging.received) >= push_hosts.AT_ONCE)
    phone = quick.device()
    await queue(await subscribe(await signed_in(amina.id), phone), amina.id, "m1")
    await queue_mail(1)
    await until(lambda: quick.sent_to(phone) and list((tmp_path / "mails").glob("*.eml")))
    assert len(hanging.received) == push_hosts.AT_ONCE, "no more than its share was tried"
    assert {row["state"] for row in await rows(subscription=stuck)} == {"waiting"}
    await hanging.stop()
    await worker.stop()


@pytest.mark.parametrize("manner", ["hang", "trickle"])
async def test_silence_is_cut_and_tried_again(
    services: tuple[PushService, PushService],
    amina: Actor,
    manner: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(push, "TOTAL", 1)
    service, _ = services
    await queue(await subscribe(amina, service.device(Answer(manner=manner))), amina.id, "m1")
    worker = Worker()
    await asyncio.wait_for(worker.work_once(), 8)
    (row,) = await rows(channel="push")
    assert (row["state"], row["attempts"]) == ("waiting", 1)
    await worker.stop()


async def test_a_host_that_cannot_be_reached_is_left_alone_for_a_while(
    services: tuple[PushService, PushService], amina: Actor
) -> None:
    service, _ = services
    subscription = await subscribe(amina, service.device())
    for number in range(push_hosts.FAILURES + 3):
        await queue(subscription, amina.id, f"m{number}")
    await service.stop()
    worker = Worker()
    await worker.work_once()
    await make_due()
    await Delivery.update({Delivery.attempts: 1}, force=True)
    await worker.work_once()
    tried = {row["attempts"] for row in await rows(channel="push")}
    assert tried == {1}, "resting costs no try"
    await worker.stop()


async def test_a_row_nobody_can_read_stops_no_other_push(
    services: tuple[PushService, PushService], amina: Actor
) -> None:
    service, _ = services
    device = service.device()
    subscription = await subscribe(amina, device)
    await queue(subscription, amina.id, "m1")
    await Delivery.update({Delivery.sealed: "sealed with another secret"}, force=True)
    await queue(subscription, amina.id, "m2")
    worker = Worker()
    await worker.work_once()
    await worker.stop()
    assert len(service.sent_to(device)) == 1
    assert [row["state"] for row in await rows(message="m1")] == ["waiting"]


async def test_an_unknown_channel_stops_nothing(
    services: tuple[PushService, PushService], amina: Actor
) -> None:
    service, _ = services
    device = service.device()
    await queue(await subscribe(amina, device), amina.id, "m1")
    await queue_mail(1)
    await Delivery.update({Delivery.channel: "pigeon"}).where(Delivery.channel == "mail")
    worker = Worker()
    await worker.work_once()
    await worker.stop()
    assert len(service.sent_to(device)) == 1


async def test_no_endpoint_ever_stands_in_the_log(
    services: tuple[PushService, PushService], amina: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    service, gone = services
    answers = [Answer(status) for status in (201, 302, 400, 404, 410, 413, 429, 500)]
    devices = [service.device(answer) for answer in answers] + [gone.device()]
    for number, device in enumerate(devices):
        await queue(await subscribe(await signed_in(amina.id), device), amina.id, f"m{number}")
    await gone.stop()
    worker = Worker()
    await worker.work_once()
    await worker.stop()
    told = caplog.text
    assert "push gone (410)" in told
    for device in devices:
        assert device.id not in told
        assert device.form["auth"] not in told
        assert device.p256dh not in told
