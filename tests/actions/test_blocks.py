"""Who blocks whom meets no more: at once, everywhere, and without the other side being told."""

import asyncio
from datetime import date

import msgspec
import pytest

from bruecke.actions import suggestions
from bruecke.actions.blocks import block, lift, own
from bruecke.actions.matches import (
    approve,
    confirm,
    finish,
    look,
    met,
    offer_free_places,
    say_yes,
    undo,
    withdraw,
)
from bruecke.actions.matches.suggesting import suggest_for_offer, suggest_for_posting
from bruecke.actions.profiles import rewrite_offer, rewrite_posting
from bruecke.domain.access import Actor, Seat
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.offer import Offer as OfferView
from bruecke.store import blocks, matches, notifications, offers
from bruecke.store.profiles import Mark
from bruecke.store.tables import Block, Match, MatchProfile, Person
from bruecke.store.transaction import transaction
from tests.actions.match_cast import (
    CANARY,
    LATER,
    NOW,
    TODAY,
    YES,
    World,
    acting,
    approved,
    as_roj,
    as_self,
    interested,
    person,
    state,
    taken,
    task,
    world,
)

HELD_ON = date(2026, 10, 12)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def confirmed(here: World, name: str) -> tuple[Actor, str]:
    """Somebody the association said yes to, long enough ago for contacts to be open."""
    who, match = await approved(here, name)
    await confirm(here.leyla, match, LATER + 31)
    return who, match


async def offering(who: Actor) -> str:
    """What `who` gives, so that the engine may suggest; answers the offer."""
    offer = f"offer-{who.id[:10]}"
    given = OfferView(id=offer, region="kassel", person=who.id, anything=True, slots=(1 << 28) - 1)
    await offers.add(given, 0)
    async with transaction():
        await rewrite_offer(who.id, NOW)
    return offer


async def reason_of(match: str) -> str:
    found = await Match.select(Match.closed_reason).where(Match.id == match)
    return str(found[0]["closed_reason"])


async def test_everything_between_the_two_ends_at_once_and_nothing_else() -> None:
    here = await world(places=2)
    home = here.leyla.organisations[0]
    other, opening = await task(home, here.leyla.id, 2, HELD_ON)
    amina, first = await confirmed(here, "Amina")
    second = await say_yes(amina, other, opening, YES, LATER, TODAY)
    _, olenas = await approved(here, "Olena")
    at = LATER + 100
    opened = await matches.for_volunteer(as_self(amina), first, at)
    assert opened and opened.contact

    await block(amina, first, "", at)

    assert [await state(one) for one in (first, second, olenas)] == ["closed", "closed", "approved"]
    assert await taken(here.opening) == 1
    hidden = await matches.for_volunteer(as_self(amina), first, at)
    theirs = await matches.for_organisation(as_roj(here), first, at)
    assert hidden and (hidden.contact, hidden.venue) == (None, "")
    assert theirs and theirs.contact is None


async def test_neither_side_reads_that_it_was_a_block_and_the_desk_reads_not_possible() -> None:
    here = await world()
    amina, match = await confirmed(here, "Amina")
    await block(here.leyla, match, "", LATER + 100)
    assert await reason_of(match) == "blocked"
    for view in (
        await matches.for_volunteer(as_self(amina), match, LATER + 100),
        await matches.for_organisation(as_roj(here), match, LATER + 100),
    ):
        assert view and (view.state, view.closed_reason) == ("closed", "")
        assert b"block" not in msgspec.json.encode(view)
    assert (await look(here.anna, match, LATER + 100)).closed_reason == "blocked"
    told = [row.kind for row in await notifications.inbox(as_self(amina), LATER + 200)]
    assert "ended" in told and "refused" not in told


@pytest.mark.parametrize("side", ["volunteer", "organisation", "desk"])
async def test_whoever_blocks_no_yes_no_approval_and_no_suggestion_comes_through(side: str) -> None:
    here = await world(places=3)
    amina, match = await approved(here, "Amina")
    offer = await offering(amina)
    other, opening = await task(here.leyla.organisations[0], here.leyla.id, 2, HELD_ON)
    for posting in (here.posting, other):
        async with transaction():
            await rewrite_posting(posting, NOW)
    assert other in await _suggested(amina)
    by = {"volunteer": amina, "organisation": here.leyla, "desk": here.anna}[side]
    await block(by, match, "", LATER + 40)

    assert await _suggested(amina) == []
    with pytest.raises(DomainError, match=r"gate\.blocked"):
        await say_yes(amina, other, opening, YES, LATER + 50, TODAY)
    async with transaction():
        assert await suggest_for_offer(Mark(offer, "offer", amina.id, 1), NOW) == []
        assert await suggest_for_posting(Mark(other, "posting", "", 1), NOW) == []
    # Even one that slipped in beside the block is not approved.
    await Match.update({Match.state: "interested", Match.prior_state: ""}).where(Match.id == match)
    with pytest.raises(DomainError, match=r"gate\.blocked"):
        await approve(here.anna, match, LATER + 60)

    (made,) = await own(by)
    await lift(by, made.id, LATER + 70)
    assert other in await _suggested(amina)
    assert await say_yes(amina, other, opening, YES, LATER + 80, TODAY)


async def _suggested(who: Actor) -> list[str]:
    found = await suggestions.for_person(as_self(who), NOW, TODAY, 20)
    return [one.posting.id for one in found]


async def test_a_suggestion_that_is_stored_closes_with_the_block_or_with_the_next_look() -> None:
    here = await world(places=3)
    amina, match = await approved(here, "Amina")
    offer = await offering(amina)
    other, _ = await task(here.leyla.organisations[0], here.leyla.id, 2, HELD_ON)
    async with transaction():
        await rewrite_posting(other, NOW)
        (fresh,) = await suggest_for_offer(Mark(offer, "offer", amina.id, 1), NOW)
    await block(amina, match, "", LATER + 40)
    assert await state(fresh.match) == "closed"
    await Match.update({Match.state: "suggested"}).where(Match.id == fresh.match)
    async with transaction():
        await suggest_for_posting(Mark(other, "posting", "", 1), NOW)
    assert await state(fresh.match) == "closed"


async def test_who_waits_in_line_is_offered_no_place_after_a_block() -> None:
    here = await world(places=1)
    olena, first = await approved(here, "Olena")
    amina, waits = await interested(here, "Amina")
    assert await state(waits) == "waitlisted"
    await block(amina, waits, "", LATER + 40)
    await withdraw(olena, first, LATER + 50)
    await offer_free_places(LATER + 100, TODAY)
    assert await state(waits) == "closed"


async def test_an_undo_brings_nobody_back_to_who_blocked_meanwhile() -> None:
    here = await world()
    amina, match = await confirmed(here, "Amina")
    await withdraw(amina, match, LATER + 100)
    await block(here.leyla, match, "", LATER + 112)
    await Match.update({Match.visible_from_at: LATER + 200}).where(Match.id == match)
    with pytest.raises(MatchMoved):
        await undo(amina, match, LATER + 115)
    assert (await state(match), await taken(here.opening)) == ("closed", 0)


async def test_a_block_hides_the_contact_of_a_task_that_is_done() -> None:
    here = await world()
    amina, match = await confirmed(here, "Amina")
    await met(amina, match, LATER + 60)
    await finish(amina, match, LATER + 70)
    seen = await matches.for_organisation(as_roj(here), match, LATER + 90)
    assert seen and seen.contact and seen.contact.phone == CANARY
    await block(amina, match, "", LATER + 100)
    assert await state(match) == "done"
    views = [
        await matches.for_organisation(as_roj(here), match, LATER + 100),
        await matches.for_volunteer(as_self(amina), match, LATER + 100),
    ]
    assert all(view and view.contact is None for view in views)


async def test_only_a_contact_person_one_has_seen_can_be_blocked_alone() -> None:
    here = await world(places=2)
    home = here.leyla.organisations[0]
    mehmet = await person("Mehmet")
    other, opening = await task(home, mehmet.id, 2, HELD_ON)
    amina, match = await approved(here, "Amina")
    with pytest.raises(NotThere):
        await block(amina, match, "contact", LATER + 31)
    await confirm(here.leyla, match, LATER + 32)
    with pytest.raises(NotThere):
        await block(here.leyla, match, "contact", LATER + 60)
    # What no person confirmed shows the public contact: no name to block was seen.
    await Match.update({Match.by_policy: "confirmed"}).where(Match.id == match)
    with pytest.raises(NotThere):
        await block(amina, match, "contact", LATER + 60)
    await Match.update({Match.by_policy: ""}).where(Match.id == match)
    await block(amina, match, "contact", LATER + 60)
    assert await state(match) == "closed"
    (made,) = await own(amina)
    assert (made.other, made.organisation_name) == ("Leyla", "")
    # With somebody else of the same association it goes on.
    assert await say_yes(amina, other, opening, YES, LATER + 70, TODAY)
    assert await blocks.barred_postings(here.leyla.id) == frozenset()


async def test_a_block_is_seen_and_lifted_by_the_one_who_made_it() -> None:
    here = await world()
    amina, match = await approved(here, "Amina")
    home = here.leyla.organisations[0]
    second = acting((await person("Mehmet")).id, Seat("representative", organisation=home))
    await block(here.leyla, match, "", LATER + 40)
    await block(here.leyla, match, "", LATER + 41)
    (made,) = await own(here.leyla)
    assert (made.name, made.made_by) == ("Amina", "organisation")
    for stranger in (amina, second, here.anna):
        assert await own(stranger) == []
        with pytest.raises(NotThere):
            await lift(stranger, made.id, LATER + 50)
    # Who left the association sees no more whom it does not want to see.
    gone = acting(here.leyla.id)
    assert await own(gone) == []
    with pytest.raises(NotThere):
        await lift(gone, made.id, LATER + 50)
    # Two sides may want the same: lifting one leaves the other.
    await block(amina, match, "", LATER + 60)
    await lift(here.leyla, made.id, LATER + 70)
    assert await Block.count() == 1 and await blocks.barred_postings(amina.id)


async def test_what_one_does_not_see_one_cannot_block() -> None:
    here = await world()
    _, match = await interested(here, "Amina")
    for stranger in (here.leyla, await person("Olena"), acting("x" * 22)):
        with pytest.raises(NotThere):
            await block(stranger, match, "", LATER)
    assert await Block.count() == 0 and await state(match) == "interested"


async def test_the_table_of_profiles_learns_nothing_and_the_person_takes_its_blocks_along() -> None:
    here = await world()
    amina, match = await approved(here, "Amina")
    await offering(amina)
    before = await MatchProfile.select().where(MatchProfile.person == amina.id)
    await block(amina, match, "", LATER + 40)
    assert await MatchProfile.select().where(MatchProfile.person == amina.id) == before
    await Person.delete().where(Person.id == amina.id)
    assert await Block.count() == 0


async def test_a_block_against_an_approval_leaves_nobody_approved() -> None:
    here = await world()
    for turn in range(6):
        posting, opening = await task(here.leyla.organisations[0], here.leyla.id, 1, HELD_ON)
        who = await person(f"Amina {turn}")
        match = await say_yes(who, posting, opening, YES, NOW, TODAY)
        racing = [approve(here.anna, match, LATER), block(who, match, "", LATER)]
        answers = await asyncio.gather(
            *(racing if turn % 2 else reversed(racing)), return_exceptions=True
        )
        assert not [
            one
            for one in answers
            if isinstance(one, BaseException) and not isinstance(one, MatchMoved)
        ]
        assert (await state(match), await taken(opening)) == ("closed", 0)


async def test_a_block_against_moves_that_hold_nobody_ends_them_all_the_same() -> None:
    here = await world(places=1)
    amina, match = await approved(here, "Amina")
    await asyncio.gather(
        confirm(here.leyla, match, LATER + 40),
        block(amina, match, "", LATER + 40),
        return_exceptions=True,
    )
    assert (await state(match), await taken(here.opening)) == ("closed", 0)


async def test_a_block_against_a_yes_leaves_nothing_open() -> None:
    here = await world(places=3)
    amina, match = await approved(here, "Amina")
    other, opening = await task(here.leyla.organisations[0], here.leyla.id, 2, HELD_ON)
    await asyncio.gather(
        say_yes(amina, other, opening, YES, LATER + 40, TODAY),
        block(amina, match, "", LATER + 40),
        return_exceptions=True,
    )
    rows = await Match.select(Match.state).where(Match.person == amina.id)
    assert {row["state"] for row in rows} == {"closed"}
