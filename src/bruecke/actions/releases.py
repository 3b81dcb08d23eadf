"""The desk makes postings public at once, with the yes it heard, and says what they are about."""

from datetime import date

import msgspec

from bruecke.actions import profiles
from bruecke.actions.postings import make_public, to_decide, waiting
from bruecke.domain.access import Actor
from bruecke.domain.errors import DomainError
from bruecke.domain.posting import WaitingPosting
from bruecke.reference.activities import activities_by_code
from bruecke.store import history, organisations, postings
from bruecke.store.transaction import transaction

# As many as one page shows: nobody publishes what nobody saw.
AT_MOST = 30


class Refused(msgspec.Struct, frozen=True):
    """One that stays where it was and why; `name` is its title, else its organisation's name."""

    name: str
    key: str


class Released(msgspec.Struct, frozen=True):
    """How many are public now, and which are not."""

    published: int
    refused: tuple[Refused, ...]


async def release_ticked(
    actor: Actor, ticked: list[str], spoken: bool, now: int, today: date
) -> Released:
    """Publishes what may be published of `ticked`, and says of the rest why not.

    `spoken` says that the desk spoke with every organisation among them and heard yes: it verifies
    those that have no people here. One with a team is verified on its own page, where its people's
    numbers stand. Raises DomainError for nothing or more than 30.
    """
    wanted = list(dict.fromkeys(ticked))
    if not wanted:
        raise DomainError("releases.error.none", "waiting")
    if len(wanted) > AT_MOST:
        raise DomainError("releases.error.many", "waiting")
    refused: list[Refused] = []
    published: list[str] = []
    async with transaction():
        # An import holds them too, in the same order; who is verified below comes after that.
        for posting in sorted(wanted):
            await postings.hold(posting)
        for posting in wanted:
            found = await waiting(actor, posting, today)
            if found is None:
                refused.append(Refused("", "postings.error.moved"))
                continue
            try:
                verified = await _is_verified(actor, found, spoken, now)
                await make_public(actor, found, verified, now, today)
                published.append(posting)
            except DomainError as problem:
                refused.append(Refused(found.title or found.organisation_name, problem.key))
        # In one order, so that two desks never wait for each other.
        for posting in sorted(published):
            await profiles.rewrite_posting(posting, now)
    return Released(len(published), tuple(refused))


async def choose_activity(actor: Actor, posting: str, activity: str, now: int, today: date) -> None:
    """The desk says what a waiting task without a template is about; it goes on waiting.

    Raises NotThere outside the actor's regions or when it waits no longer, DomainError for an own
    organisation's posting, one from a template, or an unknown activity.
    """
    async with transaction():
        found = await to_decide(actor, posting, today)
        if found.template or activity not in activities_by_code():
            raise DomainError("releases.error.no_activity")
        columns = {"activity": activity, "activity_unsure": False}
        if not await postings.change(posting, ("review",), columns):
            raise DomainError("postings.error.moved")
        await history.note(actor.id, "revised", "posting", posting, now, activity)


async def _is_verified(actor: Actor, found: WaitingPosting, spoken: bool, now: int) -> bool:
    own = found.organisation in actor.organisations
    if found.organisation_verified or own or not spoken:
        return found.organisation_verified
    if found.activity_unsure:
        # It stays where it is, so the yes that was heard is not for it.
        raise DomainError("releases.error.no_activity")
    if found.has_team:
        raise DomainError("releases.error.has_team")
    if not await organisations.decide(found.organisation, verified_at=now):
        raise DomainError("desk.error.decided")
    await history.note(actor.id, "verified", "organisation", found.organisation, now, "by_phone")
    return True
