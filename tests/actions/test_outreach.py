"""Suggestions by push: rarely, several at once, in waking hours, answered through their link."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bruecke.actions import answering, outreach, profiles, telling
from bruecke.actions.matches import Yes, say_no, suggesting, undo
from bruecke.actions.outreach import Fit
from bruecke.clock import DAY, HOUR, now
from bruecke.delivery.worker import Worker
from bruecke.domain import slots
from bruecke.domain.access import Actor
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.offer import Offer
from bruecke.keys import keyed_hash
from bruecke.language.dates import today
from bruecke.reference.activities import activities_by_code
from bruecke.store import answer_links, matches, offers
from bruecke.store.ids import new_id, token
from bruecke.store.tables import AnswerLink, Delivery, Match, Notification, Person
from bruecke.store.transaction import transaction
from tests.actions.match_cast import CANARY, TODAY, World, person, state, task, world
from tests.support.push_service import PushService
from tests.support.pushing import push_on, signed_in, subscribe

pytestmark = pytest.mark.anyio

# A Tuesday, 10:00 in Kassel.
MORNING = 1_790_064_000
EVENING = MORNING + 11 * HOUR


@pytest.fixture
async def service(
    database: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[PushService]:
    """A strict push service; in the end nothing of ours was faulty."""
    made = PushService()
    await made.start()
    with push_on(monkeypatch, tmp_path, made):
        yield made
    await made.stop()
    assert made.faults == []


async def with_phone(service: PushService, name: str, **fields: str) -> Actor:
    """A volunteer whose phone may be told."""
    who = await person(name, **fields)
    await subscribe(await signed_in(who.id), service.device())
    return who


async def suggested(who: Actor, posting: str, opening: str, at: int = MORNING) -> str:
    """A pair the engine has stored."""
    row = Match(
        id=new_id(), opening=opening, posting=posting, person=who.id, source="engine",
        state="suggested", score=50, visible_from_at=at, created_at=at, moved_at=at,
    )  # fmt: skip
    assert await matches.add(row)
    return str(row.id)


async def announced(who: Actor, at: int = MORNING) -> None:
    async with transaction():
        await outreach.announce([Fit(who.id, 80, True)], 1, at)


async def due(channel: str, at: int) -> list[str]:
    """What the worker would take out now."""
    found = await Delivery.select(Delivery.id).where(
        (Delivery.channel == channel)
        & (Delivery.state == "waiting")
        & (Delivery.not_before_at <= at)
    )
    return [row["id"] for row in found]


async def asked(who: Actor, at: int) -> int:
    """The worker comes by: how many suggestions are in the message it queued, 0 for none."""
    before = await Notification.count()
    for delivery in await due("outreach", at):
        await outreach.ask(delivery, who.id, at)
    return await Notification.count() - before


async def more(here: World, count: int) -> list[tuple[str, str]]:
    """Further postings of Roj Kulturhaus."""
    home = here.leyla.organisations[0]
    return [await task(home, here.leyla.id, 1, date(2026, 12, 1 + n)) for n in range(count)]


async def test_a_message_carries_up_to_five_suggestions_and_then_a_week_is_quiet(
    service: PushService,
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    for posting, opening in await more(here, 7):
        await suggested(amina, posting, opening)
    await announced(amina)
    await announced(amina)
    assert await asked(amina, MORNING) == 5
    await announced(amina, MORNING + HOUR)
    assert await asked(amina, MORNING + 7 * DAY - 1) == 0
    assert await asked(amina, MORNING + 7 * DAY) == 2


async def test_nobody_is_asked_for_what_began_this_morning(service: PushService) -> None:
    here = await world(held_on=date(2026, 9, 22))  # at ten
    amina = await with_phone(service, "Amina")
    await suggested(amina, here.posting, here.opening)
    await announced(amina)
    assert await asked(amina, MORNING) == 0
    await announced(amina, MORNING - HOUR)
    assert await asked(amina, MORNING - HOUR) == 1


async def test_two_workers_ask_once(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    await suggested(amina, here.posting, here.opening)
    await announced(amina)
    row = (await due("outreach", MORNING))[0]
    await outreach.ask(row, amina.id, MORNING)
    await outreach.ask(row, amina.id, MORNING)
    assert await Notification.count() == 1


async def test_no_phone_rings_at_night_and_nothing_is_lost_by_waiting(
    service: PushService,
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    await suggested(amina, here.posting, here.opening)
    await announced(amina, EVENING)
    assert await asked(amina, EVENING) == 0
    assert await asked(amina, MORNING + DAY - 2 * HOUR - 1) == 0
    assert await asked(amina, MORNING + DAY - 2 * HOUR) == 1


async def test_what_was_answered_meanwhile_is_not_asked(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    await suggested(amina, here.posting, here.opening)
    await announced(amina)
    await say_no(amina, here.posting, MORNING, TODAY)
    assert await asked(amina, MORNING + HOUR) == 0
    # The week of rest has not begun: nothing was sent.
    rest = await Person.select(Person.ask_again_at).where(Person.id == amina.id)
    assert rest[0]["ask_again_at"] <= MORNING + HOUR


async def test_a_yes_means_a_fortnight_without_suggestions(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    match = await suggested(amina, here.posting, here.opening)
    (other,) = await more(here, 1)
    await announced(amina)
    assert await asked(amina, MORNING) == 1
    secret = await link_to(amina, match)
    await answering.say_yes(secret, match, Yes(consent=True), MORNING + HOUR, TODAY)
    await suggested(amina, *other, MORNING + DAY)
    await announced(amina, MORNING + DAY)
    assert await asked(amina, MORNING + HOUR + 14 * DAY - 1) == 0
    assert await asked(amina, MORNING + HOUR + 14 * DAY) == 1


async def test_an_early_no_brings_the_next_suggestion_at_once(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    await Person.update({Person.created_at: MORNING - 3 * DAY}).where(Person.id == amina.id)
    await suggested(amina, here.posting, here.opening)
    await announced(amina)
    assert await asked(amina, MORNING) == 1
    (other,) = await more(here, 1)
    await suggested(amina, *other, MORNING + HOUR)
    await announced(amina, MORNING + HOUR)
    assert await asked(amina, MORNING + 2 * HOUR) == 0
    await say_no(amina, here.posting, MORNING + 3 * HOUR, TODAY)
    assert await asked(amina, MORNING + 3 * HOUR) == 1


async def test_only_people_whose_phone_can_ring_and_of_whom_all_is_known_are_asked(
    service: PushService,
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    olena, samuel = await person("Olena"), await with_phone(service, "Samuel", age_band="")
    async with transaction():
        fits = [Fit(amina.id, 60, True), Fit(olena.id, 90, True), Fit(samuel.id, 90, False)]
        await outreach.announce(fits, 3, MORNING)
    found = await Delivery.select(Delivery.person).where(Delivery.channel == "outreach")
    assert [row["person"] for row in found] == [amina.id]
    assert here.posting


async def link_to(who: Actor, match: str) -> str:
    """The secret of a link as the phone gets it."""
    said = await Notification.select(Notification.message).where(Notification.match == match)
    secret = token()
    hashed = keyed_hash("answer", secret)
    await answer_links.add(hashed, who.id, said[0]["message"], MORNING, MORNING + 14 * DAY)
    return secret


async def test_a_link_answers_its_own_suggestions_and_opens_nothing_else(
    service: PushService,
) -> None:
    here = await world(places=2)
    amina = await with_phone(service, "Amina")
    olena = await with_phone(service, "Olena")
    hers = await suggested(amina, here.posting, here.opening)
    other = await suggested(olena, here.posting, here.opening)
    for who in (amina, olena):
        await announced(who)
        assert await asked(who, MORNING) == 1
    secret = await link_to(amina, hers)
    opened = await answering.open_link(secret, MORNING)
    assert [one.id for one in opened.matches] == [hers]
    assert opened.actor.seats == () and opened.actor.login == ""
    with pytest.raises(NotThere):
        await answering.say_no(secret, other, MORNING, TODAY)
    await answering.say_yes(secret, hers, Yes(consent=True), MORNING, TODAY)
    assert await state(hers) == "interested"
    await undo(opened.actor, hers, MORNING + 5)
    assert await state(hers) == "suggested"
    await answering.say_no(secret, hers, MORNING + 60, TODAY)
    with pytest.raises(MatchMoved):
        await answering.say_yes(secret, hers, Yes(consent=True), MORNING + 90, TODAY)
    with pytest.raises(NotThere):
        await answering.open_link(secret, MORNING + 14 * DAY)


async def test_the_phone_gets_neutral_words_and_a_link_that_answers(service: PushService) -> None:
    here = await world(held_on=today(now()) + timedelta(days=20))
    amina = await with_phone(service, "Amina")
    await Person.update({Person.quiet_from: 0, Person.quiet_until: 0}, force=True)
    match = await suggested(amina, here.posting, here.opening, now())
    await announced(amina, now())
    worker = Worker()
    while await worker.work_once():
        pass
    await worker.stop()
    (received,) = service.received
    said = received.payload["notification"]
    assert received.payload["web_push"] == 8030
    assert (said["title"], said["lang"], said["dir"]) == (
        "Ein neuer Vorschlag für Sie",
        "de",
        "ltr",
    )
    for secret_word in ("Roj", "Amina", CANARY, "Kassel", "Mittagstisch"):
        assert secret_word not in repr(received.payload)
    secret = said["navigate"].rpartition("/answers/")[2]
    await answering.say_yes(secret, match, Yes(consent=True), now(), today(now()))
    assert await state(match) == "interested"
    kept = await AnswerLink.select(AnswerLink.id)
    assert secret not in repr(kept)


async def test_what_is_no_longer_true_when_its_turn_comes_is_not_sent(
    service: PushService,
) -> None:
    here = await world(held_on=today(now()) + timedelta(days=20))
    amina = await with_phone(service, "Amina")
    await Person.update({Person.quiet_from: 0, Person.quiet_until: 0}, force=True)
    await suggested(amina, here.posting, here.opening, now())
    await announced(amina, now())
    worker = Worker()
    assert await worker.work_once() == 1
    assert await worker.work_once() == 1
    await say_no(amina, here.posting, now(), today(now()))
    while await worker.work_once():
        pass
    await worker.stop()
    assert service.received == []
    left = await Delivery.select(Delivery.state).where(Delivery.channel == "push")
    assert [row["state"] for row in left] == ["void"]


async def test_without_a_device_a_confirmed_mailbox_hears_of_own_matches_only(
    service: PushService,
) -> None:
    here = await world(held_on=today(now()) + timedelta(days=20))
    amina = await person("Amina", email="amina@example.org")
    await Person.update({Person.quiet_from: 0, Person.quiet_until: 0}, force=True)
    match = await suggested(amina, here.posting, here.opening, now())
    record = await matches.get(match)
    assert record
    await Match.update({Match.state: "approved"}).where(Match.id == match)
    worker = Worker()
    for confirmed_at in (0, now()):
        await Person.update({Person.email_confirmed_at: confirmed_at}).where(Person.id == amina.id)
        async with transaction():
            await telling.say(record, "approved", "", now(), now(), f"test:{confirmed_at}")
        assert await worker.work_once() == 1
    await worker.stop()
    found = await Delivery.select(Delivery.kind).where(Delivery.channel == "mail")
    assert [row["kind"] for row in found] == ["notice"]


async def test_a_new_posting_reaches_the_phone_it_fits_and_no_other(service: PushService) -> None:
    here = await world(held_on=today(now()) + timedelta(days=20))
    amina = await with_phone(service, "Amina")
    olena = await with_phone(service, "Olena")
    await Person.update({Person.quiet_from: 0, Person.quiet_until: 0}, force=True)
    for who, activity in ((amina, "cooking"), (olena, "sport")):
        await offers.add(
            Offer(
                id=new_id(), region="kassel", person=who.id, slots=slots.ALL, state="active",
                activities=1 << activities_by_code()[activity].bit, confirmed_at=now(),
            ),
            now() + DAY,
        )  # fmt: skip
        async with transaction():
            await profiles.rewrite_offer(who.id, now())
    await suggesting.work(now())
    async with transaction():
        await profiles.rewrite_posting(here.posting, now())
    await suggesting.work(now())
    worker = Worker()
    while await worker.work_once():
        pass
    await worker.stop()
    (received,) = service.received
    assert "/answers/" in received.payload["notification"]["navigate"]
    told = await Notification.select(Notification.person, Notification.kind)
    assert told == [{"person": amina.id, "kind": "suggestion"}]
