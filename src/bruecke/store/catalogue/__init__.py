"""The data catalogue: what every column of every table is for, and how long it stays."""

from bruecke.store.catalogue import (
    blocks,
    checks,
    history,
    imports,
    infrastructure,
    logins,
    matches,
    notifications,
    offers,
    organisations,
    people,
    postings,
    profiles,
    regions,
    subscriptions,
)
from bruecke.store.catalogue.rules import TableRule, Tag

CATALOGUE: dict[str, TableRule] = {
    **regions.RULES,
    **imports.RULES,
    **organisations.RULES,
    **people.RULES,
    **checks.RULES,
    **blocks.RULES,
    **offers.RULES,
    **postings.RULES,
    **profiles.RULES,
    **matches.RULES,
    **logins.RULES,
    **subscriptions.RULES,
    **notifications.RULES,
    **history.RULES,
    **infrastructure.RULES,
}

__all__ = ["CATALOGUE", "TableRule", "Tag"]
