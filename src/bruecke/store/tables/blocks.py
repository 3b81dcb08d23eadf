"""Two who are not brought together any more: no reason, no words."""

from piccolo.columns import ForeignKey
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Person


class Block(Table):
    """A person and an organisation, or a person and `other`; goes with either of the two."""

    id = id_column()
    person = owner(Person)
    organisation = ForeignKey(
        Organisation, on_delete=OnDelete.cascade, null=True, default=None, index=True
    )
    other = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    made_by = code()
    # The one person who sees it and may lift it.
    maker = link(Person, index=True)
    created_at = instant()
