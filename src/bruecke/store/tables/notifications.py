"""What people should know, and the outbox that takes it out of the house."""

from piccolo.columns import ForeignKey, Integer, Text, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.matches import Match
from bruecke.store.tables.people import Person
from bruecke.store.tables.subscriptions import Subscription


class Notification(Table):
    """One thing a person should know; rows with one `message` leave the house together."""

    id = id_column()
    person = owner(Person)
    kind = code()
    match = ForeignKey(Match, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    message = code(22, index=True)
    dedupe_key = Varchar(length=120, default="", unique=True)
    created_at = instant()
    visible_from_at = instant()
    covered_at = instant()
    read_at = instant()


class AnswerLink(Table):
    """A link that can answer the suggestions of one message, and nothing else."""

    id = Varchar(length=64, primary_key=True, default="")
    person = owner(Person)
    message = code(22)
    created_at = instant()
    expires_at = instant(index=True)


class Delivery(Table):
    """One attempt to reach one address; claimed with a lease, blanked once it is sent.

    A `message` goes to its person first and from there to each device, or to the mailbox.
    """

    id = id_column()
    person = link(Person, index=True)
    channel = code()
    kind = code()
    message = code(22, index=True)
    subscription = ForeignKey(
        Subscription, on_delete=OnDelete.cascade, null=True, default=None, index=True
    )
    sealed = Text(default="")
    dedupe_key = Varchar(length=120, default="", unique=True)
    state = code()
    attempts = Integer(default=0)
    not_before_at = instant()
    lease_until_at = instant()
    created_at = instant()
    done_at = instant()
    error = Varchar(length=60, default="")
