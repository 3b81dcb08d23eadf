"""SQLite for one process: one writer taken in turn and a few readers."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from threading import Lock
from typing import Any, NoReturn

from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType

from bruecke.store.sqlite_connection import (
    ConnectionThread,
    Row,
    commit,
    open_connection,
    roll_back,
)

# Piccolo reads every integer through Decimal, a quarter of the cost of a list; ours hold integers.
sqlite3.register_converter("INTEGER", int)


class SqliteTransaction(SQLiteTransaction):
    """IMMEDIATE always; gives the writer back whatever fails, BEGIN, COMMIT and ROLLBACK too."""

    engine: "SqliteEngine"
    checks_foreign_keys = True

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        self.connection: Any = self.engine.writer
        self._turn = self.engine.writer_turn()
        await self._turn.acquire()
        try:
            if not self.checks_foreign_keys:
                await self.connection.execute("PRAGMA foreign_keys=0")
            await self.connection.execute("BEGIN IMMEDIATE")
        except BaseException:
            await self._finish(roll_back)
            raise
        self.engine.current_transaction.set(self)
        return self

    async def commit(self) -> None:
        await self.connection.run(commit, ends_turn=True)
        self._committed = True

    async def rollback(self) -> None:
        await self.connection.run(roll_back, ends_turn=True)
        self._rolled_back = True

    async def __aexit__(
        self, exception_type: object, exception: BaseException | None, traceback: object
    ) -> bool:
        if self._parent is None:
            await self._finish(commit if exception is None else roll_back)
        return False

    async def _finish(self, job: Callable[[sqlite3.Connection], None]) -> None:
        connection = self.connection
        try:
            if not self._committed and not self._rolled_back:
                await connection.run(job, ends_turn=True)
        except asyncio.CancelledError:
            # The COMMIT may still stand in the queue; what follows it there cleans up after it.
            await connection.run(roll_back, ends_turn=True)
            raise
        finally:
            self.connection = _Ended()
            self.engine.current_transaction.set(None)
            self._turn.release()


class _Ended:
    """Stands where the connection was, for a task that outlived the transaction it began in."""

    async def execute(self, *_: object, **__: object) -> NoReturn:
        raise RuntimeError("This task outlived the transaction it was started in")


class SqliteEngine(SQLiteEngine):
    """Statements that begin with SELECT go to a reader, all others wait for the writer."""

    def __init__(self, path: str, reader_count: int = 3) -> None:
        if sqlite3.sqlite_version_info < (3, 35):
            raise RuntimeError("SQLite 3.35 or newer is needed")
        super().__init__(path=path)
        opening = Lock()
        self.writer = ConnectionThread(partial(open_connection, path, opening, False))
        self.readers = [
            ConnectionThread(partial(open_connection, path, opening, True))
            for _ in range(reader_count)
        ]
        self._turn: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None

    def writer_turn(self) -> asyncio.Lock:
        """The first-come lock of the writer in this loop; one loop at a time uses an engine."""
        loop = asyncio.get_running_loop()
        if self._turn is None or self._turn[0] is not loop:
            self._turn = (loop, asyncio.Lock())
        return self._turn[1]

    async def start_connection_pool(self, **_: Any) -> None:
        """Open every connection now, so that a wrong PRAGMA or path shows at start."""
        for connection in (self.writer, *self.readers):
            await connection.execute("SELECT 1")

    async def close_connection_pool(self) -> None:
        """Close every connection and end its thread; the next statement opens them again."""
        for connection in (*self.readers, self.writer):
            await connection.close()

    def reader(self) -> ConnectionThread:
        """The reader with the least to do."""
        return min(self.readers, key=attrgetter("waiting"))

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.immediate,
        allow_nested: bool = True,
    ) -> SqliteTransaction:
        """For Piccolo's own use; the project opens `bruecke.store.transaction.transaction()`."""
        return SqliteTransaction(self, TransactionType.immediate, allow_nested)

    def schema_transaction(self) -> SqliteTransaction:
        """One in which tables may be rebuilt: foreign keys wait for `PRAGMA foreign_key_check`."""
        transaction = SqliteTransaction(self, TransactionType.immediate, allow_nested=False)
        transaction.checks_foreign_keys = False
        return transaction

    async def get_connection(self) -> NoReturn:
        """Refused: Piccolo's `batch` swallows errors on SQLite; page by key instead."""
        raise NotImplementedError("Page by key instead of batch()")

    async def _run_in_new_connection(
        self,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",
        table: Any = None,
    ) -> list[Row]:
        if query.lstrip()[:6].upper() == "SELECT":
            return await self.reader().execute(query, args or ())
        async with self.writer_turn():
            return await self.writer.execute(query, args or (), ends_turn=True)

    async def _run_in_existing_connection(
        self,
        connection: Any,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",
        table: Any = None,
    ) -> list[Row]:
        rows: list[Row] = await connection.execute(query, args or ())
        return rows
