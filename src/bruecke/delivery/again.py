"""What could not be sent comes again, later and later, and is given up in the end."""

import logging
import random

from bruecke.actions.outgoing import mail_instead
from bruecke.store import deliveries
from bruecke.store.deliveries import Claimed
from bruecke.store.transaction import transaction

log = logging.getLogger("bruecke.delivery")

BACK_OFF = (60, 300, 1_800, 7_200, 21_600)


class Later(Exception):
    """Not now; `wait` are the seconds the other side asked for, 0 for none."""

    def __init__(self, error: str, wait: int = 0) -> None:
        super().__init__(error)
        self.wait = wait


async def come_again(row: Claimed, problem: Exception, now: int) -> None:
    """After the time the other side asked for, else after the next step of the back-off."""
    error = str(problem) if isinstance(problem, Later) else type(problem).__name__
    log.warning("delivery failed: %s %s (try %d)", row.channel, error, row.attempts)
    if row.attempts > len(BACK_OFF):
        await give_up(row, error, now)
        return
    asked = problem.wait if isinstance(problem, Later) else 0
    wait = asked or BACK_OFF[row.attempts - 1]
    # Jitter keeps many failures of one minute from coming back in one minute.
    await deliveries.again(row.id, now + wait + random.randrange(wait // 4 + 1), error)  # noqa: S311


async def give_up(row: Claimed, error: str, now: int) -> None:
    """Closes a row for good; what no device can get goes to the mailbox."""
    async with transaction():
        await deliveries.done(row.id, "dead", now, error)
        if row.channel == "push":
            await mail_instead(row.person, row.message, now)
