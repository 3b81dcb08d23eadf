"""Migrations with rows in place, on both engines, and the real ones against today's tables."""

import asyncio
import shutil
from pathlib import Path

import pytest
from piccolo.columns import BigInt, ForeignKey, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table, sort_table_classes

from bruecke.store.engine import Database
from bruecke.store.migrations import migrate, pending
from bruecke.store.next_migration import write
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.tables import TABLES
from bruecke.store.tables.indexes import INDEXES
from tests.support.databases import Databases, open_database
from tests.support.schemas import schema_of

pytestmark = pytest.mark.anyio

SAMPLES = Path(__file__).parent / "sample_migrations"
GUILDS, CHANGES, BREAKS = "2026_01_01_01_guilds", "2026_01_02_01_changes", "2026_01_03_01_breaks"


class Guild(Table, tablename="guild"):
    """What the sample migrations lead to."""

    id = Varchar(length=22, primary_key=True, default="")
    name = Varchar(length=80, unique=True)
    nickname = Varchar(length=40)
    city = Varchar(length=40, index=True)
    greeting = Varchar(length=40, default="Moin")
    size = BigInt(default=1)
    state = Varchar(length=40, default="open", index=True)


class Member(Table, tablename="member"):
    """Belongs to a guild until that is gone."""

    id = Varchar(length=22, primary_key=True, default="")
    guild = ForeignKey(Guild, null=True, default=None, on_delete=OnDelete.set_null, index=True)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations that a test fills."""
    monkeypatch.setattr(APP_CONFIG, "migrations_folder_path", tmp_path)
    return tmp_path


def _add(folder: Path, name: str) -> None:
    shutil.copy(SAMPLES / f"{name}.py", folder)


async def _guilds_with_rows(database: Database, folder: Path) -> None:
    _add(folder, GUILDS)
    assert await migrate() == [GUILDS]
    await database.run_ddl(
        "INSERT INTO guild (id, name, nickname, town, motto, greeting, size) VALUES"
        " ('a', 'Weavers', NULL, 'Kassel', 'Warp', 'Hello', 12),"
        " ('b', 'Bakers', 'The B', 'Fulda', 'Rise', 'Hello', 3)"
    )
    await database.run_ddl("INSERT INTO member (id, guild) VALUES ('m', 'a')")


async def test_all_kinds_of_change_keep_the_rows(empty_database: Database, folder: Path) -> None:
    await _guilds_with_rows(empty_database, folder)
    _add(folder, CHANGES)

    assert await pending() == [CHANGES]
    assert await migrate() == [CHANGES]
    assert await pending() == []

    weavers, bakers = await Guild.select().order_by(Guild.id)
    assert weavers == {
        "id": "a",
        "name": "Weavers",
        "nickname": "",
        "city": "Kassel",
        "greeting": "Hello",
        "size": 12,
        "state": "open",
    }
    assert (bakers["nickname"], bakers["size"]) == ("The B", 3)
    assert await Member.select() == [{"id": "m", "guild": "a"}]


async def test_the_changed_tables_are_as_if_made_anew(
    empty_database: Database, folder: Path, engine_kind: str, databases: Databases
) -> None:
    await _guilds_with_rows(empty_database, folder)
    _add(folder, CHANGES)
    await migrate()
    migrated = await schema_of(empty_database)
    await empty_database.close_connection_pool()

    url = await databases.fresh(engine_kind, migrated=False)
    scratch = await open_database(url)
    await Guild.create_table()
    await Member.create_table()
    await scratch.run_ddl("CREATE UNIQUE INDEX guild_big ON guild (name, city) WHERE size > 10")

    assert migrated == await schema_of(scratch)
    await scratch.close_connection_pool()
    await databases.remove(url)


async def test_rules_hold_after_the_change(empty_database: Database, folder: Path) -> None:
    await _guilds_with_rows(empty_database, folder)
    _add(folder, CHANGES)
    await migrate()

    with pytest.raises(Exception, match=r"(?i)unique"):
        await Guild.insert(Guild(id="c", name="Weavers"))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await Member.insert(Member(id="n", guild="nobody"))
    await Guild.delete().where(Guild.id == "a")

    assert await Member.select() == [{"id": "m", "guild": None}]


async def test_a_failing_migration_leaves_no_trace(empty_database: Database, folder: Path) -> None:
    await _guilds_with_rows(empty_database, folder)
    _add(folder, CHANGES)
    await migrate()
    before = await schema_of(empty_database)
    _add(folder, BREAKS)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await migrate()

    assert await pending() == [BREAKS]
    assert await schema_of(empty_database) == before
    assert await Guild.select(Guild.nickname).order_by(Guild.id) == [
        {"nickname": ""},
        {"nickname": "The B"},
    ]


async def test_two_at_once_migrate_only_once(empty_database: Database, folder: Path) -> None:
    _add(folder, GUILDS)
    _add(folder, CHANGES)

    done = await asyncio.gather(migrate(), migrate())

    assert sorted(done) == [[], [GUILDS, CHANGES]]


async def test_nothing_is_printed(
    empty_database: Database, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(folder, GUILDS)
    await migrate()

    assert capsys.readouterr() == ("", "")


async def test_the_real_migrations_make_todays_tables(
    database: Database, engine_kind: str, databases: Databases
) -> None:
    assert await pending() == []
    migrated = await schema_of(database)
    await database.close_connection_pool()

    url = await databases.fresh(engine_kind, migrated=False)
    scratch = await open_database(url)
    for table in sort_table_classes(list(TABLES)):
        await table.create_table()
    for statement in INDEXES:
        await scratch.run_ddl(statement)

    expected = await schema_of(scratch)
    assert migrated.keys() == expected.keys()
    for table_name, parts in expected.items():
        assert migrated[table_name] == parts, table_name
    await scratch.close_connection_pool()
    await databases.remove(url)


async def test_todays_tables_need_no_further_migration() -> None:
    before = sorted(Path(APP_CONFIG.migrations_folder_path).glob("*.py"))

    written = await write("not needed")
    if written is not None:
        written.unlink()

    assert written is None
    assert sorted(Path(APP_CONFIG.migrations_folder_path).glob("*.py")) == before
