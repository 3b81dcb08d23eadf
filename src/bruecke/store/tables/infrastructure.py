"""What keeps the house safe: idempotency, rate buckets, job runs, facts about this installation."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import instant


class IdempotencyKey(Table):
    """One creating form sent once: same key, same answer."""

    id = Varchar(length=64, primary_key=True, default="")
    body_hash = Varchar(length=64, default="")
    answer = Text(default="")
    created_at = instant()


class RateBucket(Table):
    """How often one subject (a keyed hash, never an address) used one policy in this window."""

    id = Varchar(length=100, primary_key=True, default="")
    hits = Integer(default=0)
    resets_at = instant(index=True)


class JobRun(Table):
    """Job × region × local date, so that any worker may claim it and only one does."""

    id = Varchar(length=120, primary_key=True, default="")
    ran_at = instant()


class Fact(Table):
    """A fact about this installation, such as "this database is a demo"."""

    id = Varchar(length=40, primary_key=True, default="")
    value = Text(default="")
