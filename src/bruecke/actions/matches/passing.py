"""What passes without a person: the region's policy, and the yes an association gave ahead."""

import logging

from bruecke.actions.matches import fitting
from bruecke.actions.matches.moving import make, tell_of
from bruecke.domain.access import Scope
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.policy import Facts, asks_ahead, passes
from bruecke.domain.posting import DATED_FORMATS, Posting
from bruecke.keys import unseal
from bruecke.store import (
    answers,
    deliveries,
    matches,
    notifications,
    openings,
    organisations,
    people,
    postings,
    regions,
)
from bruecke.store.matches import Record
from bruecke.store.transaction import transaction

_log = logging.getLogger(__name__)


async def decide_by_policy(delivery: str, sealed: str, now: int) -> None:
    """Looks once at the yes behind `sealed` (what `put_before_policy` wrote) and moves it on.

    Approved where every condition of domain/policy.py holds, waitlisted where the last place went,
    confirmed too where the association said yes ahead; else the desk decides as ever. Moves, what
    is said of them and the end of the outbox row are one transaction: it happens once or not at
    all. Raises ValueError for a row sealed with another secret.
    """
    match = unseal(sealed)
    if match is None:
        raise ValueError("sealed with another secret")
    passed = False
    try:
        async with transaction():
            passed = await _decide(match, now)
            await deliveries.done(delivery, "sent" if passed else "void", now)
    except (MatchMoved, NotThere):
        # Somebody acted meanwhile: it is theirs.
        _log.info("answered before the policy looked")
        await deliveries.done(delivery, "void", now)


async def _decide(match: str, now: int) -> bool:
    record = await matches.get(match)
    if record is None or not record.person:
        return False
    await answers.lock(record.person)
    record = await matches.get(match)
    if record is None or record.state != "interested" or record.visible_from_at > now:
        return False
    if not await postings.hold(record.posting):
        return False
    [posting] = await matches.dated_postings([record.opening])
    if not passes(await _facts(record, posting, now)):
        return False
    # The desk need not hear of a yes that no longer waits for it.
    await notifications.unsay(match, record.moved_at, now)
    after = await make(record, "approve", "policy", "", now, tell=False)
    if after == "approved":
        await matches.mark_passed(match, "approved")
    if after == "approved" and _said_ahead(posting):
        await _confirm(match, now)
    else:
        await tell_of(record, "approve", after, "policy", "", now, now)
    return True


async def _confirm(match: str, now: int) -> None:
    approved = await matches.get(match)
    if approved is None:
        raise NotThere
    await make(approved, "confirm", "policy", "", now)
    await matches.mark_passed(match, "confirmed")


def _said_ahead(posting: Posting) -> bool:
    return posting.advance_consent and asks_ahead(posting)


async def _facts(record: Record, posting: Posting, now: int) -> Facts:
    region = await regions.get(record.region)
    organisation = await organisations.get(Scope(record.region), record.organisation)
    one, other = await fitting.profiles(record.person, posting, now)
    said = fitting.answers(one, other, posting)
    person = await people.me(Scope(person=record.person))
    if person is None:
        raise NotThere
    return Facts(
        region_wants_it=region is not None and region.passes_by_itself,
        is_open=posting.state == "open" and not await openings.has_begun(record.opening, now),
        is_dated=posting.next_on is not None and posting.format in DATED_FORMATS,
        needs_no_check=not posting.checks,
        at_no_home=not posting.home_visit,
        without_children=not posting.with_children,
        is_verified=organisation is not None and organisation.is_public,
        was_active=await matches.was_active(record.organisation, now),
        was_never_refused=not await matches.was_refused(record.person, record.organisation),
        is_adult=person.age_band == "adult",
        fits=all(answer == "pass" for answer in said.values()),
        is_not_own=record.organisation not in await people.speaks_for(record.person),
        can_be_reached=bool(
            person.phone_confirmed_at or person.email_confirmed_at or _said_ahead(posting)
        ),
    )
