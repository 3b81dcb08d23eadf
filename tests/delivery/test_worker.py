"""The outbox: nothing lost, nothing twice, one bad row stops no other."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from bruecke.actions.profiles import rewrite_posting
from bruecke.actions.sign_in import CodeMail
from bruecke.clock import DAY, now
from bruecke.delivery import mail
from bruecke.delivery import worker as worker_module
from bruecke.delivery.again import BACK_OFF
from bruecke.delivery.sweep import sweep
from bruecke.delivery.worker import AT_ONCE, Worker, send_mail
from bruecke.keys import seal
from bruecke.language.dates import today
from bruecke.settings import settings
from bruecke.store import deliveries
from bruecke.store.tables import Delivery, Match, Offer
from bruecke.store.transaction import transaction
from tests.actions.match_cast import person, task, world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder mails go to in this test."""
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"file:{tmp_path / 'mails'}")
    settings.cache_clear()
    yield tmp_path / "mails"
    settings.cache_clear()


async def _queue(number: int, sealed: str = "") -> None:
    code = CodeMail(f"p{number}@example.org", f"{number:06}", "de")
    text = sealed or seal(msgspec.json.encode(code).decode())
    async with transaction():
        await deliveries.queue("mail", "sign_in_code", text, now(), dedupe=f"test:{number}")


async def _states() -> dict[str, int]:
    counted: dict[str, int] = {}
    for row in await Delivery.select(Delivery.state):
        counted[row["state"]] = counted.get(row["state"], 0) + 1
    return counted


async def test_forty_mails_and_three_workers_send_each_once(mails: Path) -> None:
    for number in range(40):
        await _queue(number)
    while any(await asyncio.gather(*(Worker().work_once() for _ in range(3)))):
        pass
    assert len(list(mails.glob("*.eml"))) == 40
    assert await _states() == {"sent": 40}


async def test_a_row_nobody_can_read_stops_no_other(mails: Path) -> None:
    await _queue(1, sealed="sealed with another secret")
    await _queue(2)
    await Worker().work_once()
    assert len(list(mails.glob("*.eml"))) == 1
    assert await _states() == {"waiting": 1, "sent": 1}


async def test_what_is_sent_carries_nothing_any_more(mails: Path) -> None:
    await _queue(1)
    await Worker().work_once()
    row = await Delivery.select().first()
    assert row and row["sealed"] == "" and row["done_at"] > 0


async def test_a_worker_that_dies_gives_its_rows_back_when_the_lease_ends(mails: Path) -> None:
    await _queue(1)
    claimed = await deliveries.claim(AT_ONCE, 60, now())
    assert len(claimed) == 1
    assert await deliveries.claim(AT_ONCE, 60, now()) == []
    assert len(await deliveries.claim(AT_ONCE, 60, now() + 61)) == 1


async def test_what_was_queued_first_leaves_first(mails: Path) -> None:
    at = now()
    async with transaction():
        for age in (1, 3, 2):
            await deliveries.queue("mail", f"{age}", "", at - age, not_before=at)
    assert [row.kind for row in await deliveries.claim(2, 60, at)] == ["3", "2"]
    assert [row.kind for row in await deliveries.claim(2, 60, at)] == ["1"]


async def test_a_mail_that_leaves_twice_can_be_recognised_as_one(mails: Path) -> None:
    await _queue(1)
    seen = set()
    for _ in range(2):
        (row,) = await deliveries.claim(1, 0, now())
        await send_mail(row)
        (file,) = mails.glob("*.eml")
        seen.add(next(line for line in file.read_text().splitlines() if "Message-ID" in line))
        await Delivery.update({Delivery.state: "waiting", Delivery.sealed: row.sealed}, force=True)
    assert seen == {f"Message-ID: <{row.id}@{settings().mail_from.rpartition('@')[2]}>"}


async def test_a_mail_server_slow_with_each_command_does_not_outlast_the_lease(
    mails: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    over = asyncio.Event()

    async def tarpit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 slow\r\n")
        while line := await reader.readline():
            heard.append(line)
            await asyncio.sleep(0.2)
            writer.write(b"250 well\r\n")
        writer.close()
        over.set()

    server = await asyncio.start_server(tarpit, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setattr(worker_module, "SPARE", worker_module.LEASE - 0.3)
    settings.cache_clear()
    await _queue(1)
    await Worker().work_once()
    server.close()
    await over.wait()
    (row,) = await Delivery.select(Delivery.state, Delivery.error)
    assert row == {"state": "waiting", "error": "TimeoutError"}
    assert not [line for line in heard if line.startswith(b"DATA")]


async def test_a_mail_server_that_stays_down_is_tried_again_and_then_given_up(
    mails: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRUECKE_MAIL_URL", "smtp://127.0.0.1:9")
    settings.cache_clear()
    await _queue(1)
    for _ in range(len(BACK_OFF)):
        await Worker().work_once()
        assert await _states() == {"waiting": 1}
        await Delivery.update({Delivery.not_before_at: 0}, force=True)
    await Worker().work_once()
    assert await _states() == {"dead": 1}


async def test_a_new_row_wakes_the_worker_at_once(mails: Path) -> None:
    worker = Worker()
    worker.start()
    await asyncio.sleep(0.1)
    await _queue(7)
    for _ in range(60):
        if list(mails.glob("*.eml")):
            break
        await asyncio.sleep(0.05)
    await worker.stop()
    assert await _states() == {"sent": 1}


async def test_a_new_posting_wakes_the_worker_and_is_suggested(mails: Path) -> None:
    here = await world(places=2, held_on=today(now() + 30 * DAY))
    amina = await person("Amina")
    await Offer.insert(Offer(person=amina.id, region="kassel", anything=True, state="active"))
    worker = Worker()
    worker.start()
    # At its start it sees to what has no profile yet, and to what that makes possible.
    await _until(Match.count, 1)
    posting, _ = await task(here.leyla.organisations[0], here.leyla.id, 2, today(now() + 40 * DAY))
    async with transaction():
        await rewrite_posting(posting, now())
    await _until(Match.count, 2)
    await worker.stop()
    assert {row["state"] for row in await Match.select(Match.state)} == {"suggested"}


async def _until(count: Callable[[], Awaitable[int]], wanted: int) -> None:
    for _ in range(100):
        if await count() == wanted:
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{await count()} instead of {wanted}")


async def test_what_was_rolled_back_is_never_sent(mails: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await deliveries.queue("mail", "sign_in_code", "x", now())
            raise ZeroDivisionError
    assert await Worker().work_once() == 0


def test_a_header_cannot_be_smuggled_into_a_mail() -> None:
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        mail.compose("a@example.org\nBcc: b@example.org", "Hallo", "Text", "row", now())


async def test_what_has_ended_is_forgotten(mails: Path) -> None:
    await _queue(1)
    await Worker().work_once()
    await sweep(now() + 29 * DAY)
    assert await Delivery.count() == 1
    await sweep(now() + 31 * DAY)
    assert await Delivery.count() == 0
