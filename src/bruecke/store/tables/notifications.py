"""The outbox: what has to leave the house, written in the transaction that caused it."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link
from bruecke.store.tables.people import Person


class Delivery(Table):
    """One attempt to reach one address; claimed with a lease, blanked once it is sent."""

    id = id_column()
    person = link(Person, index=True)
    channel = code()
    kind = code()
    sealed = Text(default="")
    dedupe_key = Varchar(length=120, default="", unique=True)
    state = code()
    attempts = Integer(default=0)
    not_before_at = instant()
    lease_until_at = instant()
    created_at = instant()
    done_at = instant()
    error = Varchar(length=60, default="")
