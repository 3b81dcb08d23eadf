"""Weekly postings go on by themselves: eight weeks of dates lie ahead as long as they are open."""

import logging
from datetime import date

from bruecke.actions import profiles
from bruecke.domain.shift import Plan
from bruecke.domain.weekly import dates_to_add
from bruecke.language.dates import today
from bruecke.store import history, jobs, postings, shifts, weekly
from bruecke.store.transaction import transaction

_log = logging.getLogger(__name__)
_JOB = "weekly"


async def carry_on(posting: str, day: date) -> bool:
    """Inside the running transaction, which holds the posting: adds the dates that are missing.

    Answers whether there were any. `day` is today where it takes place; nothing happens to a
    posting that is not open or has no weekly rule. The caller writes the posting's profile anew.
    """
    rule = await weekly.rule_of(posting)
    if rule is None:
        return False
    missing = dates_to_add(rule, await shifts.of_posting(posting), day)
    if missing:
        await shifts.apply(posting, rule.zone, Plan(add=missing))
    return bool(missing)


async def carry_all_on(now: int) -> None:
    """Once on each local day of a region, by one worker: every open weekly rule goes on.

    What fails one day is tried again the next; seven weeks still lie ahead then.
    """
    for region, zone in (await weekly.zones()).items():
        day = today(now, zone)
        async with transaction():
            ours = await jobs.claim(_JOB, region, day, now)
        for posting in await weekly.going_on(region, day) if ours else ():
            try:
                await _go_on(posting, now, day)
            except Exception as problem:
                # One that cannot be read must not keep the others back.
                _log.error("weekly: %s", type(problem).__name__)


async def _go_on(posting: str, now: int, day: date) -> None:
    async with transaction():
        # Held, so that nobody pauses or saves it between the look and the new dates.
        if not await postings.change(posting, ("open",), {"state": "open"}):
            return
        if await carry_on(posting, day):
            await history.note("", "carried_on", "posting", posting, now)
            await profiles.rewrite_posting(posting, now)
