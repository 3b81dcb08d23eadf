"""Weekly rules as they are stored: which are open, and what each of them says."""

from datetime import date

from bruecke.domain.posting import KINDS, when_of
from bruecke.domain.weekly import WeeklyRule
from bruecke.store import rows
from bruecke.store.tables import Posting

_WEEKLY = (
    (Posting.state == "open")
    & (Posting.format == "recurring")
    & Posting.kind.is_in([kind for kind in KINDS if when_of(kind, "recurring") == "weekly"])
)


async def zones() -> dict[str, str]:
    """The regions with an open weekly rule, each with its time zone."""
    found = await Posting.select(Posting.region, Posting.region.zone.as_alias("zone")).where(
        _WEEKLY
    )
    return {row["region"]: row["zone"] for row in found}


async def going_on(region: str, today: date) -> list[str]:
    """The postings of a region whose open weekly rule has not ended by `today`."""
    found = (
        await Posting.select(Posting.id)
        .where(
            _WEEKLY
            & (Posting.region == region)
            & (Posting.last_date.is_null() | (Posting.last_date >= today))
        )
        .order_by(Posting.id)
    )
    return [row["id"] for row in found]


async def rule_of(posting: str) -> WeeklyRule | None:
    """The rule of an open weekly posting, None for every other."""
    found = await Posting.select(
        Posting.id.as_alias("posting"),
        Posting.region.zone.as_alias("zone"),
        Posting.slots,
        Posting.starts_on,
        Posting.last_date,
        Posting.starts_time.as_alias("starts"),
        Posting.ends_time.as_alias("ends"),
    ).where(_WEEKLY & (Posting.id == posting))
    return rows.first(found, WeeklyRule)
