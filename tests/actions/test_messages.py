"""A message on its way out: what nothing can carry, and what is no longer true, stays here."""

from pathlib import Path

import pytest

from bruecke.actions import messages
from bruecke.actions.matches import withdraw
from bruecke.clock import DAY
from bruecke.delivery.worker import Worker
from bruecke.settings import settings
from bruecke.store import deliveries, notifications, people
from bruecke.store.ids import new_id
from bruecke.store.tables import AnswerLink, Delivery, Match
from bruecke.store.transaction import transaction
from tests.actions.match_cast import LATER, NOW, approved, interested, world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

# A Tuesday, 10:00 in Kassel.
MORNING = 1_790_064_000


async def said(person: str, kind: str, match: str) -> tuple[str, str]:
    """One notification whose message waits: (delivery, message)."""
    message = new_id()
    async with transaction():
        await Delivery.delete(force=True)
        await notifications.add(person, kind, match, message, message, MORNING, MORNING)
        await deliveries.queue("message", kind, "", MORNING, person=person, message=message)
    found = await Delivery.select(Delivery.id).where(Delivery.message == message)
    return found[0]["id"], message


async def test_what_neither_phone_nor_mailbox_could_carry_leaves_no_link_behind() -> None:
    amina, match = await interested(await world(), "Amina")
    await Match.update({Match.state: "suggested"}).where(Match.id == match)
    delivery, message = await said(amina.id, "suggestion", match)
    await messages.send_out(delivery, message, amina.id, "suggestion", MORNING)
    assert await Delivery.select(Delivery.channel, Delivery.state) == [
        {"channel": "message", "state": "void"}
    ]
    assert await AnswerLink.count() == 0


async def test_a_mail_that_comes_again_is_not_sent_when_it_is_no_longer_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRUECKE_MAIL_URL", f"file:{tmp_path}")
    settings.cache_clear()
    here = await world()
    await people.update(here.leyla.id, email="leyla@example.org", email_confirmed_at=NOW)
    amina, match = await approved(here, "Amina")
    delivery, message = await said(here.leyla.id, "asked", match)
    await messages.send_out(delivery, message, here.leyla.id, "asked", MORNING)
    await withdraw(amina, match, LATER + DAY)
    await Delivery.delete().where(Delivery.channel != "mail")
    assert await Worker().work_once() == 1
    settings.cache_clear()
    assert list(tmp_path.glob("*.eml")) == []
    assert [row["state"] for row in await Delivery.select(Delivery.state)] == ["void"]
