"""What somebody gives: time, expertise, a room, an introduction."""

from piccolo.columns import Boolean, ForeignKey, Integer
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, mask, owner
from bruecke.store.tables.people import Person
from bruecke.store.tables.regions import Region


class Offer(Table):
    """Activities, skills and slots are masks over the reference lists; `anything` is an answer."""

    id = id_column()
    region = owner(Region)
    # No person where an organisation gives; with the person the offer goes.
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    kind = code()
    anything = Boolean(default=False)
    activities = mask()
    skills = mask()
    slots = mask()
    formats = mask()
    radius_km = Integer(default=0)
    max_parallel = Integer(default=1)
    state = code()
    created_at = instant()
    confirmed_at = instant()
    valid_until_at = instant()
