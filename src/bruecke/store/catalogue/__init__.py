"""The data catalogue: what every column of every table is for, and how long it stays."""

from bruecke.store.catalogue import (
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
    regions,
)
from bruecke.store.catalogue.rules import TableRule, Tag

CATALOGUE: dict[str, TableRule] = {
    **regions.RULES,
    **imports.RULES,
    **organisations.RULES,
    **people.RULES,
    **offers.RULES,
    **postings.RULES,
    **matches.RULES,
    **logins.RULES,
    **notifications.RULES,
    **history.RULES,
    **infrastructure.RULES,
}

__all__ = ["CATALOGUE", "TableRule", "Tag"]
