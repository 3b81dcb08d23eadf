"""The persons who use Brücke, what they said of themselves and what they agreed to."""

from piccolo.columns import Boolean, Integer, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.organisations import Organisation
from bruecke.store.tables.regions import Desk, Region


class Person(Table):
    """One human being. Phone and mail may each be empty; neither is proof of who it is."""

    id = id_column()
    region = owner(Region)
    desk = link(Desk)
    name = Varchar(length=80, default="")
    reading_language = code(12)
    postcode = Varchar(length=5, default="")
    phone = Varchar(length=20, default="", index=True)
    email = Varchar(length=254, default="", index=True)
    phone_confirmed_at = instant()
    email_confirmed_at = instant()
    age_band = code(12)
    wants_new_communities = Boolean(default=False)
    languages_told_at = instant()
    source = Varchar(length=40, default="")
    # Minutes of the day in the region's zone, between which no phone rings.
    quiet_from = Integer(default=1260)
    quiet_until = Integer(default=480)
    ask_again_at = instant()
    created_at = instant()
    seen_at = instant()


class PersonLanguage(Table):
    """A language a person can help in; never "mother tongue"."""

    id = id_column()
    person = owner(Person)
    language = code(12)
    level = Integer(default=0)


class Membership(Table):
    """Person × (organisation or region) × role."""

    id = id_column()
    person = owner(Person)
    organisation = link(Organisation, index=True)
    region = link(Region, index=True)
    role = code()
    created_at = instant()
    ended_at = instant()


class Consent(Table):
    """Which text a person agreed to, and when."""

    id = id_column()
    person = owner(Person)
    text = code()
    version = code()
    language = code(12)
    given_at = instant()
    withdrawn_at = instant()
