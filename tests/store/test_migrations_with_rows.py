"""Each real migration runs over rows that were there before it."""

import shutil
from pathlib import Path

import pytest
from piccolo.table import Table

from bruecke.store.engine import Database
from bruecke.store.migrations import all_managers, migrate
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import Offer, Person, Region

pytestmark = pytest.mark.anyio


async def plant(table: type[Table], **fields: object) -> None:
    """A row as an older schema held it: nothing of the columns that came later."""
    names = ", ".join(f'"{name}"' for name in fields)
    places = ", ".join(["{}"] * len(fields))
    await table.raw(
        f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({places})', *fields.values()
    )


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
    await plant(Region, id="kassel", name="Kassel")
    await plant(Person, id="amina", region="kassel", name="Amina")
    await plant(Offer, id="hers", region="kassel", person="amina", slots=5)
    await plant(Offer, id="nobodys", region="kassel", slots=3)

    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", real)
    assert await migrate() == names[1:]
    assert await Offer.select(Offer.id, Offer.slots).order_by(Offer.id) == [
        {"id": "hers", "slots": 5},
        {"id": "nobodys", "slots": 3},
    ]

    await Person.delete().where(Person.id == "amina")
    assert [row["id"] for row in await Offer.select(Offer.id)] == ["nobodys"]
