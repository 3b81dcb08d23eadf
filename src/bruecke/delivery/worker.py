"""Claims what is due, sends it, records it: nothing is lost, one bad row stops no other."""

import asyncio
import contextvars
import logging
from collections.abc import Awaitable, Callable

import msgspec

from bruecke.actions import matches, messages, outreach
from bruecke.actions.matches import suggesting
from bruecke.actions.messages import NoticeMail
from bruecke.actions.sign_in import CodeMail
from bruecke.clock import MINUTE, now
from bruecke.delivery import mail
from bruecke.delivery.again import come_again
from bruecke.delivery.push import PushDoor
from bruecke.delivery.push_hosts import Resting
from bruecke.delivery.sweep import sweep
from bruecke.keys import unseal
from bruecke.language.mails import sign_in_code
from bruecke.store import deliveries
from bruecke.store.deliveries import Claimed

log = logging.getLogger("bruecke.delivery")

AT_ONCE = 40
# More than one batch: a row that waits for a slow host holds no place of another.
IN_FLIGHT = 100
WORTH_ASKING = 20
LEASE = 60
# Seconds of the lease that are left to write down what happened.
SPARE = 10
POLL = 10
SWEEP = 10 * MINUTE


class Worker:
    """One loop over the outbox, inside the server or alone."""

    def __init__(self) -> None:
        self._due = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self._flying: set[asyncio.Task[None]] = set()
        self._pushes = PushDoor()
        # Who sends what. A sender closes its row itself; what it raises comes again later.
        self._senders: dict[str, Callable[[Claimed], Awaitable[None]]] = {
            "mail": send_mail,
            "push": self._pushes.send,
            "message": _hand_on,
            "outreach": _ask,
            "policy": _decide,
        }

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
        await asyncio.gather(*self._flying, return_exceptions=True)
        await self._pushes.close()

    async def run(self) -> None:
        """Until it is told to stop; the poll is a net for what another process queued."""
        swept_at = 0
        while not self._stopping:
            self._due.clear()
            try:
                while await self._take_off() and not self._stopping:
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

    async def _take_off(self) -> bool:
        """Claims what there is room for and sends it; nobody waits for the slowest.

        Whether there may be more to claim at once.
        """
        room = min(AT_ONCE, IN_FLIGHT - len(self._flying))
        # Not for a place or two: a question to the database is worth several.
        room = room if room >= WORTH_ASKING else 0
        claimed = await deliveries.claim(room, LEASE, now()) if room else []
        for row in await self._ready(claimed):
            flight = asyncio.get_running_loop().create_task(
                self._send(row), context=contextvars.Context()
            )
            self._flying.add(flight)
            flight.add_done_callback(self._landed)
        return bool(room) and len(claimed) == room

    def _landed(self, flight: asyncio.Task[None]) -> None:
        self._flying.discard(flight)
        if len(self._flying) == IN_FLIGHT - WORTH_ASKING:
            # Rows may be waiting for these places.
            self._due.set()
        if not flight.cancelled() and (problem := flight.exception()):
            log.error("outbox: %s", type(problem).__name__)

    async def work_once(self) -> int:
        """Claims and sends one batch; answers how many it claimed."""
        claimed = await deliveries.claim(AT_ONCE, LEASE, now())
        await asyncio.gather(*(self._send(row) for row in await self._ready(claimed)))
        return len(claimed)

    async def _ready(self, claimed: list[Claimed]) -> list[Claimed]:
        """Those to send now, whether for the first time or again."""
        ready = await _still_wanted(claimed)
        await self._pushes.look_up([row for row in ready if row.channel == "push"])
        return ready

    async def _send(self, row: Claimed) -> None:
        try:
            await self._senders[row.channel](row)
        except Resting as rest:
            await deliveries.put_back(row.id, rest.at)
        except Exception as problem:
            await come_again(row, problem, now())


async def _still_wanted(claimed: list[Claimed]) -> list[Claimed]:
    """Closes what was answered meanwhile and lets no phone ring in its owner's quiet hours."""
    said = [row for row in claimed if row.message and _tells(row)]
    if not said:
        return claimed
    old = await messages.outdated([row.message for row in said])
    ringing = [row for row in said if row.channel == "push"]
    quiet = await messages.quiet_until([row.person for row in ringing], now())
    waits = {row.id: quiet[row.person] for row in ringing if row.person in quiet}
    ends = {row.id for row in said if row.message in old}
    for row in said:
        if row.id in ends:
            await deliveries.done(row.id, "void", now())
        elif row.id in waits:
            await deliveries.put_back(row.id, waits[row.id])
    return [row for row in claimed if row.id not in ends and row.id not in waits]


def _tells(row: Claimed) -> bool:
    return row.kind != "test" if row.channel == "push" else row.kind == "notice"


async def _hand_on(row: Claimed) -> None:
    await messages.send_out(row.id, row.message, row.person, row.kind, now())


async def _ask(row: Claimed) -> None:
    await outreach.ask(row.id, row.person, now())


async def _decide(row: Claimed) -> None:
    await matches.decide_by_policy(row.id, row.sealed, now())


async def send_mail(row: Claimed) -> None:
    """A code for signing in or a notice; kind `nobody` is what an unknown address gets."""
    if row.kind != "nobody":
        opened = unseal(row.sealed)
        if opened is None:
            raise ValueError("sealed with another secret")
        to, subject, text = _letter(row.kind, opened)
        letter = mail.compose(to, subject, text, row.id, now())
        # A server that is slow with each command must not outlast the lease: the mail would double.
        async with asyncio.timeout(LEASE - SPARE):
            await mail.send(letter, row.id)
    await deliveries.done(row.id, "sent", now())


def _letter(kind: str, opened: str) -> tuple[str, str, str]:
    if kind == "notice":
        notice = msgspec.json.decode(opened, type=NoticeMail)
        return notice.to, notice.subject, notice.text
    code = msgspec.json.decode(opened, type=CodeMail)
    return code.to, *sign_in_code(code.code, code.language)
