"""Whether a person may be brought to a posting: what the gates say before a yes is acted on."""

from collections.abc import Iterable
from datetime import date

from bruecke.actions.matches import barring
from bruecke.actions.profiles import offer_profile, posting_profile
from bruecke.domain import check, slots
from bruecke.domain.access import Scope
from bruecke.domain.check import Check
from bruecke.domain.errors import DomainError, NotThere
from bruecke.domain.matching import gates
from bruecke.domain.matching.gates import Answer
from bruecke.domain.matching.profile import OfferProfile, PostingProfile
from bruecke.domain.offer import Offer
from bruecke.domain.posting import Posting
from bruecke.language.dates import today
from bruecke.store import checks, offers, people

# The place is asked of the opening itself, and a yes to this task says that its time suits.
ANSWERED_BY_YES = frozenset({"place_open", "slots"})


async def profiles(person: str, posting: Posting, now: int) -> tuple[OfferProfile, PostingProfile]:
    """What matching knows of both; a sign-up needs no offer. Raises NotThere without a person."""
    found = await people.me(Scope(person=person))
    if found is None:
        raise NotThere
    offer = await offers.of_person(person) or Offer(
        id="", region=found.region, person=person, anything=True, slots=slots.ALL
    )
    spoken = await people.languages(person)
    profile = await barring.for_offer(offer_profile(offer, found, spoken))
    return profile, posting_profile(posting, now)


def answers(one: OfferProfile, other: PostingProfile, posting: Posting) -> dict[str, Answer]:
    """What the gates say of a pair after a yes; homes and children wait for adults only."""
    said = {
        code: answer
        for code, answer in gates.answers(one, other).items()
        if code not in ANSWERED_BY_YES
    }
    if posting.format == "remote":
        del said["region"]  # who finds it in another region may say yes from home
    if (posting.home_visit or posting.with_children) and one.age_band != "adult":
        said["age"] = "fail" if one.age_band else "unknown"
    return said


def refuse_failing(said: dict[str, Answer]) -> None:
    """Raises DomainError for the first gate that fails."""
    for code, answer in said.items():
        if answer == "fail":
            raise DomainError(f"matches.error.gate.{code}")


def refuse_unknown(said: dict[str, Answer]) -> None:
    """Raises DomainError for the first thing nobody knows yet."""
    refuse_failing(said)
    missing = gates.missing(said)
    if missing:
        raise DomainError(f"matches.error.gate.{missing}")


async def on_file(person: str, posting: Posting, now: int) -> dict[str, tuple[Check, ...]]:
    """For each check the posting requires what counts on its day, the newest first."""
    required = posting.checks.split()
    found = await checks.of_person(person) if required else []
    return check.on_file(
        required, found, posting.organisation, posting.activity, _day(posting, now)
    )


def missing(posting: Posting, found: Iterable[Check], now: int) -> tuple[str, ...]:
    """The checks the posting requires and `found` does not hold on its day."""
    required = posting.checks.split()
    return check.missing(
        required, found, posting.organisation, posting.activity, _day(posting, now)
    )


def _day(posting: Posting, now: int) -> date:
    # The match's own date; what has none begins today, or later where the posting says so.
    return posting.next_on or max(posting.starts_on or today(now), today(now))


async def refuse_unseen(person: str, posting: Posting, now: int) -> None:
    """Raises DomainError as long as a required check is not on file."""
    if () in (await on_file(person, posting, now)).values():
        raise DomainError("matches.error.checks")
