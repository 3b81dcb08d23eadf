"""Rows as plain tuples, read and written: for what is done a hundred thousand times."""

from collections.abc import Sequence
from functools import partial
from itertools import count
from typing import Any

from bruecke.store.engine import Database, current_engine
from bruecke.store.sqlite import SqliteEngine
from bruecke.store.sqlite_connection import insert_all, tuples


async def fetch(sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
    """The rows of one SELECT with `{}` for each value, inside the running transaction if any.

    SQLite answers what it keeps: write `+column`, or the slow converters of Piccolo run.
    """
    engine = current_engine()
    query = _numbered(engine, sql)
    transaction = engine.current_transaction.get()
    if isinstance(engine, SqliteEngine):
        connection = transaction.connection if transaction else engine.reader()
        rows: list[tuple[Any, ...]] = await connection.run(partial(tuples, query, values))
        return rows
    if transaction:
        found: list[Sequence[Any]] = await transaction.connection.fetch(query, *values)
        return found
    records: list[Sequence[Any]] = await engine.fetch(query, values)
    return records


async def insert(sql: str, rows: Sequence[Sequence[object]]) -> None:
    """One INSERT with `{}` for each value, for every row, inside the running transaction."""
    engine = current_engine()
    transaction = engine.current_transaction.get()
    if transaction is None:
        raise RuntimeError("insert() needs an open transaction")
    if isinstance(engine, SqliteEngine):
        await transaction.connection.run(partial(insert_all, _numbered(engine, sql), rows))
    else:
        await transaction.connection.executemany(_numbered(engine, sql), rows)


def _numbered(engine: Database, sql: str) -> str:
    if isinstance(engine, SqliteEngine):
        return sql.replace("{}", "?")
    first, *parts = sql.split("{}")
    numbers = count(1)
    return first + "".join(f"${next(numbers)}{part}" for part in parts)
