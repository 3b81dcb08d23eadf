"""After an answer: when somebody may be asked again."""

from bruecke.domain.matching import outreach
from bruecke.store import deliveries, people, recipients


async def after_yes(person: str, now: int) -> None:
    """Who said yes is not asked again for a fortnight; inside the caller's transaction."""
    reach = await recipients.reach(person)
    if reach is not None:
        await people.update(person, ask_again_at=outreach.after_yes(now, reach.ask_again_at))


async def after_no(person: str, now: int) -> None:
    """A no in the first fortnight may bring the next suggestion at once."""
    reach = await recipients.reach(person)
    if reach is None:
        return
    at = outreach.after_no(now, reach.ask_again_at, reach.created_at)
    if at != reach.ask_again_at:
        await people.update(person, ask_again_at=at)
        await deliveries.bring_forward("outreach", person, now)
