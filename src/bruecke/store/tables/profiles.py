"""All that matching reads: one narrow row for each live offer and each open posting."""

from piccolo.columns import Boolean, DoublePrecision, ForeignKey, Integer, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from bruecke.store.tables.columns import code, instant, mask
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.people import Person


class MatchProfile(Table):
    """No names, no texts. What an offer gives and what a posting asks stand in the same columns.

    A language is a bit in one of two words; offers fill `unsure` where nobody asked, postings
    only the column of the level they ask for. `stale_at` marks rows whose matches wait for the
    worker; it grows with each change, so that a change during its work is not lost.
    """

    id = Varchar(length=22, primary_key=True, default="")
    kind = code(10)
    region = code()
    person = ForeignKey(Person, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    organisation = ForeignKey(Organisation, on_delete=OnDelete.cascade, null=True, default=None)
    cell = Integer(default=-1)
    lat = DoublePrecision(null=True, default=None)
    lon = DoublePrecision(null=True, default=None)
    radius_km = Integer(default=0)
    slots = mask()
    activities = mask()
    anything = Boolean(default=False)
    skills = mask()
    spoken_low = mask()
    spoken_high = mask()
    unsure_low = mask()
    unsure_high = mask()
    a2_low = mask()
    a2_high = mask()
    b1_low = mask()
    b1_high = mask()
    c1_low = mask()
    c1_high = mask()
    age_bands = mask()
    remote = Boolean(default=False)
    places = Integer(default=0)
    places_left = Integer(default=0)
    confirmed_day = Integer(default=0)
    open_until = Integer(default=0)
    next_day = Integer(default=0)
    stale_at = instant()
