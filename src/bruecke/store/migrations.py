"""One folder of migrations for both engines, run once each and under a lock."""

import asyncio
import importlib.util
import inspect
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot
from piccolo.apps.migrations.tables import Migration
from piccolo.columns import UUID
from piccolo.table import Table

from bruecke.store.engine import Database, current_engine
from bruecke.store.piccolo_app import APP_CONFIG
from bruecke.store.rebuild import create, create_missing_indexes, fresh_table, rebuild
from bruecke.store.sqlite import SqliteEngine

_LOCK = int.from_bytes(b"bruecke")
_LOCK_SECONDS = 120


@dataclass
class Manager(MigrationManager):
    """A migration that works on both engines and records itself in its own transaction.

    Order: `add_raw` functions, dropped indexes, tables and columns, added indexes.
    """

    indexes: list[str] = field(default_factory=list)
    dropped_indexes: list[str] = field(default_factory=list)

    def add_index(self, statement: str) -> None:
        """Run a CREATE INDEX (composite, partial, unique) once the tables have their new shape."""
        self.indexes.append(statement)

    def drop_index(self, name: str) -> None:
        """Drop an index that `add_index` made."""
        self.dropped_indexes.append(name)

    async def run(self, backwards: bool = False) -> None:
        """Apply all of it or nothing. There is no way back but the copy made before."""
        if backwards:
            raise NotImplementedError("Migrations only run forwards; restore the copy made before")
        engine = current_engine()
        async with engine.schema_transaction():
            for raw in self.raw:
                if inspect.isawaitable(outcome := raw()):
                    await outcome
            for name in self.dropped_indexes:
                await engine.run_ddl(f'DROP INDEX "{name}"')
            if isinstance(engine, SqliteEngine):
                await self._rebuild(engine)
            else:
                await self._alter()
            for statement in self.indexes:
                await engine.run_ddl(statement)
            if isinstance(engine, SqliteEngine):
                broken = await engine.run_ddl("PRAGMA foreign_key_check")
                if broken:
                    raise ValueError(f"{self.migration_id} breaks foreign keys: {broken[:5]}")
            await Migration.insert(Migration(name=self.migration_id, app_name=self.app_name))

    async def get_table_from_snapshot(
        self,
        table_class_name: str,
        app_name: str | None = None,
        offset: int = 0,
        migration_id: str | None = None,
    ) -> type[Table]:
        """The table as it is after `migration_id` (this one if None), or `offset` before it."""
        managers = await all_managers(up_to=migration_id or self.migration_id)
        tables = SchemaSnapshot(managers=list(managers[: offset or None]))
        return fresh_table(tables.get_table_from_snapshot(table_class_name))

    async def _alter(self) -> None:
        for change in self.alter_columns.alter_columns:
            if not {"on_delete", "on_update"}.isdisjoint(change.params):
                # Piccolo makes the key anew and forgets whichever of the two rules did not change.
                table = await self.get_table_from_snapshot(change.table_class_name)
                key: Any = table._meta.get_column_by_name(change.column_name)
                rules = key._foreign_key_meta
                change.params = {
                    "on_delete": rules.on_delete,
                    "on_update": rules.on_update,
                    **change.params,
                }
        await self._run_add_tables()
        await self._run_change_table_schema()
        await self._run_rename_tables()
        await self._run_add_columns()
        await self._run_drop_columns()
        await self._run_drop_tables()  # type: ignore[no-untyped-call]
        await self._run_rename_columns()
        await self._run_alter_columns()
        await self._run_add_constraints()
        await self._run_drop_constraints()

    async def _rebuild(self, engine: SqliteEngine) -> None:
        added = {table.class_name for table in self.add_tables}
        for addition in self.add_columns.add_columns:
            # Piccolo writes the text 'None' into the old rows, which then cannot be read.
            if isinstance(addition.column, UUID) and addition.table_class_name not in added:
                raise ValueError("A UUID column cannot be added on SQLite; use new_id() texts")
        await self._run_rename_tables()
        await self._run_rename_columns()
        # Made from the migrations themselves, so that a later table class does not matter here.
        snapshot = SchemaSnapshot(managers=list(await all_managers(self.migration_id)))
        tables = {table.class_name: fresh_table(table) for table in snapshot.get_snapshot()}
        for class_name in sorted(added):
            table = tables[class_name]
            await create(engine, table, table._meta.tablename)
            await create_missing_indexes(engine, table)
        for class_name in sorted(self._touched() - added):
            unindexed = [
                change.db_column_name
                for change in self.alter_columns.for_table_class_name(class_name)
                if change.params.get("index") is False
            ]
            await rebuild(engine, tables[class_name], unindexed)
        await self._run_drop_tables()  # type: ignore[no-untyped-call]

    def _touched(self) -> set[str]:
        changes = (
            self.add_columns,
            self.drop_columns,
            self.rename_columns,
            self.alter_columns,
            self.add_constraints,
            self.drop_constraints,
        )
        return {name for change in changes for name in change.table_class_names}


async def migrate() -> list[str]:
    """Run every migration not yet run, oldest first; returns their names.

    Waits while another process migrates. Each is a transaction of its own: an error leaves the
    database after the last one that worked, and is raised.
    """
    engine = current_engine()
    async with _alone(engine):
        await Migration.create_table(if_not_exists=True)
        waiting = await _waiting()
        for manager in waiting:
            await manager.run()
    return [manager.migration_id for manager in waiting]


async def pending() -> list[str]:
    """Names of the migrations this database still lacks; changes nothing."""
    if not await Migration.table_exists():
        return [manager.migration_id for manager in await all_managers()]
    return [manager.migration_id for manager in await _waiting()]


async def _waiting() -> list[Manager]:
    done = set(await Migration.get_migrations_which_ran(app_name=APP_CONFIG.app_name))
    return [manager for manager in await all_managers() if manager.migration_id not in done]


async def all_managers(up_to: str | None = None) -> list[Manager]:
    """Every migration of the folder in order, fresh, `up_to` and with the one of that name."""
    found = []
    for path in sorted(Path(APP_CONFIG.migrations_folder_path).glob("*.py")):
        if path.name == "__init__.py" or (up_to is not None and path.stem > up_to):
            continue
        spec = importlib.util.spec_from_file_location(f"bruecke_migration_{path.stem}", path)
        if spec is None or spec.loader is None:
            raise ImportError(f"{path.name} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        manager = await module.forwards()
        if not isinstance(manager, Manager) or manager.migration_id != path.stem:
            raise TypeError(f"{path.name} must return a Manager whose id is {path.stem}")
        found.append(manager)
    return found


@asynccontextmanager
async def _alone(engine: Database) -> AsyncIterator[None]:
    lock: Any
    if isinstance(engine, SqliteEngine):
        # A lock file of SQLite's own kind: it waits, works everywhere and dies with its process.
        lock = await asyncio.to_thread(_locked_file, Path(f"{engine.path}.migrating"))
        try:
            yield
        finally:
            lock.close()
    else:
        lock = await engine.get_new_connection()
        try:
            await lock.execute("SELECT pg_advisory_lock($1)", _LOCK)
            yield
        finally:
            await lock.close()


def _locked_file(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(
        path, timeout=_LOCK_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except BaseException:
        lock.close()
        raise
    return lock
