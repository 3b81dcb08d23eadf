"""Pushes out of the outbox, beside the encryption alone: how much of the core goes to the rest."""

import asyncio
import multiprocessing
import os
import secrets
import tempfile
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher

from bruecke.actions.outgoing import queue_push
from bruecke.clock import now
from bruecke.delivery.worker import Worker
from bruecke.domain.person import Person as PersonView
from bruecke.language.pushes import declarative
from bruecke.settings import settings
from bruecke.store import deliveries, people, regions
from bruecke.store.engine import use_engine
from bruecke.store.migrations import migrate
from bruecke.store.tables import Delivery, Desk, Login, Region, Subscription
from bruecke.store.transaction import transaction
from bruecke.vapid import make_key, vapid
from tests.bench.figures import Figure, within
from tests.support.push_checks import encoded

PUSHES = 1_000
DEVICES = 100
# Seconds in which a worker that starts has done its first round.
SETTLED = 6
PAYLOAD = declarative("Ein neuer Vorschlag für Sie", "Tippen Sie." * 20, "/home", "de", "sample")


async def _endpoint(pipe: Connection) -> None:
    """A push service that only says 201: whatever time it takes is not ours."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
                await reader.readexactly(length)
                writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _serve(pipe: Connection) -> None:
    asyncio.run(_endpoint(pipe))


async def _plant(port: int) -> list[Subscription]:
    await regions.add(Region(id="kassel", name="Kassel"), Desk(id="desk", region="kassel"))
    await people.add(PersonView(id="amina", region="kassel", name="Amina"), "desk", "", now())
    await Login.insert(Login(id="login", person="amina", expires_at=now() + 9_999))
    key = vapid()
    assert key is not None
    made = []
    for number in range(DEVICES):
        point = (
            ec.generate_private_key(ec.SECP256R1())
            .public_key()
            .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        )
        made.append(
            Subscription(
                person="amina",
                login="login",
                endpoint=f"http://localhost:{port}/push/{number}",
                endpoint_hash=f"{number}",
                p256dh=encoded(point),
                auth=encoded(secrets.token_bytes(16)),
                vapid_key=key.id,
                language="de",
            )
        )
    await Subscription.insert(*made)
    return made


def _encode_alone(devices: list[Subscription]) -> float:
    """CPU seconds of PUSHES encryptions."""
    keys = [
        {"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
        for one in devices
    ]
    before = time.process_time()
    for number in range(PUSHES):
        WebPusher(keys[number % DEVICES]).encode(PAYLOAD.encode())
    return time.process_time() - before


async def _measured(port: int, folder: Path) -> list[Figure]:
    engine = use_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    await engine.start_connection_pool()
    await migrate()
    devices = await _plant(port)
    due = now() + SETTLED
    async with transaction():
        for number in range(PUSHES):
            device = devices[number % DEVICES]
            await queue_push(
                device.id,
                "amina",
                f"m{number}",
                "test",
                PAYLOAD,
                "sample",
                3_600,
                "normal",
                now(),
                not_before=due,
            )
    alone = _encode_alone(devices)
    worker = Worker()
    worker.start()
    # What a worker does once in ten minutes is no part of a push.
    while now() < due:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    cpu, wall = time.process_time(), time.perf_counter()
    async with transaction():
        deliveries.wake_worker()
    while await Delivery.exists().where(Delivery.state == "waiting"):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    await worker.stop()
    sent = await Delivery.count().where(Delivery.state == "sent")
    await engine.close_connection_pool()
    assert sent == PUSHES, f"{sent} of {PUSHES} sent"
    return [
        Figure(
            "pushes from the outbox to a loopback service, SQLite, one core",
            f"{PUSHES / wall:.0f} a second, {1e6 * cpu / PUSHES:.0f} µs CPU each",
            "≥ 1,500 a second",
            within(PUSHES / wall, 1_500, most=False),
        ),
        Figure(
            "the same as a ratio to `WebPusher.encode` alone",
            f"{alone / cpu:.2f} ({1e6 * alone / PUSHES:.0f} µs CPU each)",
            "≥ 0.55",
            within(alone / cpu, 0.55, most=False),
        ),
    ]


def measure() -> list[Figure]:
    """A thousand pushes to a hundred devices of one push service."""
    ours, theirs = multiprocessing.Pipe()
    service = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,))
    service.start()
    try:
        port = ours.recv()
        with tempfile.TemporaryDirectory() as folder:
            make_key(Path(folder))
            os.environ["BRUECKE_DATA_DIR"] = folder
            os.environ["BRUECKE_PUSH_EXTRA_HOSTS"] = f"localhost:{port}"
            settings.cache_clear()
            vapid.cache_clear()
            return asyncio.run(_measured(port, Path(folder)))
    finally:
        service.terminate()
        service.join()
