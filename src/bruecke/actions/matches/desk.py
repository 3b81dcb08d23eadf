"""The desk's side: it decides on others, never on itself or its own organisation."""

import msgspec

from bruecke.actions import persons
from bruecke.actions.matches import fitting
from bruecke.actions.matches.contact import refuse_unconfirmed
from bruecke.actions.matches.moving import make, of_side
from bruecke.domain.access import Actor, Scope
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.match import DESK_REASONS, OPEN
from bruecke.domain.views.matches import ForDesk
from bruecke.store import answers, history, matches, openings, people
from bruecke.store.transaction import transaction

_DESK = ("desk",)


async def look(actor: Actor, match: str, now: int) -> ForDesk:
    """Both sides with what every gate says and what is not known yet; raises NotThere."""
    for region in actor.desk_regions:
        scope = Scope(region, actor.id, actor.organisations)
        found = await matches.for_desk(scope, match, now)
        if found is not None:
            said = fitting.answers(
                *await fitting.profiles(found.person, found.posting, now), found.posting
            )
            seen = await fitting.on_file(found.person, found.posting, now)
            if seen:
                said["checks"] = "unknown" if () in seen.values() else "pass"
            missing = tuple(code for code, answer in said.items() if answer == "unknown")
            return msgspec.structs.replace(found, gates=said, missing=missing, checks=seen)
    raise NotThere


async def approve(actor: Actor, match: str, now: int) -> str:
    """The desk says yes and takes the place: "approved", or "waitlisted" where none is left.

    The gates are asked again: none may fail, none be unknown, and what the posting requires to be
    seen is on file for its day. Nobody takes an entry back meanwhile: the person is locked.
    Raises NotThere, MatchMoved, DomainError ("matches.error.gate.<code>", "matches.error.checks",
    "matches.error.over" for a task that has begun).
    """
    async with transaction():
        record, side = await of_side(actor, match, _DESK, now)
        await answers.lock(record.person)
        if await openings.has_begun(record.opening, now):
            raise DomainError("matches.error.over")
        after = await make(record, "approve", side, actor.id, now)
        [posting] = await matches.dated_postings([record.opening])
        fitting.refuse_unknown(
            fitting.answers(*await fitting.profiles(record.person, posting, now), posting)
        )
        await fitting.refuse_unseen(record.person, posting, now)
    return after


async def decline(actor: Actor, match: str, reason: str, now: int) -> str:
    """The desk says no to an interest, for one of DESK_REASONS.

    What a colleague approved meanwhile stays approved. Raises NotThere, MatchMoved, DomainError.
    """
    return await _end(actor, match, "refuse", reason, now, ("interested",))


async def close(actor: Actor, match: str, reason: str, now: int) -> str:
    """The desk ends what does not go on, from any open state; raises as `decline`."""
    return await _end(actor, match, "close", reason, now, OPEN)


async def _end(
    actor: Actor, match: str, event: str, reason: str, now: int, states: tuple[str, ...]
) -> str:
    if reason not in DESK_REASONS:
        raise DomainError("error.invalid", "reason")
    async with transaction():
        record, side = await of_side(actor, match, _DESK, now)
        if record.state not in states:
            raise MatchMoved(record.state)
        await make(record, event, side, actor.id, now, reason)
    return match


async def confirm_by_phone(actor: Actor, match: str, now: int) -> str:
    """The organisation said yes on the phone; raises as the organisation's own `confirm`."""
    async with transaction():
        record, side = await of_side(actor, match, _DESK, now)
        await make(record, "confirm", side, actor.id, now)
        await refuse_unconfirmed(record)
    return match


async def resume(actor: Actor, match: str, now: int) -> str:
    """A paused match goes on where it stood; raises NotThere, MatchMoved."""
    async with transaction():
        record, side = await of_side(actor, match, _DESK, now)
        await make(record, "resume", side, actor.id, now)
    return match


async def number_is_right(actor: Actor, person: str, now: int) -> None:
    """The desk reached the person under its number.

    Raises NotThere for a person of another region and for oneself, DomainError without a number.
    """
    async with transaction():
        if not (await persons.of_desk(actor, person)).phone:
            raise DomainError("matches.error.no_phone")
        await people.update(person, phone_confirmed_at=now)
        await history.note(actor.id, "number_is_right", "person", person, now)
