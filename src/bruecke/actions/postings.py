"""A posting is kept, published, paused and closed by its organisation; the desk releases some."""

from datetime import date
from typing import Any

from bruecke.actions import matches, profiles, weekly
from bruecke.actions.drafts import own_organisation
from bruecke.actions.posting_answers import write_answers
from bruecke.domain.access import Actor, Scope, scope_of
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.posting import (
    CLOSING_REASONS,
    SENT_BACK,
    Changes,
    OwnPosting,
    WaitingPosting,
)
from bruecke.domain.posting_rules import (
    needs_review,
    review_day,
)
from bruecke.keys import keyed_hash
from bruecke.store import history, idempotency, postings, teamless
from bruecke.store.transaction import transaction

_CHANGEABLE = ("draft", "review", "open", "paused")


async def revise(actor: Actor, posting: str, changes: Changes, now: int, today: date) -> None:
    """Keeps what the check-answers page says, dates and places too; the state stays.

    Raises NotThere for a posting of others, DomainError for what the rules refuse, for a posting
    that is over, and for dates or places that people have said yes to.
    """
    async with transaction():
        found = await _own(actor, posting, today)
        await write_answers(found, changes, today, _CHANGEABLE, {})
        await history.note(actor.id, "revised", "posting", posting, now)
        await profiles.rewrite_posting(posting, now)


async def publish(
    actor: Actor, posting: str, changes: Changes, form_key: str, now: int, today: date
) -> str:
    """Keeps `changes` and makes the draft public; answers the state it is in now.

    "open"; "review" where homes or children of a first posting wait for the desk (the safer of two
    readings of DESIGN.md 3); "draft" while the organisation is not verified. The same form sent
    twice publishes once. Raises as `revise`, and DomainError for what is published already.
    """
    key = keyed_hash("publish", "\x00".join((actor.id, posting, form_key)))
    async with transaction():
        done = await idempotency.claim(key, keyed_hash("body", repr(changes)), now)
        if done is not None:
            return done
        found = await _own(actor, posting, today)
        organisation = await own_organisation(actor, found.organisation)
        if organisation.refused_at:
            raise DomainError("organisations.error.refused")
        state = "draft"
        columns: dict[str, Any] = {}
        if organisation.is_public:
            first = not await postings.has_published(found.organisation)
            state = "review" if needs_review(found, changes, not first) else "open"
            columns = {"state": state, "review_by": review_day(today), "sent_back": ""}
        if state == "open":
            columns["published_at"] = now
        await write_answers(found, changes, today, ("draft",), columns)
        did = {"open": "published", "review": "sent_to_review", "draft": "revised"}[state]
        await history.note(actor.id, did, "posting", posting, now)
        await idempotency.answer(key, state)
        await profiles.rewrite_posting(posting, now)
    return state


async def pause(actor: Actor, posting: str, now: int, today: date) -> None:
    """Nobody new is suggested for a while. Raises NotThere, or DomainError if it is not open."""
    async with transaction():
        await _move(actor, posting, ("open",), {"state": "paused"}, "paused", now, today)
        await profiles.rewrite_posting(posting, now)


async def resume(actor: Actor, posting: str, now: int, today: date) -> None:
    """Open again, for another three months, its weekly dates too.

    Raises NotThere, or DomainError if not paused.
    """
    columns = {"state": "open", "review_by": review_day(today)}
    async with transaction():
        await _move(actor, posting, ("paused",), columns, "resumed", now, today)
        await weekly.carry_on(posting, today)
        await profiles.rewrite_posting(posting, now)


async def still_true(actor: Actor, posting: str, now: int, today: date) -> str:
    """Open for another three months; answers its organisation.

    Raises NotThere, or DomainError if it is not open.
    """
    columns = {"review_by": review_day(today)}
    async with transaction():
        found = await _move(actor, posting, ("open",), columns, "still_true", now, today)
    return found.organisation


async def close(actor: Actor, posting: str, reason: str, now: int, today: date) -> None:
    """Ended, with a reason from the list that reports count; its open matches end with it.

    Raises NotThere, or DomainError for another reason or a posting that is over.
    """
    if reason not in CLOSING_REASONS:
        raise DomainError("postings.error.reason_required", "reason")
    columns = {"state": "closed", "closed_reason": reason}
    for last in (False, False, True):
        try:
            async with transaction():
                await _move(actor, posting, _CHANGEABLE, columns, "closed", now, today, reason)
                await matches.end_of_posting(posting, actor.id, now)
                await profiles.rewrite_posting(posting, now)
        except MatchMoved:
            # Somebody answered meanwhile; with the whole begun anew nothing is freed twice.
            if last:
                raise
        else:
            return


async def _move(
    actor: Actor,
    posting: str,
    states: tuple[str, ...],
    columns: dict[str, Any],
    did: str,
    now: int,
    today: date,
    detail: str = "",
) -> OwnPosting:
    found = await _own(actor, posting, today)
    if not await postings.change(found.id, states, columns):
        raise DomainError("postings.error.moved")
    await history.note(actor.id, did, "posting", posting, now, detail)
    return found


async def release(actor: Actor, posting: str, now: int, today: date) -> None:
    """The desk makes public what waited for it.

    Raises NotThere outside the actor's regions, DomainError for an own organisation's posting, one
    that no longer waits, or one whose organisation nobody verified.
    """
    async with transaction():
        found = await waiting(actor, posting, today)
        if found is None:
            raise NotThere
        await make_public(actor, found, found.organisation_verified, now, today)
        await profiles.rewrite_posting(posting, now)


async def waiting(actor: Actor, posting: str, today: date) -> WaitingPosting | None:
    """What waits at a desk of the actor's regions, None if it does not."""
    for region in actor.desk_regions:
        found = await postings.for_desk(Scope(region, actor.id), today, posting)
        if found is not None:
            return found
    return None


async def to_decide(actor: Actor, posting: str, today: date) -> WaitingPosting:
    """What waits at the actor's desk and is the actor's to decide.

    Raises NotThere, DomainError for an own organisation's posting (DESIGN.md 3).
    """
    found = await waiting(actor, posting, today)
    if found is None:
        raise NotThere
    if found.organisation in actor.organisations:
        raise DomainError("desk.error.own_organisation")
    return found


async def make_public(
    actor: Actor, found: WaitingPosting, verified: bool, now: int, today: date
) -> None:
    """Publishes inside the running transaction; the caller writes its profile last.

    Raises DomainError for an own organisation's posting (DESIGN.md 3: nobody decides those), for
    one whose organisation is not verified or that has no activity yet, and where a colleague was
    faster.
    """
    if found.organisation in actor.organisations:
        raise DomainError("desk.error.own_organisation")
    if not verified:
        raise DomainError("releases.error.not_verified")
    if found.activity_unsure:
        raise DomainError("releases.error.no_activity")
    columns = {"state": "open", "published_at": now, "review_by": review_day(today)}
    if not await postings.change(found.id, ("review",), columns):
        raise DomainError("postings.error.moved")
    await history.note(actor.id, "published", "posting", found.id, now)


async def send_back(actor: Actor, posting: str, reason: str, now: int, today: date) -> None:
    """The desk gives back what waited for it; its organisation reads why until it sends it again.

    Raises NotThere outside the actor's regions, DomainError for an own organisation's posting, for
    a reason that is not in the list, and where a colleague was faster.
    """
    async with transaction():
        await to_decide(actor, posting, today)
        if reason not in SENT_BACK:
            raise DomainError("postings.error.reason_required", "reason")
        columns = {"state": "draft", "sent_back": reason}
        if not await postings.change(posting, ("review",), columns):
            raise DomainError("postings.error.moved")
        await history.note(actor.id, "sent_back", "posting", posting, now, reason)


async def _own(actor: Actor, posting: str, today: date) -> OwnPosting:
    """An own organisation's posting, or at the desk one whose organisation has nobody here."""
    found = await postings.own(scope_of(actor), today, posting)
    for region in actor.desk_regions if found is None else ():
        there = await teamless.public(Scope(region, actor.id), today, posting)
        found = next(iter(there), found)
    if found is None:
        raise NotThere
    return found
