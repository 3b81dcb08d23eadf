"""An offer and an opening brought together, on its way through the life cycle."""

from piccolo.columns import Integer, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.offers import Offer
from bruecke.store.tables.people import Person
from bruecke.store.tables.postings import Opening, Posting


class Match(Table):
    """`dedupe_key` holds person and opening, so a pair exists once."""

    id = id_column()
    opening = owner(Opening)
    posting = owner(Posting)
    person = link(Person, index=True)
    offer = link(Offer)
    source = code()
    state = code()
    prior_state = code()
    closed_reason = code()
    # "self": the volunteer calls; else the association may.
    calls = code()
    # 3 stands for three or more.
    party_size = Integer(default=1)
    by_policy = code(20)
    score = Integer(default=0)
    parts = Text(default="")
    reasons = Text(default="")
    points_version = Integer(default=0)
    dedupe_key = Varchar(length=80, default="", unique=True)
    visible_from_at = instant()
    created_at = instant()
    moved_at = instant()
