"""A yes and a no: what is asked, what is refused, what is remembered."""

import asyncio
from datetime import timedelta

import pytest

from bruecke.actions.matches import (
    Yes,
    approve,
    look,
    missing_at_yes,
    say_no,
    say_yes,
)
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.store import matches
from bruecke.store.tables import Consent, Match, PersonLanguage, Posting
from tests.actions.match_cast import (
    CANARY,
    LATER,
    NOW,
    TODAY,
    YES,
    interested,
    person,
    state,
    taken,
    task,
    world,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


async def test_a_yes_sent_twice_at_once_is_one() -> None:
    here = await world(places=2)
    amina = await person("Amina")
    first, second = await asyncio.gather(
        *(say_yes(amina, here.posting, "", YES, NOW, TODAY) for _ in range(2))
    )
    assert first == second and await Match.count() == 1
    assert [row["text"] for row in await Consent.select()] == [
        f"match:{here.leyla.organisations[0]}"
    ]


async def test_a_yes_needs_a_consent_that_names_the_association() -> None:
    here = await world()
    amina = await person("Amina")
    with pytest.raises(DomainError, match="consent_required"):
        await say_yes(amina, here.posting, "", Yes(consent=False), NOW, TODAY)
    assert await Match.count() == 0


async def test_what_is_missing_is_asked_beside_the_yes_and_must_be_known_before_approval() -> None:
    here = await world(language_required="uk", language_level=3)
    olena = await person("Olena", age_band="")
    posting = (await matches.postings_of([here.posting]))[here.posting]
    assert await missing_at_yes(olena, posting, NOW) == ("language",)
    match = await say_yes(olena, here.posting, "", YES, NOW, TODAY)
    seen = await look(here.anna, match, LATER)
    assert seen.missing == ("language",) and seen.volunteer.phone == CANARY
    with pytest.raises(DomainError, match=r"gate\.language"):
        await approve(here.anna, match, LATER)
    assert (await state(match), await taken(here.opening)) == ("interested", 0)
    told = Yes(consent=True, language_level=5)
    samuel = await person("Samuel")
    match = await say_yes(samuel, here.posting, "", told, NOW, TODAY)
    assert (await PersonLanguage.select())[0]["level"] == 5
    assert await approve(here.anna, match, LATER) == "approved"


async def test_not_this_language_and_too_young_are_said_at_once() -> None:
    here = await world(language_required="uk", age_bands="adult")
    with pytest.raises(DomainError, match=r"gate\.language"):
        await say_yes(
            await person("Amina"), here.posting, "", Yes(consent=True, language_level=0), NOW, TODAY
        )
    with pytest.raises(DomainError, match=r"gate\.age"):
        await say_yes(await person("Samuel", age_band="16-17"), here.posting, "", YES, NOW, TODAY)


async def test_three_questions_may_be_open_until_the_first_approval() -> None:
    here = await world(places=5)
    home = here.leyla.organisations[0]
    more = [await task(home, here.leyla.id, 5, TODAY + timedelta(days=1)) for _ in range(4)]
    amina, match = await interested(here, "Amina")
    for posting, _ in more[:2]:
        await say_yes(amina, posting, "", YES, NOW, TODAY)
    with pytest.raises(DomainError, match="three_open"):
        await say_yes(amina, more[2][0], "", YES, NOW, TODAY)
    await approve(here.anna, match, LATER)
    for posting, _ in more[2:]:
        await say_yes(amina, posting, "", YES, NOW, TODAY)
    assert await Match.count() == 5


async def test_a_no_means_this_posting_and_is_remembered() -> None:
    here = await world()
    amina = await person("Amina")
    match = await say_no(amina, here.posting, NOW, TODAY)
    row = (await Match.select().where(Match.id == match))[0]
    assert (row["state"], row["closed_reason"]) == ("closed", "declined")
    with pytest.raises(MatchMoved):
        await say_yes(amina, here.posting, "", YES, LATER, TODAY)


async def test_a_posting_that_is_closed_or_over_takes_no_yes() -> None:
    here = await world()
    amina = await person("Amina")
    with pytest.raises(DomainError, match="over"):
        await say_yes(amina, here.posting, "", YES, NOW, TODAY.replace(year=2027))
    await Posting.update({Posting.state: "closed"}, force=True)
    with pytest.raises(NotThere):
        await say_yes(amina, here.posting, "", YES, NOW, TODAY)
