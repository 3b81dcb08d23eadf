"""What everybody sees of a match no person confirmed, and where an association says yes ahead."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest

from bruecke.actions.matches import met, report_problem, resume
from bruecke.actions.regions import set_policy
from bruecke.clock import now
from bruecke.delivery.worker import Worker
from bruecke.language.dates import today
from bruecke.store import people
from bruecke.store.tables import Person, Posting
from tests.actions.match_cast import CANARY, World, interested, state
from tests.actions.policy_cast import PUBLIC, trusted
from tests.support.pair import become, let_time_pass, shows, spelled
from tests.support.push_service import PushService
from tests.support.pushing import push_on, signed_in, subscribe
from tests.support.web import running_app
from tests.web.test_posting import leyla, roj, send, start

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

LEYLAS = "+4917139200011"


@pytest.fixture
async def service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mails: Path
) -> AsyncIterator[PushService]:
    """A push service for Amina's phone; Leyla has mail only."""
    made = PushService()
    await made.start()
    with push_on(monkeypatch, tmp_path, made):
        yield made
    await made.stop()
    assert made.faults == []


@pytest.fixture
def mails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder mails go to."""
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"file:{tmp_path / 'mails'}")
    return tmp_path / "mails"


async def passed(service: PushService) -> tuple[World, str, str]:
    """Amina said yes half a minute ago and the worker has done everything: (world, she, match)."""
    day: date = today(now()) + timedelta(days=14)
    here = await trusted(held_on=day)
    # What would ring at night would leave no mail to look into.
    everybody = {Person.quiet_from: 0, Person.quiet_until: 0, Person.email_confirmed_at: now()}
    amina, match = await interested(here, "Amina", at=now() - 30)
    await Person.update(everybody, force=True)
    for who, box in ((amina.id, "amina"), (here.leyla.id, "leyla"), (here.anna.id, "anna")):
        await people.update(who, email=f"{box}@example.org")
    await subscribe(await signed_in(amina.id), service.device())
    worker = Worker()
    while await worker.work_once():
        pass
    await worker.stop()
    assert await state(match) == "confirmed"
    return here, amina.id, match


async def pages(browser: httpx.AsyncClient, *paths: str) -> list[httpx.Response]:
    found = [await browser.get(path) for path in paths]
    assert [page.status_code for page in found] == [200] * len(found)
    return found


async def test_meeting_point_and_public_contact_open_and_nobodys_own_number(
    service: PushService, mails: Path
) -> None:
    here, amina, match = await passed(service)
    home = f"/organisations/{here.leyla.organisations[0]}"
    both = (CANARY, LEYLAS)
    async with running_app() as browser:
        for turn in ("confirmed", "again", "active"):
            await become(browser, amina)
            hers = await pages(browser, f"/matches/{match}", "/matches", "/home", "/notifications")
            assert "Holländische Str. 1" in hers[0].text and shows(hers[0], PUBLIC)
            assert "Öffentlicher Kontakt" in hers[0].text and "nicht Ihre Nummer" in hers[0].text
            await become(browser, here.leyla.id)
            theirs = await pages(browser, f"{home}/people", f"{home}/today", "/notifications")
            assert "Amina" in theirs[0].text and "Sie haben vorab Ja gesagt" in theirs[0].text
            for page in (*hers, *theirs):
                assert not any(shows(page, number) for number in both), (turn, page.url)
            if turn == "confirmed":
                # What people do by hand later opens nothing more.
                await report_problem(here.leyla, match, now())
                await resume(here.anna, match, now() + 60)
                await let_time_pass(100)
            elif turn == "again":
                await met(here.leyla, match, now())
                await let_time_pass(100)
        await become(browser, here.anna.id, "passkey")
        [desk] = await pages(browser, f"/desk/matches/{match}")
        assert "nach der Regel der Region" in desk.text and "vorab Ja" in desk.text
        queue = await pages(browser, "/desk/queue")
        assert match not in queue[0].text
    said = [mail.read_text() for mail in mails.glob("*.eml")]
    assert any("To: leyla@example.org" in mail for mail in said)
    pushed = [str(one.payload) for one in service.received]
    assert len(pushed) == 1, "confirmed, and nothing else"
    numbers = [spelled(number) for number in (*both, PUBLIC)]
    assert not any(one in text for text in said + pushed for number in numbers for one in number)


async def test_an_association_says_yes_ahead_where_it_can_count() -> None:
    made = await roj()
    async with running_app() as browser:
        await leyla(browser, made)
        posting = await start(browser, made, kind="event")
        id = posting.rpartition("/")[2]
        assert "vorab Ja" not in (await browser.get(f"{posting}/edit")).text

        async def kept() -> bool:
            row = await Posting.select(Posting.advance_consent).where(Posting.id == id).first()
            assert row
            return bool(row["advance_consent"])

        await send(browser, posting, "edit", venue="Holländische Str. 1", advance_consent="1")
        assert not await kept(), "the region has not said yes to this"
        await set_policy("kassel", True, now())
        assert "Wir sagen vorab Ja" in (await browser.get(f"{posting}/edit")).text
        nowhere = await send(browser, posting, "edit", venue="", advance_consent="1")
        assert nowhere.status_code == 422 and 'href="#venue"' in nowhere.text
        await send(browser, posting, "edit", venue="Holländische Str. 1", advance_consent="1")
        assert await kept()
        await send(browser, posting, "edit", home_visit="1")
        assert not await kept(), "a home waits for a person"
        assert "vorab Ja" not in (await browser.get(f"{posting}/edit")).text
