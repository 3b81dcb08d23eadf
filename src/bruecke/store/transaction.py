"""The only way to open a transaction: everything inside happens, or nothing does."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar

from bruecke.store.engine import current_engine

_log = logging.getLogger(__name__)
_callbacks: ContextVar[list[Callable[[], None]] | None] = ContextVar("after_commit", default=None)


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """Commit at the end, roll back on any error and raise it again.

    Raises RuntimeError inside another one: Piccolo would take the inner one for part of the outer
    and keep what it wrote although it failed. Start no task and use no gather inside.
    """
    engine = current_engine()
    if engine.transaction_exists():
        raise RuntimeError("A transaction is open already; one action opens one transaction")
    callbacks: list[Callable[[], None]] = []
    _callbacks.set(callbacks)
    try:
        async with engine.transaction(allow_nested=False):
            yield
    finally:
        _callbacks.set(None)
    for callback in callbacks:
        try:
            callback()
        except Exception:
            # The change is kept already; failing here would tell the person it was not.
            _log.exception("after_commit callback failed")


def after_commit(callback: Callable[[], None]) -> None:
    """Call `callback` once what this transaction wrote can be seen; never if it rolls back.

    Raises RuntimeError outside a transaction.
    """
    callbacks = _callbacks.get()
    if callbacks is None:
        raise RuntimeError("after_commit() needs an open transaction")
    callbacks.append(callback)
