"""A move is taken back by its own side, before anybody else saw it."""

import pytest

from bruecke.actions.matches import (
    approve,
    confirm,
    say_yes,
    undo,
    withdraw,
)
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.match import DAY
from bruecke.store import matches
from bruecke.store.tables import Consent, Match
from tests.actions.match_cast import (
    LATER,
    NOW,
    TODAY,
    YES,
    acting,
    approved,
    as_desk,
    as_roj,
    as_self,
    interested,
    state,
    taken,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_undo_restores_the_state_the_place_and_the_consent() -> None:
    here = await world(places=1)
    _, match = await interested(here, "Amina")
    asked = await Match.select().where(Match.id == match)
    await approve(here.anna, match, LATER)
    await undo(here.anna, match, LATER + 29)
    assert (await state(match), await taken(here.opening)) == ("interested", 0)
    assert await Match.select().where(Match.id == match) == asked
    with pytest.raises(MatchMoved):
        await undo(here.anna, match, LATER + 29)
    _, other = await interested(here, "Olena", at=LATER)
    olena = (await Match.select().where(Match.id == other))[0]["person"]
    await undo(acting(olena), other, LATER + 9)
    assert await state(other) == "suggested"
    assert (await Consent.select().where(Consent.person == olena))[0]["withdrawn_at"] == LATER + 9
    assert await say_yes(acting(olena), here.posting, "", YES, LATER + 20, TODAY) == other


async def test_undo_ends_with_its_window_and_is_not_for_the_other_side() -> None:
    here = await world()
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    for who, at in ((here.anna, LATER + 30), (amina, LATER + 5)):
        with pytest.raises(MatchMoved):
            await undo(who, match, at)
    with pytest.raises(NotThere):
        await undo(here.leyla, match, LATER + 5)


async def test_undoing_a_withdrawal_takes_the_place_back_unless_it_is_gone() -> None:
    here = await world(places=1)
    amina, match = await approved(here, "Amina")
    await withdraw(amina, match, LATER + 40)
    assert await taken(here.opening) == 0
    await undo(amina, match, LATER + 41)
    assert (await state(match), await taken(here.opening)) == ("approved", 1)
    await withdraw(amina, match, LATER + 50)
    _, other = await interested(here, "Olena", at=LATER + 20)
    assert await approve(here.anna, other, LATER + 51) == "approved"
    with pytest.raises(MatchMoved):
        await undo(amina, match, LATER + 52)
    assert await taken(here.opening) == 1


async def test_others_see_the_old_state_until_the_undo_has_run_out() -> None:
    here = await world()
    amina, match = await interested(here, "Amina")
    assert await matches.for_desk(as_desk(here), match, NOW + 9) is None
    assert await matches.queue(as_desk(here), NOW + 9) == []
    with pytest.raises(NotThere):
        await approve(here.anna, match, NOW + 9)
    await approve(here.anna, match, LATER)
    hers = await matches.for_volunteer(as_self(amina), match, LATER + 29)
    desk = await matches.for_desk(as_desk(here), match, LATER + 29)
    assert hers and (hers.state, hers.may_undo_until) == ("interested", 0)
    assert desk and (desk.state, desk.may_undo_until) == ("approved", LATER + 30)
    assert await matches.for_organisation(as_roj(here), match, LATER + 29) is None
    with pytest.raises(NotThere):
        await confirm(here.leyla, match, LATER + 29)
    assert await matches.for_organisation(as_roj(here), match, LATER + 30)


async def test_what_was_withdrawn_before_it_showed_never_shows() -> None:
    here = await world()
    amina, match = await interested(here, "Amina")
    await approve(here.anna, match, LATER)
    await withdraw(amina, match, LATER + 10)
    for at in (LATER + 11, LATER + 30, LATER + DAY):
        assert await matches.for_organisation(as_roj(here), match, at) is None
