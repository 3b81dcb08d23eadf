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
from tests.support.web import token_in

pytestmark = pytest.mark.anyio

KILLS = 100 if os.environ.get("BRUECKE_PROVE") else 3
SECONDS = 1.5
ROUND = 10
WRITERS = 4


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An own server that believes the proxy, so that limits by network do not end the load."""
    made = Server(tmp_path, BRUECKE_TRUSTED_PROXIES="127.0.0.1")
    made.command("region", "add", "kassel", "Kassel", "34117", "--desk", "Servicestelle",
                 "--phone", "0171 3920001", "--hours", "Mo")  # fmt: skip
    _plant(made.folder / "data" / "bruecke.sqlite3")
    yield made
    made.kill()


def _plant(file: Path) -> None:
    """A task for everybody, and Anna, whose phone may ring at night."""
    with sqlite3.connect(file) as database:
        for table, row in {
            "organisation": {"id": "roj", "region": "kassel", "name": "Roj", "verified_at": 1},
            "person": {"id": "anna", "region": "kassel", "name": "Anna", "quiet_until": 1260},
            "membership": {
                "id": "seat", "person": "anna", "region": "kassel", "role": "coordinator",
            },
            "posting": {
                "id": "lunch", "region": "kassel", "organisation": "roj", "kind": "need",
                "title": "Freitagsküche", "activity": "cooking", "format": "flexible",
                "state": "open", "published_at": 1,
            },
            "opening": {"id": "place", "posting": "lunch", "capacity": 99_999},
        }.items():  # fmt: skip
            names, places = ", ".join(row), ", ".join("?" * len(row))
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


async def _say_yes(client: httpx.AsyncClient, joined: httpx.Response) -> str:
    """A yes of whoever just joined; answers the match."""
    login = joined.headers["set-cookie"].partition(";")[0]
    headers = {"sec-fetch-site": "same-origin", "cookie": login}
    page = await client.get("/postings/lunch", headers=headers)
    said = {"csrf": token_in(page.text), "consent": "1"}
    answer = await client.post("/postings/lunch/interest", data=said, headers=headers)
    assert answer.status_code == 303, answer.text[:300]
    return answer.headers["location"].rpartition("/")[2]


async def _write(
    server: Server, numbers: Iterator[int], known: list[int], yeses: list[str]
) -> None:
    """Joins, says yes and asks for a code, over and over, until the server is gone."""
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
                yeses.append(await _say_yes(client, joined))
                asked = await client.post(
                    "/sign-in", data={"email": answers["contact"]}, headers=headers
                )
            except httpx.HTTPError:
                return
            assert joined.status_code == asked.status_code == 303
            known.append(number)


async def _under_load(known: list[int]) -> None:
    """At least SECONDS, and on a slow machine until enough was acknowledged to prove anything."""
    before = len(known)
    await asyncio.sleep(SECONDS)
    for _ in range(100):
        if len(known) - before >= ROUND:
            return
        await asyncio.sleep(0.2)


def _a_minute_later(file: Path) -> None:
    """The leases of dead workers have run out; the full proof waits for it."""
    if KILLS == 3:
        with sqlite3.connect(file, timeout=10) as database:
            database.execute(
                "UPDATE delivery SET lease_until_at = 0, not_before_at = 0 WHERE state = 'waiting'"
            )


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
    numbers, known, yeses = itertools.count(), list[int](), list[str]()
    for _ in range(KILLS):
        server.start()
        writers = [
            asyncio.create_task(_write(server, numbers, known, yeses)) for _ in range(WRITERS)
        ]
        await _under_load(known)
        server.kill()
        await asyncio.gather(*writers)
    assert len(known) >= ROUND * KILLS, "too few acknowledged writes to prove anything"

    file = server.folder / "data" / "bruecke.sqlite3"
    # Rows a dead worker had in hand come back when their lease of a minute ends.
    _a_minute_later(file)
    server.start()
    await _everything_is_sent(file)
    server.stop()

    with sqlite3.connect(file) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = [row[0] for row in database.execute("SELECT name FROM person WHERE id <> 'anna'")]
        offers = database.execute("SELECT COUNT(*) FROM offer").fetchone()[0]
        asked = database.execute("SELECT COUNT(*) FROM sign_in_code").fetchone()[0]
        queued = database.execute(
            "SELECT COUNT(*) FROM delivery WHERE channel = 'mail'"
        ).fetchone()[0]
        interested = {
            row[0] for row in database.execute("SELECT id FROM match WHERE state = 'interested'")
        }
        told = [
            row[0]
            for row in database.execute(
                "SELECT n.match FROM notification n JOIN delivery d ON d.message = n.message"
                " WHERE n.kind = 'interest' AND d.channel = 'message'"
                " AND d.state IN ('sent', 'void')"
            )
        ]
        taken = database.execute("SELECT taken FROM opening").fetchone()[0]
    assert {f"Amina {number}" for number in known} <= set(stored)
    assert len(stored) == len(set(stored)) == offers
    assert set(yeses) <= interested
    assert sorted(told) == sorted(interested), "a yes nobody was told of, or twice"
    assert taken == 0, "an interest reserves nothing"
    assert asked == queued, "a code without its row in the outbox, or the other way round"
    to = {
        line.removeprefix("To: ").strip()
        for mail in (server.folder / "mails").glob("*.eml")
        for line in mail.read_text().splitlines()
        if line.startswith("To: ")
    }
    assert {f"amina{number}@example.org" for number in known} <= to
