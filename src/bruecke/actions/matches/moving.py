"""One move of one match inside the running transaction: place, state and history together."""

from bruecke.actions import profiles, telling
from bruecke.actions.matches.before_policy import put_before_policy
from bruecke.domain.access import Actor
from bruecke.domain.errors import MatchMoved, NotThere
from bruecke.domain.match import (
    TABLE,
    Before,
    move,
    organisation_sees,
    places_moved,
    shown,
    undo_seconds,
)
from bruecke.domain.notification import AUDIENCES
from bruecke.domain.policy import HEAD_START
from bruecke.store import history, matches, openings
from bruecke.store.matches import Record


async def make(
    record: Record,
    event: str,
    side: str,
    by: str,
    now: int,
    closed_reason: str = "",
    tell: bool = True,
) -> str:
    """Brings `event` about for `side`; `by` is a person's id, "" for the system and the policy.

    Answers the new state. The place is taken or freed in the same transaction, always before the
    match, and the posting's profile counts it after both, so that two moves never wait for each
    other. With `tell` false the caller says what happened. Raises MatchMoved where it stands
    elsewhere.
    """
    after = await make_one_of(record, event, side, by, now, closed_reason, tell)
    if places_moved(record.state, after):
        await profiles.rewrite_posting(record.posting, now)
    return after


async def make_one_of(
    record: Record,
    event: str,
    side: str,
    by: str,
    now: int,
    closed_reason: str = "",
    tell: bool = True,
) -> str:
    """`make` for one of several matches of a posting: its profile is written anew after all."""
    seen = seen_by(record, side, now)
    if (seen, event) not in TABLE:
        raise MatchMoved(seen)
    after = move(record.state, event, side, prior=record.prior_state)
    if not await _place(record.opening, record.state, after):
        after = move(record.state, event, side, place_free=False, prior=record.prior_state)
        if places_moved(record.state, after) > 0:
            raise MatchMoved(record.state)
    await _keep(record, event, side, by, now, after, closed_reason, tell)
    return after


async def make_waitlisted(record: Record, by: str, now: int) -> str:
    """A volunteer's yes where nothing is free: in line, without a place."""
    after = move(record.state, "yes", "volunteer", place_free=False)
    await _keep(record, "yes", "volunteer", by, now, after, "")
    return after


async def _place(opening: str, before: str, after: str) -> bool:
    change = places_moved(before, after)
    if change > 0:
        return await openings.take(opening)
    if change < 0:
        await openings.free(opening)
    return True


async def _keep(
    record: Record,
    event: str,
    side: str,
    by: str,
    now: int,
    after: str,
    closed_reason: str,
    tell: bool = True,
) -> None:
    visible_from = now + undo_seconds(side)
    reason = closed_reason if after in ("closed", "done") else ""
    # A yes that waits in line outlives the wait only if a person said it: the policy looks anew.
    prior = "" if (side, after) == ("policy", "waitlisted") else _prior(record, event, now)
    if not await matches.move(record, after, prior, reason, now, visible_from):
        raise MatchMoved(await matches.state_of(record.id))
    before = Before(
        side,
        record.state,
        record.prior_state,
        record.closed_reason,
        record.moved_at,
        record.visible_from_at,
    )
    await history.note(by, event, "match", record.id, now, before.text())
    if after == "interested" and await put_before_policy(record, now, visible_from):
        visible_from += HEAD_START
    if tell:
        await tell_of(record, event, after, side, by, now, visible_from, reason)


async def tell_of(
    record: Record,
    event: str,
    after: str,
    side: str,
    by: str,
    now: int,
    visible_from: int,
    reason: str = "",
) -> None:
    """Says what came of a move to those who saw where the match stood before it."""
    seen = {audience: seen_by(record, audience, now) for audience in AUDIENCES}
    if reason in ("posting_closed", "expired"):
        # Who ended a task, or let its date pass, knows that nobody comes.
        seen["organisation"] = ""
    await telling.of_move(record, event, after, side, by, now, visible_from, seen)


_LIVE = ("approved", "confirmed", "active")


def _prior(record: Record, event: str, now: int) -> str:
    if event == "offer":
        return record.prior_state  # "interested" keeps that the desk had said yes
    if event == "problem":
        # It goes on from there; but a pause must not show others what they could not see yet.
        hidden = record.visible_from_at > now and record.prior_state in _LIVE
        return record.prior_state if hidden else record.state
    # Others never saw a state whose undo had not run out.
    return record.prior_state if record.visible_from_at > now else record.state


def seen_by(record: Record, side: str, now: int) -> str:
    """Where the match stands for one side."""
    if side in ("system", "policy"):
        return record.state
    own = record.before is not None and record.before.side == side
    return shown(record.state, record.prior_state, record.visible_from_at, own, now)


def sides_of(actor: Actor, record: Record, now: int) -> list[str]:
    """The sides on which this person stands, in a match it may see; empty looks like nothing there.

    A volunteer never stands on another side of its own match, and a coordinator who speaks for the
    organisation never decides for the desk.
    """
    if record.person == actor.id:
        return ["volunteer"]
    if record.organisation in actor.organisations:
        seen = seen_by(record, "organisation", now)
        prior = record.prior_state if seen == record.state else ""
        return ["organisation"] if organisation_sees(seen, prior) else []
    if record.region in actor.desk_regions and seen_by(record, "desk", now):
        return ["desk"]
    return []


async def of_side(actor: Actor, match: str, sides: tuple[str, ...], now: int) -> tuple[Record, str]:
    """The match and the one of `sides` this person stands on; raises NotThere without one."""
    record = await matches.get(match)
    for side in sides_of(actor, record, now) if record else []:
        if record is not None and side in sides:
            return record, side
    raise NotThere
