"""The volunteer's side: yes, no, and the place somebody else gave back."""

from datetime import date

import msgspec

from bruecke.actions import profiles
from bruecke.actions.matches import fitting
from bruecke.actions.matches.making import row_of
from bruecke.actions.matches.moving import make, make_one_of, make_waitlisted, of_side, seen_by
from bruecke.domain.access import Actor, Scope
from bruecke.domain.check import CERTIFICATE
from bruecke.domain.errors import DomainError, MatchMoved, NotThere
from bruecke.domain.match import NEW, OPEN, OPEN_INTERESTS, unanswered
from bruecke.domain.person import CONSENT_VERSION
from bruecke.domain.posting import Posting
from bruecke.store import answers as told
from bruecke.store import matches, openings, postings
from bruecke.store.matches import Record
from bruecke.store.openings import OpeningView
from bruecke.store.transaction import transaction

# Further than a question, and not over.
_SAID_YES = frozenset(OPEN) - {"suggested", "offered"}


class Yes(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered beside a yes: the consent, and what the posting needs to know.

    `language_level` (1-6) is that of the required language, 0 says "not this language", None that
    nobody asked.
    """

    consent: bool
    language_level: int | None = None
    is_adult: bool = False


async def missing_at_yes(actor: Actor, posting: Posting, now: int) -> tuple[str, ...]:
    """The gates whose answer is not known yet ("language", "age"): asked beside the yes."""
    said = fitting.answers(*await fitting.profiles(actor.id, posting, now), posting)
    return tuple(code for code, answer in said.items() if answer == "unknown")


async def before_start(actor: Actor, posting: Posting, now: int) -> dict[str, bool | None]:
    """What the posting asks to be seen of the person itself, and whether it was.

    None for the certificate: only the desk reads what is on file of one.
    """
    seen = await fitting.on_file(actor.id, posting, now)
    return {kind: None if kind == CERTIFICATE else bool(one) for kind, one in seen.items()}


async def choices_at_yes(actor: Actor, posting: str, now: int, least: int = 2) -> list[OpeningView]:
    """The dates and tasks to choose from, next first; none where there are fewer than `least`.

    What the person said yes to already is no choice any more.
    """
    coming = await openings.coming(posting, now)
    if len(coming) < least:
        return []
    pairs = await matches.pairs_of_person(actor.id)
    said = {one.opening for one in pairs if one.posting == posting and one.state in _SAID_YES}
    return [one for one in coming if one.id not in said]


async def say_yes(
    actor: Actor, posting: str, opening: str, answers: Yes, now: int, today: date
) -> str:
    """The person wants to help: interested, or in line where nothing is free. Answers the match.

    `opening` "" means what was suggested or offered, else the first free place. The same yes twice
    is one. Raises NotThere for a posting that is not open, MatchMoved after a no, DomainError
    without consent, for a gate that fails, a task or a date that is over, or a fourth open question
    before the first one was approved.
    """
    async with transaction():
        await told.lock(actor.id)
        if not await postings.hold(posting):
            raise NotThere
        await matches.hold_suggested(actor.id, posting)
        found = await _open_posting(actor, posting, today)
        again = "" if opening else await _going_on(actor.id, posting)
        if again:
            return again
        chosen = await _opening(actor.id, found, opening, now)
        record = await matches.of_pair(actor.id, chosen.id)
        if record is not None and not _may_answer(record):
            if record.state in ("done", "closed"):
                raise MatchMoved(record.state)
            return record.id
        if not answers.consent:
            raise DomainError("matches.error.consent_required", "consent")
        has_told = await _tell(actor, found, answers)
        fitting.refuse_failing(
            fitting.answers(*await fitting.profiles(actor.id, found, now), found)
        )
        await told.agree_once(
            actor.id, consent_text(found.organisation), CONSENT_VERSION, actor.reading_language, now
        )
        if record is not None and record.state == "offered":
            await make(record, "accept", "volunteer", actor.id, now)
        else:
            await _limit(actor)
            record = await _pair(actor.id, found, chosen.id, now)
            if chosen.left:
                await make(record, "yes", "volunteer", actor.id, now)
            else:
                await make_waitlisted(record, actor.id, now)
            await _close_others(actor.id, posting, now)
        if has_told:
            await profiles.rewrite_offer(actor.id, now)
    return record.id


async def say_no(actor: Actor, posting: str, now: int, today: date) -> str:
    """The person does not want this task, on whatever date it was suggested. Answers the match.

    Taking it back brings back every suggestion it ended. Raises NotThere for a posting that is not
    open, MatchMoved where the person is further already: an offered place has a no of its own.
    """
    async with transaction():
        await told.lock(actor.id)
        if not await postings.hold(posting):
            raise NotThere
        await matches.hold_suggested(actor.id, posting)
        asked = await matches.asked_posting(actor.id, posting)
        waiting = [one for one in asked if one.state == "suggested"]
        if asked and not waiting:
            raise MatchMoved("offered")
        if not waiting:
            found = await _open_posting(actor, posting, today)
            chosen = await _opening(actor.id, found, "", now)
            waiting = [await _pair(actor.id, found, chosen.id, now)]
        for one in waiting:
            await make_one_of(one, "no", "volunteer", actor.id, now, "declined")
    return waiting[0].id


async def accept_place(actor: Actor, match: str, now: int) -> str:
    """Yes to a place that became free; raises NotThere, MatchMoved, DomainError once it began."""
    async with transaction():
        record, side = await of_side(actor, match, ("volunteer",), now)
        if await openings.has_begun(record.opening, now):
            raise DomainError("matches.error.over")
        await make(record, "accept", side, actor.id, now)
    return match


async def refuse_place(actor: Actor, match: str, now: int) -> str:
    """No to one place that became free: it goes to the next; what else was offered stays.

    Raises NotThere, MatchMoved where no place is offered.
    """
    async with transaction():
        record, side = await of_side(actor, match, ("volunteer",), now)
        seen = seen_by(record, side, now)
        if seen != "offered":
            raise MatchMoved(seen)
        await make(record, "no", side, actor.id, now, "declined")
    return match


def consent_text(organisation: str) -> str:
    """The consent that lets one association, named in it, know of a person (Art. 9)."""
    return f"match:{organisation}"


async def _open_posting(actor: Actor, posting: str, today: date) -> Posting:
    found = await postings.get(Scope(actor.region, actor.id), today, posting)
    if found is None or found.kind == "support":
        raise NotThere
    if found.last_date is not None and found.last_date < today:
        raise DomainError("matches.error.over")
    return found


async def _close_others(person: str, posting: str, now: int) -> None:
    """Another date was suggested than the one chosen: nobody needs to ask for it any more."""
    for other in await matches.asked_posting(person, posting):
        if other.state == "suggested":
            await make_one_of(other, "close", "system", "", now, "not_suitable")


async def _going_on(person: str, posting: str) -> str:
    """The match of somebody who said yes already: the same tap twice never takes a second date."""
    pairs = await matches.pairs_of_person(person)
    said = (one.id for one in pairs if one.posting == posting and one.state in _SAID_YES)
    return next(said, "")


async def _opening(person: str, posting: Posting, opening: str, now: int) -> OpeningView:
    coming = await openings.coming(posting.id, now)
    if not coming:
        raise DomainError("matches.error.over")
    if opening:
        chosen = next((one for one in coming if one.id == opening), None)
        if chosen is None:
            # Cancelled or over since the page was read; or it never was one of this task.
            raise DomainError("matches.error.date_gone", "opening")
        return chosen
    asked = {one.opening: one.state for one in await matches.asked_posting(person, posting.id)}
    held = [one for one in coming if asked.get(one.id) == "offered"]
    named = [one for one in coming if asked.get(one.id) == "suggested" and one.left]
    return next(iter([*held, *named]), None) or first_free(coming)


def first_free(coming: list[OpeningView]) -> OpeningView:
    """The next date and task with a free place; where all is taken, the next one to wait for."""
    return next((one for one in coming if one.left), coming[0])


def _may_answer(record: Record) -> bool:
    return record.state in ("suggested", "offered") or unanswered(
        record.state, record.prior_state, record.closed_reason
    )


async def _tell(actor: Actor, posting: Posting, answers: Yes) -> bool:
    level = answers.language_level if posting.language_required else None
    if answers.is_adult:
        await told.tell_adult(actor.id)
    if level is not None:
        if not 0 < level <= 6:
            raise DomainError("matches.error.gate.language", "language_level")
        await told.tell_language(actor.id, posting.language_required, level)
    return answers.is_adult or level is not None


async def _limit(actor: Actor) -> None:
    waiting = await matches.open_interests(actor.id)
    if waiting >= OPEN_INTERESTS and not await matches.was_approved(actor.id):
        raise DomainError("matches.error.three_open")


async def _pair(person: str, posting: Posting, opening: str, now: int) -> Record:
    """The pair as it is stored, or new; a suggestion that ended unanswered stands again."""
    record = await matches.of_pair(person, opening)
    if record is None:
        one, other = await fitting.profiles(person, posting, now)
        await matches.add(row_of(one, other, opening, person, "self", NEW, now))
    elif unanswered(record.state, record.prior_state, record.closed_reason):
        await matches.revive(record, now)
    else:
        return record
    record = await matches.of_pair(person, opening)
    if record is None:
        raise NotThere
    return record
