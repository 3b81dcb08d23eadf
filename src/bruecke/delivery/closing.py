"""Writes down together what was delivered meanwhile: one commit for all, and none waits long."""

import asyncio
import contextvars

from bruecke.clock import now
from bruecke.store import deliveries, subscriptions
from bruecke.store.transaction import transaction

_Landed = tuple[str, str, asyncio.Future[None]]


class Closing:
    """While one commit is on its way to the disk, the next one gathers its rows."""

    def __init__(self) -> None:
        self._landed: list[_Landed] = []
        self._writing: asyncio.Task[None] | None = None

    async def delivered(self, delivery: str, subscription: str) -> None:
        """Returns when the row is closed; raises what kept it from being written."""
        loop = asyncio.get_running_loop()
        written: asyncio.Future[None] = loop.create_future()
        self._landed.append((delivery, subscription, written))
        if self._writing is None or self._writing.done():
            self._writing = loop.create_task(self._write(), context=contextvars.Context())
        await written

    async def _write(self) -> None:
        while self._landed:
            landed, self._landed = self._landed, []
            try:
                async with transaction():
                    await deliveries.all_done([row for row, _, _ in landed], "sent", now())
                    await subscriptions.all_delivered([device for _, device, _ in landed], now())
            except Exception as problem:
                for _, _, written in landed:
                    if not written.done():
                        written.set_exception(problem)
            else:
                for _, _, written in landed:
                    if not written.done():
                        written.set_result(None)
