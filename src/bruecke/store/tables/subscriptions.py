"""Browsers that may be sent a push, each bound to the login it was given with."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, owner
from bruecke.store.tables.logins import Login
from bruecke.store.tables.people import Person


class Subscription(Table):
    """One browser's push endpoint; who holds the endpoint can only send with our key."""

    id = id_column()
    person = owner(Person)
    login = owner(Login)
    endpoint = Text(default="")
    endpoint_hash = Varchar(length=64, default="", unique=True)
    p256dh = Varchar(length=120, default="")
    auth = Varchar(length=40, default="")
    vapid_key = code()
    language = code(12)
    failures = Integer(default=0)
    refused_at = instant()
    created_at = instant()
    seen_at = instant()
    delivered_at = instant()
