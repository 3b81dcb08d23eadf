"""The engines under load and at their end, on real databases."""

import asyncio
import contextvars
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from bruecke.store.engine import Database, engine_from_url
from bruecke.store.sqlite import SqliteEngine
from bruecke.store.transaction import transaction

pytestmark = pytest.mark.anyio


class Tally(Table, tablename="test_tally"):
    """A row to count in."""

    id = Varchar(length=22, primary_key=True, default="")
    total = Integer(default=0)


async def test_fifty_writers_that_read_first_lose_nothing(database: Database) -> None:
    await Tally.create_table()
    await Tally.insert(Tally(id="one"))

    async def count_on() -> None:
        async with transaction():
            if database.engine_type == "postgres":
                row = await Tally.select().where(Tally.id == "one").lock_rows("UPDATE").first()
            else:
                row = await Tally.select().where(Tally.id == "one").first()
            assert row is not None
            await Tally.update({Tally.total: row["total"] + 1}).where(Tally.id == "one")

    await asyncio.gather(*(count_on() for _ in range(50)))

    assert await Tally.select(Tally.total) == [{"total": 50}]


async def test_reads_go_on_while_a_writer_writes(database: Database) -> None:
    await Tally.create_table()
    outside = contextvars.copy_context()

    async with transaction():
        await Tally.insert(Tally(id="one"))
        reading = asyncio.get_running_loop().create_task(Tally.count().run(), context=outside)
        assert await asyncio.wait_for(reading, 2) == 0
        assert await Tally.count() == 1

    assert await Tally.count() == 1


async def test_the_engine_works_without_a_started_pool(database: Database) -> None:
    await database.close_connection_pool()

    await Tally.create_table()
    await Tally.insert(Tally(id="one"))

    assert await Tally.count() == 1


async def test_a_failed_write_leaves_the_writer_free(database: Database) -> None:
    await Tally.create_table()
    await Tally.insert(Tally(id="one"))

    for _ in range(6):
        with pytest.raises(Exception, match=r"(?i)unique"):
            await Tally.insert(Tally(id="one"))

    await Tally.insert(Tally(id="two"))


async def test_a_cancelled_writer_leaves_nothing_behind(database: Database) -> None:
    await Tally.create_table()

    async def write_and_wait() -> None:
        async with transaction():
            await Tally.insert(Tally(id="one"))
            await asyncio.sleep(30)

    task = asyncio.create_task(write_and_wait())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with transaction():
        assert await Tally.count() == 0


async def test_every_sqlite_connection_is_safe_and_durable(tmp_path: Path) -> None:
    engine = engine_from_url(f"sqlite:///{tmp_path / 'new' / 'house.sqlite3'}", reader_count=4)
    assert isinstance(engine, SqliteEngine)
    await engine.start_connection_pool()

    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }
    connections = [engine.writer, *engine.readers]
    for connection in connections:
        for name, value in wanted.items():
            [row] = await connection.execute(f"PRAGMA {name}")
            assert list(row.values()) == [value], name
    assert len(connections) == 5
    with pytest.raises(Exception, match=r"readonly"):
        await engine.readers[0].execute("CREATE TABLE no (id INTEGER)")
    await engine.close_connection_pool()


async def test_a_connection_that_cannot_roll_back_is_replaced(tmp_path: Path) -> None:
    engine = engine_from_url(f"sqlite:///{tmp_path / 'house.sqlite3'}")
    assert isinstance(engine, SqliteEngine)
    await engine.run_ddl("CREATE TABLE note (id INTEGER)")

    def refuse_rollback(connection: Any) -> None:
        connection.set_authorizer(lambda _action, what, *_: int(what == "ROLLBACK"))

    await engine.writer.run(refuse_rollback)
    with pytest.raises(Exception, match=r"not authorized"):
        async with engine.transaction():
            await engine.run_ddl("INSERT INTO note VALUES (1)")
            raise ValueError("something failed")

    async with engine.transaction():
        await engine.run_ddl("INSERT INTO note VALUES (2)")
    assert await engine.run_ddl("SELECT id FROM note") == [{"id": 2}]
    await engine.close_connection_pool()


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///", "sqlite:///:memory:", "mysql://localhost/house"]
)
def test_an_address_of_no_use_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"BRUECKE_DATABASE_URL"):
        engine_from_url(url)


def test_a_relative_and_an_absolute_path_are_told_apart() -> None:
    relative, absolute = engine_from_url("sqlite:///a/b"), engine_from_url("sqlite:////a/b")

    assert isinstance(relative, SqliteEngine)
    assert isinstance(absolute, SqliteEngine)
    assert (relative.path, absolute.path) == ("a/b", "/a/b")


@pytest.mark.parametrize("closing", ["await engine.close_connection_pool()", "pass"])
def test_the_process_ends_after_use(tmp_path: Path, closing: str) -> None:
    program = f"""
import asyncio
from bruecke.store.engine import use_engine

async def main():
    engine = use_engine("sqlite:///{tmp_path}/house.sqlite3")
    await engine.start_connection_pool()
    async with engine.transaction():
        await engine.run_ddl("CREATE TABLE note (id INTEGER)")
    {closing}

asyncio.run(main())
"""
    ended = subprocess.run([sys.executable, "-c", program], timeout=30, check=False)

    assert ended.returncode == 0
