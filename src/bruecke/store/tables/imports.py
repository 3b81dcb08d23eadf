"""Where a file's rows came in: one batch for each import, so that it can be undone."""

from piccolo.columns import Integer, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import id_column, instant, owner
from bruecke.store.tables.regions import Region


class ImportBatch(Table):
    """One file taken in; `source` is the file's name without its folder."""

    id = id_column()
    region = owner(Region)
    source = Varchar(length=120, default="")
    file_hash = Varchar(length=64, default="")
    rows = Integer(default=0)
    taken = Integer(default=0)
    with_loss = Integer(default=0)
    not_taken = Integer(default=0)
    created_at = instant()
    undone_at = instant()
