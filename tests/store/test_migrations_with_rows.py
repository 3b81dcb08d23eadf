"""Each real migration runs over rows that were there before it."""

import shutil
from pathlib import Path

import pytest

from bruecke.store.engine import Database
from bruecke.store.migrations import all_managers, migrate
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import Offer, Organisation, Person, Posting, Region

pytestmark = pytest.mark.anyio


async def test_what_was_written_here_is_of_no_import(
    empty_database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    names = [manager.migration_id for manager in await all_managers()]
    ours = next(name for name in names if name.endswith("imports_with_batches"))
    real, before = APP_CONFIG.migrations_folder_path, tmp_path_factory.mktemp("before")
    for name in names[: names.index(ours)]:
        shutil.copy(Path(real) / f"{name}.py", before)
    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", before)
    await migrate()
    await Region.insert(Region(id="kassel", name="Kassel"))
    # Several without a key: only what a file named may stand there once.
    for name in ("roj", "frauen"):
        await Organisation.raw(
            "INSERT INTO organisation (id, region, name, kind, stage, area, purpose, languages,"
            " public_phone, public_email, created_at, verified_at, refused_at, refusal)"
            " VALUES ({}, 'kassel', {}, 'mso', 'registered', '', '', '', '', '', 1, 1, 0, '')",
            name,
            name,
        )

    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", real)
    assert (await migrate())[0] == ours
    found = await Organisation.select(
        Organisation.id, Organisation.external_key, Organisation.import_batch
    ).order_by(Organisation.id)
    assert found == [
        {"id": "frauen", "external_key": "", "import_batch": None},
        {"id": "roj", "external_key": "", "import_batch": None},
    ]
    for identity in ("a", "b"):
        await Posting.insert(Posting(id=identity, region="kassel", organisation="roj"))
    named = {"region": "kassel", "organisation": "roj", "external_key": "freinet:1"}
    await Posting.insert(Posting(**named))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await Posting.insert(Posting(**named))


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
