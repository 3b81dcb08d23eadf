"""What the desk saw of a person before it starts: no document, no number, no words."""

from piccolo.columns import Date
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Person


class Check(Table, tablename="trust_check"):
    """Person × kind; carrier and activity only for the certificate. CHECK is a word of SQL."""

    id = id_column()
    person = owner(Person)
    kind = code()
    organisation = link(Organisation)
    activity = code()
    seen_on = Date(default=None, null=False)
    valid_until = Date(null=True, default=None)
    seen_by = link(Person)
    created_at = instant()
