"""After every action the stored profile is what a fresh one would be; time is seen to later."""

import asyncio
from datetime import date, time

import msgspec
import pytest

from bruecke.actions import postings as acts
from bruecke.actions import profiles
from bruecke.actions.accounts import Device, Joining, change_profile, join, tell_languages
from bruecke.actions.drafts import draft_from_template, draft_of_kind
from bruecke.actions.matches import (
    Yes,
    accept_place,
    approve,
    close,
    expire,
    offer_free_places,
    refuse_place,
    say_yes,
    silence,
    undo,
    withdraw,
)
from bruecke.actions.organisations import verify
from bruecke.clock import DAY
from bruecke.domain import slots
from bruecke.domain.access import Actor
from bruecke.domain.contact import Contact
from bruecke.domain.organisation import Organisation
from bruecke.domain.posting import Changes
from bruecke.language.dates import today
from bruecke.store import organisations
from bruecke.store.ids import new_id
from bruecke.store.tables import MatchProfile, Offer, Person, Posting
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    World,
    acting,
    another_date,
    interested,
    person,
    task,
    world,
)
from tests.support.profiles import stored, wrong_profiles
from tests.support.web import plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TANDEM = Changes(format="tandem", places=2, weekdays=(0,), parts=(3,), area="Nordstadt")
LUNCH = Changes(
    format="recurring",
    places=4,
    weekdays=(2,),
    starts_on=date(2026, 9, 23),
    starts=time(18),
    ends=time(20),
)


async def amina(key: str = "key") -> Actor:
    """Amina joins as everybody does."""
    answers = Joining(
        region="kassel",
        name="Amina",
        contact=Contact("phone", "+491713920911"),
        activities=1,
        anything=False,
        slots=slots.ALL,
        reading_language="de",
    )
    made, _ = await join(answers, Device(name="Android", network="192.0.2.7"), key, "body", NOW)
    return acting(made)


async def row_of(who: Actor) -> dict[str, object]:
    """Her profile as it is stored."""
    found = await MatchProfile.select().where(MatchProfile.person == who.id)
    assert len(found) == 1
    return dict(found[0])


async def seen_to(here: World) -> World:
    """What was planted without an action gets its row as the worker gives it."""
    await profiles.repair(NOW)
    assert await wrong_profiles(NOW) == []
    return here


async def test_what_amina_tells_of_herself_is_in_her_row_at_once() -> None:
    await plant_region()
    who = await amina()
    first = await row_of(who)
    assert (first["lat"], first["unsure_high"], first["spoken_low"]) == (None, 2**63 - 1, 0)
    assert first["age_bands"] == 1 and first["stale_at"] == NOW
    await tell_languages(who, ["tr"], NOW + 1)
    told = await row_of(who)
    assert told["spoken_low"] == told["unsure_low"] == 1 << 3 and told["unsure_high"] == 0
    await change_profile(who, "Amina", "34117", NOW + 2)
    assert (await row_of(who))["lat"] == 51.3158
    assert (await row_of(who))["stale_at"] == NOW + 2
    await change_profile(who, "Amina Y.", "34117", NOW + 3)
    assert (await row_of(who))["stale_at"] == NOW + 2, "a name changes nothing that matters"
    assert await wrong_profiles(NOW) == []


async def test_a_language_told_at_a_yes_leaves_the_others_unknown() -> None:
    here = await world(language_required="uk", language_level=3)
    who = await amina()
    await say_yes(who, here.posting, "", Yes(consent=True, language_level=5), NOW, TODAY)
    row = await row_of(who)
    assert row["c1_low"] == row["spoken_low"] == 1 << 4
    assert row["unsure_low"] == (2**63 - 1) & ~(1 << 4)
    assert await wrong_profiles(NOW) == [f"{here.posting}: missing"]


async def test_a_person_who_is_erased_takes_the_row_along() -> None:
    await plant_region()
    who = await amina()
    await Person.delete().where(Person.id == who.id)
    assert await MatchProfile.count() == 0


async def test_a_posting_has_a_row_exactly_while_volunteers_can_see_it() -> None:
    here = await world()
    home = here.leyla.organisations[0]
    await Posting.delete(force=True)
    draft = await draft_from_template(here.leyla, home, "lunch_table", "key", NOW)

    async def rows() -> int:
        assert await wrong_profiles(NOW) == []
        return int(await MatchProfile.count())

    assert await rows() == 0
    await acts.publish(here.leyla, draft, LUNCH, "key", NOW, TODAY)
    assert await rows() == 1
    assert (await stored(draft))["slots"] == slots.slot(2, 3)
    tuesdays = msgspec.structs.replace(LUNCH, weekdays=(1,), places=2, language_required="tr",
                                       language_level=2)  # fmt: skip
    await acts.revise(here.leyla, draft, tuesdays, NOW, TODAY)
    row = await stored(draft)
    assert (row["slots"], row["places"], row["a2_low"]) == (slots.slot(1, 3), 2, 1 << 3)
    await rows()
    await acts.pause(here.leyla, draft, NOW, TODAY)
    assert await rows() == 0
    await acts.resume(here.leyla, draft, NOW, TODAY)
    assert await rows() == 1
    await acts.close(here.leyla, draft, "found", NOW, TODAY)
    assert await rows() == 0


async def test_what_waits_for_the_desk_gets_its_row_with_the_release() -> None:
    here = await world()
    home = here.leyla.organisations[0]
    await Posting.delete(force=True)
    draft = await draft_from_template(here.leyla, home, "homework_help", "key", NOW)
    assert await acts.publish(here.leyla, draft, TANDEM, "key", NOW, TODAY) == "review"
    assert await MatchProfile.count() == 0
    await acts.release(here.anna, draft, NOW, TODAY)
    assert (await stored(draft))["age_bands"] == 1
    assert await wrong_profiles(NOW) == []


async def test_requests_for_support_are_not_for_volunteers() -> None:
    here = await world()
    home = here.leyla.organisations[0]
    asked = await draft_of_kind(here.leyla, home, "support", "accounts", "key", NOW)
    changes = msgspec.structs.replace(TANDEM, format="flexible", title="Rat", activity="accounts")
    assert await acts.publish(here.leyla, asked, changes, "key", NOW, TODAY) == "open"
    assert await MatchProfile.count() == 0


async def test_a_verified_organisation_brings_its_open_postings_along() -> None:
    here = await world()
    home = Organisation(id=new_id(), region="kassel", name="Cem Treff")
    await organisations.add(home, "desk-kassel")
    posting, _ = await task(home.id, here.leyla.id, 2, TODAY)
    await profiles.repair(NOW)
    assert await MatchProfile.count() == 1
    await verify(here.anna, home.id, NOW)
    assert (await stored(posting))["places_left"] == 2
    assert await wrong_profiles(NOW) == []


async def test_places_are_counted_by_every_move_that_takes_or_frees_one() -> None:
    here = await seen_to(await world(places=1))

    async def left() -> int:
        assert await wrong_profiles(NOW) == []
        return int((await stored(here.posting))["places_left"])

    who, match = await interested(here, "Amina")
    olena, other = await interested(here, "Olena")
    assert await left() == 1
    await approve(here.anna, match, LATER)
    assert await left() == 0
    await undo(here.anna, match, LATER + 1)
    assert await left() == 1
    await approve(here.anna, match, LATER + 2)
    await approve(here.anna, other, LATER + 2)
    await withdraw(who, match, LATER + 40)
    assert await left() == 1
    await offer_free_places(LATER + 60, TODAY)
    assert await left() == 0
    await accept_place(olena, other, LATER + 70)
    assert await left() == 0
    await silence(LATER + 11 * DAY)
    assert await left() == 1
    await close(here.anna, (await interested(here, "Samuel"))[1], "no_time", LATER)
    assert await left() == 1


async def test_an_offered_place_that_is_not_wanted_is_free_again() -> None:
    here = await seen_to(await world(places=1))
    who, match = await interested(here, "Amina")
    olena, other = await interested(here, "Olena")
    _, third = await interested(here, "Samuel", at=NOW + 1)
    for one in (match, other, third):
        await approve(here.anna, one, LATER)
    await withdraw(who, match, LATER + 40)
    await offer_free_places(LATER + 60, TODAY)
    await refuse_place(olena, other, LATER + 70)
    assert (await stored(here.posting))["places_left"] == 1
    await offer_free_places(LATER + 100, TODAY)
    assert (await stored(here.posting))["places_left"] == 0
    await expire(LATER + 3 * DAY, today(LATER + 3 * DAY))
    assert (await stored(here.posting))["places_left"] == 1
    assert await wrong_profiles(NOW) == []


async def test_eight_approvals_at_once_are_all_counted() -> None:
    here = await seen_to(await world(places=9))
    waiting = [(await interested(here, f"Amina {number}"))[1] for number in range(8)]
    await asyncio.gather(*(approve(here.anna, match, LATER) for match in waiting))
    assert (await stored(here.posting))["places_left"] == 1
    assert await wrong_profiles(NOW) == []


async def test_a_full_date_makes_room_for_the_next_one_and_so_does_one_that_has_passed() -> None:
    here = await seen_to(await world(places=1))
    await another_date(here, date(2026, 10, 12), 5)
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    assert (await stored(here.posting))["places_left"] == 5
    await withdraw(amina, match, LATER + 40)
    assert (await stored(here.posting))["places_left"] == 1
    assert await wrong_profiles(NOW) == []
    later = NOW + 15 * DAY
    assert today(later) == date(2026, 10, 6)
    await profiles.repair(later)
    assert (await stored(here.posting))["places_left"] == 5
    assert await wrong_profiles(later) == []


async def test_what_came_in_without_an_action_is_found_by_the_worker() -> None:
    here = await world()
    olena = await person("Olena")
    await Offer.insert(Offer(person=olena.id, region="kassel", slots=5, state="active"))
    await Offer.insert(Offer(person=here.anna.id, region="kassel", slots=5, state="paused"))
    assert len(await wrong_profiles(NOW)) == 2
    assert await profiles.repair(NOW) is False
    assert await wrong_profiles(NOW) == []
    marks = [row["stale_at"] for row in await MatchProfile.select(MatchProfile.stale_at)]
    assert marks == [NOW, NOW]
    await Offer.update({Offer.state: "paused"}, force=True)
    await Posting.update({Posting.state: "closed"}).where(Posting.id == here.posting)
    await profiles.repair(NOW)
    assert await MatchProfile.count() == 0


async def test_each_change_moves_the_mark_on_even_within_a_second() -> None:
    await plant_region()
    who = await amina()
    await tell_languages(who, ["tr"], NOW)
    await tell_languages(who, ["ar"], NOW)
    assert (await row_of(who))["stale_at"] == NOW + 2


async def test_a_second_offer_takes_the_row_of_the_first() -> None:
    await plant_region()
    who = await amina()
    newer = Offer(person=who.id, region="kassel", slots=1, state="active", created_at=NOW + 1)
    await Offer.insert(newer)
    await change_profile(who, "Amina", "", NOW + 1)
    assert (await row_of(who))["id"] == newer.id
