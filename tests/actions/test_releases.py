"""The desk publishes many tasks at once, and only with a yes of their organisations."""

from datetime import date

import pytest

from bruecke.actions.postings import release
from bruecke.actions.releases import AT_MOST, Released, choose_activity, release_ticked
from bruecke.clock import now
from bruecke.domain.access import Actor, Seat
from bruecke.domain.errors import DomainError, NotThere
from bruecke.store import history
from bruecke.store.tables import Organisation, Posting
from tests.actions.test_imports import posting, write
from tests.support.web import plant_person, plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TODAY = date(2026, 11, 22)


async def anna(region: str = "kassel", *seats: Seat) -> Actor:
    """Anna Berger at the desk."""
    person = await plant_person("Anna Berger", region)
    desk = Seat("coordinator", region=region)
    return Actor(person, "Anna", region, "de", "passkey", "login", seats=(desk, *seats))


async def ids(*numbers: str) -> list[str]:
    return [str((await posting(number))["id"]) for number in numbers]


async def tick(actor: Actor, wanted: list[str], spoken: bool = True) -> Released:
    return await release_ticked(actor, wanted, spoken, now(), TODAY)


async def test_a_yes_on_the_phone_verifies_and_publishes_in_one_step() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2"}, {"id": "3", "org": "Frauenwerkstatt Kassel"})
    desk, wanted = await anna(), await ids("1", "2", "1")
    assert await tick(desk, wanted) == Released(2, ())
    assert [(await posting(number))["state"] for number in "123"] == ["open", "open", "review"]
    verified = await Organisation.select().where(Organisation.verified_at > 0)
    assert [one["name"] for one in verified] == ["Roj Kulturhaus e.V."]
    assert await history.of_thing(verified[0]["id"]) == ["verified"]
    assert await history.of_thing(wanted[0]) == ["published"]


async def test_without_that_sentence_nothing_of_an_unverified_organisation_is_public() -> None:
    await plant_region()
    await write({"id": "1"}, {"id": "2", "org": "Frauenwerkstatt Kassel"})
    await Organisation.update({Organisation.verified_at: now()}).where(
        Organisation.name == "Frauenwerkstatt Kassel"
    )
    desk = await anna()
    said = await tick(desk, await ids("1", "2"), spoken=False)
    assert said.published == 1 and said.refused[0].key == "releases.error.not_verified"
    assert (await posting("1"))["state"] == "review"
    with pytest.raises(DomainError, match="not_verified"):
        await release(desk, (await ids("1"))[0], now(), TODAY)
    assert (await posting("1"))["published_at"] == 0


async def test_an_organisation_with_a_team_is_looked_at_on_its_own_page() -> None:
    await plant_region()
    await write({"id": "1"})
    made = str((await posting("1"))["organisation"])
    await plant_person("Leyla", role="representative", organisation=made)
    said = await tick(await anna(), await ids("1"))
    assert said.refused[0].key == "releases.error.has_team"
    assert not await Organisation.exists().where(Organisation.verified_at > 0)


async def test_nobody_decides_on_the_own_organisation() -> None:
    await plant_region()
    await write({"id": "1"})
    own = Seat("representative", organisation=str((await posting("1"))["organisation"]))
    said = await tick(await anna("kassel", own), await ids("1"))
    assert said.published == 0 and said.refused[0].key == "desk.error.own_organisation"
    assert not await Organisation.exists().where(Organisation.verified_at > 0)


async def test_drafts_foreign_and_refused_ones_and_those_of_a_colleague_stay() -> None:
    await plant_region()
    await plant_region("witzenhausen", "Witzenhausen")
    await write({"id": "1", "contactable": "0"}, {"id": "2"}, {"id": "3", "org": "Frauenwerkstatt"})
    desk, wanted = await anna(), await ids("1", "2", "3")
    await Posting.update({Posting.state: "open"}).where(Posting.id == wanted[1])
    await Organisation.update({Organisation.refused_at: now()}).where(
        Organisation.name == "Frauenwerkstatt"
    )
    said = await tick(desk, [*wanted, "unknown"])
    assert said.published == 0 and {one.key for one in said.refused} == {"postings.error.moved"}
    stranger = await anna("witzenhausen")
    assert (await tick(stranger, wanted)).published == 0
    with pytest.raises(NotThere):
        await release(stranger, wanted[2], now(), TODAY)


async def test_none_or_more_than_a_page_is_refused() -> None:
    await plant_region()
    desk = await anna()
    for wanted in ([], [f"id-{number}" for number in range(AT_MOST + 1)]):
        with pytest.raises(DomainError):
            await tick(desk, wanted)


async def test_what_no_activity_fits_is_public_only_after_the_desk_chose_one() -> None:
    await plant_region()
    await write({"id": "1", "name": "Katzen pflegen", "categories": "", "targets": "Tiere"})
    desk, wanted = await anna(), await ids("1")
    said = await tick(desk, wanted)
    assert said.refused[0].key == "releases.error.no_activity"
    assert not await Organisation.exists().where(Organisation.verified_at > 0)
    with pytest.raises(DomainError):
        await choose_activity(desk, wanted[0], "", now(), TODAY)
    await choose_activity(desk, wanted[0], "visiting", now(), TODAY)
    assert await tick(desk, wanted) == Released(1, ())
    assert (await posting("1"))["activity"] == "visiting"
    with pytest.raises(NotThere):
        await choose_activity(desk, wanted[0], "sport", now(), TODAY)


async def test_what_the_desk_chose_stays_when_the_file_comes_again() -> None:
    await plant_region()
    await write({"id": "1"})
    wanted = await ids("1")
    own = Seat("representative", organisation=str((await posting("1"))["organisation"]))
    with pytest.raises(DomainError, match="own_organisation"):
        await choose_activity(await anna("kassel", own), wanted[0], "sport", now(), TODAY)
    await choose_activity(await anna(), wanted[0], "sport", now(), TODAY)
    report = await write({"id": "1", "edited": "1800000000"})
    assert report.results[0].outcome == "decided"
    assert (await posting("1"))["activity"] == "sport"
