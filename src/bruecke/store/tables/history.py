"""What happened, by whom, to which thing: append-only, ids only."""

from piccolo.columns import BigSerial, Varchar
from piccolo.table import Table

from bruecke.store.tables.columns import code, instant


class HistoryEntry(Table):
    """Written in the transaction of the change itself; never updated, never deleted."""

    id = BigSerial(primary_key=True)
    at = instant()
    actor = Varchar(length=22, default="", index=True)
    did = code()
    thing = code()
    thing_id = Varchar(length=64, default="", index=True)
    detail = code(80)
