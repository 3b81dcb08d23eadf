"""What a transaction promises when something in it fails, BEGIN and COMMIT included."""

import asyncio
import time
from typing import Any

import pytest

from bruecke.store.engine import Database, current_engine
from bruecke.store.postgres import PostgresqlEngine
from bruecke.store.sqlite import SqliteEngine
from bruecke.store.transaction import after_commit, transaction

pytestmark = pytest.mark.anyio

POOL = 5
MORE_THAN_THE_POOL_HOLDS = POOL + 1


async def _tables() -> None:
    engine = current_engine()
    await engine.run_ddl("CREATE TABLE test_parent (id INTEGER PRIMARY KEY)")
    await engine.run_ddl(
        "CREATE TABLE test_child (parent INTEGER"
        " REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED)"
    )


async def _children() -> int:
    [row] = await current_engine().run_ddl("SELECT count(*) AS n FROM test_child")
    return int(row["n"])


async def _next_writer_works_at_once() -> None:
    began = time.perf_counter()
    async with transaction():
        await current_engine().run_ddl("INSERT INTO test_child VALUES (NULL)")
    assert time.perf_counter() - began < 1


def _busy_connections(engine: Database) -> int:
    if isinstance(engine, PostgresqlEngine):
        assert engine.pool is not None
        return int(engine.pool.get_size() - engine.pool.get_idle_size())
    return int(engine.writer_turn().locked())


async def _with_pool_of_five(engine: Database, **options: Any) -> None:
    await engine.close_connection_pool()
    await engine.start_connection_pool(max_size=POOL, **options)


async def test_a_failing_commit_keeps_nothing_and_blocks_nobody(database: Database) -> None:
    await _with_pool_of_five(database)
    await _tables()

    for _ in range(MORE_THAN_THE_POOL_HOLDS):
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            async with transaction():
                await database.run_ddl("INSERT INTO test_child VALUES (99)")
        assert not database.transaction_exists()

    assert _busy_connections(database) == 0
    assert await _children() == 0
    await asyncio.wait_for(_next_writer_works_at_once(), 3)


async def test_a_failing_begin_blocks_nobody(database: Database) -> None:
    refusing = True

    async def open_one_already(connection: Any) -> None:
        if refusing:
            await connection.execute("BEGIN")

    def refuse_begin(connection: Any) -> None:
        connection.set_authorizer(lambda _action, what, *_: int(what == "BEGIN"))

    await _tables()
    if isinstance(database, SqliteEngine):
        await database.writer.run(refuse_begin)
    else:
        await _with_pool_of_five(database, setup=open_one_already)

    for _ in range(MORE_THAN_THE_POOL_HOLDS):
        with pytest.raises(Exception, match=r"not authorized|manually started"):
            async with transaction():
                pytest.fail("no transaction, so nothing may run in it")
        assert not database.transaction_exists()

    assert _busy_connections(database) == 0
    refusing = False
    if isinstance(database, SqliteEngine):
        await database.writer.run(lambda connection: connection.set_authorizer(None))
    await asyncio.wait_for(_next_writer_works_at_once(), 3)


async def test_a_lost_server_connection_blocks_nobody(database: Database) -> None:
    if not isinstance(database, PostgresqlEngine):
        pytest.skip("SQLite has no server")
    await _with_pool_of_five(database)
    await _tables()

    for _ in range(MORE_THAN_THE_POOL_HOLDS):
        with pytest.raises(Exception, match=r"(?i)terminat|clos"):
            async with transaction():
                await database.run_ddl("SELECT pg_terminate_backend(pg_backend_pid())")

    assert _busy_connections(database) == 0
    await asyncio.wait_for(_next_writer_works_at_once(), 3)


async def test_an_error_inside_takes_everything_back(database: Database) -> None:
    await _tables()

    with pytest.raises(ValueError, match=r"changed my mind"):
        async with transaction():
            await database.run_ddl("INSERT INTO test_child VALUES (NULL)")
            raise ValueError("changed my mind")

    assert await _children() == 0


async def test_a_second_transaction_inside_is_refused(database: Database) -> None:
    await _tables()

    with pytest.raises(RuntimeError, match=r"open already"):
        async with transaction():
            await database.run_ddl("INSERT INTO test_child VALUES (NULL)")
            async with transaction():
                pytest.fail("never gets here")

    assert await _children() == 0
    await _next_writer_works_at_once()


async def test_after_commit_runs_when_others_can_see_the_change(database: Database) -> None:
    await _tables()
    heard: list[str] = []

    async with transaction():
        after_commit(lambda: heard.append(str(database.transaction_exists())))
        await database.run_ddl("INSERT INTO test_child VALUES (NULL)")
        assert heard == []

    assert heard == ["False"]


async def test_after_commit_is_forgotten_when_nothing_was_kept(database: Database) -> None:
    await _tables()
    heard: list[str] = []

    with pytest.raises(ValueError, match=r"no"):
        async with transaction():
            after_commit(lambda: heard.append("rolled back"))
            raise ValueError("no")
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with transaction():
            after_commit(lambda: heard.append("commit failed"))
            await database.run_ddl("INSERT INTO test_child VALUES (99)")
    async with transaction():
        pass

    assert heard == []


async def test_a_failing_callback_hides_neither_the_change_nor_the_next_one(
    database: Database,
) -> None:
    heard: list[str] = []

    async with transaction():
        after_commit(lambda: heard.append(str(1 // 0)))
        after_commit(lambda: heard.append("second"))

    assert heard == ["second"]


async def test_after_commit_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match=r"open transaction"):
        after_commit(lambda: None)


async def test_a_task_that_outlives_its_transaction_cannot_write(database: Database) -> None:
    await _tables()

    async def write_later() -> None:
        await asyncio.sleep(0.05)
        await database.run_ddl("INSERT INTO test_child VALUES (NULL)")

    async with transaction():
        task = asyncio.create_task(write_later())
    with pytest.raises(Exception, match=r"outlived|released back"):
        await task

    assert await _children() == 0
