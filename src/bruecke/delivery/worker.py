"""Claims what is due, sends it, records it: nothing is lost, one bad row stops no other."""

import asyncio
import contextvars
import logging
import random

import msgspec

from bruecke.actions import matches, profiles
from bruecke.actions.matches import suggesting
from bruecke.actions.sign_in import CodeMail
from bruecke.clock import DAY, MINUTE, now
from bruecke.delivery import mail
from bruecke.keys import unseal
from bruecke.language.dates import today
from bruecke.language.mails import sign_in_code
from bruecke.store import (
    deliveries,
    hand_over_codes,
    idempotency,
    logins,
    passkeys,
    rate_buckets,
    sign_in_codes,
)

log = logging.getLogger("bruecke.delivery")

AT_ONCE = 20
LEASE = 60
POLL = 10
SWEEP = 10 * MINUTE
BACK_OFF = (60, 300, 1_800, 7_200, 21_600)


class Worker:
    """One loop over the outbox, inside the server or alone."""

    def __init__(self) -> None:
        self._due = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins in a context of its own: a task must never inherit a transaction."""
        deliveries.on_new(self._due.set)
        self._task = asyncio.get_running_loop().create_task(
            self.run(), context=contextvars.Context()
        )

    async def stop(self) -> None:
        """Finishes what is in flight; leases of the rest run out by themselves."""
        self._stopping = True
        self._due.set()
        deliveries.forget_wakers()
        if self._task is not None:
            await self._task

    async def run(self) -> None:
        """Until it is told to stop; the poll is a net for what another process queued."""
        swept_at = 0
        while not self._stopping:
            self._due.clear()
            try:
                while await self.work_once() == AT_ONCE and not self._stopping:
                    pass
                if await suggesting.work(now()):
                    self._due.set()  # more waits, but what is to be sent goes first
                if now() - swept_at > SWEEP:
                    swept_at = now()
                    await sweep(swept_at)
            except Exception as problem:
                log.error("outbox: %s", type(problem).__name__)
            try:
                await asyncio.wait_for(self._due.wait(), POLL)
            except TimeoutError:
                continue

    async def work_once(self) -> int:
        """Claims and sends one batch; answers how many it claimed."""
        claimed = await deliveries.claim(AT_ONCE, LEASE, now())
        await asyncio.gather(*(self._send(row) for row in claimed))
        return len(claimed)

    async def _send(self, row: dict[str, object]) -> None:
        delivery, attempts = str(row["id"]), int(str(row["attempts"]))
        try:
            await _send_mail(delivery, str(row["kind"]), str(row["sealed"]))
        except Exception as problem:
            await _failed(delivery, attempts, type(problem).__name__)
        else:
            await deliveries.done(delivery, "sent", now())


async def _send_mail(delivery: str, kind: str, sealed: str) -> None:
    if kind == "nobody":
        return
    opened = unseal(sealed)
    if opened is None:
        raise ValueError("sealed with another secret")
    waiting = msgspec.json.decode(opened, type=CodeMail)
    subject, text = sign_in_code(waiting.code, waiting.language)
    await mail.send(mail.compose(waiting.to, subject, text, now()), delivery)


async def _failed(delivery: str, attempts: int, error: str) -> None:
    log.warning("delivery failed: %s (try %d)", error, attempts)
    if attempts > len(BACK_OFF):
        await deliveries.done(delivery, "dead", now(), error)
        return
    wait = BACK_OFF[attempts - 1]
    # Jitter keeps many failures of one minute from coming back in one minute.
    await deliveries.again(delivery, now() + wait + random.randrange(wait // 4), error)  # noqa: S311


async def sweep(at: int) -> None:
    """Forgets what has ended, and moves the matches whose time has come."""
    await sign_in_codes.sweep(at)
    await hand_over_codes.sweep(at)
    await passkeys.sweep(at)
    await logins.sweep(at)
    await rate_buckets.sweep(at)
    await idempotency.sweep(at - 7 * DAY)
    await matches.expire(at, today(at))
    await matches.silence(at)
    await matches.offer_free_places(at, today(at))
    await deliveries.sweep(at - 30 * DAY)
    while await profiles.repair(at):
        pass
