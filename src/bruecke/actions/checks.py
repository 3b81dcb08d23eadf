"""The desk enters what it saw of a person, and takes a wrong entry back."""

from datetime import date

import msgspec

from bruecke.actions import persons
from bruecke.actions.matches import fitting
from bruecke.domain.access import Actor, Scope
from bruecke.domain.check import CERTIFICATE, Check, Entry, problems, valid_until
from bruecke.domain.errors import DomainError, NotThere
from bruecke.keys import keyed_hash
from bruecke.store import answers, checks, history, idempotency, matches, organisations
from bruecke.store.ids import new_id
from bruecke.store.transaction import transaction


async def record(
    actor: Actor, person: str, entry: Entry, form_key: str, now: int, today: date
) -> str:
    """Puts on file what the desk saw; answers the check. The same form sent twice enters one.

    Raises NotThere for oneself, for a person or carrier of another region and for a carrier the
    actor speaks for; DomainError for what `domain/check.py` refuses; SentDifferently.
    """
    wrong = problems(entry, today)
    if wrong:
        raise wrong[0]
    key = keyed_hash("check", "\x00".join((actor.id, person, entry.kind, form_key)))
    async with transaction():
        done = await idempotency.claim(key, keyed_hash("body", repr(entry)), now)
        if done is not None:
            return done
        found = await persons.of_desk(actor, person)
        check = Check(
            id=new_id(),
            kind=entry.kind,
            seen_on=entry.seen_on,
            valid_until=valid_until(entry.kind, entry.seen_on),
        )
        if entry.kind == CERTIFICATE:
            await _refuse_carrier(actor, found.region, entry.organisation)
            check = msgspec.structs.replace(
                check, organisation=entry.organisation, activity=entry.activity
            )
        await checks.add(person, check, actor.id, now)
        # The kind goes with the check itself: the history stays longer than a certificate may.
        await history.note(actor.id, "check_recorded", "person", person, now, check.id)
        await idempotency.answer(key, check.id)
    return check.id


async def take_back(actor: Actor, person: str, check: str, now: int) -> None:
    """Deletes a wrong entry, unless a yes of the desk rests on it: then the right one comes first.

    Raises NotThere as `record` and for a check that is gone, DomainError ("checks.error.in_use").
    """
    async with transaction():
        await persons.of_desk(actor, person)
        await answers.lock(person)
        before = await checks.of_person(person)
        if not await checks.remove(person, check):
            raise NotThere
        after = [one for one in before if one.id != check]
        for posting in await matches.dated_postings(await matches.approved_openings(person)):
            if fitting.missing(posting, after, now) != fitting.missing(posting, before, now):
                raise DomainError("checks.error.in_use")
        await history.note(actor.id, "check_taken_back", "person", person, now, check)


async def _refuse_carrier(actor: Actor, region: str, organisation: str) -> None:
    there = await organisations.for_desk(Scope(region, actor.id), organisation)
    if there is None or organisation in actor.organisations:
        raise NotThere
