"""Each real migration runs over rows that were there before it."""

import shutil
from pathlib import Path

import pytest

from bruecke.store.engine import Database
from bruecke.store.migrations import all_managers, migrate
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import Offer, Person, Region

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
