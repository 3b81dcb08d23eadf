"""Postings nobody here speaks for: their organisations came by an import and have no team."""

from datetime import date

from bruecke.domain.access import Scope
from bruecke.domain.posting import OwnPosting
from bruecke.store.postings import SELECT, own_view
from bruecke.store.tables import Posting


async def public(scope: Scope, today: date, posting: str = "") -> list[OwnPosting]:
    """What is public in a region though nobody here speaks for its organisation: the desk does."""
    rest = (
        " WHERE p.region = {} AND p.state IN ('open', 'paused') AND p.published_at > 0"
        " AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.organisation = p.organisation"
        " AND m.role = 'representative' AND m.ended_at = 0)"
    )
    one, order = " AND p.id = {}", " ORDER BY p.review_by, p.id LIMIT 60"
    values = [scope.region, posting] if posting else [scope.region]
    query = f"{SELECT}{rest}{one if posting else ''}{order}"
    found = await Posting.raw(query, today, *values)
    return [own_view(row) for row in found]
