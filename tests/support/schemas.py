"""Reads the whole schema of a database in a form two of them can be compared by."""

import re
from typing import Any

from bruecke.store.engine import Database
from bruecke.store.sqlite import SqliteEngine

Schema = dict[str, dict[str, set[Any]]]


async def schema_of(engine: Database) -> Schema:
    """Columns, keys and indexes by table; names of indexes do not count, what they do does."""
    found = await (_sqlite(engine) if isinstance(engine, SqliteEngine) else _postgresql(engine))
    found.pop("migration", None)
    return found


async def _sqlite(engine: Database) -> Schema:
    schema: Schema = {}
    made = await engine.run_ddl("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    statements = {row["name"]: row["sql"] for row in made}
    for row in await engine.run_ddl("SELECT name FROM sqlite_master WHERE type = 'table'"):
        table = row["name"]
        columns = await engine.run_ddl(f'PRAGMA table_info("{table}")')
        keys = await engine.run_ddl(f'PRAGMA foreign_key_list("{table}")')
        indexes = set()
        for index in await engine.run_ddl(f'PRAGMA index_list("{table}")'):
            parts = await engine.run_ddl(f'PRAGMA index_info("{index["name"]}")')
            where = statements.get(index["name"], "").partition(" WHERE ")[2]
            indexes.add((index["unique"], tuple(part["name"] for part in parts), where))
        schema[table] = {
            # The default of a key is made anew for each row; what the table holds is chance.
            "columns": {
                (c["name"], c["type"], c["notnull"], None if c["pk"] else c["dflt_value"], c["pk"])
                for c in columns
            },
            "keys": {
                (k["from"], k["table"], k["to"], k["on_update"], k["on_delete"]) for k in keys
            },
            "indexes": indexes,
        }
    return schema


async def _postgresql(engine: Database) -> Schema:
    schema: Schema = {}
    columns = await engine.run_ddl(
        "SELECT c.table_name, c.column_name, c.data_type, c.character_maximum_length,"
        " c.is_nullable, CASE WHEN k.column_name IS NULL THEN c.column_default END AS standard"
        " FROM information_schema.columns c LEFT JOIN information_schema.key_column_usage k"
        " ON k.table_name = c.table_name AND k.column_name = c.column_name"
        " AND k.constraint_name LIKE '%_pkey' WHERE c.table_schema = 'public'"
    )
    for table, *column in (tuple(row) for row in columns):
        part = schema.setdefault(table, {"columns": set(), "keys": set(), "indexes": set()})
        part["columns"].add(tuple(column))
    for row in await engine.run_ddl("SELECT * FROM pg_indexes WHERE schemaname = 'public'"):
        does = re.sub(r"INDEX \S+ ON", "INDEX ON", row["indexdef"])
        schema[row["tablename"]]["indexes"].add(does)
    for row in await engine.run_ddl(
        "SELECT conrelid::regclass::text AS tablename, pg_get_constraintdef(oid) AS does"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
    ):
        schema[row["tablename"].strip('"')]["keys"].add(row["does"])
    return schema
