"""Offers: what people give."""

from bruecke.domain.offer import Offer as OfferView
from bruecke.store import rows
from bruecke.store.tables import Offer


async def add(offer: OfferView, valid_until: int) -> None:
    """A new offer."""
    await Offer.insert(
        Offer(
            **{name: getattr(offer, name) for name in offer.__struct_fields__},
            valid_until_at=valid_until,
        )
    )


async def of_person(person: str) -> OfferView | None:
    """A person's newest offer that is live."""
    found = (
        await Offer.select(*rows.columns(Offer, OfferView))
        .where((Offer.person == person) & (Offer.state == "active"))
        .order_by(Offer.created_at, ascending=False)
        .limit(1)
    )
    return rows.first(found, OfferView)


async def valid_until(offer: str) -> int:
    """Until when an offer stands, in UTC seconds; 0 for no end."""
    found = await Offer.select(Offer.valid_until_at).where(Offer.id == offer)
    return int(found[0]["valid_until_at"]) if found else 0
