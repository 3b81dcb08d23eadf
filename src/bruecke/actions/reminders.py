"""Reminds those who let others wait: once for each wait, never past the quiet hours."""

import logging

from bruecke.actions.telling import say
from bruecke.domain.notification import REMIND_AFTER, overdue_before
from bruecke.language.dates import ZONE, today
from bruecke.store import matches
from bruecke.store.transaction import transaction

_log = logging.getLogger(__name__)


async def remind(now: int) -> None:
    """Day 3: the organisation that has not answered; three working days: the desk's coordinators.

    Nothing is ever passed or ended by this (DOMAIN, Deadlines).
    """
    silent = await matches.waiting_unsaid("approved", "reminder", now - REMIND_AFTER, today(now))
    for match in silent:
        await _say(match, "approved", "reminder", now)
    overdue = overdue_before(now, ZONE)
    for match in await matches.waiting_unsaid("interested", "overdue", overdue, today(now)):
        await _say(match, "interested", "overdue", now)


async def _say(match: str, state: str, kind: str, now: int) -> None:
    try:
        async with transaction():
            record = await matches.get(match)
            if record is not None and record.state == state:
                await say(record, kind, "", now, now, f"{kind}:{match}:{record.moved_at}")
    except Exception as problem:
        # One that cannot be said must not keep the others waiting.
        _log.error("reminder: %s", type(problem).__name__)
