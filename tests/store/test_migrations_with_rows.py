"""Each real migration runs over rows that were there before it."""

import shutil
from pathlib import Path

import pytest

from bruecke.actions.matches.suggesting import work
from bruecke.actions.profiles import repair
from bruecke.store.engine import Database
from bruecke.store.migrations import all_managers, migrate
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import (
    Match,
    MatchProfile,
    Offer,
    Opening,
    Organisation,
    Person,
    Posting,
    Region,
)
from tests.support.profiles import wrong_profiles

NOW = 1_790_000_000

pytestmark = pytest.mark.anyio


async def test_an_offer_stays_and_from_then_on_goes_with_its_person(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = [manager.migration_id for manager in await all_managers()]
    real, before = APP_CONFIG.migrations_folder_path, tmp_path_factory.mktemp("before")
    first = names[0]
    shutil.copy(Path(real) / f"{first}.py", before)
    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", before)
    assert await migrate() == [first]
    await Region.insert(Region(id="kassel", name="Kassel"))
    await Person.insert(Person(id="amina", region="kassel", name="Amina"))
    await Offer.insert(Offer(id="hers", region="kassel", person="amina", slots=5))
    await Offer.insert(Offer(id="nobodys", region="kassel", slots=3))

    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", real)
    assert await migrate() == names[1:]
    assert await Offer.select(Offer.id, Offer.slots).order_by(Offer.id) == [
        {"id": "hers", "slots": 5},
        {"id": "nobodys", "slots": 3},
    ]

    await Person.delete().where(Person.id == "amina")
    assert [row["id"] for row in await Offer.select(Offer.id)] == ["nobodys"]


async def test_offers_and_postings_in_place_get_their_profiles_from_the_worker(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = [manager.migration_id for manager in await all_managers()]
    ours = next(name for name in names if name.startswith("2026_11_22_05"))
    real, before = APP_CONFIG.migrations_folder_path, tmp_path_factory.mktemp("before")
    earlier = [name for name in names if name < ours]
    for name in earlier:
        shutil.copy(Path(real) / f"{name}.py", before)
    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", before)
    assert await migrate() == earlier
    await Region.raw("INSERT INTO region (id, name) VALUES ('kassel', 'Kassel')")
    await Person.raw(
        "INSERT INTO person (id, region, name, age_band)"
        " VALUES ('amina', 'kassel', 'Amina', 'adult')"
    )
    await Offer.raw(
        "INSERT INTO offer (id, region, person, kind, anything, slots, state)"
        " VALUES ('hers', 'kassel', 'amina', 'time', {}, 5, 'active')",
        True,
    )
    await Organisation.raw(
        "INSERT INTO organisation (id, region, name, verified_at)"
        " VALUES ('roj', 'kassel', 'Roj', 1)"
    )
    await Posting.raw(
        "INSERT INTO posting (id, region, organisation, kind, activity, state)"
        " VALUES ('lunch', 'kassel', 'roj', 'need', 'cooking', 'open')"
    )
    await Opening.raw("INSERT INTO opening (id, posting, capacity) VALUES ('two', 'lunch', 2)")

    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", real)
    assert await migrate() == names[len(earlier) :]
    assert await MatchProfile.count() == 0
    await repair(NOW)
    kinds = await MatchProfile.select(MatchProfile.id, MatchProfile.kind).order_by(MatchProfile.id)
    assert kinds == [{"id": "hers", "kind": "offer"}, {"id": "lunch", "kind": "posting"}]
    assert await wrong_profiles(NOW) == []
    await work(NOW)
    found = await Match.select(Match.person, Match.posting, Match.state)
    assert found == [{"person": "amina", "posting": "lunch", "state": "suggested"}]
