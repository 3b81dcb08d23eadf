"""PostgreSQL through Piccolo's pool, with transactions that give their connection back."""

from collections.abc import Sequence
from typing import Any

from piccolo.engine.postgres import PostgresEngine, PostgresTransaction


class PostgresqlTransaction(PostgresTransaction):
    """Gives the connection back whatever fails, BEGIN, COMMIT and ROLLBACK too."""

    engine: "PostgresqlEngine"

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self._pool = self.engine.pool
        self.connection = await self.get_connection()  # type: ignore[no-untyped-call]
        try:
            self.transaction = self.connection.transaction()
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self._give_back()
            raise
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, exception_type: object, exception: BaseException | None, traceback: object
    ) -> bool:
        if self._parent is None:
            try:
                if not self._committed and not self._rolled_back:
                    end = self.commit if exception is None else self.rollback
                    await end()  # type: ignore[no-untyped-call]
            finally:
                await self._give_back()
        return False

    async def _give_back(self) -> None:
        self.engine.current_transaction.set(None)
        if self._pool is not None:
            await self._pool.release(self.connection)
        else:
            await self.connection.close()


class PostgresqlEngine(PostgresEngine):
    """Piccolo's engine with the safe transaction and no connection before the first statement."""

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url})
        self.url = url

    async def check_version(self) -> None:
        """Nothing: making an engine must not need the server."""

    async def start_connection_pool(self, **options: Any) -> None:
        """Open the pool; `options` are asyncpg's, 1 to 10 connections unless told."""
        if self.pool is None:
            await super().start_connection_pool(**{"min_size": 1, "max_size": 10, **options})

    async def close_connection_pool(self) -> None:
        """Close the pool, if there is one."""
        if self.pool is not None:
            await super().close_connection_pool()

    def transaction(self, allow_nested: bool = True) -> PostgresqlTransaction:
        """For Piccolo's own use; the project opens `bruecke.store.transaction.transaction()`."""
        return PostgresqlTransaction(self, allow_nested)

    def schema_transaction(self) -> PostgresqlTransaction:
        """One in which tables are altered; PostgreSQL needs nothing special for it."""
        return self.transaction(allow_nested=False)

    async def fetch(self, query: str, values: Sequence[object]) -> Any:
        """Records of one SELECT, without making dicts of them."""
        if self.pool:
            return await self._run_in_pool(query, values)
        return await self._run_in_new_connection(query, values)

    async def _run_in_new_connection(self, query: str, args: Any = None) -> Any:
        connection = await self.get_new_connection()
        try:
            return await connection.fetch(query, *(args or ()))
        finally:
            await connection.close()
