"""The demo keeps its promises: numbers, states, places, and nothing of anybody real."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bruecke.actions.matches import Yes, fitting, look, say_yes
from bruecke.actions.suggestions import for_person
from bruecke.domain.access import Actor, Scope, Seat
from bruecke.domain.person import Person as PersonView
from bruecke.seed import plant
from bruecke.seed.cast import DEMO_ROLES
from bruecke.seed.matches import CLOSED_REASONS, HOLDING
from bruecke.seed.places import desk_id
from bruecke.store import facts, people, postings
from bruecke.store.engine import Database
from bruecke.store.matches import dated_postings
from bruecke.store.tables import (
    TABLES,
    Desk,
    Match,
    MatchProfile,
    Offer,
    Opening,
    Organisation,
    Person,
    PersonLanguage,
    Posting,
    Region,
    Shift,
)
from tests.support.profiles import wrong_profiles

TODAY = date(2026, 11, 24)
NOW = int(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp())
# Every state of a match.
STATES = {
    "suggested", "interested", "waitlisted", "offered", "approved", "confirmed", "active",
    "paused", "done", "closed",
}  # fmt: skip

pytestmark = pytest.mark.anyio


@pytest.fixture
async def week(database: Database) -> None:
    await plant(NOW, TODAY)


@pytest.mark.usefixtures("week")
async def test_the_week_has_as_many_of_everything_as_promised() -> None:
    kinds = Counter(row["kind"] for row in await Posting.select(Posting.kind))
    states = Counter(
        row["state"] for row in await Posting.select(Posting.state).where(Posting.kind == "need")
    )
    assert kinds["need"] == 30
    assert kinds["opportunity"] + kinds["event"] == 15
    assert kinds["support"] == 6
    assert states == {"open": 22, "paused": 3, "review": 2, "closed": 2, "draft": 1}
    assert await Organisation.count() == 12
    assert await Organisation.count().where(Organisation.verified_at == 0) == 2
    assert await Desk.count() == 4
    assert await Region.count().where(Region.kind == "city") == 4
    givers = await Offer.select(Offer.person, Offer.region)
    assert len({row["person"] for row in givers}) == len(givers) == 200
    homes = Counter(row["region"] for row in givers)
    assert homes == {"kassel": 60, "dortmund": 60, "muenster": 45, "stuttgart": 35}


@pytest.mark.usefixtures("week")
async def test_volunteers_have_the_shares_of_the_research() -> None:
    givers = [row["person"] for row in await Offer.select(Offer.person)]
    volunteers = await Person.select().where(Person.id.is_in(givers))
    spoken = Counter(row["language"] for row in await PersonLanguage.select())
    assert (spoken["de"], spoken["ar"], spoken["uk"], spoken["bg"]) == (156, 44, 26, 4)
    ages = Counter(row["age_band"] for row in volunteers)
    assert ages == {"adult": 162, "": 30, "16-17": 5, "12-15": 3}
    reached = Counter((bool(row["phone"]), bool(row["email"])) for row in volunteers)
    assert reached == {
        (True, False): 110, (True, True): 60, (False, True): 24, (False, False): 6,
    }  # fmt: skip
    names = [row["name"] for row in volunteers]
    assert sum(" " not in name for name in names) == 8
    assert sum(not re.search("[A-Za-z]", name) for name in names) == 15
    assert sum(len(name) >= 60 for name in names) == 3
    assert max(map(len, names)) <= 80


@pytest.mark.usefixtures("week")
async def test_a_match_stands_in_every_state_and_closes_for_every_reason() -> None:
    matches = await Match.select()
    states = Counter(row["state"] for row in matches)
    assert set(states) == STATES
    assert (states["suggested"], states["active"], states["done"], states["closed"]) == (
        60, 25, 40, 15,
    )  # fmt: skip
    closed = {row["closed_reason"] for row in matches if row["state"] == "closed"}
    assert closed == set(CLOSED_REASONS)
    assert all(row["prior_state"] for row in matches if row["state"] == "paused")
    assert all(row["created_at"] <= row["moved_at"] <= NOW for row in matches)
    in_kassel = await Match.count().where(
        (Match.state == "interested") & (Match.posting.region == "kassel")
    )
    assert in_kassel == 20


@pytest.mark.usefixtures("week")
async def test_what_the_desk_approved_has_its_checks_and_four_in_kassel_still_lack_one() -> None:
    kassel = Actor(
        "demo-anna",
        "Anna",
        "kassel",
        "de",
        "passkey",
        "",
        seats=(Seat("coordinator", "", "kassel"),),
    )
    for row in await Match.select(Match.person, Match.opening).where(
        Match.state.is_in(["approved", "confirmed", "active", "paused", "done"])
    ):
        [posting] = await dated_postings([row["opening"]])
        assert () not in (await fitting.on_file(row["person"], posting, NOW)).values()
    asked = await Match.select(Match.id).where(
        (Match.state == "interested") & (Match.posting.region == "kassel")
    )
    lacking = Counter([(await look(kassel, row["id"], NOW)).missing for row in asked])
    assert lacking == {(): 16, ("checks",): 4}
    by_place = Counter(
        row["opening"]
        for row in await Match.select().where(
            (Match.state == "interested") & (Match.posting.template == "accounts_help")
        )
    )
    assert list(by_place.values()) == [2], "two people for one place"


@pytest.mark.usefixtures("week")
async def test_places_taken_are_those_the_matches_hold() -> None:
    held = Counter(row["opening"] for row in await Match.select() if row["state"] in HOLDING)
    openings = await Opening.select()
    assert all(row["taken"] == held[row["id"]] for row in openings)
    assert all(row["taken"] <= row["capacity"] for row in openings)
    full = Counter[str]()
    for region in await Region.select(Region.id):
        listed = await postings.listed(Scope(region["id"]), TODAY)
        full.update(one.kind for one in listed if one.is_full)
    assert full == {"need": 5, "opportunity": 1}


@pytest.mark.usefixtures("week")
async def test_everything_dated_lies_around_today() -> None:
    held = await Shift.select()
    assert {row["state"] for row in held if row["held_on"] < TODAY} == {"held"}
    assert {row["state"] for row in held if row["held_on"] >= TODAY} == {"planned"}
    assert all(abs((row["held_on"] - TODAY).days) < 40 for row in held)


@pytest.mark.usefixtures("week")
async def test_amina_finds_at_least_three_tasks_in_kassel() -> None:
    found = await for_person(Scope("kassel", "demo-amina"), NOW, TODAY, limit=20)
    theirs = {row["posting"] for row in await Match.select().where(Match.person == "demo-amina")}
    fresh = [one for one in found if one.posting.id not in theirs]
    assert len(fresh) >= 3
    assert all(one.posting.region == "kassel" for one in found)


@pytest.mark.usefixtures("week")
async def test_every_demo_role_has_its_person() -> None:
    assert await facts.get("demo") == "yes"
    for role, person in DEMO_ROLES.items():
        assert await facts.get(f"demo:{role}") == person
        assert await people.roles(person) == ([] if role == "volunteer" else [role])


@pytest.mark.usefixtures("week")
async def test_nobody_real_can_be_reached() -> None:
    for table, mail, number in (
        (Person, "email", "phone"),
        (Desk, "email", "phone"),
        (Organisation, "public_email", "public_phone"),
    ):
        for row in await table.select():
            assert not row[mail] or row[mail].endswith("@example.org")
            assert not row[number] or re.fullmatch(r"\+4917139200\d\d", row[number])


async def test_the_same_seed_gives_the_same_rows(database: Database) -> None:
    await plant(NOW, TODAY)
    first = await _all_rows()
    for table in reversed(TABLES):
        await table.delete(force=True)
    await plant(NOW, TODAY)
    assert await _all_rows() == first
    for table in reversed(TABLES):
        await table.delete(force=True)
    await plant(NOW, TODAY, seed=1)
    assert await _all_rows() != first


@pytest.mark.usefixtures("week")
async def test_planting_twice_is_refused() -> None:
    with pytest.raises(RuntimeError):
        await plant(NOW, TODAY)
    assert await Organisation.count() == 12


async def _all_rows() -> dict[str, list[dict[str, Any]]]:
    found = {}
    for table in TABLES:
        rows = await table.select()
        for row in rows:
            if table.__name__ == "HistoryEntry":
                row.pop("id")
        found[table.__name__] = sorted(rows, key=repr)
    return found


@pytest.mark.usefixtures("week")
async def test_every_live_offer_and_every_open_posting_has_its_profile() -> None:
    assert await wrong_profiles(NOW) == []
    live = await Offer.count().where(Offer.state == "active")
    assert await MatchProfile.count().where(MatchProfile.kind == "offer") == live > 190
    waiting = await MatchProfile.count().where(MatchProfile.stale_at > 0)
    assert waiting == 0, "the week comes with its suggestions"


@pytest.mark.usefixtures("week")
async def test_a_yes_to_a_full_task_leads_to_the_waiting_list() -> None:
    full = [one for one in await postings.listed(Scope("kassel"), TODAY) if one.is_full]
    assert full
    nour = PersonView(id="nour", region="kassel", name="Nour", age_band="adult")
    await people.add(nour, desk_id("kassel"), "", NOW)
    actor = Actor("nour", "Nour", "kassel", "de", "joined", "")
    for posting in full:
        said = Yes(consent=True, language_level=6, is_adult=True)
        match = await say_yes(actor, posting.id, "", said, NOW, TODAY)
        row = await Match.select(Match.state).where(Match.id == match).first()
        assert row == {"state": "waitlisted"}
