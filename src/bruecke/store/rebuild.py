"""Rebuilds a SQLite table in its new shape, since SQLite can alter almost nothing in place."""

import re
from collections.abc import Iterable
from typing import Any

from piccolo.columns import Column
from piccolo.table import Table, create_table_class

from bruecke.store.sqlite import SqliteEngine


def fresh_table(snapshot: Any) -> type[Table]:
    """The table class of a migration snapshot (Piccolo's DiffableTable).

    The snapshot keeps changed lengths, defaults and rules in the parameters of a column only, so
    each column is made anew from them.
    """
    members: dict[str, Column] = {}
    for old in snapshot.columns:
        column = type(old)(**old._meta.params)
        column._meta.name = old._meta.name
        column._meta.db_column_name = old._meta.db_column_name
        members[old._meta.name] = column
    table = create_table_class(
        class_name=snapshot.class_name,
        class_kwargs={"tablename": snapshot.tablename},
        class_members=members,
    )
    table._meta.constraints.extend(snapshot.constraints)
    return table


async def create(engine: SqliteEngine, table: type[Table], name: str) -> None:
    """CREATE TABLE `name` in the shape of `table`, constraints in line, without indexes."""
    parts = [column.ddl for column in table._meta.columns]
    parts += [f"CONSTRAINT {rule._meta.name} {rule.ddl}" for rule in table._meta.constraints]
    await engine.run_ddl(f'CREATE TABLE "{name}" ({", ".join(parts)})')


async def create_missing_indexes(engine: SqliteEngine, table: type[Table]) -> None:
    """An index for every column that asks for one and has none."""
    name = table._meta.tablename
    served = set()
    for index in await _rows(engine, f'PRAGMA index_list("{name}")'):
        keys = await _rows(engine, f'PRAGMA index_info("{index["name"]}")')
        if index["origin"] == "c" and not index["partial"] and len(keys) == 1:
            served.add(keys[0]["name"])
    for column in table._meta.columns:
        if column._meta.index and column._meta.db_column_name not in served:
            await table.create_index([column])


async def rebuild(engine: SqliteEngine, table: type[Table], unindexed: Iterable[str]) -> None:
    """Give the existing table the shape of `table`; shared columns keep their values.

    Indexes and triggers come along, raw ones too, but for those over a column that is gone (as
    PostgreSQL drops them) and Piccolo's own over a column in `unindexed`. Needs a schema
    transaction.
    """
    name = table._meta.tablename
    before = [row["name"] for row in await _rows(engine, f'PRAGMA table_info("{name}")')]
    after = [column._meta.db_column_name for column in table._meta.columns]
    schema = await _rows(engine, "SELECT type, name, tbl_name, sql FROM sqlite_master")
    kept = [
        row
        for row in schema
        if row["tbl_name"] == name and row["type"] in ("index", "trigger") and row["sql"]
    ]
    shared = ", ".join(f'"{column}"' for column in before if column in after)
    await create(engine, table, f"_new_{name}")
    await engine.run_ddl(f'INSERT INTO "_new_{name}" ({shared}) SELECT {shared} FROM "{name}"')
    await engine.run_ddl(f'DROP TABLE "{name}"')
    # Otherwise the renaming would stumble over triggers that speak of the table just dropped.
    await engine.run_ddl("PRAGMA legacy_alter_table=ON")
    await engine.run_ddl(f'ALTER TABLE "_new_{name}" RENAME TO "{name}"')
    await engine.run_ddl("PRAGMA legacy_alter_table=OFF")

    gone = [column for column in before if column not in after]
    unwanted = {table._get_index_name([column]) for column in unindexed}
    for row in kept:
        # SQLite reads a quoted column it does not know as a text, so it must not get to see one.
        keys = row["sql"].partition("(")[2] if row["type"] == "index" else ""
        if row["name"] in unwanted or any(re.search(rf"\b{column}\b", keys) for column in gone):
            continue
        await engine.run_ddl(row["sql"])
    await create_missing_indexes(engine, table)


async def _rows(engine: SqliteEngine, sql: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await engine.run_ddl(sql)
    return rows
