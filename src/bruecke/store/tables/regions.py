"""Where Brücke works: the tree of regions and the service points that coordinate in them."""

from piccolo.columns import Boolean, Integer, Real, Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, link, owner


class Region(Table):
    """State > county or city > district; the id is a readable slug ("kassel")."""

    id = Varchar(length=40, primary_key=True, default="")
    parent = link("self")
    kind = code()
    name = Varchar(length=80, default="")
    zone = Varchar(length=40, default="Europe/Berlin")
    postcode = Varchar(length=5, default="")
    lat = Real(default=0.0)
    lon = Real(default=0.0)
    passes_by_itself = Boolean(default=False)


class Desk(Table):
    """A service point: who answers for the data, when and how it can be reached."""

    id = id_column()
    region = owner(Region)
    name = Varchar(length=120, default="")
    controller = Text(default="")
    phone = Varchar(length=40, default="")
    email = Varchar(length=254, default="")
    hours = Text(default="")
    position = Integer(default=0)
