"""How a push service is treated: who we are to it, how much at once, and when it wants a rest."""

import asyncio

from py_vapid import Vapid02

from bruecke.clock import HOUR, MINUTE
from bruecke.vapid import Vapid

AT_ONCE = 8
# Seconds a message waits for its turn before it makes room for messages to others.
PATIENCE = 2
# Refused connections and the like in a row until we leave a host alone for a while.
FAILURES = 5
REST = MINUTE
LONGEST_REST = HOUR
# RFC 8292 allows 24 hours; a header serves for half of its own life.
HEADER_LIFE = 12 * HOUR


class Resting(Exception):
    """Nothing is sent there now; `at` (UTC seconds) is when to try again."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


class Host:
    """One push service, as this process has come to know it."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._rests_until = 0
        self._failures = 0
        self._header = ""
        self._header_of = ("", 0)

    async def take_turn(self, now: int) -> None:
        """Waits a little for a free place. Raises Resting when there is none to be had."""
        if now < self._rests_until:
            raise Resting(self._rests_until)
        if not self._turns.locked():
            await self._turns.acquire()
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            raise Resting(max(now + 5 * PATIENCE, self._rests_until)) from None

    def end_turn(self) -> None:
        """The next one may."""
        self._turns.release()

    def answered(self) -> None:
        """It works."""
        self._failures = 0

    def failed(self, now: int, retry_after: int) -> None:
        """It cannot at the moment; `retry_after` are the seconds it asked for, 0 for none."""
        self._failures += 1
        if retry_after:
            self._rests_until = max(self._rests_until, now + min(retry_after, LONGEST_REST))
        elif self._failures >= FAILURES:
            self._rests_until = max(self._rests_until, now + REST)

    def header(self, key: Vapid, now: int) -> str:
        """Our signed name for this host: signing costs more than sending, so it is kept a while."""
        kept_for, until = self._header_of
        if kept_for != key.id or now >= until:
            # Always fresh claims: the library writes into what it is given.
            claims = {"aud": self.origin, "exp": now + HEADER_LIFE, "sub": key.contact}
            self._header = str(Vapid02(key.private).sign(claims)["Authorization"])
            self._header_of = (key.id, now + HEADER_LIFE // 2)
        return self._header
