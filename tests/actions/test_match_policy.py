"""What passes by the region's policy, what waits for the desk, and that it happens once."""

import asyncio
from datetime import date

import pytest

from bruecke.actions import inbox
from bruecke.actions.matches import (
    accept_place,
    approve,
    confirm,
    decide_by_policy,
    decline,
    offer_free_places,
    refuse,
    say_yes,
    undo,
    withdraw,
)
from bruecke.actions.regions import set_policy
from bruecke.clock import DAY, now
from bruecke.delivery.worker import Worker
from bruecke.domain.access import Actor
from bruecke.language.dates import today
from bruecke.store import deliveries, history, matches, people
from bruecke.store.tables import (
    Delivery,
    Match,
    Notification,
    Opening,
    Organisation,
    Person,
    Posting,
    Shift,
)
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    World,
    as_desk,
    as_self,
    interested,
    state,
    taken,
)
from tests.actions.policy_cast import LOOKS, by_policy, policy_looks, second_date, trusted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def heard(who: Actor, at: int = LOOKS) -> list[str]:
    return [line.told.kind for line in await inbox.open_inbox(who, at)]


async def test_a_yes_passes_at_once_where_the_association_said_yes_ahead() -> None:
    here = await trusted()
    amina, match = await interested(here, "Amina")
    assert await policy_looks(LOOKS - 1) == 0
    assert (await state(match), await heard(here.anna, LOOKS)) == ("interested", [])
    assert await policy_looks() == 1
    assert (await state(match), await taken(here.opening)) == ("confirmed", 1)
    assert await by_policy(match) == "confirmed"
    assert (await heard(amina), await heard(here.leyla)) == (["confirmed"], ["settled"])
    assert await matches.queue(as_desk(here), LOOKS) == []
    assert await history.of_thing(match) == ["yes", "approve", "confirm"]


async def test_without_a_yes_ahead_the_association_decides_itself_and_numbers_open() -> None:
    here = await trusted(advance_consent=False)
    amina, match = await interested(here, "Amina")
    await policy_looks()
    assert (await state(match), await by_policy(match)) == ("approved", "approved")
    assert (await heard(amina), await heard(here.leyla)) == (["approved"], ["asked"])
    await confirm(here.leyla, match, LATER)
    seen = await matches.for_volunteer(as_self(amina), match, LATER + 60)
    assert seen and seen.contact and seen.contact.phone == "+4917139200011"


async def _refused(here: World) -> None:
    await Organisation.update({Organisation.refused_at: NOW}, force=True)


async def _never_active(here: World) -> None:
    await Match.update({Match.state: "confirmed"}).where(Match.state == "active")


async def _only_unreported(here: World) -> None:
    columns = {Match.state: "done", Match.closed_reason: "unreported"}
    await Match.update(columns).where(Match.state == "active")


async def _undated(here: World) -> None:
    await Opening.update({Opening.shift: None}, force=True)


async def _own_task(here: World) -> None:
    found = await Match.select(Match.person).where(Match.state == "interested")
    home = here.leyla.organisations[0]
    await people.add_membership(found[0]["person"], "representative", NOW, organisation=home)


async def _switched_off(here: World) -> None:
    await set_policy("kassel", False, NOW)


async def _begun(here: World) -> None:
    await Shift.update({Shift.held_on: date(2026, 9, 1)}, force=True)


FLIPS = {
    "switched off": _switched_off,
    "not verified": lambda _: Organisation.update({Organisation.verified_at: 0}, force=True),
    "refused": _refused,
    "nobody met yet": _never_active,
    "met by nobody's word": _only_unreported,
    "undated": _undated,
    "tandem": lambda _: Posting.update({Posting.format: "tandem"}, force=True),
    "a check": lambda _: Posting.update({Posting.checks: "interview"}, force=True),
    "a home": lambda _: Posting.update({Posting.home_visit: True}, force=True),
    "children": lambda _: Posting.update({Posting.with_children: True}, force=True),
    "age not told": lambda _: Person.update({Person.age_band: ""}, force=True),
    "a minor": lambda _: Person.update({Person.age_band: "16-17"}, force=True),
    "language not known": lambda _: Posting.update(
        {Posting.language_required: "ar", Posting.language_level: 3}, force=True
    ),
    "paused": lambda _: Posting.update({Posting.state: "paused"}, force=True),
    "closed": lambda _: Posting.update({Posting.state: "closed"}, force=True),
    "begun": _begun,
    "an own task": _own_task,
}


@pytest.mark.parametrize("flip", FLIPS)
async def test_one_thing_amiss_and_it_waits_for_the_desk_for_ever(flip: str) -> None:
    here = await trusted()
    _, match = await interested(here, "Amina")
    await FLIPS[flip](here)
    assert await policy_looks() == 1
    assert (await state(match), await taken(here.opening)) == ("interested", 0)
    assert await by_policy(match) == ""
    assert await policy_looks(NOW + 9 * DAY) == 0


async def test_a_number_nobody_confirmed_blocks_only_where_it_would_open() -> None:
    here = await trusted(advance_consent=False)
    _, match = await interested(here, "Samuel", confirmed=False)
    await policy_looks()
    assert await state(match) == "interested"
    await Posting.update({Posting.advance_consent: True}, force=True)
    _, other = await interested(here, "Olena", confirmed=False)
    await policy_looks()
    assert await state(other) == "confirmed"


async def test_a_region_that_said_nothing_puts_nothing_before_the_policy() -> None:
    here = await trusted()
    await set_policy("kassel", False, NOW)
    _, match = await interested(here, "Amina")
    await set_policy("kassel", True, NOW)
    assert await policy_looks(NOW + DAY) == 0
    assert await state(match) == "interested"


async def test_undo_within_ten_seconds_leaves_nothing() -> None:
    here = await trusted()
    amina, match = await interested(here, "Amina")
    await undo(amina, match, NOW + 9)
    await policy_looks()
    assert (await state(match), await taken(here.opening)) == ("suggested", 0)
    assert await heard(here.anna, NOW + 200) == []
    assert not await Delivery.exists().where(Delivery.state == "waiting")
    again = await say_yes(amina, here.posting, "", YES, NOW + 12, TODAY)
    await policy_looks(NOW + 21)
    assert (again, await state(match)) == (match, "interested")
    await policy_looks(NOW + 22)
    assert await state(match) == "confirmed"


async def test_the_desk_hears_of_what_does_not_pass_a_minute_later() -> None:
    here = await trusted(home_visit=True)
    _, match = await interested(here, "Amina")
    await policy_looks()
    assert [one.id for one in await matches.queue(as_desk(here), LOOKS)] == [match]
    assert await heard(here.anna, LOOKS + 59) == []
    assert await heard(here.anna, LOOKS + 60) == ["interest"]


async def test_whoever_was_faster_keeps_the_word() -> None:
    here = await trusted(places=2)
    _, first = await interested(here, "Amina")
    olena, second = await interested(here, "Olena")
    await approve(here.anna, first, LOOKS)
    await withdraw(olena, second, LOOKS)
    await policy_looks()
    assert [await state(first), await state(second)] == ["approved", "closed"]
    assert [await by_policy(first), await by_policy(second)] == ["", ""]


async def test_the_last_place_raced_by_eight_has_one_winner_and_seven_in_line() -> None:
    here = await trusted(places=1)
    pairs = [await interested(here, f"Amina {number}") for number in range(8)]
    rows = [row for row in await deliveries.claim(60, 60, LOOKS) if row.channel == "policy"]
    await asyncio.gather(*(decide_by_policy(row.id, row.sealed, LOOKS) for row in rows))
    states = sorted([await state(match) for _, match in pairs])
    assert states == ["confirmed"] + ["waitlisted"] * 7
    assert await taken(here.opening) == 1


async def test_who_waited_by_policy_is_looked_at_anew_and_not_taken_for_approved() -> None:
    here = await trusted(places=1)
    amina, first = await interested(here, "Amina")
    olena, second = await interested(here, "Olena")
    await policy_looks()
    by_name = {await state(first): (amina, first), await state(second): (olena, second)}
    await withdraw(*by_name["confirmed"], LATER)
    await offer_free_places(LATER + 10, TODAY)
    who, match = by_name["waitlisted"]
    assert await state(match) == "offered"
    await accept_place(who, match, LATER + 20)
    assert await state(match) == "interested"
    await Posting.update({Posting.home_visit: True}, force=True)
    await policy_looks(LATER + 30)
    assert await state(match) == "interested"


async def test_two_workers_and_one_that_dies_do_it_once() -> None:
    here = await trusted(places=6)
    at = now() - 20
    day = date.fromordinal(today(at).toordinal() + 14)
    await Shift.update({Shift.held_on: day}, force=True)
    await Posting.update({Posting.last_date: day}, force=True)
    pairs = [await interested(here, f"Amina {number}", at=at) for number in range(6)]
    dead = await deliveries.claim(60, 60, now())
    await Delivery.update({Delivery.lease_until_at: 0}, force=True)
    dying = [
        asyncio.create_task(decide_by_policy(row.id, row.sealed, now()))
        for row in dead
        if row.channel == "policy"
    ]
    await asyncio.sleep(0)
    for one in dying[::2]:
        one.cancel()
    await asyncio.gather(*(Worker().work_once() for _ in range(3)), *dying, return_exceptions=True)
    while await Worker().work_once():
        pass
    assert [await state(match) for _, match in pairs] == ["confirmed"] * 6
    assert await taken(here.opening) == 6
    for who, match in pairs:
        assert await history.of_thing(match) == ["yes", "approve", "confirm"]
        said = await Notification.select(Notification.kind).where(Notification.person == who.id)
        assert said == [{"kind": "confirmed"}]


async def test_whom_the_desk_refused_as_unsafe_does_not_pass_by_itself_on_another_date() -> None:
    here = await trusted()
    next_week = await second_date(here, date(2026, 10, 12))
    amina, match = await interested(here, "Amina", confirmed=True)
    await decline(here.anna, match, "unsafe", NOW + 15)
    again = await say_yes(amina, here.posting, next_week, YES, NOW + 100, TODAY)
    await policy_looks(NOW + 200)
    assert await state(again) == "interested"


async def test_whom_the_association_refused_is_not_sent_to_it_by_the_policy() -> None:
    here = await trusted(advance_consent=False)
    next_week = await second_date(here, date(2026, 10, 12))
    amina, match = await interested(here, "Amina")
    await policy_looks()
    await refuse(here.leyla, match, "unsafe", NOW + 60)
    await Posting.update({Posting.advance_consent: True}).where(Posting.id == here.posting)
    again = await say_yes(amina, here.posting, next_week, YES, NOW + 100, TODAY)
    await policy_looks(NOW + 200)
    assert await state(again) == "interested"
