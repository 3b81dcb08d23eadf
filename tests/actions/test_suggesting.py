"""The worker writes down the best pairs, once, and takes back what fits no longer."""

import asyncio
from datetime import date, time

import msgspec
import pytest

from bruecke.actions import postings as acts
from bruecke.actions import profiles, suggestions
from bruecke.actions.drafts import draft_from_template
from bruecke.actions.matches import Yes, expire, say_no, say_yes, suggesting, undo
from bruecke.actions.matches.suggesting import OF_OFFER, OF_POSTING, suggest_for_posting
from bruecke.clock import DAY
from bruecke.domain import slots
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import MatchMoved
from bruecke.domain.posting import Changes
from bruecke.language.dates import today
from bruecke.reference.activities import codes_to_mask
from bruecke.store import matches, people
from bruecke.store import profiles as rows
from bruecke.store.tables import Match, MatchProfile, Offer, Opening, Person, Posting
from bruecke.store.transaction import transaction
from tests.actions.match_cast import NOW, TODAY, YES, World, as_self, person, state, task, world
from tests.support.profiles import wrong_profiles
from tests.support.web import plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

SUNDAY, TUESDAY = date(2026, 10, 4), date(2026, 10, 6)
PRACTICE = Changes(format="tandem", places=2, weekdays=(6,), parts=(1,), area="Nordstadt")


async def speaker(name: str, when: str = "weekend", **fields: str) -> Actor:
    """Somebody who helps with German and said when."""
    who = await person(name, **fields)
    await Offer.insert(
        Offer(
            person=who.id,
            region="kassel",
            activities=codes_to_mask(("german",)),
            slots=slots.CHIPS[when],
            state="active",
            created_at=NOW,
            confirmed_at=NOW,
        )
    )
    async with transaction():
        await profiles.rewrite_offer(who.id, NOW)
    return who


async def practice(here: World, key: str = "key", **changes: object) -> str:
    """Leyla publishes that somebody looks for company to speak German on Sundays."""
    home = here.leyla.organisations[0]
    draft = await draft_from_template(here.leyla, home, "german_practice", key, NOW)
    fields = {name: getattr(PRACTICE, name) for name in PRACTICE.__struct_fields__}
    await acts.publish(here.leyla, draft, Changes(**fields | changes), key, NOW, TODAY)  # type: ignore[arg-type]
    return draft


async def kassel() -> World:
    """Kassel with Roj Kulturhaus e.V. and nothing to do."""
    here = await world()
    await Posting.delete(force=True)
    return here


async def work(now: int) -> None:
    """One round of the worker: everything that waits."""
    while await suggesting.work(now):
        pass


async def suggested(who: Actor | None = None) -> list[str]:
    """The postings that are suggested to somebody and not answered."""
    where = Match.state == "suggested"
    found = await Match.select(Match.posting).where(
        where & (Match.person == who.id) if who else where
    )
    return [row["posting"] for row in found]


async def test_a_new_posting_is_suggested_to_amina_within_one_round() -> None:
    here = await kassel()
    amina, samuel = await speaker("Amina"), await speaker("Samuel", "daytime")
    posting = await practice(here)
    assert await suggested() == []
    await work(NOW + 1)
    assert await suggested(amina) == [posting] and await suggested(samuel) == []
    [row] = await Match.select()
    assert (row["source"], row["score"] > 0, row["visible_from_at"]) == ("engine", True, NOW + 1)
    assert "reason.activity" in row["reasons"] and row["offer"] and row["points_version"]
    assert await MatchProfile.count().where(MatchProfile.stale_at > 0) == 0
    await work(NOW + 2)
    assert await Match.count() == 1


async def test_who_joins_later_is_told_what_is_there_already() -> None:
    here = await kassel()
    posting = await practice(here)
    await work(NOW)
    olena = await speaker("Olena")
    await work(NOW)
    assert await suggested(olena) == [posting]
    opening = await Opening.select(Opening.id).first()
    assert opening and (await Match.select(Match.opening))[0]["opening"] == opening["id"]


async def test_an_edit_that_moves_it_to_tuesdays_closes_the_suggestion() -> None:
    here = await kassel()
    amina, samuel = await speaker("Amina"), await speaker("Samuel", "daytime")
    posting = await practice(here)
    await work(NOW)
    tuesdays = Changes(format="tandem", places=2, weekdays=(1,), parts=(1,), area="Nordstadt")
    await acts.revise(here.leyla, posting, tuesdays, NOW, TODAY)
    await work(NOW)
    assert await suggested(amina) == [] and await suggested(samuel) == [posting]
    [closed] = await Match.select().where(Match.person == amina.id)
    assert (closed["state"], closed["closed_reason"]) == ("closed", "not_suitable")
    assert await matches.of_volunteer(as_self(amina), NOW) == [], "nothing happened to her"
    await acts.revise(here.leyla, posting, PRACTICE, NOW, TODAY)
    await work(NOW)
    assert await suggested(amina) == [] and await suggested(samuel) == []


async def test_dates_that_move_take_their_suggestions_along() -> None:
    here = await kassel()
    amina, samuel = await speaker("Amina"), await speaker("Samuel", "daytime")
    await Offer.update({Offer.anything: True}, force=True)
    for who in (amina, samuel):
        async with transaction():
            await profiles.rewrite_offer(who.id, NOW)
    home = here.leyla.organisations[0]
    lunch = await draft_from_template(here.leyla, home, "lunch_table", "key", NOW)
    sundays = Changes(
        format="recurring", places=2, weekdays=(6,), starts_on=SUNDAY, starts=time(12),
        ends=time(14),
    )  # fmt: skip
    await acts.publish(here.leyla, lunch, sundays, "key", NOW, TODAY)
    await work(NOW)
    assert await suggested(amina) == [lunch] and await suggested(samuel) == []
    tuesdays = msgspec.structs.replace(sundays, weekdays=(1,), starts_on=TUESDAY)
    await acts.revise(here.leyla, lunch, tuesdays, NOW, TODAY)
    await work(NOW)
    assert await suggested(amina) == [] and await suggested(samuel) == [lunch]


async def test_a_no_is_not_suggested_again() -> None:
    here = await kassel()
    amina = await speaker("Amina")
    posting = await practice(here)
    await say_no(amina, posting, NOW, TODAY)
    await work(NOW)
    assert await suggested() == []
    await Offer.update({Offer.slots: slots.ALL}, force=True)
    async with transaction():
        await profiles.rewrite_offer(amina.id, NOW)
    await work(NOW)
    assert await suggested() == [] and await Match.count() == 1
    assert await suggestions.for_person(as_self(amina), NOW, TODAY) == []


async def test_only_the_best_twenty_of_an_offer_are_kept() -> None:
    here = await kassel()
    home = here.leyla.organisations[0]
    for _ in range(OF_OFFER + 5):
        posting, _ = await task(home, here.leyla.id, 1, SUNDAY)
        as_shown = {Posting.slots: slots.ALL, Posting.activity: "german"}
        await Posting.update(as_shown).where(Posting.id == posting)
    await profiles.repair(NOW)
    await MatchProfile.update({MatchProfile.stale_at: 0}, force=True)
    amina = await speaker("Amina")
    await work(NOW)
    assert len(await suggested(amina)) == OF_OFFER
    await Offer.update({Offer.skills: 1}, force=True)
    async with transaction():
        await profiles.rewrite_offer(amina.id, NOW)
    await work(NOW)
    assert len(await suggested(amina)) == OF_OFFER


async def test_only_the_best_fifty_of_a_posting_are_kept() -> None:
    here = await kassel()
    for number in range(OF_POSTING + 5):
        await speaker(f"Amina {number}", age_band="adult" if number else "")
    await work(NOW)
    posting = await practice(here)
    await work(NOW)
    assert await suggested() == [posting] * OF_POSTING
    await acts.revise(
        here.leyla, posting,
        Changes(format="tandem", places=3, weekdays=(5, 6), parts=(1,), area="Nordstadt"),
        NOW, TODAY,
    )  # fmt: skip
    await work(NOW)
    assert len(await suggested()) == OF_POSTING


async def test_nobody_is_suggested_what_the_own_association_looks_for() -> None:
    here = await kassel()
    amina = await speaker("Amina")
    await people.add_membership(
        amina.id, "representative", NOW, organisation=here.leyla.organisations[0]
    )
    posting = await practice(here)
    await work(NOW)
    assert posting and await suggested() == []
    scope = as_self(amina)
    assert len(await suggestions.for_person(scope, NOW, TODAY)) == 1
    speaks = Scope("kassel", amina.id, here.leyla.organisations)
    assert await suggestions.for_person(speaks, NOW, TODAY) == []


async def test_work_from_home_elsewhere_is_not_suggested_but_may_be_found() -> None:
    here = await kassel()
    await plant_region("dortmund", "Dortmund")
    olena = await speaker("Olena")
    await Offer.update({Offer.region: "dortmund"}, force=True)
    await Person.update({Person.region: "dortmund"}).where(Person.id == olena.id)
    async with transaction():
        await profiles.rewrite_offer(olena.id, NOW)
    posting = await practice(here, format="remote")
    await work(NOW)
    assert await suggested() == []
    scope = Scope("dortmund", olena.id)
    assert await suggestions.for_person(scope, NOW, TODAY) == []
    match = await say_yes(olena, posting, "", YES, NOW, TODAY)
    assert await state(match) == "interested"


async def test_only_who_chose_it_is_written_down_the_list_hides_nothing() -> None:
    here = await kassel()
    samuel = await speaker("Samuel")
    await Offer.update({Offer.activities: codes_to_mask(("learning",))}, force=True)
    async with transaction():
        await profiles.rewrite_offer(samuel.id, NOW)
    posting = await practice(here)
    await work(NOW)
    assert await suggested() == []
    listed = await suggestions.for_person(as_self(samuel), NOW, TODAY)
    assert [one.posting.id for one in listed] == [posting]


async def test_a_worker_that_dies_repeats_without_doubling() -> None:
    here = await kassel()
    await speaker("Amina")
    await work(NOW)
    posting = await practice(here)
    [mark] = await rows.stale(NOW)
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            assert len(await suggest_for_posting(mark, NOW)) == 1
            raise ZeroDivisionError
    assert await suggested() == [] and await rows.stale(NOW) == [mark]
    await asyncio.gather(*(work(NOW) for _ in range(3)))
    assert await suggested() == [posting]
    assert await rows.stale(NOW) == []


async def test_a_change_during_the_work_is_not_lost() -> None:
    here = await kassel()
    await practice(here)
    [mark] = await rows.stale(NOW)
    evenings = Changes(format="tandem", places=2, weekdays=(1,), parts=(3,), area="Nordstadt")
    await acts.revise(here.leyla, mark.id, evenings, NOW, TODAY)
    async with transaction():
        assert await rows.settle(mark) is False
    assert [one.id for one in await rows.stale(NOW)] == [mark.id]


async def test_an_answer_and_the_workers_close_race_and_the_answer_stays() -> None:
    here = await kassel()
    everybody = [await speaker(f"Amina {number}") for number in range(6)]
    posting = await practice(here, places=9)
    await work(NOW)
    evenings = Changes(format="tandem", places=9, weekdays=(6,), parts=(3,), area="Nordstadt")
    await Offer.update({Offer.slots: slots.slot(6, 1)}, force=True)
    for who in everybody:
        async with transaction():
            await profiles.rewrite_offer(who.id, NOW)
    await acts.revise(here.leyla, posting, evenings, NOW, TODAY)
    answers = await asyncio.gather(
        *(say_yes(who, posting, "", YES, NOW, TODAY) for who in everybody[:3]),
        work(NOW),
        *(say_no(who, posting, NOW, TODAY) for who in everybody[3:]),
        return_exceptions=True,
    )
    assert not [one for one in answers if isinstance(one, Exception)]
    states = {row["person"]: row["state"] for row in await Match.select()}
    assert {states[who.id] for who in everybody[:3]} == {"interested"}
    assert {states[who.id] for who in everybody[3:]} == {"closed"}
    reasons = {row["closed_reason"] for row in await Match.select(Match.closed_reason)}
    assert reasons == {"", "declined"}


async def test_a_yes_and_the_worker_make_one_pair_together() -> None:
    here = await kassel()
    everybody = [await speaker(f"Olena {number}") for number in range(6)]
    posting = await practice(here, places=9, language_required="uk", language_level=2)
    told = Yes(consent=True, language_level=5)
    answers = await asyncio.gather(
        *(say_yes(who, posting, "", told, NOW, TODAY) for who in everybody[:3]),
        work(NOW),
        work(NOW),
        *(say_yes(who, posting, "", told, NOW, TODAY) for who in everybody[3:]),
        return_exceptions=True,
    )
    assert not [one for one in answers if isinstance(one, Exception)]
    await work(NOW)
    assert [row["state"] for row in await Match.select()] == ["interested"] * 6
    assert await wrong_profiles(NOW) == []


async def test_a_suggestion_that_ran_out_may_still_be_answered() -> None:
    here = await kassel()
    amina = await speaker("Amina")
    posting = await practice(here)
    await work(NOW)
    later = NOW + 15 * DAY
    await expire(later, today(later))
    [row] = await Match.select()
    assert (row["state"], row["closed_reason"]) == ("closed", "expired")
    assert await matches.of_volunteer(as_self(amina), later) == []
    listed = await suggestions.for_person(as_self(amina), later, today(later))
    assert [one.posting.id for one in listed] == [posting]
    match = await say_yes(amina, posting, "", YES, later, today(later))
    assert match == row["id"] and await state(match) == "interested"
    await undo(amina, match, later + 5)
    assert await say_no(amina, posting, later + 20, today(later)) == match
    with pytest.raises(MatchMoved):
        await say_yes(amina, posting, "", YES, later + 60, today(later))


async def test_a_posting_nobody_can_read_holds_up_no_other() -> None:
    here = await kassel()
    amina = await speaker("Amina")
    good = await practice(here)
    bad = await practice(here, "another key")
    broken = {MatchProfile.c1_high: 1 << 62, MatchProfile.region: "dortmund"}
    await MatchProfile.update(broken).where(MatchProfile.id == bad)
    await work(NOW)
    assert await suggested(amina) == [good]
    [waiting] = await MatchProfile.select().where(MatchProfile.stale_at > 0)
    assert waiting["stale_at"] == NOW + suggesting.LATER
    async with transaction():
        await profiles.rewrite_posting(bad, NOW)
    await work(NOW)
    assert sorted(await suggested(amina)) == sorted([good, bad])
