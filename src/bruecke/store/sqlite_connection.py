"""One SQLite connection with its PRAGMAs, and the thread that owns it: one hop per statement."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

Row = dict[str, Any]
Outcome = TypeVar("Outcome")
_Future = asyncio.Future[Any]
_Job = Callable[[sqlite3.Connection], Any]
_Queue = SimpleQueue[tuple[_Future, _Job | None, bool]]

BUSY_MILLISECONDS = 5000
# What each PRAGMA must read back as once it is set.
PRAGMAS: dict[str, tuple[str, int]] = {
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (str(BUSY_MILLISECONDS), BUSY_MILLISECONDS),
    "secure_delete": ("ON", 1),
}


def _value(connection: sqlite3.Connection, sql: str) -> Any:
    return connection.execute(sql).fetchone()[0]


def open_connection(path: str, opening: Lock, reads_only: bool) -> sqlite3.Connection:
    """A connection whose PRAGMAs are set and read back; RuntimeError where SQLite refuses one."""
    # Switching a fresh file to WAL cannot wait for another connection, so one opens at a time.
    with opening:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            path,
            timeout=BUSY_MILLISECONDS / 1000,
            isolation_level=None,
            detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
        )
        try:
            if _value(connection, "PRAGMA journal_mode") != "wal":
                found = _value(connection, "PRAGMA journal_mode=WAL")
                if found != "wal":
                    raise RuntimeError(f"SQLite keeps journal_mode at {found} for {path}")
            for name, (wanted, reads_as) in PRAGMAS.items():
                connection.execute(f"PRAGMA {name}={wanted}").fetchall()
                found = _value(connection, f"PRAGMA {name}")
                if found != reads_as:
                    raise RuntimeError(f"SQLite keeps {name} at {found} for {path}")
            if reads_only:
                connection.execute("PRAGMA query_only=1")
        except BaseException:
            connection.close()
            raise
    return connection


def _rows(sql: str, args: Sequence[Any], connection: sqlite3.Connection) -> list[Row]:
    cursor = connection.execute(sql, args)
    rows = cursor.fetchall()
    if not rows:
        return []
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in rows]


def tuples(sql: str, args: Sequence[Any], connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """The rows of one SELECT as SQLite hands them over."""
    return connection.execute(sql, args).fetchall()


def insert_all(sql: str, rows: Sequence[Sequence[object]], connection: sqlite3.Connection) -> None:
    """One INSERT for each row."""
    connection.executemany(sql, rows)


def roll_back(connection: sqlite3.Connection) -> None:
    """End the transaction, if one is open."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def commit(connection: sqlite3.Connection) -> None:
    """Keep what was written; on any error nothing is kept and the transaction is over."""
    try:
        connection.execute("COMMIT")
    except BaseException:
        roll_back(connection)
        raise


def _fit(connection: sqlite3.Connection) -> bool:
    try:
        return not connection.in_transaction and _value(connection, "PRAGMA foreign_keys") == 1
    except sqlite3.Error:
        return False


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with suppress(sqlite3.Error):
            connection.close()


def _settle(future: _Future, value: Any, error: BaseException | None) -> None:
    def settle() -> None:
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    try:
        future.get_loop().call_soon_threadsafe(settle)
    except RuntimeError:  # the loop that asked is closed: nobody waits any more
        return


class ConnectionThread:
    """One connection and the thread that owns it; both come with the first job."""

    def __init__(self, open_connection: Callable[[], sqlite3.Connection]) -> None:
        self.waiting = 0
        self._open = open_connection
        self._jobs: _Queue | None = None

    async def run(
        self, job: Callable[[sqlite3.Connection], Outcome], ends_turn: bool = False
    ) -> Outcome:
        """Do `job` on the connection; after the job that `ends_turn` an unfit one is replaced."""
        if self._jobs is None:
            self._jobs = SimpleQueue()
            # A daemon, so that a forgotten pool never keeps the process from ending.
            Thread(
                target=self._serve, args=(self._jobs,), daemon=True, name="bruecke-sqlite"
            ).start()
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.waiting += 1
        self._jobs.put((future, job, ends_turn))
        try:
            return await future
        finally:
            self.waiting -= 1

    async def execute(
        self, sql: str, args: Sequence[Any] = (), ends_turn: bool = False
    ) -> list[Row]:
        """Run one statement and fetch all its rows in the same hop."""
        return await self.run(partial(_rows, sql, args), ends_turn)

    async def close(self) -> None:
        """Finish what was asked for, close the connection, end the thread."""
        if self._jobs is not None:
            jobs, self._jobs = self._jobs, None
            done: _Future = asyncio.get_running_loop().create_future()
            jobs.put((done, None, False))
            await done

    def _serve(self, jobs: _Queue) -> None:
        connection: sqlite3.Connection | None = None
        while True:
            future, job, ends_turn = jobs.get()
            if job is None:
                _close(connection)
                _settle(future, None, None)
                return
            value, error = None, None
            try:
                connection = connection or self._open()
                value = job(connection)
            except BaseException as problem:
                error = problem
            if ends_turn and connection is not None and not _fit(connection):
                _close(connection)
                connection = None
            _settle(future, value, error)
            del future, job, value, error
