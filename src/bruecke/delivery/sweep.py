"""What time does every ten minutes: forgets what has ended, moves what is due."""

import logging
from collections.abc import Awaitable, Callable

from bruecke.actions import logins, matches, profiles, reminders, weekly
from bruecke.clock import DAY
from bruecke.language.dates import today
from bruecke.store import (
    answer_links,
    deliveries,
    hand_over_codes,
    idempotency,
    jobs,
    notifications,
    passkeys,
    rate_buckets,
    sign_in_codes,
)

_log = logging.getLogger("bruecke.delivery")

Step = Callable[[int], Awaitable[object]]


async def _repair(at: int) -> None:
    while await profiles.repair(at):
        pass


# Each by itself: what fails is said by name and keeps none of the others.
STEPS: dict[str, Step] = {
    "weekly": weekly.carry_all_on,
    "expire": lambda at: matches.expire(at, today(at)),
    "silence": matches.silence,
    "waiting lists": lambda at: matches.offer_free_places(at, today(at)),
    "reminders": reminders.remind,
    "profiles": _repair,
    "sign-in codes": sign_in_codes.sweep,
    "hand-over codes": hand_over_codes.sweep,
    "passkeys": passkeys.sweep,
    "logins": logins.sweep,
    "rates": rate_buckets.sweep,
    "keys of forms": lambda at: idempotency.sweep(at - 7 * DAY),
    "jobs": lambda at: jobs.sweep(at - 30 * DAY),
    "answer links": answer_links.sweep,
    "notifications": lambda at: notifications.sweep(at - 90 * DAY),
    "outbox": lambda at: deliveries.sweep(at - 30 * DAY),
}


async def sweep(at: int) -> None:
    """Takes every step, as of `at` (UTC seconds)."""
    for name, step in STEPS.items():
        try:
            await step(at)
        except Exception as problem:
            _log.error("sweep, %s: %s", name, type(problem).__name__)
