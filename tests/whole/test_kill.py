"""kill -9 under load: what was acknowledged is there, and what had to be sent is sent."""

import asyncio
import itertools
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.servers import Server

pytestmark = pytest.mark.anyio

KILLS = 100 if os.environ.get("BRUECKE_PROVE") else 3
SECONDS = 1.5
WRITERS = 4


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An own server that believes the proxy, so that limits by network do not end the load."""
    made = Server(tmp_path, BRUECKE_TRUSTED_PROXIES="127.0.0.1")
    made.command("region", "add", "kassel", "Kassel", "34117", "--desk", "Servicestelle",
                 "--phone", "0171 3920001", "--hours", "Mo")  # fmt: skip
    yield made
    made.kill()


async def _write(server: Server, numbers: Iterator[int], known: list[int]) -> None:
    """Joins and asks for a code, over and over, until the server is gone."""
    async with httpx.AsyncClient(base_url=server.base, timeout=5) as client:
        while True:
            number = next(numbers)
            headers = {
                "sec-fetch-site": "same-origin",
                "x-forwarded-for": f"10.0.{number // 250}.{number % 250}",
            }
            answers = {
                "region": "kassel",
                "activities": "cooking",
                "when": "evenings",
                "name": f"Amina {number}",
                "contact": f"amina{number}@example.org",
                "idempotency_key": f"{number:043}",
            }
            try:
                joined = await client.post("/join", data=answers, headers=headers)
                asked = await client.post(
                    "/sign-in", data={"email": answers["contact"]}, headers=headers
                )
            except httpx.HTTPError:
                return
            assert joined.status_code == asked.status_code == 303
            known.append(number)


async def _everything_is_sent(file: Path) -> None:
    for _ in range(200):
        with sqlite3.connect(file) as database:
            (waiting,) = database.execute(
                "SELECT COUNT(*) FROM delivery WHERE state = 'waiting'"
            ).fetchone()
        if not waiting:
            return
        await asyncio.sleep(0.5)
    pytest.fail(f"{waiting} still waiting")


async def test_nothing_acknowledged_is_lost_when_the_server_is_killed(server: Server) -> None:
    numbers, known = itertools.count(), list[int]()
    for _ in range(KILLS):
        server.start()
        writers = [asyncio.create_task(_write(server, numbers, known)) for _ in range(WRITERS)]
        await asyncio.sleep(SECONDS)
        server.kill()
        await asyncio.gather(*writers)
    assert len(known) >= 10 * KILLS, "too few acknowledged writes to prove anything"

    server.start()
    file = server.folder / "data" / "bruecke.sqlite3"
    # Rows a dead worker had in hand come back when their lease of a minute ends.
    await _everything_is_sent(file)
    server.stop()

    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = [row[0] for row in database.execute("SELECT name FROM person")]
        offers = database.execute("SELECT COUNT(*) FROM offer").fetchone()[0]
        asked = database.execute("SELECT COUNT(*) FROM sign_in_code").fetchone()[0]
        queued = database.execute("SELECT COUNT(*) FROM delivery").fetchone()[0]
    assert {f"Amina {number}" for number in known} <= set(stored)
    assert len(stored) == len(set(stored)) == offers
    assert asked == queued, "a code without its row in the outbox, or the other way round"
    to = {
        line.removeprefix("To: ").strip()
        for mail in (server.folder / "mails").glob("*.eml")
        for line in mail.read_text().splitlines()
        if line.startswith("To: ")
    }
    assert {f"amina{number}@example.org" for number in known} <= to
