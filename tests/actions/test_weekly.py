"""A weekly posting never runs out of dates while it is open: any worker, once a day, goes on."""

import asyncio
from datetime import UTC, date, datetime, time

import msgspec
import pytest

from bruecke.actions import postings as acts
from bruecke.actions.drafts import draft_from_template
from bruecke.actions.weekly import carry_all_on
from bruecke.clock import DAY, now
from bruecke.delivery.sweep import sweep
from bruecke.domain.access import Actor
from bruecke.domain.posting import Changes, Task
from bruecke.store import history, profiles
from bruecke.store.tables import JobRun, Opening, Posting, Shift
from tests.actions.test_postings import FEST, LUNCH, TANDEM, TODAY, leyla, publish

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

# 1 February 2027 in Kassel, ten in the morning; the clocks change on 28 March.
FEBRUARY = int(datetime(2027, 2, 1, 9, tzinfo=UTC).timestamp())
MARCH = int(datetime(2027, 3, 9, 9, tzinfo=UTC).timestamp())
WEEKLY = msgspec.structs.replace(LUNCH, starts_on=date(2026, 12, 2))


async def lunch(changes: Changes = WEEKLY) -> tuple[Actor, str]:
    """Leyla's lunch table on Wednesdays, published in November."""
    actor, made = await leyla()
    draft = await draft_from_template(actor, made, "lunch_table", "key", now())
    assert await publish(actor, draft, changes) == "open"
    return actor, draft


async def dates() -> list[date]:
    """The dates there are, in the order of the calendar."""
    return [row["held_on"] for row in await Shift.select().order_by(Shift.held_on)]


async def test_the_worker_carries_the_rule_on_over_the_change_of_the_clocks() -> None:
    tasks = (Task("Küche", 3), Task("Begrüßung", 1))
    _, posting = await lunch(msgspec.structs.replace(WEEKLY, tasks=tasks))
    assert (await dates())[-1] == date(2027, 1, 20)
    await sweep(FEBRUARY)
    assert (await dates())[-1] == date(2027, 3, 24)
    await sweep(MARCH)
    found = [one for one in await dates() if one >= date(2027, 3, 9)]
    assert (found[0], found[-1], len(found)) == (date(2027, 3, 10), date(2027, 4, 28), 8)
    kept = {(row["starts"], row["ends"], row["zone"]) for row in await Shift.select()}
    assert kept == {(time(18), time(20), "Europe/Berlin")}
    added = await Opening.select().where(Opening.shift.held_on == date(2027, 4, 28))
    assert {row["task"]: row["capacity"] for row in added} == {"Küche": 3, "Begrüßung": 1}
    assert await history.of_thing(posting) == ["drafted", "published", "carried_on", "carried_on"]


async def test_on_one_day_it_is_done_once_and_nothing_comes_twice() -> None:
    _, posting = await lunch()
    await carry_all_on(FEBRUARY)
    before = await dates()
    await carry_all_on(FEBRUARY + 600)
    await JobRun.delete(force=True)
    await carry_all_on(FEBRUARY + 1200)
    assert await dates() == before and len(before) == len(set(before))
    assert (await history.of_thing(posting)).count("carried_on") == 1


async def test_two_workers_at_once_do_it_once() -> None:
    _, posting = await lunch()
    await asyncio.gather(*(carry_all_on(FEBRUARY) for _ in range(3)))
    found = await dates()
    assert len(found) == len(set(found)) == await Opening.count() == 16
    assert (await history.of_thing(posting)).count("carried_on") == 1
    assert [row["id"] for row in await JobRun.select()] == ["weekly:kassel:2027-02-01"]


async def test_two_who_look_at_the_same_posting_add_its_dates_once() -> None:
    actor, posting = await lunch()
    await Posting.update({Posting.state: "paused"}).where(Posting.id == posting)
    await asyncio.gather(
        acts.resume(actor, posting, FEBRUARY, date(2027, 2, 1)), carry_all_on(FEBRUARY)
    )
    found = await dates()
    assert len(found) == len(set(found)) == await Opening.count() == 16


async def test_a_pause_adds_nothing_and_its_end_adds_all_at_once() -> None:
    actor, posting = await lunch()
    await acts.pause(actor, posting, now(), TODAY)
    await carry_all_on(FEBRUARY)
    assert len(await dates()) == 8
    await acts.resume(actor, posting, FEBRUARY, date(2027, 2, 1))
    assert (await dates())[-1] == date(2027, 3, 24) and len(await dates()) == 16


async def test_what_has_ended_gets_no_dates_any_more() -> None:
    _, posting = await lunch(msgspec.structs.replace(WEEKLY, last_date=date(2027, 2, 10)))
    await carry_all_on(FEBRUARY)
    assert (await dates())[-2:] == [date(2027, 2, 3), date(2027, 2, 10)]
    await carry_all_on(MARCH)
    assert (await dates())[-1] == date(2027, 2, 10)
    assert (await history.of_thing(posting)).count("carried_on") == 1


async def test_matching_knows_the_new_date_in_the_same_transaction() -> None:
    _, posting = await lunch()
    await carry_all_on(FEBRUARY)
    row = await profiles.get(posting)
    assert row and row["next_day"] == date(2027, 2, 3).toordinal() - profiles.EPOCH
    assert row["places_left"] == 4


async def test_one_posting_that_cannot_be_read_keeps_no_other_back() -> None:
    actor, good = await lunch()
    organisation = actor.organisations[0]
    bad = await draft_from_template(actor, organisation, "lunch_table", "other", now())
    await publish(actor, bad, WEEKLY, "other")
    await Posting.update({Posting.activity: "nobody knows"}).where(Posting.id == bad)
    await carry_all_on(FEBRUARY)
    assert await Shift.count().where(Shift.posting == good) == 16
    assert await Shift.count().where(Shift.posting == bad) == 8


async def test_a_need_without_dates_and_a_single_date_stay_as_they_are() -> None:
    actor, made = await leyla()
    for template, changes in (("german_practice", TANDEM), ("festival_help", FEST)):
        draft = await draft_from_template(actor, made, template, template, now())
        assert await publish(actor, draft, changes, template) == "open"
    before = await dates()
    await carry_all_on(FEBRUARY)
    assert await dates() == before and await JobRun.count() == 0


async def test_runs_are_forgotten_after_a_month() -> None:
    await lunch()
    await carry_all_on(FEBRUARY)
    await sweep(FEBRUARY + 31 * DAY)
    assert [row["id"] for row in await JobRun.select()] == ["weekly:kassel:2027-03-04"]
