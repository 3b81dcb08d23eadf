"""What more than one side may do: refuse, withdraw, meet, finish, report a problem, take back."""

from bruecke.actions import profiles
from bruecke.actions.matches import fitting
from bruecke.actions.matches.moving import make, of_side, seen_by, sides_of
from bruecke.actions.matches.volunteer import consent_text
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.match import (
    DESK_REASONS,
    NEW,
    REFUSAL_REASONS,
    Before,
    places_moved,
    rests_on_desk,
)
from bruecke.store import answers, blocks, history, matches, notifications, openings, postings
from bruecke.store.matches import Record
from bruecke.store.transaction import transaction


async def refuse(actor: Actor, match: str, reason: str, now: int) -> str:
    """Organisation or desk says no; the reason is one of REFUSAL_REASONS or DESK_REASONS.

    Raises NotThere, MatchMoved, DomainError for another reason.
    """
    async with transaction():
        record, side = await of_side(actor, match, ("organisation", "desk"), now)
        if reason not in (REFUSAL_REASONS if side == "organisation" else DESK_REASONS):
            raise DomainError("error.invalid", "reason")
        await make(record, "refuse", side, actor.id, now, reason)
    return match


async def withdraw(actor: Actor, match: str, now: int) -> str:
    """Volunteer or organisation cannot after all; the place is free at once."""
    return await _act(actor, match, "withdraw", ("volunteer", "organisation"), now, "withdrawn")


async def met(actor: Actor, match: str, now: int) -> str:
    """The two have met."""
    return await _act(actor, match, "meet", ("volunteer", "organisation"), now)


async def finish(actor: Actor, match: str, now: int) -> str:
    """The task is done; contacts close two weeks later."""
    return await _act(actor, match, "finish", ("volunteer", "organisation"), now)


async def report_problem(actor: Actor, match: str, now: int) -> str:
    """Something is wrong: the match pauses until the desk resumes or closes it."""
    return await _act(actor, match, "problem", ("volunteer", "organisation", "desk"), now)


async def _act(
    actor: Actor, match: str, event: str, sides: tuple[str, ...], now: int, reason: str = ""
) -> str:
    async with transaction():
        record, side = await of_side(actor, match, sides, now)
        await make(record, event, side, actor.id, now, reason)
    return match


async def undo(actor: Actor, match: str, now: int) -> str:
    """The side that moved last takes it back, as long as nobody else saw it.

    State, reason and place are as before; a first yes leaves a suggestion, and its consent ends. A
    no to a task on several dates is taken back on all of them.
    Raises NotThere; MatchMoved when the time is over, another side moved, or the place went to
    somebody else meanwhile; DomainError where a check was taken back that the match rests on.
    """
    async with transaction():
        record, before = await _last_move(actor, match, now)
        # The person is held, as by a block: what that ended meanwhile is not opened again.
        barred = record.posting in await blocks.barred_postings(record.person)
        if barred or not await postings.hold(record.posting):
            raise MatchMoved(record.state)
        change = places_moved(record.state, before.state)
        if change < 0:
            await openings.free(record.opening)
        if change > 0 and not await openings.take(record.opening):
            raise MatchMoved(record.state)
        if before.state == NEW:
            before = before._replace(state="suggested")
        await _put_back(actor, record, before, now)
        for other in await matches.declined_with(record):
            if other.before is not None:
                await _put_back(actor, other, other.before, now)
        await _refuse_unseen(record, before, now)
        if before.state == "suggested":
            await answers.take_back(
                record.person,
                record.organisation,
                consent_text(record.organisation),
                record.moved_at,
                now,
            )
        if change:
            await profiles.rewrite_posting(record.posting, now)
    return match


async def _put_back(actor: Actor, record: Record, before: Before, now: int) -> None:
    if not await matches.restore(record, before, now):
        raise MatchMoved(await matches.state_of(record.id))
    await notifications.unsay(record.id, record.moved_at, now)
    await history.note(actor.id, "undo", "match", record.id, now)


async def _last_move(actor: Actor, match: str, now: int) -> tuple[Record, Before]:
    record = await matches.get(match)
    if record is not None:
        # Whoever takes a check back locks the person too: one of the two comes first.
        await answers.lock(record.person)
    sides = sides_of(actor, record, now) if record else []
    if record is None or not sides:
        raise NotThere
    before = record.before
    if before is None or before.side not in sides or record.visible_from_at <= now:
        raise MatchMoved(seen_by(record, sides[0], now))
    return record, before


async def _refuse_unseen(record: Record, before: Before, now: int) -> None:
    if rests_on_desk(before.state, before.prior_state) and not rests_on_desk(
        record.state, record.prior_state
    ):
        [posting] = await matches.dated_postings([record.opening])
        await fitting.refuse_unseen(record.person, posting, now)
