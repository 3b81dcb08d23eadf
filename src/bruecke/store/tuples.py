"""Rows as plain tuples: for the reads whose every microsecond is a figure."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from piccolo.querystring import QueryString

from bruecke.store.engine import current_engine
from bruecke.store.sqlite import SqliteEngine
from bruecke.store.sqlite_connection import tuples


async def fetch(sql: str, values: Sequence[object]) -> Sequence[Sequence[Any]]:
    """The rows of one SELECT with `{}` for each value, inside the running transaction if any.

    SQLite answers what it keeps: write `+column`, or the slow converters of Piccolo run.
    """
    engine = current_engine()
    query, given = QueryString(sql, *values).compile_string(engine.engine_type)
    transaction = engine.current_transaction.get()
    if isinstance(engine, SqliteEngine):
        connection = transaction.connection if transaction else engine.reader()
        rows: list[tuple[Any, ...]] = await connection.run(partial(tuples, query, given))
        return rows
    if transaction:
        found: list[Sequence[Any]] = await transaction.connection.fetch(query, *given)
        return found
    records: list[Sequence[Any]] = await engine.fetch(query, given)
    return records
