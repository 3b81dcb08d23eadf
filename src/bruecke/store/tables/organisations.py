"""Associations, initiatives and institutions."""

from piccolo.columns import Text, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, id_column, instant, link, owner
from bruecke.store.tables.imports import ImportBatch
from bruecke.store.tables.regions import Desk, Region


class Organisation(Table):
    """Nothing of it is public before `verified_at`."""

    id = id_column()
    region = owner(Region)
    desk = link(Desk, index=True)
    parent = link("self")
    name = Varchar(length=120, default="")
    kind = code()
    stage = code()
    area = Varchar(length=80, default="")
    purpose = Text(default="")
    languages = Varchar(length=120, default="")
    public_phone = Varchar(length=20, default="")
    public_email = Varchar(length=254, default="")
    created_at = instant()
    verified_at = instant()
    refused_at = instant()
    refusal = Text(default="")
    import_batch = link(ImportBatch, index=True)
    external_key = Varchar(length=140, default="")
