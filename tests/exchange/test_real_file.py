"""The real export of Essen: every row accounted for, published by the desk, and found by people."""

from collections import Counter
from datetime import date

import pytest

from bruecke.actions import imports, suggestions
from bruecke.actions.import_undo import undo
from bruecke.actions.releases import AT_MOST, choose_activity, release_ticked
from bruecke.clock import now
from bruecke.domain import slots
from bruecke.domain.access import Actor, Scope, Seat
from bruecke.domain.imports import Offered
from bruecke.domain.matching.geography import distance_km
from bruecke.exchange.freinet import read_export
from bruecke.exchange.offers import read_row
from bruecke.exchange.timeframes import read_when
from bruecke.reference.activities import codes_to_mask
from bruecke.reference.postcodes import locate
from bruecke.store import postings
from bruecke.store.tables import Offer, Opening, Organisation, Person, Posting
from tests.support.freinet import real_export
from tests.support.web import plant_person, plant_region

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

TODAY = date(2026, 11, 22)
FILE = imports.Source("essen.csv", "")

# Five people of differing wishes: postcode, kilometres, activities, when.
WISHES: dict[str, tuple[str, int, list[str], list[str]]] = {
    "Amina": ("45127", 5, ["reading"], ["daytime"]),
    "Olena": ("45130", 10, ["visiting"], ["weekend", "evenings"]),
    "Samuel": ("45327", 10, ["sport", "festivals"], ["varies"]),
    "Leyla": ("45355", 8, ["learning", "cooking"], ["daytime", "evenings"]),
    "Anna": ("45239", 20, ["accounts", "digital"], ["evenings"]),
}


def real_rows() -> list[imports.Row]:
    seen: dict[str, int] = {}
    found = read_export(real_export())
    return [read_row(n, fields, seen) for n, fields in enumerate(found.rows, start=1)]


async def test_every_row_is_accounted_for_and_the_file_comes_in_once() -> None:
    rows = real_rows()
    await plant_region("essen", "Essen")
    report = await imports.take("essen", rows, FILE, now(), TODAY)
    assert len(report.results) == 429
    assert report.clean + report.with_loss + report.not_taken == 429
    assert (await Posting.count(), await Opening.count()) == (429, 429)
    assert await Organisation.count() == 249
    offered = [row for row in rows if isinstance(row, Offered)]
    states = Counter(row["state"] for row in await Posting.select(Posting.state))
    assert states == {"review": 351, "draft": 78}
    unsure = sum(not row.fits for row in offered)
    assert unsure < 25, "nearly every offer has an activity of ours"
    assert max(row["capacity"] for row in await Opening.select(Opening.capacity)) == 99
    again = await imports.take("essen", rows, FILE, now(), TODAY)
    assert again.count("unchanged") == 429 and again.batch == ""
    undone = await undo(report.batch, now())
    assert (undone.removed, undone.organisations) == (429, 249)


async def test_no_markup_survives_and_more_than_half_of_the_times_are_understood() -> None:
    rows = [row for row in real_rows() if isinstance(row, Offered)]
    for row in rows:
        assert "<p" not in row.text and "&nbsp;" not in row.text and len(row.text) <= 1000
    told = [fields["timeframe_text"] for fields in read_export(real_export()).rows]
    kinds = Counter(read_when(text).kind for text in told if text.strip())
    assert sum(kinds.values()) == 278
    assert kinds["clear"] >= 90 and kinds["clear"] + kinds["open"] >= 160


async def plant_volunteer(name: str) -> str:
    postcode, radius, activities, chips = WISHES[name]
    person = await plant_person(name, "essen")
    await Person.update({Person.postcode: postcode}).where(Person.id == person)
    await Offer.insert(
        Offer(
            region="essen",
            person=person,
            kind="time",
            activities=codes_to_mask(activities),
            slots=slots.of_chips(chips),
            radius_km=radius,
            state="active",
            created_at=now(),
            confirmed_at=now(),
        )
    )
    return person


async def test_published_in_bulk_it_gives_people_in_essen_sensible_suggestions() -> None:
    await plant_region("essen", "Essen")
    await imports.take("essen", real_rows(), FILE, now(), TODAY)
    desk = await plant_person("Anna Berger", "essen")
    seat = Seat("coordinator", region="essen")
    actor = Actor(desk, "Anna", "essen", "de", "passkey", "login", seats=(seat,))
    scope = Scope("essen", desk)
    for one in await postings.in_review(scope, TODAY, limit=500):
        if one.activity_unsure:
            await choose_activity(actor, one.id, "festivals", now(), TODAY)
    while waiting := await postings.in_review(scope, TODAY):
        said = await release_ticked(actor, [one.id for one in waiting], True, now(), TODAY)
        assert said.refused == () and said.published <= AT_MOST
    assert await postings.count_open("essen") == 351
    for name, (postcode, radius, activities, chips) in WISHES.items():
        person = await plant_volunteer(name)
        found = await suggestions.for_person(Scope("essen", person), now(), TODAY)
        assert len(found) >= 3, name
        home = locate(postcode)
        assert home
        for one in found:
            assert one.posting.activity in activities, (name, one.posting.title)
            assert not one.posting.slots or one.posting.slots & slots.of_chips(chips)
            place = locate(one.posting.postcode) if one.posting.postcode else None
            if place:
                km = distance_km((home.lat, home.lon), (place.lat, place.lon))
                assert km <= radius, (name, one.posting.title)
