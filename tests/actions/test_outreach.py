"""Suggestions by push: rarely, several at once, in waking hours, answered through their link."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bruecke.actions import answering, logins, messages, outreach, profiles, telling
from bruecke.actions.matches import (
    Yes,
    offer_free_places,
    say_no,
    suggesting,
    undo,
    withdraw,
)
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
from bruecke.store import answer_links, matches, notifications, offers
from bruecke.store.engine import current_engine
from bruecke.store.ids import new_id, token
from bruecke.store.tables import AnswerLink, Block, Delivery, Match, Notification, Person, Posting
from bruecke.store.transaction import transaction
from tests.actions.match_cast import (
    CANARY,
    TODAY,
    World,
    approved,
    interested,
    person,
    state,
    task,
    world,
)
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


async def with_phone(service: PushService, name: str, activity: str = "", **fields: str) -> Actor:
    """A volunteer whose phone may be told."""
    who = await person(name, **fields)
    await subscribe(await signed_in(who.id), service.device())
    masks = {"": 0, **{code: 1 << one.bit for code, one in activities_by_code().items()}}
    await offers.add(
        Offer(
            id=new_id(), region="kassel", person=who.id, slots=slots.ALL,
            anything=not activity, activities=masks[activity], confirmed_at=MORNING,
        ),
        now() + 90 * DAY,
    )  # fmt: skip
    async with transaction():
        await profiles.rewrite_offer(who.id, MORNING)
    return who


async def suggested(who: Actor, posting: str, opening: str, at: int = MORNING) -> str:
    """A pair the engine has stored."""
    row = Match(
        id=new_id(), opening=opening, posting=posting, person=who.id, source="engine",
        state="suggested", score=50, visible_from_at=at, created_at=at, moved_at=at,
    )  # fmt: skip
    assert await matches.add(row)
    async with transaction():
        await profiles.rewrite_posting(posting, at)
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


async def test_an_undone_yes_costs_no_fortnight_and_a_no_no_week(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    match = await suggested(amina, here.posting, here.opening)
    (other,) = await more(here, 1)
    await announced(amina)
    assert await asked(amina, MORNING) == 1
    secret = await link_to(amina, match)
    await answering.say_yes(secret, match, Yes(consent=True), MORNING + HOUR, TODAY)
    await answering.undo(secret, match, MORNING + HOUR + 5)
    await answering.say_no(secret, match, MORNING + HOUR + 60, TODAY)
    await suggested(amina, *other, MORNING + DAY)
    await announced(amina, MORNING + DAY)
    assert await asked(amina, MORNING + 7 * DAY - 1) == 0
    assert await asked(amina, MORNING + 7 * DAY) == 1


async def test_a_lost_phone_answers_nothing_after_signing_out_everywhere(
    service: PushService,
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    match = await suggested(amina, here.posting, here.opening)
    await announced(amina)
    assert await asked(amina, MORNING) == 1
    secret = await link_to(amina, match)
    other = await signed_in(amina.id)
    await logins.sign_out_everywhere(other, MORNING)
    with pytest.raises(NotThere):
        await answering.open_link(secret, MORNING)


async def test_a_suggestion_s_link_neither_takes_nor_gives_up_an_offered_place(
    service: PushService,
) -> None:
    here = await world()
    amina, first = await approved(here, "Amina")
    olena = await with_phone(service, "Olena")
    hers = await suggested(olena, here.posting, here.opening)
    await notifications.add(olena.id, "suggestion", hers, "a message", "x", MORNING, MORNING)
    secret = await link_to(olena, hers)
    await answering.say_yes(secret, hers, Yes(consent=True), MORNING, TODAY)
    assert await state(hers) == "waitlisted"
    await withdraw(amina, first, MORNING + 60)
    await offer_free_places(MORNING + 120, TODAY)
    assert await state(hers) == "offered"
    with pytest.raises(MatchMoved):
        await answering.say_no(secret, hers, MORNING + 180, TODAY)
    with pytest.raises(MatchMoved):
        await answering.say_yes(secret, hers, Yes(consent=True), MORNING + 180, TODAY)


async def test_a_paused_task_is_neither_pushed_nor_answered(service: PushService) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    match = await suggested(amina, here.posting, here.opening)
    await announced(amina)
    assert await asked(amina, MORNING) == 1
    secret = await link_to(amina, match)
    await Posting.update({Posting.state: "paused"}).where(Posting.id == here.posting)
    (row,) = await Delivery.select().where(Delivery.channel == "message")
    await messages.send_out(row["id"], row["message"], amina.id, "suggestion", MORNING)
    assert await due("push", MORNING) == []
    with pytest.raises(NotThere):
        await answering.say_yes(secret, match, Yes(consent=True), MORNING, TODAY)


async def test_a_place_that_becomes_free_at_night_waits_for_the_morning(
    database: object,
) -> None:
    here = await world(held_on=date(2026, 10, 5))
    amina, first = await approved(here, "Amina")
    _, hers = await interested(here, "Olena", MORNING)
    assert await state(hers) == "waitlisted"
    night = int(datetime(2026, 10, 3, 22, tzinfo=ZoneInfo("Europe/Berlin")).timestamp())
    await withdraw(amina, first, night)
    await offer_free_places(night + 600, date(2026, 10, 3))
    assert await state(hers) == "waitlisted"
    await offer_free_places(night + 10 * HOUR, date(2026, 10, 4))
    assert await state(hers) == "offered"


async def test_asking_costs_no_more_questions_for_more_suggestions(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    for posting, opening in await more(here, 20):
        await suggested(amina, posting, opening)
    await Posting.update({Posting.language_required: "ar"}, force=True)
    async with transaction():
        for row in await Posting.select(Posting.id):
            await profiles.rewrite_posting(row["id"], MORNING)
    await announced(amina)
    (delivery,) = await due("outreach", MORNING)
    engine = current_engine()
    run, count = engine.run_querystring, [0]

    async def counted(*said: Any, **more: Any) -> Any:
        count[0] += 1
        return await run(*said, **more)

    monkeypatch.setattr(engine, "run_querystring", counted)
    await outreach.ask(delivery, amina.id, MORNING)
    assert count[0] < 12


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
    amina = await with_phone(service, "Amina", "cooking")
    await with_phone(service, "Olena", "sport")
    await Person.update({Person.quiet_from: 0, Person.quiet_until: 0}, force=True)
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


async def test_somebody_kept_from_an_association_hears_nothing_of_its_tasks(
    service: PushService,
) -> None:
    here = await world()
    amina = await with_phone(service, "Amina")
    await suggested(amina, here.posting, here.opening)
    await announced(amina)
    # A block closes what is open; this one was set while a suggestion was on its way.
    await Block.insert(
        Block(person=amina.id, organisation=here.leyla.organisations[0], maker=amina.id)
    )
    assert await asked(amina, MORNING) == 0
